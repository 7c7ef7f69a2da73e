//===- Options.cpp - the command line of lle-run --------------------------===//
#include "tools/lle-run/Options.h"
#include "tools/common/Flags.h"

using namespace lle;
using namespace lle::run;
using llvm::StringRef;
namespace cl = llvm::cl;

const char *const run::overview = R"(run a network on recorded inputs

  lle-run digits.lle --input=images.npy --evaluate=labels.npy
  lle-run net.mlir --input=x.npy --output=y.npy --probe=lif1:v=v.npy --engine=reference
  lle-run net.lle --input=part1.npy --state-out=s.npz; lle-run net.lle --input=part2.npy --state-in=s.npz
  lle-run cnn.lle --input=0.bin --input=1.bin --bin=1ms --shape=2x34x34

Arrays are .npy files of shape (samples, steps, features...); spikes are 0 and 1 of any numeric type. Each sample starts
from the initial states. A sequence longer than the model's number of steps runs to its own length, or with --steps=model
to that number, as the same file does for a model of fewer steps; a shorter one is an error. Files with several inputs or outputs name them: --input=NAME=FILE. The time that passes in a step of a liquid
network, where it is not fixed, is the input 'timespans', or the option. An output that counts only in the last step is
written as (samples, features...). A model that --spk-tune-timesteps=early-exit made ends a sample once its output is
decided; the summary says after how many steps.

Arrays also come as FILE.npz:MEMBER, IDX files, FILE.h5:DATASET of any HDF5 file, and .npy and IDX files compressed by
gzip, and so do labels. Inputs also come from NIRData files (HDF5, of nir.write_data): the recording of the node with
the input's name, or the only one, on a grid of the network's dt; events are put on it, or on one of --bin or --bins.
Results whose file ends in .nir, .h5 or .hdf5 are written as NIRData, all of one file together: --output=y.h5
--probe=lif1:v=y.h5.

A model that --lle-tune-dt gave longer steps takes recordings of the old ones: of each N steps the mean, of elapsed times
the sum, and within the last N silence follows where they end. --downsample=1 is for files in steps of the model.

An input of the shape (channels, rows, columns) also takes recordings of an event sensor: files of 5 bytes an event (x,
y, polarity, microseconds), as N-MNIST has them. Each file is a sample. --bin=1ms counts events in steps of 1 ms from
the first event on; --bins=50 divides each recording into 50 equal steps. Channel 1 has the events of polarity 1, channel
0 the others; a sensor shape of one channel takes both. A recording that is shorter than the model's number of steps is
followed by silence. Samples may differ in length: where one has ended, its spiking outputs are written as 0, other
outputs and states as they were last.
)";

cl::OptionCategory run::category("Options of lle-run");

namespace {
cl::opt<std::string> model(cl::Positional, cl::Required, cl::desc("MODEL.{lle,nir,mlir}"), cl::cat(category));
InputFlags inputs(run::category);
cl::opt<std::string> steps("steps", cl::desc("Steps to run of each sample, or 'model': as many as a sample of it has"),
                           cl::value_desc("N"), cl::cat(category));
cl::opt<int64_t> downsample("downsample",
                            cl::desc("Steps of the inputs that are one of the model (default: its lle.downsample)"),
                            cl::value_desc("N"), cl::cat(category));
cl::list<std::string> outputs("output", cl::desc("Write an output in all steps"), cl::value_desc("[NAME=]FILE"),
                              cl::cat(category));
cl::opt<std::string> stateIn("state-in", cl::desc("States to start from: .npz with keys NODE/STATE, (samples, ...)"),
                             cl::value_desc("FILE"), cl::cat(category));
cl::opt<std::string> stateOut("state-out", cl::desc("Write the states after the last step"), cl::value_desc("FILE"),
                              cl::cat(category));
cl::list<std::string> probes("probe",
                             cl::desc("Write a state (v, i, ...) or the result (spike, out) of a node in all steps"),
                             cl::value_desc("NODE:STATE=FILE"), cl::cat(category));
cl::opt<std::string> labels("evaluate", cl::desc("Compare an output with labels, (samples) or (samples, steps)"),
                            cl::value_desc("[NAME=]FILE"), cl::cat(category));
cl::opt<Metric> metric("metric", cl::init(Metric::Accuracy), cl::desc("How --evaluate compares"), cl::cat(category),
                       cl::values(clEnumValN(Metric::Accuracy, "accuracy",
                                             "share of right classes: largest spike count, or largest value"),
                                  clEnumValN(Metric::MeanSquaredError, "mse", "mean squared error"),
                                  clEnumValN(Metric::F1, "f1", "F1 score of class 1")));
EngineFlag engine("engine", "What runs the network", run::category);
PrecisionFlag precision(run::category);
LoadFlags load(run::category);
cl::opt<bool> earlyExit("early-exit", cl::init(true),
                        cl::desc("End samples that are decided, where the model says by what margin (=false: run all)"),
                        cl::cat(category));
cl::opt<bool> json("json", cl::desc("Print the summary as JSON"), cl::cat(category));
cl::opt<bool> spikes("spikes", cl::desc("Count the spikes of every node that can be seen"), cl::cat(category));
} // namespace

static llvm::Expected<Probe> parseProbe(StringRef argument) {
  auto [what, path] = argument.split('=');
  auto [node, state] = what.rsplit(':');
  if (node.empty() || state.empty() || path.empty())
    return llvm::createStringError("--probe=" + argument + ": expected NODE:STATE=FILE");
  return Probe{node.str(), state.str(), path.str()};
}

llvm::Expected<Options> run::getOptions() {
  if (precision.getNumOccurrences() != 0 && engine != EngineKind::Reference)
    return llvm::createStringError("--precision is for --engine=reference; compiled code has the types of the network");
  if (metric.getNumOccurrences() != 0 && labels.empty())
    return llvm::createStringError("--metric needs --evaluate=FILE");
  llvm::Expected<InputOptions> inputOptions = inputs.get();
  if (!inputOptions)
    return inputOptions.takeError();
  inputOptions->steps = steps;
  if (downsample.getNumOccurrences() != 0 && downsample < 1)
    return llvm::createStringError("--downsample=" + llvm::Twine(downsample.getValue()) +
                                   ": expected a number above 0");
  inputOptions->downsample = downsample;
  Options options{model, *inputOptions, outputs, stateIn, stateOut, {}, labels, metric, json, spikes, earlyExit, {}};
  options.open.engine = engine;
  options.open.precision = precision;
  options.open.load = load.get();
  options.open.allNodes = spikes;
  for (const std::string &argument : probes) {
    llvm::Expected<Probe> probe = parseProbe(argument);
    if (!probe)
      return probe.takeError();
    if (probe->isResult() && !llvm::is_contained(options.open.nodes, probe->node))
      options.open.nodes.push_back(probe->node);
    options.probes.push_back(std::move(*probe));
  }
  return options;
}
