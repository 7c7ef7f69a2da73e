//===- HostCode.h - code of another machine run on this one -----*- C++ -*-===//
//
// Optimised LLVM IR is nearly the same for all machines: what it computes with is generic, and only the width of
// addresses and a few named instructions are not. A copy of it runs here, with a counter in each block, so that what is
// counted are the blocks of the very code that is emitted for the other machine.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_ESTIMATE_HOSTCODE_H
#define LLE_TARGETS_ESTIMATE_HOSTCODE_H

#include "passes/Analysis/Dataset.h"
#include "runtime/host/Package.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Module.h"

#include <array>

namespace lle {

/// Operations on floats that a function does sooner where an operand is 0.
enum class FloatWork { Product, Sum, Quotient, Conversion };

/// Of a block's operations of each kind, the share with an operand that is 0; of divisions, the dividend.
using ZeroShares = std::array<double, 4>;

/// How often each block was executed, in all steps together.
struct BlockProfile {
  llvm::StringMap<uint64_t> counts;  ///< By the names of nameBlocks.
  llvm::StringMap<ZeroShares> zeros; ///< Likewise, if asked for.
  uint64_t samples = 0, steps = 0;
  std::string dataset;
};

/// Runs the network's step over the data, each sample from the initial states. `module` is the code, from nameBlocks,
/// and `network` says what its ports and its arena are. An error says what in the code this machine cannot run. With
/// `countsZeros`, operands that are 0 are counted: functions that stand for instructions on floats are done sooner
/// then.
llvm::Expected<BlockProfile> profileBlocks(const llvm::Module &module, const runtime::Package &network,
                                           const Dataset &data, bool countsZeros = false);

} // namespace lle

#endif
