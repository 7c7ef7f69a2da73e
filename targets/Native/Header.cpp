//===- Header.cpp - the C header of a compiled network --------------------===//
#include "targets/Native/Header.h"

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

template <typename T>
static std::string joinNumbers(ArrayRef<T> numbers) {
  return join(map_range(numbers, [](T number) { return std::to_string(number); }), ", ");
}

namespace {
class HeaderWriter {
public:
  HeaderWriter(raw_ostream &os, const runtime::Package &network)
      : os(os), network(network), name(network.name), upper(StringRef(name).upper()) {}

  void write(StringRef target, std::optional<uint64_t> stackBytes);

private:
  raw_ostream &os;
  const runtime::Package &network;
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

void HeaderWriter::write(StringRef target, std::optional<uint64_t> stackBytes) {
  writeComment(target);
  os << "#ifndef LLE_NETWORK_" << upper << "_H\n#define LLE_NETWORK_" << upper
     << "_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  SmallString<32> dt;
  raw_svector_ostream(dt) << format("%.17g", network.dt);
  define("DT", dt + " /* seconds per step */");
  if (network.steps != 0)
    define("STEPS", Twine(network.steps) + " /* of a sample */");
  define("ARENA_BYTES", Twine(network.arenaBytes) + " /* states and scratch */");
  define("ARENA_ALIGNMENT", Twine(network.arenaAlignment));
  define("STATE_BYTES", Twine(network.stateBytes) + " /* states */");
  if (stackBytes)
    define("STACK_BYTES", Twine(*stackBytes) + " /* at most, below the caller's frame */");
  define("INPUTS", Twine(network.inputs.size()));
  define("OUTPUTS", Twine(network.outputs.size()));
  writePorts("input", network.inputs);
  writePorts("output", network.outputs);
  writeStates();
  writeStateType();
  writeFunctions();
  writeProgram();
  os << "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n";
}

std::string lle::writeHeader(const runtime::Package &network, StringRef target, std::optional<uint64_t> stackBytes) {
  std::string text;
  raw_string_ostream os(text);
  HeaderWriter(os, network).write(target, stackBytes);
  return text;
}
