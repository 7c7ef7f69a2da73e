//===- LoopHints.cpp - what LLVM is told of loops -------------------------===//
#include "lowering/LoopHints.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

void lle::keepRolled(scf::ForOp loop) {
  MLIRContext *context = loop.getContext();
  auto isDisabled = BoolAttr::get(context, true);
  auto unroll = LLVM::LoopUnrollAttr::get(context, isDisabled, {}, {}, {}, {}, {}, {});
  // The conversions hand attributes of this type on, by name: this is the name of the one of llvm.br.
  loop->setAttr("loop_annotation",
                LLVM::LoopAnnotationAttr::get(context, {}, {}, {}, unroll, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}));
}
