//===- Replay.h - running imported networks on the engines --------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_TEST_UNIT_NIR_REPLAY_H
#define LLE_TEST_UNIT_NIR_REPLAY_H

#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Import.h"
#include "mlir/IR/MLIRContext.h"
#include "passes/Analysis/Engine.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"
#include "runtime/host/Npy.h"
#include "test/unit/SharedData.h"
#include "llvm/ADT/StringExtras.h"
#ifdef LLE_REPLAY_NATIVE
#include "lowering/JIT/JIT.h"
#include "lowering/Pipelines.h"
#endif

namespace lle::nir::test {

/// What runs a network. A line in `engines` makes every replay run on one more.
struct EngineKind {
  const char *name;
  Precision precision;
  llvm::Expected<std::unique_ptr<Engine>> (*create)(NetworkOp);
};

inline void PrintTo(const EngineKind &kind, std::ostream *os) { *os << kind.name; }

template <Precision precision>
llvm::Expected<std::unique_ptr<Engine>> createReference(NetworkOp network) {
  if (auto engine = createReferenceEngine(network, precision))
    return engine;
  return llvm::createStringError("the network cannot be evaluated");
}

inline const EngineKind engines[] = {
    {"reference", Precision::f64, createReference<Precision::f64>},
    {"reference_f32", Precision::f32, createReference<Precision::f32>},
#ifdef LLE_REPLAY_NATIVE
    {"native", Precision::f32, createNativeEngine},
#endif
};

/// Those that compute as the frameworks do.
inline std::vector<EngineKind> getSinglePrecisionEngines() {
  std::vector<EngineKind> chosen;
  llvm::copy_if(engines, std::back_inserter(chosen),
                [](const EngineKind &kind) { return kind.precision == Precision::f32; });
  return chosen;
}

/// An imported file, ready to run.
class Replay {
public:
  /// One of the shared spiking networks, with a profile.
  Replay(const EngineKind &kind, llvm::StringRef file, llvm::StringRef profile, double dt = 1e-4)
      : Replay(kind, lle::test::sharedData(("spiking/nir_files/" + file).str()), getOptions(profile, dt)) {}

  Replay(const EngineKind &kind, const std::string &path, const ImportOptions &options) {
    mlir::DialectRegistry registry;
    registerImportDialects(registry);
    registerReferenceModels(registry);
#ifdef LLE_REPLAY_NATIVE
    registerLoweringDialects(registry);
#endif
    context.appendDialectRegistry(registry);
    Report report("m.nir");
    module = importNIRFile(path, options, context, report);
    EXPECT_EQ(llvm::join(report.errors, "\n"), "");
    if (module)
      network = *module->getOps<NetworkOp>().begin();
    create = kind.create;
  }

  /// Makes what the node gives the last output of the network.
  void expose(llvm::StringRef node) {
    for (mlir::Operation &op : network.getBody().front())
      if (auto name = op.getAttrOfType<mlir::StringAttr>("name"); name && name == node) {
        mlir::Operation *output = network.getBody().front().getTerminator();
        output->insertOperands(output->getNumOperands(), op.getResult(0));
        ASSERT_TRUE(succeeded(network.insertResult(network.getNumResults(), op.getResult(0).getType(), {})));
        return;
      }
    FAIL() << "there is no node " << node.str();
  }

  bool start() {
    if (!network)
      return false;
    auto made = create(network);
    if (!made) {
      ADD_FAILURE() << llvm::toString(made.takeError());
      return false;
    }
    engine = std::move(*made);
    instance = engine->instantiate();
    return true;
  }

  /// The outputs after one more step.
  const std::vector<Values> &step(Values input) { return step(std::vector<Values>{std::move(input)}); }
  const std::vector<Values> &step(const std::vector<Values> &inputs) {
    instance->step(inputs, outputs);
    return outputs;
  }
  Values state(llvm::StringRef node, llvm::StringRef name) { return llvm::cantFail(instance->readState(node, name)); }
  void reset() { instance->reset(); }

private:
  static ImportOptions getOptions(llvm::StringRef profile, double dt) {
    ImportOptions options;
    options.profile = profile.str();
    options.dt = dt;
    return options;
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  NetworkOp network;
  decltype(EngineKind::create) create = nullptr;
  std::unique_ptr<Engine> engine;
  std::unique_ptr<Instance> instance;
  std::vector<Values> outputs;
};

/// A golden array, as doubles.
struct Golden {
  std::vector<int64_t> shape;
  std::vector<double> values;

  static Golden of(const runtime::Array &array) {
    auto converted = runtime::convertArray(array, runtime::DType::F64, "golden");
    Golden golden;
    if (!converted) {
      ADD_FAILURE() << converted.error().message;
      return golden;
    }
    golden.shape = converted->shape;
    golden.values.resize(converted->data.size() / sizeof(double));
    std::memcpy(golden.values.data(), converted->data.data(), converted->data.size());
    return golden;
  }
  /// `key` of an .npz file; an .npy file has none.
  static Golden read(const std::string &relative, const std::string &key = "") {
    std::string path = lle::test::sharedData(relative);
    if (key.empty()) {
      auto array = runtime::readNpy(path);
      EXPECT_TRUE(bool(array)) << path;
      return array ? of(*array) : Golden();
    }
    auto arrays = runtime::readNpz(path);
    EXPECT_TRUE(arrays && arrays->count(key)) << path << " " << key;
    return arrays && arrays->count(key) ? of(arrays->at(key)) : Golden();
  }
  /// Row `i` of the first dimension.
  Values row(size_t i) const {
    size_t width = values.size() / shape.front();
    return Values(values.begin() + i * width, values.begin() + (i + 1) * width);
  }
};

} // namespace lle::nir::test

#endif // LLE_TEST_UNIT_NIR_REPLAY_H
