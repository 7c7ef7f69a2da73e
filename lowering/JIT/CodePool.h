//===- CodePool.h - compiled code of networks that may be alike -*- C++ -*-===//
//
// Candidates of a search often differ in numbers only: weights of other widths, or corrected ones. Their code is made
// once for all whose tensor code is the same but for its tables (Tables.h).
//
//===----------------------------------------------------------------------===//
#ifndef LLE_LOWERING_JIT_CODEPOOL_H
#define LLE_LOWERING_JIT_CODEPOOL_H

#include "lowering/Interface.h"
#include "lowering/JIT/Tables.h"

#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectInterface.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

#include <deque>
#include <mutex>

namespace lle {

/// Machine code in this process, and the memory of its tables.
struct CompiledCode {
  std::unique_ptr<llvm::orc::LLJIT> jit; ///< Owns the code.
  ModelInterface interface;
  void (*init)(void *) = nullptr;
  void (*step)(void *, const void *const *, void *const *) = nullptr;
  void (*run)(void *, size_t, const void *const *, void *const *) = nullptr;

  /// Writes what the code reads. Nobody may run it meanwhile.
  llvm::Error fill(llvm::ArrayRef<Table> tables);
};

/// Code that no engine uses, by the text of the module that it was made of. One of a context.
class CodePool : public mlir::DialectInterface::Base<CodePool> {
public:
  explicit CodePool(mlir::Dialect *dialect) : Base(dialect) {}

  static CodePool &get(mlir::MLIRContext &context);

  /// Code of that text; null if there is none, or others use it.
  std::unique_ptr<CompiledCode> take(llvm::StringRef text);
  /// Keeps the code until it is taken, or so many others came after it.
  void give(std::string text, std::unique_ptr<CompiledCode> code);
  /// How often there was none, which is how often code had to be made.
  int64_t getMisses() const { return misses; }

private:
  struct Entry {
    std::string text;
    std::unique_ptr<CompiledCode> code;
  };

  std::mutex mutex;
  std::deque<Entry> entries; ///< The one that was used last in front.
  int64_t misses = 0;
};

} // namespace lle

#endif
