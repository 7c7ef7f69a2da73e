//===- Engines.cpp - the engines that passes can ask for ------------------===//
#include "passes/Analysis/Engines.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>

using namespace lle;

static std::map<std::string, EngineFactory> &getFactories() {
  static std::map<std::string, EngineFactory> factories;
  return factories;
}

void lle::registerEngine(llvm::StringRef name, EngineFactory factory) {
  getFactories()[name.str()] = std::move(factory);
}

llvm::Expected<std::unique_ptr<Engine>> lle::createEngine(llvm::StringRef name, NetworkOp network) {
  auto found = getFactories().find(name.str());
  if (found != getFactories().end())
    return found->second(network);
  auto names = llvm::map_range(getFactories(), [](const auto &factory) { return factory.first; });
  return llvm::createStringError("no engine is called '" + name +
                                 "'; this program has: " + (getFactories().empty() ? "none" : llvm::join(names, ", ")));
}
