//===- Native.cpp - compiled networks in this process ---------------------===//
#include "bench/Native.h"
#include "targets/Native/Compile.h"

#include <chrono>

using namespace mlir;
using namespace lle;
using namespace lle::bench;

FailureOr<NativeNetwork> bench::compileForThisMachine(NetworkOp network, const std::string &sourceName,
                                                      const std::string &sourceHash) {
  Location loc = network.getLoc();
  auto start = std::chrono::steady_clock::now();
  FailureOr<Target> target = getTarget("native", *network.getContext());
  if (failed(target))
    return failure();
  FailureOr<CompiledNetwork> compiled = compileNetwork(network, *target);
  if (failed(compiled) || failed(addNativeVariant(*compiled, *target, *network.getContext())))
    return failure();
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  compiled->package.provenance.sourceName = sourceName;
  compiled->package.provenance.sourceHash = sourceHash;
  auto bytes = runtime::writePackage(compiled->package);
  if (!bytes)
    return emitError(loc, bytes.error().message);
  auto model = runtime::Model::load(bytes->data(), bytes->size(), sourceName);
  if (!model)
    return emitError(loc, model.error().message);
  auto instance = model->instantiate();
  if (!instance)
    return emitError(loc, instance.error().message);
  return NativeNetwork{std::make_unique<runtime::Instance>(std::move(*instance)), seconds};
}
