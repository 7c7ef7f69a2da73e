//===- LTC.cpp - liquid cells beside code by hand -------------------------===//
//
// A file ltcN.bin holds int32 units and inputs, then float32: gleak, vleak, cm; sigma, mu, w, erev and mask of
// recurrent, then of sensory synapses ([source][target]); an input, a state, and the state after ten steps with that
// input. The drone's NCP is a trace of inputs and of the states after each (p/NAME: its parameters).
//
//===----------------------------------------------------------------------===//
#include "bench/LTC.h"
#include "dialects/LTC/LTCOps.h"
#include "runtime/host/Npy.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>
#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::bench;

static constexpr size_t kCheckedSteps = 10;
/// What f32 arithmetic in any order keeps after ten steps, and over the drone's trace, whose inputs saturate.
static constexpr double kTolerance = 1e-6, kTraceTolerance = 1e-5;

namespace {
/// What a cell is measured with, and what it must compute.
struct Trace {
  std::vector<float> state;    ///< At first.
  std::vector<float> expected; ///< The state after the inputs, for as many as are known.
  size_t steps;
  double tolerance;
};
} // namespace

/// The cell as a network whose output is the state.
static OwningOpRef<ModuleOp> buildNetwork(const LTCWeights &w, StringRef name, MLIRContext &context) {
  OpBuilder builder(&context);
  Location loc = NameLoc::get(builder.getStringAttr(name));
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  builder.setInsertionPointToEnd(module->getBody());
  auto units = int64_t(w.units), inputs = int64_t(w.inputs);
  auto input = RankedTensorType::get({inputs}, builder.getF32Type());
  auto state = RankedTensorType::get({units}, builder.getF32Type());
  auto network = NetworkOp::create(builder, loc, name, builder.getFunctionType({input}, {state}), /*dt=*/1.0);
  SmallVector<NamedAttribute> attributes{
      builder.getNamedAttr("name", builder.getStringAttr("cell")),
      builder.getNamedAttr("operandSegmentSizes", builder.getDenseI32ArrayAttr({1, 0, 0})),
      builder.getNamedAttr("solver", ltc::SolverAttr::get(&context, ltc::Solver::fused)),
      builder.getNamedAttr("positivity", ltc::PositivityAttr::get(&context, ltc::Positivity::clip)),
      builder.getNamedAttr("unfolds", builder.getI64IntegerAttr(LTCWeights::kUnfolds)),
      builder.getNamedAttr("epsilon", builder.getF64FloatAttr(1e-8)),
      builder.getNamedAttr("elapsed", builder.getF64FloatAttr(1)),
  };
  auto add = [&](const Twine &parameter, const std::vector<float> &values, ArrayRef<int64_t> shape) {
    auto type = RankedTensorType::get(shape, builder.getF32Type());
    attributes.push_back(builder.getNamedAttr(parameter.str(), DenseElementsAttr::get(type, ArrayRef<float>(values))));
  };
  auto addSynapses = [&](StringRef prefix, const LTCSynapses &synapses, int64_t sources) {
    add(prefix + "sigma", synapses.sigma, {sources, units});
    add(prefix + "mu", synapses.mu, {sources, units});
    add(prefix + "w", synapses.w, {sources, units});
    add(prefix + "erev", synapses.erev, {sources, units});
  };
  add("gleak", w.gleak, units);
  add("vleak", w.vleak, units);
  add("cm", w.cm, units);
  addSynapses("", w.recurrent, units);
  addSynapses("sensory_", w.sensory, inputs);
  add("input_w", w.inputW, inputs);
  add("input_b", w.inputB, inputs);
  builder.setInsertionPointToEnd(&network.getBody().front());
  auto cell = ltc::LTCCellOp::create(builder, loc, TypeRange{state, state},
                                     ValueRange(network.getBody().getArgument(0)), attributes);
  OutputOp::create(builder, loc, cell.getState());
  return module;
}

/// Runs native code and the code by hand over the trace.
static LogicalResult check(LTCPair &pair, const Trace &trace, Location loc) {
  runtime::Bytes bytes(trace.state.size() * sizeof(float));
  memcpy(bytes.data(), trace.state.data(), bytes.size());
  if (auto status = pair.native.instance->writeState("cell", "v", bytes); !status)
    return emitError(loc, status.error().message);
  if (pair.bound)
    pair.bound->setState(trace.state.data());
  size_t units = pair.weights.units, known = trace.expected.size() / units;
  std::vector<float> native(units);
  for (size_t step = 0; step < trace.steps; ++step) {
    size_t frame = step % (pair.inputs.size() / pair.weights.inputs);
    const void *input = pair.inputs.data() + frame * pair.weights.inputs;
    void *output = native.data();
    pair.native.instance->step(&input, &output);
    const float *byHand = pair.bound ? pair.bound->step(static_cast<const float *>(input)) : native.data();
    if (step + known < trace.steps)
      continue;
    for (size_t j = 0; j < units; ++j) {
      double expected = trace.expected[(step + known - trace.steps) * units + j];
      if (double error = std::abs(native[j] - expected); !(error <= trace.tolerance))
        return emitError(loc, "native code differs from the file by ") << error << " in step " << step;
      if (double error = std::abs(byHand[j] - expected); !(error <= trace.tolerance))
        return emitError(loc, "the code by hand differs from the file by ") << error << " in step " << step;
    }
  }
  return success();
}

static LogicalResult prepare(LTCPair &pair, const Trace &trace, MLIRContext &context) {
  OwningOpRef<ModuleOp> module = buildNetwork(pair.weights, pair.name, context);
  FailureOr<NativeNetwork> native =
      compileForThisMachine(*module->getOps<NetworkOp>().begin(), pair.name, /*sourceHash=*/"");
  if (failed(native))
    return failure();
  pair.native = std::move(*native);
  pair.bound = makeLTCBound(pair.weights);
  return check(pair, trace, NameLoc::get(StringAttr::get(&context, pair.name)));
}

static LogicalResult readFile(const llvm::MemoryBuffer &file, LTCPair &pair, Trace &trace, MLIRContext &context) {
  StringRef rest = file.getBuffer();
  int32_t sizes[2] = {0, 0};
  if (rest.size() >= sizeof(sizes))
    memcpy(sizes, rest.data(), sizeof(sizes));
  rest = rest.drop_front(std::min(rest.size(), sizeof(sizes)));
  LTCWeights &w = pair.weights;
  w.units = size_t(std::max(sizes[0], 0));
  w.inputs = size_t(std::max(sizes[1], 0));
  size_t count = 5 * w.units + 5 * (w.units + w.inputs) * w.units + w.inputs;
  if (w.units == 0 || w.inputs == 0 || rest.size() != count * sizeof(float))
    return emitError(NameLoc::get(StringAttr::get(&context, file.getBufferIdentifier())),
                     "expected a liquid cell of " + Twine(sizes[0]) + " units and " + Twine(sizes[1]) + " inputs, got ")
           << rest.size() << " bytes of numbers";
  auto take = [&](std::vector<float> &values, size_t size) {
    values.resize(size);
    memcpy(values.data(), rest.data(), size * sizeof(float));
    rest = rest.drop_front(size * sizeof(float));
  };
  auto takeSynapses = [&](LTCSynapses &synapses, size_t sources) {
    std::vector<float> mask;
    for (auto *values : {&synapses.sigma, &synapses.mu, &synapses.w, &synapses.erev, &mask})
      take(*values, sources * w.units);
    for (auto [weight, isThere] : llvm::zip_equal(synapses.w, mask))
      weight *= std::abs(isThere);
  };
  for (auto *values : {&w.gleak, &w.vleak, &w.cm})
    take(*values, w.units);
  takeSynapses(w.recurrent, w.units);
  takeSynapses(w.sensory, w.inputs);
  w.inputW.assign(w.inputs, 1);
  w.inputB.assign(w.inputs, 0);
  take(pair.inputs, w.inputs);
  take(trace.state, w.units);
  take(trace.expected, w.units);
  trace.steps = kCheckedSteps;
  trace.tolerance = kTolerance;
  return success();
}

static LogicalResult readDrone(const std::string &path, LTCPair &pair, Trace &trace, MLIRContext &context) {
  Location loc = NameLoc::get(StringAttr::get(&context, path));
  std::vector<std::string> keys{"x", "state", "p/gleak", "p/vleak", "p/cm", "p/input_w", "p/input_b"};
  for (const char *prefix : {"p/", "p/sensory_"})
    for (const char *parameter : {"sigma", "mu", "w", "erev", "sparsity_mask"})
      keys.push_back(std::string(prefix) + parameter);
  auto arrays = runtime::readNpz(path, keys);
  if (!arrays)
    return emitError(loc, arrays.error().message);
  LogicalResult result = success();
  auto read = [&](const std::string &name) {
    std::vector<float> values;
    auto array = arrays->find(name);
    if (array == arrays->end()) {
      result = emitError(loc, "there is no array '" + name + "'");
      return values;
    }
    auto floats = runtime::convertArray(array->second, runtime::DType::F32, name);
    if (!floats) {
      result = emitError(loc, floats.error().message);
      return values;
    }
    values.resize(floats->data.size() / sizeof(float));
    memcpy(values.data(), floats->data.data(), floats->data.size());
    return values;
  };
  auto readSynapses = [&](const std::string &prefix) {
    LTCSynapses synapses{read("p/" + prefix + "sigma"), read("p/" + prefix + "mu"), read("p/" + prefix + "w"),
                         read("p/" + prefix + "erev")};
    std::vector<float> mask = read("p/" + prefix + "sparsity_mask");
    for (size_t i = 0; i < std::min(mask.size(), synapses.w.size()); ++i)
      synapses.w[i] *= std::abs(mask[i]);
    return synapses;
  };
  LTCWeights &w = pair.weights;
  w.gleak = read("p/gleak");
  w.vleak = read("p/vleak");
  w.cm = read("p/cm");
  w.recurrent = readSynapses("");
  w.sensory = readSynapses("sensory_");
  w.inputW = read("p/input_w");
  w.inputB = read("p/input_b");
  w.units = w.cm.size();
  w.inputs = w.inputW.size();
  pair.inputs = read("x");
  trace.expected = read("state");
  trace.state.assign(w.units, 0);
  trace.steps = w.units == 0 ? 0 : trace.expected.size() / w.units;
  trace.tolerance = kTraceTolerance;
  return result;
}

FailureOr<std::vector<LTCPair>> bench::prepareLTC(const std::string &bounds, const std::string &data,
                                                  MLIRContext &context) {
  std::vector<LTCPair> pairs;
  for (StringRef name : {"ltc19", "ltc32", "ltc64", "ltc128", "ltc256"}) {
    auto file = llvm::MemoryBuffer::getFile(bounds + "/" + name + ".bin");
    if (!file) {
      llvm::outs() << name << ": skipped, it is not in " << bounds << " (LLE_BOUNDS)\n";
      continue;
    }
    LTCPair &pair = pairs.emplace_back();
    Trace trace;
    pair.name = name.str();
    if (failed(readFile(**file, pair, trace, context)) || failed(prepare(pair, trace, context)))
      return failure();
  }
  std::string drone = data + "/liquid/drone/ncp.npz";
  if (!llvm::sys::fs::exists(drone)) {
    llvm::outs() << "drone: skipped, there is no " << drone << " (LLE_TEST_DATA)\n";
    return std::move(pairs);
  }
  LTCPair &pair = pairs.emplace_back();
  Trace trace;
  pair.name = "drone";
  if (failed(readDrone(drone, pair, trace, context)) || failed(prepare(pair, trace, context)))
    return failure();
  return std::move(pairs);
}

/// Walks through the inputs again and again.
template <typename Step>
static void runInputs(benchmark::State &state, const LTCPair &pair, Step step) {
  size_t next = 0;
  for (auto _ : state) {
    step(pair.inputs.data() + next);
    next += pair.weights.inputs;
    if (next == pair.inputs.size())
      next = 0;
  }
}

void bench::registerLTC(std::vector<LTCPair> &pairs) {
  for (LTCPair &pair : pairs) {
    benchmark::RegisterBenchmark((pair.name + "_native").c_str(), [&pair](benchmark::State &state) {
      std::vector<float> result(pair.weights.units);
      runInputs(state, pair, [&](const float *x) {
        const void *input = x;
        void *output = result.data();
        pair.native.instance->step(&input, &output);
      });
    });
    registerBatch(pair.name, pair.native, pair.inputs.data(), pair.weights.units);
    if (pair.bound)
      benchmark::RegisterBenchmark((pair.name + "_bound").c_str(), [&pair](benchmark::State &state) {
        runInputs(state, pair, [&](const float *x) { benchmark::DoNotOptimize(pair.bound->step(x)); });
      });
  }
}
