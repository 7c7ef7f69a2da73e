//===- CodePool.cpp - compiled code of networks that may be alike ---------===//
#include "lowering/JIT/CodePool.h"
#include "dialects/LLE/LLEOps.h"

using namespace mlir;
using namespace lle;

/// A search goes back to some tens of networks; the code of each is below a megabyte.
static constexpr size_t kMostKept = 128;

llvm::Error CompiledCode::fill(ArrayRef<Table> tables) {
  for (const Table &table : tables) {
    llvm::Expected<llvm::orc::ExecutorAddr> address = jit->lookup(table.symbol);
    if (!address)
      return address.takeError();
    memcpy(address->toPtr<char *>(), table.bytes.data(), table.bytes.size());
  }
  return llvm::Error::success();
}

CodePool &CodePool::get(MLIRContext &context) {
  static std::mutex adding;
  std::lock_guard<std::mutex> lock(adding);
  auto *dialect = context.getOrLoadDialect<LLEDialect>();
  if (auto *pool = dialect->getRegisteredInterface<CodePool>())
    return *const_cast<CodePool *>(pool);
  return dialect->addInterface<CodePool>();
}

std::unique_ptr<CompiledCode> CodePool::take(StringRef text) {
  std::lock_guard<std::mutex> lock(mutex);
  auto found = llvm::find_if(entries, [&](const Entry &entry) { return entry.text == text; });
  if (found == entries.end()) {
    ++misses;
    return nullptr;
  }
  std::unique_ptr<CompiledCode> code = std::move(found->code);
  entries.erase(found);
  return code;
}

void CodePool::give(std::string text, std::unique_ptr<CompiledCode> code) {
  std::lock_guard<std::mutex> lock(mutex);
  entries.push_front({std::move(text), std::move(code)});
  if (entries.size() > kMostKept)
    entries.pop_back();
}
