//===- StackUse.h - how much stack code needs -------------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_STACKUSE_H
#define LLE_TARGETS_NATIVE_STACKUSE_H

#include "mlir/Support/LLVM.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/ObjectFile.h"

namespace lle {

/// The bytes of stack that any exported function of the module needs at most, its callees included: sizes of frames
/// from the object's section `.stack_sizes`, calls from the module that it was made of. An error where a frame has no
/// fixed size, or calls have no end.
llvm::Expected<uint64_t> getStackUse(const llvm::object::ObjectFile &object, const llvm::Module &module);

} // namespace lle

#endif
