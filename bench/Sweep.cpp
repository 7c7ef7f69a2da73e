//===- Sweep.cpp - what a synapse costs at every rate and width -----------===//
//
// A network of one synapse and its population, on random spikes: the time of one step by each kernel, at spike rates
// from 0.5 to 100 % and widths from 128 to 8,192. The population never fires, so that all that changes is the synapse.
// Times are of the processor, the least of several repetitions. Beside them stands which kernel the compiler chooses
// from the rate, and at which rate both kernels cost the same: as measured, and by the compiler's constants.
//
//===----------------------------------------------------------------------===//
#include "bench/Native.h"
#include "bench/SpikingBuilder.h"
#include "lowering/Pipelines.h"
#include "passes/Analysis/SynapseChoice.h"
#include "targets/Target.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"

#include <ctime>
#include <random>

using namespace mlir;
using namespace lle;
using namespace lle::bench;
namespace cl = llvm::cl;

namespace {
enum class Kind { Linear, Conv };
enum class Signal { Spikes, Numbers };

cl::list<unsigned> widths("widths",
                          cl::desc("Inputs and outputs of the linear synapse, or channels of the convolution"),
                          cl::CommaSeparated);
cl::list<double> percents("rates", cl::desc("Spike rates in percent"), cl::CommaSeparated);
cl::opt<Kind> kind("kind", cl::init(Kind::Linear), cl::desc("Synapse"),
                   cl::values(clEnumValN(Kind::Linear, "linear", "width to width"),
                              clEnumValN(Kind::Conv, "conv", "3 x 3 on 16 x 16 pixels, width to width channels")));
cl::opt<Signal> signal("input", cl::init(Signal::Spikes), cl::desc("What comes in"),
                       cl::values(clEnumValN(Signal::Spikes, "spikes", "0 and 1"),
                                  clEnumValN(Signal::Numbers, "numbers", "f32, zero but for the rate")));
cl::opt<unsigned> outputs("outputs", cl::init(0), cl::desc("Outputs of the linear synapse (0: as many as inputs)"));
cl::opt<std::string> targetName("target", cl::init("native"),
                                cl::desc("Target to compile for; this machine must run it"));
cl::opt<double> budget("seconds", cl::init(0.3), cl::desc("Time for each figure"));
cl::opt<std::string> json("json", cl::desc("Write the table as JSON, too"), cl::value_desc("FILE"));

struct Cell {
  double percent, dense, event;
  bool choosesEvent; ///< What the compiler takes at this rate.
  double getAuto() const { return choosesEvent ? event : dense; }
};
struct Row {
  unsigned width;
  double switchesAt = 0;                     ///< The rate in percent from which on the compiler takes the dense kernel.
  double denseCompile = 0, eventCompile = 0; ///< Seconds.
  std::vector<Cell> cells;
};
} // namespace

static double getProcessorSeconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

/// Random spikes or numbers, frame after frame.
static std::vector<uint8_t> drawFrames(size_t elements, size_t frames, double rate) {
  std::mt19937 random(1);
  std::bernoulli_distribution fires(rate);
  std::uniform_real_distribution<float> draw(1, 2);
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i < elements * frames; ++i) {
    uint8_t spike = fires(random);
    float number = spike ? draw(random) : 0;
    auto *from = signal == Signal::Spikes ? &spike : reinterpret_cast<uint8_t *>(&number);
    bytes.insert(bytes.end(), from, from + (signal == Signal::Spikes ? 1 : sizeof(float)));
  }
  return bytes;
}

static OwningOpRef<ModuleOp> buildNetwork(unsigned width, MLIRContext &context) {
  constexpr int64_t kSide = 16;
  // Above what any current adds up to, so that no spike follows.
  constexpr float kNever = 1e30f;
  bool isConv = kind == Kind::Conv;
  std::mt19937 random(2);
  std::uniform_real_distribution<float> draw(-1, 1);
  unsigned columns = isConv || outputs == 0 ? width : unsigned(outputs);
  std::vector<float> weights(size_t(width) * columns * (isConv ? 9 : 1));
  for (float &weight : weights)
    weight = draw(random);
  if (!isConv) {
    NetworkBuilder b(context, "sweep", {int64_t(width)}, columns, signal == Signal::Spikes);
    return b.finish(b.neuron(b.linear(b.getInput(), weights), kNever));
  }
  NetworkBuilder b(context, "sweep", {int64_t(width), kSide, kSide}, width * kSide * kSide, signal == Signal::Spikes);
  Value map = b.conv2d(b.getInput(), weights, width, /*kernel=*/3, /*stride=*/1, /*padding=*/1);
  return b.finish(b.flatten(b.neuron(map, kNever)));
}

/// The least processor time of one step, over so many frames that the processor does not learn which elements are
/// active: Zen 4 learns the branches of 25,000 words of 64.
static double measure(NativeNetwork &network, unsigned elements, double rate) {
  const size_t frames = std::max<size_t>((size_t(1) << 22) / elements, 16);
  std::vector<uint8_t> sequence = drawFrames(elements, frames, rate);
  std::vector<uint8_t> results(network.instance->model().program().outputs->bytes * frames);
  const void *input = sequence.data();
  void *output = results.data();
  double best = 1e9, total = 0;
  while (total < budget) {
    network.instance->reset();
    double start = getProcessorSeconds();
    network.instance->run(frames, &input, &output);
    double seconds = getProcessorSeconds() - start;
    best = std::min(best, seconds / double(frames));
    total += seconds;
  }
  return best * 1e6;
}

static FailureOr<NativeNetwork> compile(unsigned width, StringRef kernel, double rate, MLIRContext &context) {
  OwningOpRef<ModuleOp> module = buildNetwork(width, context);
  auto network = *module->getOps<NetworkOp>().begin();
  Builder builder(&context);
  for (auto synapse : network.getBody().getOps<SynapseOpInterface>()) {
    synapse->setAttr(kSynapseAttr, builder.getStringAttr(kernel));
    synapse->setAttr(kActivityAttr, builder.getF64FloatAttr(rate));
  }
  return compileForThisMachine(network, "sweep", /*sourceHash=*/"", targetName);
}

/// The rate in percent at which both cost the same: between two measured ones, on the straight line through each.
static std::optional<double> findCrossover(const Row &row) {
  for (size_t i = 0; i + 1 < row.cells.size(); ++i) {
    const Cell &a = row.cells[i], &b = row.cells[i + 1];
    double before = a.event - a.dense, after = b.event - b.dense;
    if (before <= 0 && after > 0)
      return a.percent + (b.percent - a.percent) * -before / (after - before);
  }
  return std::nullopt;
}

/// What the compiler decides where this rate was measured.
static FailureOr<SynapseDecision> decide(unsigned width, double rate, const Target &target, MLIRContext &context) {
  OwningOpRef<ModuleOp> module = buildNetwork(width, context);
  auto network = *module->getOps<NetworkOp>().begin();
  for (auto synapse : network.getBody().getOps<SynapseOpInterface>())
    synapse->setAttr(kActivityAttr, Builder(&context).getF64FloatAttr(rate));
  FailureOr<SmallVector<SynapseDecision>> decisions =
      chooseSynapses(network, {SynapseChoice::Auto, kAssumedActivity, target.lanes, target.synapseCosts});
  if (failed(decisions))
    return failure();
  SynapseDecision decision = decisions->front();
  decision.synapse = nullptr; // it goes with the module
  return decision;
}

static FailureOr<Row> sweep(unsigned width, const Target &target, MLIRContext &context) {
  unsigned pixels = kind == Kind::Conv ? 256 : 1;
  Row row;
  row.width = width;
  FailureOr<NativeNetwork> dense = compile(width, "dense", 1, context), event;
  if (failed(dense))
    return failure();
  row.denseCompile = dense->compileSeconds;
  for (double percent : percents) {
    // The code of a convolution depends on the rate that is expected.
    if (row.cells.empty() || kind == Kind::Conv) {
      event = compile(width, "event", percent / 100, context);
      if (failed(event))
        return failure();
      row.eventCompile = std::max(row.eventCompile, event->compileSeconds);
    }
    unsigned elements = width * pixels;
    FailureOr<SynapseDecision> decision = decide(width, percent / 100, target, context);
    if (failed(decision))
      return failure();
    row.switchesAt = decision->crossover * 100;
    row.cells.push_back({percent, measure(*dense, elements, percent / 100), measure(*event, elements, percent / 100),
                         decision->isEvent});
    const Cell &cell = row.cells.back();
    llvm::outs() << llvm::formatv("{0,6} {1,6:F1} % {2,12:F2} us {3,12:F2} us {4,12:F2} us ({5})\n", width, percent,
                                  cell.dense, cell.event, cell.getAuto(), cell.choosesEvent ? "event" : "dense");
    llvm::outs().flush();
  }
  return row;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::ParseCommandLineOptions(argc, argv, "cost of a synapse against spike rate and width\n");
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  DialectRegistry registry;
  registerLoweringDialects(registry);
  MLIRContext context(registry);
  context.loadDialect<LLEDialect, spk::SpkDialect>();
  if (widths.empty())
    for (unsigned width : {128, 256, 512, 1024, 2048, 4096, 8192})
      if (kind == Kind::Linear || width <= 128)
        widths.push_back(width);
  if (percents.empty())
    for (double percent : {0.5, 2.0, 5.0, 10.0, 20.0, 50.0, 75.0, 90.0, 100.0})
      percents.push_back(percent);

  FailureOr<Target> target = getTarget(targetName, context);
  if (failed(target))
    return 1;
  llvm::outs() << "one step, least processor time\n width   rate        dense           event            auto\n";
  llvm::json::Array rows;
  for (unsigned width : widths) {
    FailureOr<Row> row = sweep(width, *target, context);
    if (failed(row))
      return 1;
    std::optional<double> crossover = findCrossover(*row);
    auto format = [](double percent) { return llvm::formatv("{0:F0} %", percent).str(); };
    llvm::outs() << llvm::formatv("{0,6} compiled in {1:F2} s (dense) and {2:F2} s (event); both cost the same at {3}, "
                                  "auto switches at {4}\n",
                                  width, row->denseCompile, row->eventCompile,
                                  crossover ? format(*crossover) : "none of these rates",
                                  row->switchesAt <= 100 ? format(row->switchesAt) : "none");
    llvm::json::Array cells;
    for (const Cell &cell : row->cells)
      cells.push_back(llvm::json::Object{{"rate", cell.percent / 100},
                                         {"dense_us", cell.dense},
                                         {"event_us", cell.event},
                                         {"auto_us", cell.getAuto()}});
    rows.push_back(
        llvm::json::Object{{"width", int64_t(width)},
                           {"dense_compile_s", row->denseCompile},
                           {"event_compile_s", row->eventCompile},
                           {"auto_switches_at", row->switchesAt / 100},
                           {"crossover", crossover ? llvm::json::Value(*crossover / 100) : llvm::json::Value(nullptr)},
                           {"rates", std::move(cells)}});
  }
  if (json.empty())
    return 0;
  std::error_code error;
  llvm::raw_fd_ostream file(json, error);
  if (error) {
    llvm::errs() << json << ": " << error.message() << '\n';
    return 1;
  }
  file << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(rows)));
  return 0;
}
