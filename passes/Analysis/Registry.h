//===- Registry.h - factories that passes ask for by name -------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_REGISTRY_H
#define LLE_PASSES_ANALYSIS_REGISTRY_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"

#include <map>
#include <mutex>

namespace lle {

/// Functions by name. Tools register before they run passes, but a plugin may be loaded at any time.
template <typename FactoryT>
class Registry {
public:
  /// Errors call its entries `kind`.
  explicit Registry(llvm::StringRef kind) : kind(kind) {}

  /// Replaces one of the same name.
  void add(llvm::StringRef name, FactoryT factory) {
    std::lock_guard<std::mutex> lock(mutex);
    factories[name.str()] = factory;
  }

  /// An error names those that there are.
  llvm::Expected<FactoryT> find(llvm::StringRef name) const {
    std::lock_guard<std::mutex> lock(mutex);
    if (auto found = factories.find(name.str()); found != factories.end())
      return found->second;
    auto names = llvm::map_range(factories, [](const auto &entry) { return entry.first; });
    return llvm::createStringError("there is no " + kind + " '" + name + "'; there " +
                                   (factories.empty() ? "is none" : "are: " + llvm::join(names, ", ")));
  }

private:
  const std::string kind;
  mutable std::mutex mutex;
  std::map<std::string, FactoryT> factories;
};

} // namespace lle

#endif
