//===- RandomChip.cpp - random networks of a chip's neurons ---------------===//
#include "test/fuzz/RandomChip.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <numeric>

using namespace lle;
using namespace lle::fuzz;
using llvm::ArrayRef;
using llvm::formatv;
using llvm::SmallVector;
using llvm::StringRef;

namespace {
using Shape = SmallVector<int64_t, 3>;

/// A value of the network. `element` is i1, the type of sums, or the type of an input of numbers.
struct Signal {
  std::string name;
  Shape shape;
  std::string element;

  int64_t size() const { return std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>()); }
  std::string type() const { return makeType(shape, element); }

  static std::string makeType(ArrayRef<int64_t> shape, StringRef element) {
    std::string text = "tensor<";
    for (int64_t length : shape)
      text += std::to_string(length) + "x";
    return text + element.str() + ">";
  }
};

class ChipBuilder {
public:
  ChipBuilder(uint64_t seed, bool isLoihi) : random(seed), isLoihi(isLoihi), os(body) {}

  std::string build();

private:
  Random random;
  const bool isLoihi;
  std::string body;
  llvm::raw_string_ostream os;
  unsigned values = 0;
  SmallVector<Signal> sources; ///< Inputs, then populations.

  const char *sums() const { return isLoihi ? "si32" : "f32"; }
  Signal add(ArrayRef<int64_t> shape, StringRef element, const llvm::Twine &text, StringRef types);
  /// A dense attribute: one number that all elements have, or one for each.
  std::string drawDense(ArrayRef<int64_t> shape, StringRef element, llvm::function_ref<std::string()> number);
  std::string addWeight(ArrayRef<int64_t> shape, int64_t largest);
  std::string formatWhole(int64_t number) const { return std::to_string(number) + (isLoihi ? "" : ".0"); }

  Shape pickShape();
  Signal addDelay(const Signal &signal, int64_t least);
  Signal addPool(const Signal &image);
  Signal addArrangement(const Signal &signal);
  Signal addLinear(const Signal &signal, int64_t outputs);
  Signal addConvolution(const Signal &image);
  Signal addWay(const Signal &from, int64_t least, ArrayRef<int64_t> shape);
  Signal reshape(const Signal &signal, ArrayRef<int64_t> shape);
  void addPopulation(const Signal &result, const Signal &current);
  void addReadout(const Signal &current, Signal &result);
};
} // namespace

static std::string formatList(ArrayRef<int64_t> numbers) {
  auto texts = llvm::map_range(numbers, [](int64_t number) { return std::to_string(number); });
  return "array<i64: " + llvm::join(texts, ", ") + ">";
}

/// `text` is the operation with its operands and attributes.
Signal ChipBuilder::add(ArrayRef<int64_t> shape, StringRef element, const llvm::Twine &text, StringRef types) {
  Signal result{formatv("%v{0}", values++), Shape(shape), element.str()};
  os << "  " << result.name << " = " << text << " : (" << types << ") -> " << result.type() << "\n";
  return result;
}

std::string ChipBuilder::drawDense(ArrayRef<int64_t> shape, StringRef element,
                                   llvm::function_ref<std::string()> number) {
  // Nested brackets, innermost dimension last.
  std::function<std::string(ArrayRef<int64_t>)> nest = [&](ArrayRef<int64_t> rest) -> std::string {
    if (rest.empty())
      return number();
    SmallVector<std::string> parts;
    for (int64_t i = 0; i < rest.front(); ++i)
      parts.push_back(nest(rest.drop_front()));
    return "[" + llvm::join(parts, ", ") + "]";
  };
  std::string numbers = random.chance(0.2) ? number() : nest(shape);
  return "dense<" + numbers + "> : " + Signal::makeType(shape, element);
}

std::string ChipBuilder::addWeight(ArrayRef<int64_t> shape, int64_t largest) {
  double density = random.pick({0.3, 0.8, 1.0});
  int64_t least = isLoihi && random.chance(0.2) ? 0 : -largest, unit = random.pick({1, 1, 1, 2});
  std::string name = formatv("%v{0}", values++);
  os << "  " << name << " = lle.weight " << drawDense(shape, isLoihi ? "si8" : "f32", [&] {
    return formatWhole(random.chance(density) ? unit * random.range(least, largest + 2) : 0);
  }) << "\n";
  return name;
}

Shape ChipBuilder::pickShape() {
  if (random.chance(0.5))
    return {random.range(1, 9)};
  return {random.range(1, 3), random.range(2, 5), random.range(2, 5)};
}

Signal ChipBuilder::addDelay(const Signal &signal, int64_t least) {
  // On a loop all elements have what the loop needs; elsewhere some may have none.
  int64_t most = least + random.range(0, 4);
  std::string steps =
      drawDense(signal.shape, "i64", [&] { return std::to_string(random.range(std::max<int64_t>(least, 0), most)); });
  Signal result{formatv("%v{0}", values++), signal.shape, signal.element};
  os << "  " << result.name << formatv(" = lle.delay \"d{0}\" ", values++) << signal.name
     << " {initial = 0.0 : f64, steps = " << steps << "} : " << signal.type() << "\n";
  return result;
}

Signal ChipBuilder::reshape(const Signal &signal, ArrayRef<int64_t> shape) {
  if (ArrayRef(signal.shape) == shape)
    return signal;
  return add(shape, signal.element, "lle.reshape " + signal.name, signal.type());
}

Signal ChipBuilder::addPool(const Signal &image) {
  Shape kernel, stride, padding, shape{image.shape[0]};
  for (int64_t length : ArrayRef(image.shape).drop_front()) {
    kernel.push_back(random.range(1, std::min<int64_t>(length, 3)));
    stride.push_back(random.range(1, 2));
    padding.push_back(kernel.back() > 1 && random.chance(0.3));
    shape.push_back((length + 2 * padding.back() - kernel.back()) / stride.back() + 1);
  }
  return add(shape, sums(),
             formatv("lle.sum_pool2d {0} {{kernel = {1}, padding = {2}, stride = {3}}", image.name, formatList(kernel),
                     formatList(padding), formatList(stride))
                 .str(),
             image.type());
}

/// Elements in another order, some of them, or some twice.
Signal ChipBuilder::addArrangement(const Signal &signal) {
  Shape shape = signal.shape;
  switch (random.below(4)) {
  case 0: {
    int64_t offset = random.range(0, shape[0] - 1);
    shape[0] = random.range(1, shape[0] - offset);
    return add(shape, signal.element, formatv("lle.slice {0} {{offset = {1} : i64}", signal.name, offset).str(),
               signal.type());
  }
  case 1:
    shape[0] *= 2;
    return add(shape, signal.element, "lle.concat " + signal.name + ", " + signal.name,
               signal.type() + ", " + signal.type());
  case 2:
    if (shape.size() == 3) {
      std::swap(shape[0], shape[2]);
      return add(shape, signal.element, "lle.transpose " + signal.name + " {permutation = array<i64: 2, 1, 0>}",
                 signal.type());
    }
    [[fallthrough]];
  default: {
    if (shape.size() < 2)
      return signal;
    unsigned dim = random.below(shape.size());
    shape.erase(shape.begin() + dim);
    return add(shape, sums(), formatv("lle.reduce sum {0} {{dim = {1} : i64}", signal.name, dim).str(), signal.type());
  }
  }
}

/// Weights of signals that were summed before are small, for their products must fit a synapse.
static int64_t getLargestWeight(const Signal &signal) { return signal.element == "i1" ? 20 : 2; }

Signal ChipBuilder::addLinear(const Signal &signal, int64_t outputs) {
  Signal flat = reshape(signal, {signal.size()});
  std::string weight = addWeight({outputs, flat.size()}, getLargestWeight(signal));
  const char *element = isLoihi ? "si8" : "f32";
  std::string types = flat.type() + ", " + Signal::makeType({outputs, flat.size()}, element);
  if (!random.chance(0.3))
    return add(outputs, sums(), "lle.linear " + flat.name + ", " + weight, types);
  std::string bias = addWeight({outputs}, 5);
  return add(outputs, sums(),
             formatv("lle.affine {0}, {1}, {2} {{name = \"affine{3}\"}", flat.name, weight, bias, values).str(),
             types + ", " + Signal::makeType(outputs, element));
}

Signal ChipBuilder::addConvolution(const Signal &image) {
  int64_t groups = image.shape[0] == 2 && random.chance(0.4) ? 2 : 1, channels = groups * random.range(1, 2);
  Shape kernel{channels, image.shape[0] / groups}, stride, padding, dilation, shape{channels};
  for (int64_t length : ArrayRef(image.shape).drop_front()) {
    kernel.push_back(random.range(1, std::min<int64_t>(length, 3)));
    stride.push_back(random.range(1, 2));
    padding.push_back(random.range(0, 1));
    dilation.push_back(length + 2 * padding.back() > 2 * (kernel.back() - 1) ? random.range(1, 2) : 1);
    int64_t reach = dilation.back() * (kernel.back() - 1) + 1;
    shape.push_back((length + 2 * padding.back() - reach) / stride.back() + 1);
  }
  const char *element = isLoihi ? "si8" : "f32";
  std::string weight = addWeight(kernel, getLargestWeight(image)), bias = addWeight({channels}, random.pick({0, 5}));
  return add(shape, sums(),
             formatv("lle.conv2d {0}, {1}, {2} {{dilation = {3}, groups = {4} : i64, name = \"conv{5}\", "
                     "padding = {6}, stride = {7}}",
                     image.name, weight, bias, formatList(dilation), groups, values, formatList(padding),
                     formatList(stride))
                 .str(),
             image.type() + ", " + Signal::makeType(kernel, element) + ", " + Signal::makeType({channels}, element));
}

/// From a source to what neurons of that shape read; `least` steps late where that closes a loop.
Signal ChipBuilder::addWay(const Signal &from, int64_t least, ArrayRef<int64_t> shape) {
  Signal signal = from;
  if (least > 0 || random.chance(0.25))
    signal = addDelay(signal, least);
  if (signal.shape.size() == 3 && random.chance(0.3))
    signal = addPool(signal);
  else if (random.chance(0.3))
    signal = addArrangement(signal);
  int64_t size = std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>());
  return reshape(addLinear(signal, size), shape);
}

std::string ChipBuilder::build() {
  SmallVector<std::string> arguments;
  for (unsigned i = 0, e = random.range(1, 2); i < e; ++i) {
    std::string element = random.chance(0.6) ? "i1" : isLoihi ? random.pick<std::string>({"si8", "si32"}) : "f32";
    sources.push_back({formatv("%x{0}", i), pickShape(), element});
    arguments.push_back(
        formatv("{0}: {1} {{lle.name = \"in{2}\"}", sources.back().name, sources.back().type(), i).str());
  }
  unsigned inputs = sources.size(), populations = random.range(1, 5);
  // All have their shapes first: a loop reads what comes later.
  for (unsigned i = 0; i < populations; ++i)
    sources.push_back({formatv("%n{0}", i), pickShape(), "i1"});
  for (unsigned i = 0; i < populations; ++i) {
    Signal &population = sources[inputs + i];
    SmallVector<Signal> ways;
    for (unsigned way = 0, e = random.range(1, 3); way < e; ++way) {
      // The first way is from what is before, so that a population has an input; a way back is a loop of at most as
      // many populations as there are.
      unsigned from = way == 0 || random.chance(0.5) ? random.below(inputs + i) : random.below(sources.size());
      int64_t least = from < inputs + i ? 0 : int64_t(from - inputs - i) + random.range(1, 2);
      if (from >= inputs + i && random.chance(0.5))
        least = populations;
      ways.push_back(addWay(sources[from], least, population.shape));
    }
    // Where a convolution fits, it is one of the ways.
    for (const Signal &source : ArrayRef(sources).take_front(inputs + i))
      if (source.shape.size() == 3 && random.chance(0.7)) {
        Signal image = addConvolution(source);
        if (ArrayRef(image.shape) == ArrayRef(population.shape))
          ways.push_back(image);
        else
          ways.push_back(reshape(addLinear(image, population.size()), population.shape));
        break;
      }
    Signal current = ways.front();
    if (ways.size() > 1)
      current = add(population.shape, sums(),
                    "lle.add " + llvm::join(llvm::map_range(ways, [](const Signal &s) { return s.name; }), ", "),
                    llvm::join(llvm::map_range(ways, [](const Signal &s) { return s.type(); }), ", "));
    addPopulation(population, current);
  }
  SmallVector<std::string> names, types, results;
  auto addOutput = [&](const Signal &signal) {
    results.push_back(formatv("{0} {{lle.name = \"out{1}\"}", signal.type(), names.size()).str());
    names.push_back(signal.name);
    types.push_back(signal.type());
  };
  for (const Signal &population : ArrayRef(sources).drop_front(inputs))
    addOutput(population);
  if (random.chance(0.4)) {
    Signal readout{"%readout", {random.range(1, 4)}, sums()};
    addReadout(addWay(sources.back(), 0, readout.shape), readout);
    addOutput(readout);
  }
  os << "  lle.output " << llvm::join(names, ", ") << " : " << llvm::join(types, ", ") << "\n";
  return formatv("lle.network @net({0}) -> ({1}) attributes {{dt = 1.0e-03 : f64} {{\n{2}}\n",
                 llvm::join(arguments, ", "), llvm::join(results, ", "), body)
      .str();
}

void ChipBuilder::addPopulation(const Signal &result, const Signal &current) {
  auto parameter = [&](StringRef name, StringRef element, llvm::function_ref<std::string()> number) {
    return name.str() + " = " + drawDense(result.shape, element, number);
  };
  SmallVector<std::string> parameters;
  std::string types = current.type() + " -> " + result.type();
  if (isLoihi) {
    auto decay = [&](int64_t most) {
      return [this, most, kind = random.below(3)] {
        return std::to_string(kind == 0 ? 0 : kind == 1 ? most : random.range(0, most));
      };
    };
    parameters.push_back(parameter("du", "i32", decay(4095)));
    parameters.push_back(parameter("dv", "i32", decay(4095)));
    parameters.push_back(parameter("v_threshold", "i32", [&] { return std::to_string(random.range(1, 40)); }));
    if (random.chance(0.3)) {
      parameters.push_back(parameter("bias_mant", "i32", [&] { return std::to_string(random.range(-40, 90)); }));
      parameters.push_back(parameter("bias_exp", "i32", [&] { return std::to_string(random.range(-2, 4)); }));
    }
    if (random.chance(0.3))
      parameters.push_back(formatv("weight_exp = {0} : i64", random.range(0, 2)));
    if (random.chance(0.2)) {
      int64_t interval = random.range(1, 9);
      parameters.push_back(
          formatv("reset_interval = {0} : i64, reset_offset = {1} : i64", interval, random.range(0, interval - 1)));
    }
    os << formatv("  {0} = spk.fixed_cuba_lif \"n{1}\" {2} loihi {{{3}} : {4}\n", result.name, values++, current.name,
                  llvm::join(parameters, ", "), types);
    return;
  }
  // Currents are multiples of a power of two that f32 holds, so that two sums of them are as exact as one.
  bool hasCurrent = random.chance(0.5), subtracts = random.chance(0.5);
  auto real = [&](double low, double high) {
    return [this, low, high] { return formatv("{0:e7}", random.real(low, high)).str(); };
  };
  parameters.push_back(parameter(hasCurrent ? "decay_mem" : "decay", "f32", real(0.5, 1)));
  if (hasCurrent)
    parameters.push_back(
        parameter("decay_syn", "f32", [&] { return random.pick<std::string>({"0.0", "0.5", "1.0"}); }));
  if (random.chance(0.3))
    parameters.push_back(parameter("bias", "f32", real(-1, 2)));
  parameters.push_back("v_init = dense<0.0> : " + Signal::makeType(result.shape, "f32"));
  if (!subtracts)
    parameters.push_back(parameter("v_reset", "f32", real(-2, 0.5)));
  parameters.push_back(parameter("v_threshold", "f32", real(1, 40)));
  os << formatv("  {0} = spk.{1} \"n{2}\" {3} dynamics<integrator = discrete, order = decay_first, gain = unit, "
                "scale = membrane> firing<compare = gt, reset = {4}, when = same_step, emit = updated, "
                "scope = membrane, max_spikes = 1> {{{5}} : {6}\n",
                result.name, hasCurrent ? "cuba_lif" : "lif", values++, current.name,
                subtracts ? "subtract" : "to_value", llvm::join(parameters, ", "), types);
}

void ChipBuilder::addReadout(const Signal &current, Signal &result) {
  if (!isLoihi) {
    std::string decay = drawDense(result.shape, "f32", [&] { return formatv("{0:e7}", random.real(0.5, 1)).str(); });
    bool isPerfect = random.chance(0.3);
    os << formatv(
        "  {0} = spk.{1} \"readout\" {2} dynamics<integrator = {3}, order = decay_first, gain = unit, scale = "
        "membrane> {{{4}v_init = dense<0.0> : {5}} : {5}\n",
        result.name, isPerfect ? "integrator" : "li", current.name, isPerfect ? "euler" : "discrete",
        isPerfect ? "" : "decay = " + decay + ", ", result.type());
    return;
  }
  std::string du = drawDense(result.shape, "i32", [&] { return std::to_string(random.range(0, 4095)); });
  std::string dv = drawDense(result.shape, "i32", [&] { return std::to_string(random.range(0, 4095)); });
  os << formatv("  {0} = spk.fixed_cuba_li \"readout\" {1} loihi {{du = {2}, dv = {3}} : {4} -> {5}\n", result.name,
                current.name, du, dv, current.type(), result.type());
}

std::string lle::fuzz::makeRandomChipNetwork(uint64_t seed, bool isLoihi) { return ChipBuilder(seed, isLoihi).build(); }

Stimulus lle::fuzz::makeChipStimulus(NetworkOp network, uint64_t seed, unsigned steps) {
  RandomNumbers random(seed, NumberClass::dyadic);
  Stimulus stimulus = makeStimulus(network, random, steps);
  for (std::vector<Values> &inputs : stimulus)
    for (Values &values : inputs)
      for (double &value : values)
        value = std::trunc(value);
  return stimulus;
}
