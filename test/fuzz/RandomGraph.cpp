//===- RandomGraph.cpp - random NIR graphs --------------------------------===//
#include "test/fuzz/RandomGraph.h"

#include "frontends/NIR/InferShapes.h"
#include "frontends/NIR/Profiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace lle;
using namespace lle::fuzz;
using namespace lle::nir;
using llvm::ArrayRef;
using llvm::SmallVector;
using llvm::StringRef;

static int64_t countElements(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t length : shape)
    count *= length;
  return count;
}

namespace {
/// What a node gives.
struct Signal {
  std::string node;
  Shape shape;
  bool spiking = false;
  unsigned sums = 0;    ///< Synapses since the last population or input; more than two lose the grid of dyadic numbers.
  bool instant = false; ///< A threshold's: no state has been passed, so that a loop needs a delay.
};

/// What a node takes.
struct Target {
  std::string node;
  Shape shape;
  bool population;
};

class GraphBuilder {
public:
  GraphBuilder(RandomNumbers &random, const Profile &profile, double dt, unsigned depth)
      : random(random), profile(profile), dt(dt), depth(depth), style(random.below(4)) {}

  Graph build(ArrayRef<Shape> inputs, Signal &last);
  static Shape makeShape(RandomNumbers &random);

private:
  RandomNumbers &random;
  const Profile &profile;
  double dt;
  unsigned depth, style, names = 0;
  Graph graph;
  SmallVector<Signal> signals;
  SmallVector<Target> targets;

  std::string makeName(StringRef kind);
  Signal addNode(StringRef type, ArrayMap params, ArrayRef<Signal> sources, unsigned sums);
  Array makeNumbers(ArrayRef<int64_t> shape, llvm::function_ref<double()> draw);
  Array makeArray(ArrayRef<int64_t> shape, ArrayRef<double> values);
  Array makeWeights(ArrayRef<int64_t> shape, double density);
  Array makeInts(ArrayRef<int64_t> values);

  std::optional<Signal> addLinear(const Signal &input, std::optional<int64_t> outputs = {});
  std::optional<Signal> addConv(const Signal &input, bool keepSize = false);
  std::optional<Signal> addPool(const Signal &input);
  Signal addFlatten(const Signal &input, bool all);
  Signal addDelay(const Signal &input, bool atLeastOne);
  std::optional<Signal> addSynapse(const Signal &input);
  Signal addNeuron(ArrayRef<Signal> inputs);
  Signal addSubgraph(const Signal &input);
  void addBlock();
  void addLoop();
};
} // namespace

/// Names are free text.
std::string GraphBuilder::makeName(StringRef kind) {
  std::string number = std::to_string(names++);
  switch (style) {
  case 0:
    return number;
  case 1:
    return "layer" + number + "." + kind.lower();
  case 2:
    return kind.str() + " (" + number + ")";
  default:
    return kind.lower() + "_" + number;
  }
}

/// The sources must have one shape. The result's shape is what the importer will infer.
Signal GraphBuilder::addNode(StringRef type, ArrayMap params, ArrayRef<Signal> sources, unsigned sums) {
  const Node &node = graph.add(makeName(type), type.str(), std::move(params));
  Shape shape = sources.front().shape;
  Signal result{node.name, llvm::cantFail(getOutputShape(node, shape)), false, sums};
  targets.push_back({node.name, shape, false});
  for (const Signal &source : sources)
    graph.connect(source.node, result.node);
  return result;
}

Array GraphBuilder::makeArray(ArrayRef<int64_t> shape, ArrayRef<double> values) {
  if (random.chance(0.5))
    return Array::f64(shape, values);
  SmallVector<float> rounded(values.begin(), values.end());
  return Array::f32(shape, rounded);
}

/// A parameter of elements: one number of rank 0, the same for all, or of its own for each.
Array GraphBuilder::makeNumbers(ArrayRef<int64_t> shape, llvm::function_ref<double()> draw) {
  if (random.chance(0.2))
    return makeArray({}, draw());
  SmallVector<double> values(countElements(shape));
  if (random.chance(0.5))
    llvm::fill(values, draw());
  else
    std::generate(values.begin(), values.end(), draw);
  return makeArray(shape, values);
}

Array GraphBuilder::makeWeights(ArrayRef<int64_t> shape, double density) {
  SmallVector<double> values(countElements(shape));
  std::generate(values.begin(), values.end(), [&] { return random.weight(density); });
  values.front() = 1; // not all zero
  if (!random.chance(0.1))
    return makeArray(shape, values);
  SmallVector<int64_t> integers(values.begin(), values.end());
  return Array::of<int64_t>(shape, integers);
}

/// Integers as an array, or as one number where they are all the same.
Array GraphBuilder::makeInts(ArrayRef<int64_t> values) {
  return llvm::all_equal(values) && random.chance(0.4) ? Array::scalar<int64_t>(values.front()) : Array::ints(values);
}

std::optional<Signal> GraphBuilder::addLinear(const Signal &input, std::optional<int64_t> wanted) {
  int64_t inputs = input.shape.back(), rows = countElements(input.shape) / inputs;
  int64_t outputs = wanted.value_or(random.length());
  if (rows * outputs > kMaxElements || (random.isDyadic() && input.sums > 1))
    return {};
  Shape shape = input.shape;
  shape.insert(shape.end() - 1, outputs);
  ArrayMap params;
  params.insert({"weight", makeWeights(shape, random.pick({1.0, 0.7, 0.3}))});
  bool affine = random.chance(0.5);
  if (affine)
    params.insert({"bias", makeWeights(outputs, 0.5)});
  return addNode(affine ? "Affine" : "Linear", std::move(params), input, input.sums + 1);
}

std::optional<Signal> GraphBuilder::addConv(const Signal &input, bool keepSize) {
  size_t spatial = input.shape.size() - 1;
  if ((spatial != 1 && spatial != 2) || (random.isDyadic() && input.sums > 1))
    return {};
  int64_t channels = input.shape[0], groups = random.divisor(channels),
          outputs = keepSize ? channels : groups * random.range(1, 4);
  unsigned form = keepSize ? 0 : random.below(4); // "same", "valid", explicit
  SmallVector<int64_t> stride, padding, dilation, weights{outputs, channels / groups};
  for (size_t dim = 0; dim < spatial; ++dim) {
    weights.push_back(random.range(1, 3));
    stride.push_back(form == 0 ? 1 : random.range(1, 3));
    dilation.push_back(random.range(1, 3));
    padding.push_back(random.range(0, 3));
  }
  ArrayMap params;
  params.insert({"weight", makeWeights(weights, 0.8)});
  params.insert({"bias", makeWeights(outputs, 0.4)});
  params.insert({"stride", makeInts(stride)});
  params.insert({"dilation", makeInts(dilation)});
  params.insert({"groups", Array::scalar<int64_t>(groups)});
  params.insert({"padding", form == 0 ? Array::text("same") : form == 1 ? Array::text("valid") : makeInts(padding)});
  if (random.chance(0.5))
    params.insert({"input_shape", makeInts(ArrayRef<int64_t>(input.shape).drop_front())});
  StringRef type = spatial == 1 ? "Conv1d" : "Conv2d";
  llvm::Expected<Shape> result = getOutputShape(Node("", type.str(), params), input.shape);
  if (!result) {
    llvm::consumeError(result.takeError()); // the kernel is larger than the image
    return {};
  }
  if (countElements(*result) > kMaxElements)
    return {};
  return addNode(type, std::move(params), input, input.sums + 1);
}

std::optional<Signal> GraphBuilder::addPool(const Signal &input) {
  if (input.shape.size() != 3 || (random.isDyadic() && input.sums > 1))
    return {};
  SmallVector<int64_t> kernel, stride, padding;
  for (unsigned dim = 0; dim < 2; ++dim) {
    kernel.push_back(random.isDyadic() ? int64_t(1) << random.below(2) : random.range(1, 3));
    kernel.back() = std::min(kernel.back(), input.shape[dim + 1]);
    stride.push_back(random.range(1, 2));
    padding.push_back(random.range(0, kernel.back() / 2));
  }
  ArrayMap params;
  params.insert({"kernel_size", makeInts(kernel)});
  params.insert({"stride", makeInts(stride)});
  params.insert({"padding", makeInts(padding)});
  bool sum = profile.quantise || random.chance(0.5);
  return addNode(sum ? "SumPool2d" : "AvgPool2d", std::move(params), input, input.sums + 1);
}

Signal GraphBuilder::addFlatten(const Signal &input, bool all) {
  int64_t rank = input.shape.size();
  int64_t start = all ? 0 : random.range(0, rank - 1), end = all ? rank - 1 : random.range(start, rank - 1);
  if (random.chance(0.5))
    start -= rank;
  if (random.chance(0.5))
    end -= rank;
  ArrayMap params{{"start_dim", Array::scalar(start)}, {"end_dim", Array::scalar(end)}};
  if (random.chance(0.4))
    params.insert({"input_type", Array::ints(input.shape)});
  Signal result = addNode("Flatten", std::move(params), input, input.sums);
  result.spiking = input.spiking;
  result.instant = input.instant;
  return result;
}

Signal GraphBuilder::addDelay(const Signal &input, bool atLeastOne) {
  Array delay = makeNumbers(input.shape, [&] { return double(random.range(atLeastOne ? 1 : 0, 4)) * dt; });
  Signal result = addNode("Delay", {{"delay", std::move(delay)}}, input, input.sums);
  result.spiking = input.spiking;
  result.instant = input.instant && !atLeastOne;
  return result;
}

/// A population, or a threshold, whose parameters the profile can express.
Signal GraphBuilder::addNeuron(ArrayRef<Signal> inputs) {
  static const StringRef kTypes[] = {"IF", "LIF", "CubaLIF", "IF", "LIF", "CubaLIF", "I", "LI", "CubaLI", "Threshold"};
  StringRef type = kTypes[random.below(profile.quantise ? 6 : std::size(kTypes))];
  const Shape &shape = inputs.front().shape;
  ArrayMap params;
  auto add = [&](StringRef name, llvm::function_ref<double()> draw) {
    params.insert({name.str(), makeNumbers(shape, draw)});
  };
  if (type == "Threshold") {
    add("threshold", [&] { return random.number(0.25, 1.5, 3); });
    Signal result = addNode(type, std::move(params), inputs, 0);
    result.spiking = result.instant = true;
    targets.back().population = true;
    return result;
  }

  bool exact = random.isDyadic() && random.chance(0.5);
  const NeuronRule &rule = profile.getRule(findNodeSpec(type)->kind);
  // A framework that leaves the gain out takes one, or what makes a step add the input as it is.
  bool unit = rule.gain == spk::Gain::unit && !rule.gainIsExplicit && !profile.quantise;
  bool decays = rule.integrator == spk::Integrator::decay_euler || rule.integrator == spk::Integrator::decay_exp;
  bool natural = unit && decays && random.chance(0.5);
  auto addGain = [&](StringRef name, StringRef tau) {
    if (unit && rule.scale != spk::Scale::input && !natural)
      return add(name, [] { return 1.0; });
    if (!natural)
      return add(name, [&] { return random.gain(exact); });
    const Array &taus = params.at(tau.str());
    SmallVector<double> values;
    for (size_t i = 0; i < taus.size(); ++i)
      values.push_back(taus.number(i) / dt);
    params.insert({name.str(), makeArray(taus.getShape(), values)});
  };
  auto addTime = [&](StringRef name) { add(name, [&] { return dt / random.rate(exact); }); };
  bool leaks = true, current = type.starts_with("Cuba"), fires = type.ends_with("IF") || type == "IF";
  if (type == "I" || type == "IF") {
    leaks = false;
    bool perStep = unit ? random.chance(0.5) : rule.gain == spk::Gain::per_step;
    if (unit)
      add("r", [&] { return perStep ? 1 / dt : 1.0; });
    else
      add("r", [&] { return random.gain(exact) / (perStep ? dt : 1.0); });
  } else if (current) {
    addTime("tau_syn");
    addTime("tau_mem");
    addGain("r", "tau_mem");
    // Without one the gain is one.
    if (natural || random.chance(0.6))
      addGain("w_in", "tau_syn");
  } else {
    addTime("tau");
    addGain("r", "tau");
  }
  bool toValue = rule.reset == spk::Reset::to_value;
  bool zeroReset = toValue && (rule.zeroReset || rule.leakAtReset);
  if (leaks) {
    bool zero = rule.zeroLeak || (toValue && rule.leakAtReset) || random.chance(0.4);
    add("v_leak", [&] { return zero ? 0 : random.number(-0.25, 0.25, 3); });
  }
  if (fires) {
    add("v_threshold", [&] { return random.number(0.5, 1.5, 3); });
    if (random.chance(0.6))
      add("v_reset", [&] { return zeroReset ? 0 : random.number(-0.5, 0.25, 3); });
  }
  Signal result = addNode(type, std::move(params), inputs, fires ? 0 : 9);
  result.spiking = fires;
  targets.back().population = true;
  return result;
}

Signal GraphBuilder::addSubgraph(const Signal &input) {
  Signal last;
  Graph inner = GraphBuilder(random, profile, dt, depth + 1).build(input.shape, last);
  last.node = makeName("NIRGraph");
  graph.add(last.node, std::move(inner));
  graph.connect(input.node, last.node);
  return last;
}

std::optional<Signal> GraphBuilder::addSynapse(const Signal &input) {
  if (profile.quantise && input.sums > 0)
    return {};
  switch (random.below(8)) {
  case 0:
  case 1:
    return profile.quantise ? std::nullopt : addPool(input);
  case 2:
    return addFlatten(input, /*all=*/random.chance(0.5));
  case 3:
  case 4:
    return addLinear(input);
  default:
    if (std::optional<Signal> signal = addConv(input))
      return signal;
    return addLinear(input);
  }
}

/// What stands between two populations, and a population.
void GraphBuilder::addBlock() {
  unsigned first = random.chance(0.7) ? unsigned(signals.size()) - 1 : 0;
  Signal signal = signals[random.range(first, signals.size() - 1)];
  if (profile.quantise) {
    // Weights, once, right before a population.
    if (signal.shape.size() == 3 && random.chance(0.4))
      if (std::optional<Signal> pooled = addPool(signal))
        signal = {pooled->node, pooled->shape};
    if (random.chance(0.3))
      signal = addFlatten(signal, /*all=*/true);
    std::optional<Signal> current = addConv(signal);
    if (!current)
      current = addLinear(signal);
    if (current)
      signals.push_back(addNeuron(*current));
    return;
  }
  for (unsigned part = 0, parts = random.range(1, 3); part < parts; ++part) {
    switch (random.below(10)) {
    case 0: {
      Array scale = makeNumbers(signal.shape, [&] { return random.weight(0.9); });
      unsigned sums = signal.sums + 1;
      signal = addNode("Scale", {{"scale", std::move(scale)}}, signal, sums);
      break;
    }
    case 1:
      signal = addDelay(signal, /*atLeastOne=*/random.chance(0.5));
      break;
    case 2:
      if (depth < 2 && random.chance(0.7)) {
        signal = addSubgraph(signal);
        break;
      }
      [[fallthrough]];
    default:
      if (std::optional<Signal> next = addSynapse(signal))
        signal = *next;
    }
    if (random.chance(0.2))
      signals.push_back(signal);
  }
  SmallVector<Signal> inputs{signal};
  for (const Signal &other : signals)
    if (other.node != signal.node && other.shape == signal.shape && random.chance(0.4))
      inputs.push_back(other);
  signals.push_back(addNeuron(inputs));
}

/// Leads spikes back to an earlier node, or to the population that emits them.
void GraphBuilder::addLoop() {
  SmallVector<Signal> sources;
  for (const Signal &signal : signals)
    if (signal.spiking)
      sources.push_back(signal);
  SmallVector<Target> ends;
  for (const Target &target : targets)
    if (target.population || (!profile.quantise && random.chance(0.3)))
      ends.push_back(target);
  if (sources.empty() || ends.empty())
    return;
  Signal signal = random.pick(sources);
  Target target = random.pick(ends);
  // A loop into another node may pass by the population, even if that emits from its old state.
  bool needsDelay = signal.instant || !target.population;
  bool delayFirst = needsDelay || random.chance(0.3);
  if (!profile.quantise && delayFirst)
    signal = addDelay(signal, /*atLeastOne=*/needsDelay || random.chance(0.8));
  bool sameRank = signal.shape.size() == target.shape.size() && target.shape.size() > 1;
  if (signal.shape != target.shape || profile.quantise || random.chance(0.5)) {
    std::optional<Signal> current;
    if (sameRank && signal.shape == target.shape) {
      current = addConv(signal, /*keepSize=*/true);
    } else if (target.shape.size() == 1) {
      if (signal.shape.size() != 1)
        signal = addFlatten(signal, /*all=*/true);
      current = addLinear(signal, target.shape.front());
    }
    if (!current || current->shape != target.shape)
      return;
    signal = *current;
  }
  if (!profile.quantise && !delayFirst && random.chance(0.3))
    signal = addDelay(signal, /*atLeastOne=*/random.chance(0.8));
  graph.connect(signal.node, target.node);
}

/// Lengths around those of vectors and of words of spikes, too.
Shape GraphBuilder::makeShape(RandomNumbers &random) {
  Shape shape;
  unsigned rank = random.pick({1u, 1u, 2u, 3u, 3u});
  if (rank == 1) {
    shape.push_back(random.chance(0.6) ? random.range(1, 20) : random.pick<int64_t>({32, 33, 63, 64, 65, 129}));
    return shape;
  }
  shape.push_back(random.range(1, 4));
  while (shape.size() < rank)
    shape.push_back(random.range(1, rank == 2 ? 14 : 7));
  return shape;
}

/// Removes nodes until only the Output leads nowhere: a nested graph has one.
static void removeDeadEnds(Graph &graph) {
  auto isDeadEnd = [&](const Node &node) {
    return node.type != "Output" && node.type != "Input" &&
           llvm::none_of(graph.edges, [&](const Edge &edge) { return edge.source == node.name; });
  };
  for (auto it = llvm::find_if(graph.nodes, isDeadEnd); it != graph.nodes.end();
       it = llvm::find_if(graph.nodes, isDeadEnd)) {
    llvm::erase_if(graph.edges, [&](const Edge &edge) { return edge.target == it->name; });
    graph.nodes.erase(it);
  }
}

/// `last` receives what the graph's Output gives, where it has one.
Graph GraphBuilder::build(ArrayRef<Shape> inputs, Signal &last) {
  for (const Shape &shape : inputs) {
    std::string name = inputs.size() == 1 ? "input" : makeName("Input");
    graph.add(name, "Input", {{"shape", Array::ints(shape)}});
    signals.push_back({name, shape});
  }
  for (unsigned block = 0, blocks = depth == 0 ? random.range(1, 4) : random.range(1, 2); block < blocks; ++block)
    addBlock();
  for (unsigned loop = 0, loops = random.below(3); loop < loops; ++loop)
    addLoop();

  last = signals.back();
  graph.add("output", "Output", {{"shape", Array::ints(last.shape)}});
  graph.connect(last.node, "output");
  if (depth == 0 && random.chance(0.4)) {
    // A second one; what else leads nowhere gets an Output from the importer.
    const Signal &other = random.pick(signals);
    std::string name = makeName("Output");
    graph.add(name, "Output", {{"shape", Array::ints(other.shape)}});
    graph.connect(other.node, name);
  }
  if (depth > 0)
    removeDeadEnds(graph);
  // The order of nodes and edges carries no meaning.
  if (random.chance(0.5)) {
    for (size_t i = graph.nodes.size() - 1; i > 0; --i)
      std::swap(graph.nodes[i], graph.nodes[random.below(i + 1)]);
    for (size_t i = graph.edges.size() - 1; i > 0; --i)
      std::swap(graph.edges[i], graph.edges[random.below(i + 1)]);
  }
  return std::move(graph);
}

/// The names in the tool's help: a profile that is added is tried.
static std::vector<std::string> getProfileNames() {
  std::vector<std::string> names;
  std::string text = describeProfiles();
  for (StringRef line : llvm::split(StringRef(text).split("Keys:").first, '\n'))
    if (line.consume_front("  "))
      names.push_back(line.split(' ').first.str());
  return names;
}

static std::string makeKey(RandomNumbers &random) {
  return random.pick({"reset=to_value",
                      "reset=subtract",
                      "reset=none",
                      "when=same_step",
                      "when=next_before",
                      "when=next_after",
                      "compare=gt",
                      "compare=ge",
                      "emit=updated",
                      "emit=held",
                      "scope=all",
                      "max_spikes=1",
                      "max_spikes=5",
                      "v_min=-threshold",
                      "v_min=-0.5",
                      "v_init=v_leak",
                      "order=input_first",
                      "gain=unit",
                      "scale=membrane",
                      "recurrent_delay=before_synapse",
                      "recurrent_delay=after_synapse"});
}

RandomGraph lle::fuzz::makeRandomGraph(uint64_t seed, NumberClass numbers) {
  RandomNumbers random(seed, numbers);
  RandomGraph result;
  std::vector<std::string> names = getProfileNames();
  result.profile = random.pick(names);
  result.dt = random.isDyadic() ? 0x1p-10 : random.pick({1e-4, 1e-3});
  result.mayBeRefused = random.chance(0.3);
  if (result.mayBeRefused)
    result.profile += ":" + makeKey(random);
  llvm::Expected<Profile> profile = parseProfile(result.profile);
  if (!profile) {
    llvm::consumeError(profile.takeError()); // no key but one goes with spinnaker2
    result.profile = StringRef(result.profile).split(':').first.str();
    profile = parseProfile(result.profile);
  }
  SmallVector<Shape> inputs{GraphBuilder::makeShape(random)};
  if (random.chance(0.25))
    inputs.push_back(GraphBuilder::makeShape(random));
  Signal last;
  result.graph = GraphBuilder(random, *profile, result.dt, 0).build(inputs, last);
  return result;
}

//===----------------------------------------------------------------------===//
// Coverage
//===----------------------------------------------------------------------===//

static void addGraphFeatures(const Graph &graph, std::set<Feature> &features) {
  for (const Node &node : graph.nodes) {
    features.insert({"nir", node.type});
    if (node.graph) {
      features.insert({"edges", "nested"});
      addGraphFeatures(*node.graph, features);
      continue;
    }
    for (const ParamSpec &spec : findNodeSpec(node.type)->params) {
      const Array *array = node.find(spec.name);
      if (!array)
        features.insert({"nir", (spec.name + " absent").str()});
      else if (spec.kind != ParamSpec::Integer && array->getShape().empty())
        features.insert({"nir", array->isText() ? "text" : "number of rank 0"});
    }
  }
}

std::set<Feature> lle::fuzz::getFeatures(const RandomGraph &graph) {
  std::set<Feature> features;
  addGraphFeatures(graph.graph, features);
  features.insert({"profiles", StringRef(graph.profile).split(':').first.str()});
  if (StringRef(graph.profile).contains(':'))
    features.insert({"profiles", "with a key"});
  return features;
}

std::set<Feature> lle::fuzz::getExpectedGraphFeatures() {
  std::set<Feature> features{{"edges", "nested"}, {"profiles", "with a key"}};
  for (const std::string &name : getProfileNames())
    features.insert({"profiles", name});
  for (StringRef fact : {"Input",
                         "Output",
                         "NIRGraph",
                         "Affine",
                         "Linear",
                         "Scale",
                         "Conv1d",
                         "Conv2d",
                         "SumPool2d",
                         "AvgPool2d",
                         "Flatten",
                         "Delay",
                         "Threshold",
                         "I",
                         "IF",
                         "LI",
                         "LIF",
                         "CubaLI",
                         "CubaLIF",
                         "v_reset absent",
                         "w_in absent",
                         "input_shape absent",
                         "input_type absent",
                         "text",
                         "number of rank 0"})
    features.insert({"nir", fact.str()});
  return features;
}
