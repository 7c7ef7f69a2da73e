//===- CfC.cpp - CfC cells beside code by hand ----------------------------===//
//
// A file holds int32 units and inputs, then float32: weights and bias of the backbone and of the three heads (see
// CfCWeights), an input, a state, and the state after ten steps with that input.
//
//===----------------------------------------------------------------------===//
#include "bench/CfC.h"
#include "dialects/LTC/LTCOps.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>
#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::bench;

static constexpr size_t kCheckedSteps = 10;
/// What f32 arithmetic in any order keeps after that many steps.
static constexpr double kTolerance = 1e-6;

/// Columns `first`, `first + 1`, ... of a matrix [input][column], as a parameter [column][input].
static Attribute getMatrix(Builder &builder, ArrayRef<float> values, size_t inputs, size_t columns, size_t first,
                           size_t count) {
  std::vector<float> transposed;
  for (size_t column = first; column < first + count; ++column)
    for (size_t input = 0; input < inputs; ++input)
      transposed.push_back(values[input * columns + column]);
  auto type = RankedTensorType::get({int64_t(count), int64_t(inputs)}, builder.getF32Type());
  return DenseElementsAttr::get(type, ArrayRef<float>(transposed));
}

static Attribute getVector(Builder &builder, ArrayRef<float> values) {
  return DenseElementsAttr::get(RankedTensorType::get({int64_t(values.size())}, builder.getF32Type()), values);
}

/// The cell as a network. The file's third head is time_a + time_b for an elapsed time of one.
static OwningOpRef<ModuleOp> buildNetwork(const CfCWeights &w, StringRef name, MLIRContext &context) {
  OpBuilder builder(&context);
  Location loc = NameLoc::get(builder.getStringAttr(name));
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  builder.setInsertionPointToEnd(module->getBody());
  auto input = RankedTensorType::get({int64_t(w.inputs)}, builder.getF32Type());
  auto state = RankedTensorType::get({int64_t(w.units)}, builder.getF32Type());
  auto network = NetworkOp::create(builder, loc, name, builder.getFunctionType({input}, {state}), /*dt=*/1.0);

  builder.setInsertionPointToEnd(&network.getBody().front());
  Attribute backbone = getMatrix(builder, w.backbone, w.inputs + w.units, CfCWeights::kHidden, 0, CfCWeights::kHidden);
  SmallVector<NamedAttribute> attributes{
      builder.getNamedAttr("name", builder.getStringAttr("cell")),
      builder.getNamedAttr("operandSegmentSizes", builder.getDenseI32ArrayAttr({1, 0, 0})),
      builder.getNamedAttr("mode", ltc::ModeAttr::get(&context, ltc::Mode::gated)),
      builder.getNamedAttr("elapsed", builder.getF64FloatAttr(1)),
      builder.getNamedAttr("activation", ActivationAttr::get(&context, Activation::lecun_tanh)),
      builder.getNamedAttr("head_activation", ActivationAttr::get(&context, Activation::tanh)),
      builder.getNamedAttr("gate_sign", ltc::GateSignAttr::get(&context, ltc::GateSign::plus)),
      builder.getNamedAttr("backbone_weights", builder.getArrayAttr(backbone)),
      builder.getNamedAttr("backbone_biases", builder.getArrayAttr(getVector(builder, w.backboneBias))),
  };
  auto addHead = [&](StringRef head, std::optional<size_t> index) {
    std::vector<float> zeros(CfCWeights::kHidden * w.units);
    Attribute weight = getMatrix(builder, index ? w.heads : zeros, CfCWeights::kHidden, index ? 3 * w.units : w.units,
                                 index.value_or(0) * w.units, w.units);
    Attribute bias = getVector(builder, index ? ArrayRef(w.headBias).slice(*index * w.units, w.units)
                                              : ArrayRef(zeros).take_front(w.units));
    attributes.push_back(builder.getNamedAttr((head + "_weight").str(), weight));
    attributes.push_back(builder.getNamedAttr((head + "_bias").str(), bias));
  };
  addHead("ff1", 0);
  addHead("ff2", 1);
  addHead("time_a", std::nullopt);
  addHead("time_b", 2);
  auto cell =
      ltc::CfCCellOp::create(builder, loc, TypeRange(state), ValueRange(network.getBody().getArgument(0)), attributes);
  OutputOp::create(builder, loc, cell.getResult());
  return module;
}

static double getError(ArrayRef<float> values, const std::vector<float> &expected) {
  double error = 0;
  for (auto [value, other] : llvm::zip_equal(values, expected))
    error = std::max(error, std::abs(double(value) - double(other)));
  return error;
}

static LogicalResult setState(runtime::Instance &instance, const std::vector<float> &state, Location loc) {
  runtime::Bytes bytes(state.size() * sizeof(float));
  memcpy(bytes.data(), state.data(), bytes.size());
  auto status = instance.writeState("cell", "h", bytes);
  return status ? success() : LogicalResult(emitError(loc, status.error().message));
}

static void stepNative(runtime::Instance &instance, const std::vector<float> &x, std::vector<float> &result) {
  const void *inputs = x.data();
  void *outputs = result.data();
  instance.step(&inputs, &outputs);
}

static FailureOr<CfCPair> prepare(StringRef name, const llvm::MemoryBuffer &file, MLIRContext &context) {
  Location loc = NameLoc::get(StringAttr::get(&context, file.getBufferIdentifier()));
  CfCPair pair;
  pair.name = name.str();
  StringRef rest = file.getBuffer();
  auto read = [&](auto &value) {
    if (rest.size() < sizeof(value))
      return;
    memcpy(&value, rest.data(), sizeof(value));
    rest = rest.drop_front(sizeof(value));
  };
  int32_t units = 0, inputs = 0;
  read(units);
  read(inputs);
  CfCWeights &w = pair.weights;
  w.units = size_t(std::max(units, 0));
  w.inputs = size_t(std::max(inputs, 0));
  const size_t hidden = CfCWeights::kHidden,
               count = (w.units + w.inputs + 1) * hidden + (hidden + 1) * 3 * w.units + w.inputs + 2 * w.units;
  if (w.units == 0 || w.inputs == 0 || rest.size() != count * sizeof(float))
    return emitError(loc, "expected a CfC cell of " + Twine(units) + " units and " + Twine(inputs) + " inputs, got ")
           << rest.size() << " bytes of numbers";
  std::vector<float> expected;
  auto take = [&](std::vector<float> &values, size_t size) {
    values.resize(size);
    memcpy(values.data(), rest.data(), size * sizeof(float));
    rest = rest.drop_front(size * sizeof(float));
  };
  take(w.backbone, (w.units + w.inputs) * hidden);
  take(w.backboneBias, hidden);
  take(w.heads, hidden * 3 * w.units);
  take(w.headBias, 3 * w.units);
  take(pair.input, w.inputs);
  take(pair.state, w.units);
  take(expected, w.units);

  OwningOpRef<ModuleOp> module = buildNetwork(w, name, context);
  auto network = *module->getOps<NetworkOp>().begin();
  FailureOr<NativeNetwork> native = compileForThisMachine(network, pair.name, "");
  if (failed(native) || failed(setState(*native->instance, pair.state, loc)))
    return failure();
  pair.native = std::move(*native);
  std::vector<float> result(w.units);
  for (size_t step = 0; step < kCheckedSteps; ++step)
    stepNative(*pair.native.instance, pair.input, result);
  if (double error = getError(result, expected); !(error <= kTolerance))
    return emitError(loc, "native code differs from the file by ") << error;
  pair.bound = makeCfCBound(w);
  if (pair.bound) {
    pair.bound->setState(pair.state.data());
    const float *state = nullptr;
    for (size_t step = 0; step < kCheckedSteps; ++step)
      state = pair.bound->step(pair.input.data());
    if (double error = getError(ArrayRef(state, w.units), expected); !(error <= kTolerance))
      return emitError(loc, "the code by hand differs from the file by ") << error;
  }
  return std::move(pair);
}

FailureOr<std::vector<CfCPair>> bench::prepareCfC(const std::string &folder, MLIRContext &context) {
  std::vector<CfCPair> pairs;
  for (StringRef name : {"cfc32", "cfc64", "cfc128", "cfc256"}) {
    auto file = llvm::MemoryBuffer::getFile(folder + "/" + name + ".bin");
    if (!file) {
      llvm::outs() << name << ": skipped, it is not in " << folder << " (LLE_BOUNDS)\n";
      continue;
    }
    FailureOr<CfCPair> pair = prepare(name, **file, context);
    if (failed(pair))
      return failure();
    pairs.push_back(std::move(*pair));
  }
  return std::move(pairs);
}

void bench::registerCfC(std::vector<CfCPair> &pairs) {
  for (CfCPair &pair : pairs) {
    benchmark::RegisterBenchmark((pair.name + "_native").c_str(), [&pair](benchmark::State &state) {
      std::vector<float> result(pair.weights.units);
      for (auto _ : state)
        stepNative(*pair.native.instance, pair.input, result);
    });
    registerBatch(pair.name, pair.native, pair.input.data(), pair.weights.units);
    if (pair.bound)
      benchmark::RegisterBenchmark((pair.name + "_bound").c_str(), [&pair](benchmark::State &state) {
        for (auto _ : state)
          benchmark::DoNotOptimize(pair.bound->step(pair.input.data()));
      });
  }
}
