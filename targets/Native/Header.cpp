//===- Header.cpp - the C header of a compiled network --------------------===//
#include "targets/Native/Header.h"
#include "passes/Precision/FixedLiquid.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace lle;

static StringRef getCType(lle_element element, bool isSpike) {
  switch (element) {
  case LLE_F32:
    return "float";
  case LLE_F64:
    return "double";
  case LLE_I8:
    return isSpike ? "uint8_t" : "int8_t";
  case LLE_I16:
    return "int16_t";
  default:
    return "int32_t";
  }
}

StringRef lle::getCType(const runtime::Port &port) {
  return ::getCType(port.element, port.isSpike && port.maxSpikes == 1);
}

static StringRef getElementConstant(lle_element element) {
  static constexpr StringLiteral names[] = {"LLE_F32", "LLE_F64", "LLE_I8", "LLE_I16", "LLE_I32"};
  static_assert(std::size(names) == LLE_ELEMENT_COUNT);
  return names[element];
}

/// The text as a C string literal, which is also safe within a comment.
static std::string quote(StringRef text) {
  std::string quoted;
  raw_string_ostream stream(quoted);
  stream << '"';
  for (char c : text)
    stream.write_escaped(StringRef(&c, 1)) << (c == '*' ? "\"\"" : "");
  stream << '"';
  return quoted;
}

static std::string formatDouble(double number) {
  std::string text;
  raw_string_ostream(text) << format("%.17g", number);
  return text;
}

template <typename T>
static std::string joinNumbers(ArrayRef<T> numbers) {
  return join(map_range(numbers, [](T number) { return std::to_string(number); }), ", ");
}

namespace {
class HeaderWriter {
public:
  HeaderWriter(raw_ostream &os, const runtime::Package &network, const HeaderDetails &details)
      : os(os), network(network), details(details), name(network.name), upper(StringRef(name).upper()) {}

  void write(StringRef target);

private:
  raw_ostream &os;
  const runtime::Package &network;
  const HeaderDetails &details;
  const std::string &name;
  const std::string upper;

  void define(const Twine &what, const Twine &value) {
    os << "#define " << upper << '_' << what << ' ' << value << '\n';
  }
  void writeComment(StringRef target);
  void writePorts(StringRef kind, ArrayRef<runtime::Port> ports);
  void writeStateType();
  void writeFunctions();
  std::string getParameters();
  void writeScales();
  void writeScale(const Twine &port, ArrayRef<double> scale, bool isInverse);
  void writeTable(StringRef type, StringRef kind, ArrayRef<runtime::Port> ports);
  void writeStates();
  void writeProgram();
  void writeShape(const Twine &owner, ArrayRef<int64_t> shape);
  void writePortTable(StringRef kind, ArrayRef<runtime::Port> ports);
  void writeStateTable();
};
} // namespace

static std::string getDimensions(ArrayRef<int64_t> shape) {
  std::string text;
  for (int64_t dim : shape)
    text += "[" + std::to_string(dim) + "]";
  return text;
}

void HeaderWriter::writePorts(StringRef kind, ArrayRef<runtime::Port> ports) {
  for (auto [index, port] : enumerate(ports)) {
    os << "\n/* " << kind << index << ' ' << quote(port.name) << ": " << lle::getCType(port)
       << getDimensions(port.shape);
    if (port.isSpike)
      os << ", spikes, at most " << port.maxSpikes << " in a step";
    if (!port.node.empty())
      os << ", the result of node " << quote(port.node);
    if (port.emitsLast)
      os << ", which counts in the last step of a sample";
    os << " */\n";
    std::string prefix = kind.upper() + std::to_string(index);
    if (port.exitMargin > 0) {
      os << "/* A sample may end once the largest " << (port.isSpike ? "spike count so far" : "value of a step")
         << " exceeds each other one by as much. */\n";
      define(prefix + "_EXIT_MARGIN", formatDouble(port.exitMargin));
    }
    uint64_t bytes = *runtime::tensorBytes(port.shape, port.element);
    define(prefix + "_NAME", quote(port.name));
    define(prefix + "_ELEMENTS", Twine(bytes / lle_element_bytes(port.element)));
    define(prefix + "_RANK", Twine(port.shape.size()));
    if (!port.shape.empty())
      define(prefix + "_SHAPE", "{" + joinNumbers<int64_t>(port.shape) + "}");
  }
}

void HeaderWriter::writeStates() {
  for (auto [index, state] : enumerate(network.states)) {
    os << "\n/* state " << quote(state.name) << " of node " << quote(state.node) << ": "
       << getCType(state.element, false) << getDimensions(state.shape);
    if (!is_sorted(state.order))
      os << ", kept in the order (" << joinNumbers<int32_t>(state.order) << ") of its dimensions";
    os << " */\n";
    define("STATE" + Twine(index) + "_OFFSET", Twine(state.offset));
    define("STATE" + Twine(index) + "_BYTES", Twine(state.bytes));
  }
}

void HeaderWriter::writeShape(const Twine &owner, ArrayRef<int64_t> shape) {
  os << "static const int64_t " << name << '_' << owner << "_shape[] = {" << (shape.empty() ? "1" : "")
     << joinNumbers(shape) << "};\n";
}

void HeaderWriter::writePortTable(StringRef kind, ArrayRef<runtime::Port> ports) {
  for (auto [index, port] : enumerate(ports))
    writeShape(kind + Twine(index), port.shape);
  if (ports.empty())
    return;
  os << "static const lle_port " << name << '_' << kind << "s[] = {\n";
  for (auto [index, port] : enumerate(ports))
    os << "    {" << quote(port.name) << ", " << (port.node.empty() ? "0" : quote(port.node)) << ", " << name << '_'
       << kind << index << "_shape, " << port.shape.size() << ", " << port.maxSpikes << ", "
       << *runtime::tensorBytes(port.shape, port.element) << ", " << getElementConstant(port.element) << ", "
       << int(port.isSpike) << "},\n";
  os << "};\n";
}

void HeaderWriter::writeStateTable() {
  for (auto [index, state] : enumerate(network.states)) {
    writeShape("state" + Twine(index), state.shape);
    os << "static const int32_t " << name << "_state" << index << "_order[] = {" << (state.order.empty() ? "0" : "")
       << joinNumbers<int32_t>(state.order) << "};\n";
  }
  if (network.states.empty())
    return;
  os << "static const lle_state " << name << "_states[] = {\n";
  for (auto [index, state] : enumerate(network.states))
    os << "    {" << quote(state.node) << ", " << quote(state.name) << ", " << name << "_state" << index << "_shape, "
       << name << "_state" << index << "_order, " << state.shape.size() << ", " << getElementConstant(state.element)
       << ", " << state.offset << ", " << state.bytes << "},\n";
  os << "};\n";
}

void HeaderWriter::writeProgram() {
  os << "\n/* For programs that include runtime/core/lle_core.h before this header. */\n#ifdef "
        "LLE_RUNTIME_CORE_LLE_CORE_H\n";
  writePortTable("input", network.inputs);
  writePortTable("output", network.outputs);
  writeStateTable();
  auto table = [&](StringRef kind, bool empty) { return empty ? "0" : name + "_" + kind.str(); };
  os << "static const lle_program " << name << "_program = {\n    " << LLE_ABI_VERSION << ", " << quote(name) << ", "
     << upper << "_DT, " << upper << "_ARENA_BYTES, " << upper << "_ARENA_ALIGNMENT, " << upper << "_STATE_BYTES,\n    "
     << network.inputs.size() << ", " << network.outputs.size() << ", " << network.states.size() << ", "
     << table("inputs", network.inputs.empty()) << ", " << table("outputs", network.outputs.empty()) << ", "
     << table("states", network.states.empty()) << ",\n    " << name << "_arena_init, " << name << "_arena_step, "
     << name << "_arena_run};\n#endif\n";
}

/// C99 has no word for alignment, C++ and C11 have two.
static constexpr StringLiteral kAlignedMacro = R"(
#ifndef LLE_ALIGNED
#if defined(__cplusplus) && (__cplusplus >= 201103L)
#define LLE_ALIGNED(bytes) alignas(bytes)
#elif defined(__STDC_VERSION__) && (__STDC_VERSION__ >= 201112L)
#define LLE_ALIGNED(bytes) _Alignas(bytes)
#elif defined(__GNUC__) || defined(__ARMCC_VERSION) || defined(__IAR_SYSTEMS_ICC__) || defined(__TI_COMPILER_VERSION__)
#define LLE_ALIGNED(bytes) __attribute__((aligned(bytes)))
#else
#error "define LLE_ALIGNED(bytes) as what aligns a member of a struct"
#endif
#endif
)";

void HeaderWriter::writeComment(StringRef target) {
  os << "/* Network " << quote(name) << ", compiled by LLE " << LLE_VERSION << " for " << target
     << ".\n *\n"
        " * The code needs no symbol of any library, allocates nothing and writes no global data: an instance is its "
        "state, and\n"
        " * many may run at once, each with its own. "
     << name << "_init sets a state to its initial values; each " << name << "_step\n * advances it by one time step; "
     << name
     << "_run advances it by `steps` time steps over sequences, in which step after step of a\n"
        " * port lies together. Elements are row-major. No output may overlap the state, an input or another output. "
        "*/\n";
}

/// The states and the scratch memory of one instance; what lies where is said by the constants of the states.
void HeaderWriter::writeStateType() {
  os << kAlignedMacro << "\n/* One instance: its states, and memory that means nothing between two steps. */\n"
     << "typedef struct {\n  LLE_ALIGNED(" << upper << "_ARENA_ALIGNMENT) unsigned char bytes["
     << (network.arenaBytes ? upper + "_ARENA_BYTES" : "1") << "];\n} " << name << "_state_t;\n";
}

std::string HeaderWriter::getParameters() {
  std::string text;
  for (auto [index, port] : enumerate(network.inputs))
    text += (", const " + lle::getCType(port) + " *input" + Twine(index)).str();
  for (auto [index, port] : enumerate(network.outputs))
    text += (", " + lle::getCType(port) + " *output" + Twine(index)).str();
  return text;
}

void HeaderWriter::writeTable(StringRef type, StringRef kind, ArrayRef<runtime::Port> ports) {
  if (ports.empty())
    return;
  auto arguments = map_range(seq(ports.size()), [&](size_t i) { return (kind + Twine(i)).str(); });
  os << "  " << type << "const " << kind << "s[] = {" << join(arguments, ", ") << "};\n";
}

void HeaderWriter::writeFunctions() {
  os << "\n/* The binary interface: `inputs` and `outputs` hold one pointer per port, in the order above. */\n"
     << "void " << name << "_arena_init(void *arena);\nvoid " << name
     << "_arena_step(void *arena, const void *const *inputs, void *const *outputs);\nvoid " << name
     << "_arena_run(void *arena, size_t steps, const void *const *inputs, void *const *outputs);\n";
  os << "\nstatic inline void " << name << "_init(" << name << "_state_t *state) { " << name
     << "_arena_init(state); }\n";
  for (StringRef function : {"step", "run"}) {
    StringRef steps = function == "run" ? ", size_t steps" : "";
    os << "\nstatic inline void " << name << '_' << function << '(' << name << "_state_t *state" << steps
       << getParameters() << ") {\n";
    writeTable("const void *", "input", network.inputs);
    writeTable("void *", "output", network.outputs);
    os << "  " << name << "_arena_" << function << "(state" << (steps.empty() ? "" : ", steps") << ", "
       << (network.inputs.empty() ? "NULL" : "inputs") << ", " << (network.outputs.empty() ? "NULL" : "outputs")
       << ");\n}\n";
  }
}

/// A table of f32, exact: C99 has hexadecimal floats, C++ has them since 2017 only.
void HeaderWriter::writeScale(const Twine &port, ArrayRef<double> scale, bool isInverse) {
  os << "  static const float scale[] = {";
  ListSeparator comma;
  for (double unit : scale)
    os << comma << format("%.9ef", double(isInverse ? float(1 / unit) : float(unit)));
  os << "};\n";
}

/// Between real values and the integers of quantised ports, as lle.quantize and lle.dequantize do it.
void HeaderWriter::writeScales() {
  auto write = [&](StringRef kind, ArrayRef<runtime::Port> ports, ArrayRef<std::vector<double>> scales) {
    bool isInput = kind == "input";
    for (auto [index, scale] : enumerate(scales)) {
      if (scale.empty())
        continue;
      const runtime::Port &port = ports[index];
      std::string portName = (kind + Twine(index)).str(), type = lle::getCType(port).str();
      std::string count = upper + "_" + StringRef(portName).upper() + "_ELEMENTS";
      std::string element = scale.size() == 1 ? "scale[0]" : "scale[i]";
      int64_t largest = maxIntN(unsigned(lle_element_bytes(port.element)) * 8);
      os << '\n';
      if (scale.size() == 1)
        define(StringRef(portName).upper() + "_SCALE", formatDouble(scale[0]) + " /* what one unit of it is worth */");
      if (isInput) {
        os << "/* Real values as multiples of the port's unit: rounded half to even, clipped to the range. */\n"
           << "static inline void " << name << "_quantise_" << portName << "(const float *values, " << type << " *"
           << portName << ") {\n";
        writeScale(portName, scale, /*isInverse=*/true);
        os << "  size_t i;\n  for (i = 0; i < (size_t)" << count << "; ++i) {\n    const float x = values[i] * "
           << element << ";\n    int32_t whole = " << -largest - 1 << ";\n    if (x >= " << largest
           << ".0f) {\n      whole = " << largest << ";\n    } else if (x > " << -largest - 1
           << ".0f) {\n      float rest;\n      whole = (int32_t)x;\n      rest = x - (float)whole;\n"
           << "      if ((rest > 0.5f) || ((rest == 0.5f) && ((whole % 2) != 0))) {\n        whole += 1;\n      } else "
              "if ((rest < -0.5f) || ((rest == -0.5f) && ((whole % 2) != 0))) {\n        whole -= 1;\n      } else {\n"
              "        /* nothing is left */\n      }\n    } else {\n      /* too small, or no number */\n    }\n    "
           << portName << "[i] = (" << type << ")whole;\n  }\n}\n";
      } else {
        os << "/* Multiples of the port's unit as real values. */\nstatic inline void " << name << "_dequantise_"
           << portName << "(const " << type << " *" << portName << ", float *values) {\n";
        writeScale(portName, scale, /*isInverse=*/false);
        os << "  size_t i;\n  for (i = 0; i < (size_t)" << count << "; ++i) {\n    values[i] = (float)" << portName
           << "[i] * " << element << ";\n  }\n}\n";
      }
    }
  };
  write("input", network.inputs, details.inputScales);
  write("output", network.outputs, details.outputScales);
}

void HeaderWriter::write(StringRef target) {
  writeComment(target);
  os << "#ifndef LLE_NETWORK_" << upper << "_H\n#define LLE_NETWORK_" << upper
     << "_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  define("DT", formatDouble(network.dt) + " /* seconds per step */");
  if (network.steps != 0)
    define("STEPS", Twine(network.steps) + " /* of a sample */");
  define("ARENA_BYTES", Twine(network.arenaBytes) + " /* states and scratch */");
  define("ARENA_ALIGNMENT", Twine(network.arenaAlignment));
  define("STATE_BYTES", Twine(network.stateBytes) + " /* states */");
  if (details.stackBytes)
    define("STACK_BYTES", Twine(*details.stackBytes) + " /* at most, below the caller's frame */");
  if (details.mostInstructions)
    define("STEP_INSTRUCTIONS", Twine(*details.mostInstructions) + " /* at most, whatever the inputs are */");
  define("INPUTS", Twine(network.inputs.size()));
  define("OUTPUTS", Twine(network.outputs.size()));
  writePorts("input", network.inputs);
  writePorts("output", network.outputs);
  writeStates();
  writeStateType();
  writeFunctions();
  writeScales();
  writeProgram();
  os << "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n";
}

std::string lle::writeHeader(const runtime::Package &network, StringRef target, const HeaderDetails &details) {
  std::string text;
  raw_string_ostream os(text);
  HeaderWriter(os, network, details).write(target);
  return text;
}

void lle::describeScales(NetworkOp network, HeaderDetails &details) {
  auto get = [](mlir::Attribute attribute) {
    auto scale = dyn_cast_or_null<mlir::DenseElementsAttr>(attribute);
    return scale && scale.getElementType().isF64() ? to_vector(scale.getValues<double>()) : SmallVector<double>();
  };
  for (unsigned i = 0, e = network.getNumArguments(); i < e; ++i) {
    auto scale = get(network.getArgAttr(i, kScaleAttr));
    details.inputScales.emplace_back(scale.begin(), scale.end());
  }
  for (unsigned i = 0, e = network.getNumResults(); i < e; ++i) {
    auto scale = get(network.getResultAttr(i, kScaleAttr));
    details.outputScales.emplace_back(scale.begin(), scale.end());
  }
}
