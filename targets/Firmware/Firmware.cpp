//===- Firmware.cpp - folders that build into a program -------------------===//
#include "targets/Firmware/Firmware.h"
#include "targets/Estimate/Estimate.h"
#include "targets/Firmware/MemoryReport.h"
#include "targets/Firmware/Template.h"
#include "targets/Firmware/Toolchain.h"
#include "targets/Native/Header.h"
#include "targets/Native/Helpers.h"
#include "targets/Native/Link.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace lle;

namespace {
/// The kind of machine below main.c.
enum class Ground { ArmM, RISCV, Linux };

class FirmwareWriter {
public:
  FirmwareWriter(NetworkOp source, const CompileOptions &options, const CompiledNetwork &compiled, const Target &target)
      : source(source), options(options), compiled(compiled), network(compiled.package), target(target),
        triple(target.triple), context(*source.getContext()) {}

  FailureOr<std::vector<FolderFile>> write();

private:
  InFlightDiagnostic fail() { return emitError(UnknownLoc::get(&context)) << "target '" << target.name << "': "; }
  LogicalResult chooseGround();
  LogicalResult planMemory();
  LogicalResult explainShortage();
  void describeNetwork();
  void describeMemories();
  void describeUart();
  void describeBuild();
  std::string getRunRule();
  void add(StringRef path, StringRef templateName) { files.push_back({path.str(), fillTemplate(templateName, words)}); }

  NetworkOp source;
  const CompileOptions &options;
  const CompiledNetwork &compiled;
  const runtime::Package &network;
  const Target &target;
  const llvm::Triple triple;
  MLIRContext &context;
  Ground ground;
  MemoryUse use;
  MemoryPlan plan;
  std::vector<std::string> sources; ///< Below board/, without the ending.
  std::string uartTemplate;
  TemplateWords words;
  std::vector<FolderFile> files;
};
} // namespace

static constexpr int64_t kBaud = 115200; ///< Of serial lines.

static std::string formatHex(uint64_t number) { return "0x" + llvm::utohexstr(number, /*LowerCase=*/true, 8); }

LogicalResult FirmwareWriter::chooseGround() {
  if (triple.isOSLinux() && (triple.isAArch64() || triple.isRISCV64() || triple.getArch() == llvm::Triple::x86_64))
    ground = Ground::Linux;
  else if (target.isBareMetal() && (triple.isThumb() || triple.isARM()))
    ground = Ground::ArmM;
  else if (target.isBareMetal() && triple.isRISCV())
    ground = Ground::RISCV;
  else
    return fail() << "there is no start-up code for " << target.triple
                  << "; --emit=library links into a program of your own";
  return success();
}

LogicalResult FirmwareWriter::planMemory() {
  FailureOr<MemoryUse> measured = measureMemory(compiled, context);
  if (failed(measured))
    return failure();
  use = std::move(*measured);
  if (ground == Ground::Linux)
    return success();
  if (!target.getMemory(Memory::Flash) || !target.getMemory(Memory::Ram))
    return fail() << "its description names no 'memories' of both kinds, flash and ram, to link to";
  plan = planMemories(use, target);
  return plan.fits() ? success() : explainShortage();
}

/// Compiles again, to say what is how large.
LogicalResult FirmwareWriter::explainShortage() {
  FailureOr<MemoryUse> nodes = measureNodes(source, target, options);
  if (failed(nodes))
    return failure();
  InFlightDiagnostic diagnostic = emitError(source.getLoc()) << "network '" << network.name << "' does not fit target '"
                                                             << target.name << "': " << describeShortage(plan, target);
  for (const std::string &remedy : findRemedies(plan, *nodes, target))
    diagnostic.attachNote() << remedy;
  return diagnostic;
}

/// `{input0, sizeof(input0)}, `
static std::string getPortTable(StringRef kind, size_t count) {
  std::string table;
  for (size_t i = 0; i < count; ++i) {
    std::string port = (kind + Twine(i)).str();
    table += "{" + port + ", sizeof(" + port + ")}, ";
  }
  return table;
}

static std::string listPorts(StringRef kind, ArrayRef<runtime::Port> ports) {
  std::string list;
  for (auto [index, port] : llvm::enumerate(ports)) {
    auto dims = llvm::map_range(port.shape, [](int64_t dim) { return std::to_string(dim); });
    list += ("- `" + kind + Twine(index) + ".bin`: port \"" + port.name + "\", " + getCType(port) + " [" +
             llvm::join(dims, ", ") + "] a step\n")
                .str();
  }
  return list.empty() ? "- none\n" : list;
}

void FirmwareWriter::describeNetwork() {
  std::string upper = StringRef(network.name).upper(), buffers, arguments = "&state";
  auto addPorts = [&](StringRef kind, ArrayRef<runtime::Port> ports) {
    for (auto [index, port] : llvm::enumerate(ports)) {
      std::string name = (kind + Twine(index)).str();
      buffers +=
          ("static " + getCType(port) + " " + name + "[" + upper + "_" + StringRef(name).upper() + "_ELEMENTS];\n")
              .str();
      arguments += ", " + name;
    }
  };
  addPorts("input", network.inputs);
  addPorts("output", network.outputs);
  words["NAME"] = network.name;
  words["UPPER"] = upper;
  words["VERSION"] = LLE_VERSION;
  words["TARGET"] = target.name;
  words["BUFFERS"] = buffers;
  words["ARGUMENTS"] = arguments;
  words["INPUTS"] = std::to_string(network.inputs.size());
  words["OUTPUTS"] = std::to_string(network.outputs.size());
  words["INPUT_TABLE"] = getPortTable("input", network.inputs.size());
  words["OUTPUT_TABLE"] = getPortTable("output", network.outputs.size());
  words["INPUT_LIST"] = listPorts("input", network.inputs);
  words["OUTPUT_LIST"] = listPorts("output", network.outputs);
  words["SAMPLE_STEPS"] = network.steps ? upper + "_STEPS" : "0";
  words["SAMPLE_TEXT"] = network.steps ? std::to_string(network.steps) : "0: never";
}

void FirmwareWriter::describeMemories() {
  words["CODE_BYTES"] = std::to_string(use.total.code);
  words["CONSTANT_BYTES"] = std::to_string(use.total.parameters);
  words["STATE_BYTES"] = std::to_string(use.arena);
  words["STACK_USE"] = std::to_string(use.stack);
  if (ground == Ground::Linux)
    return;
  std::string memories;
  for (const Memory &memory : target.memories)
    memories += "  " + memory.name + (memory.kind == Memory::Flash ? " (rx)" : " (rwx)") +
                " : ORIGIN = " + formatHex(memory.origin) + ", LENGTH = " + formatHex(memory.bytes) + "\n";
  words["MEMORIES"] = memories;
  words["CODE"] = plan.code->name;
  words["BOOT"] = llvm::find_if(target.memories, [](const Memory &m) { return m.kind == Memory::Flash; })->name;
  words["RAM"] = plan.variables->name;
  words["STATE"] = plan.state->name;
  words["STACK_BYTES"] = std::to_string(plan.stackBytes);
  words["STACK_RESERVE"] = std::to_string(kProgramStackBytes);
  words["STACK_PROGRAM"] = std::to_string(kMainStackBytes);
  words["ENTRY"] = ground == Ground::ArmM ? "reset_handler" : "_start";
}

/// A function that sets clocks and pins; where the target's file names none, they are the board's own.
static std::string getUartSetup(const Uart &uart) {
  if (uart.setup.empty())
    return "#ifdef FIRMWARE_UART\n#error \"board/uart.c: clocks and pins of the UART are your board's: set them in "
           "connect(), and remove this line\"\n#endif\nstatic void connect(void) {}\n";
  std::string text = "static void set(uintptr_t address, uint32_t mask, uint32_t value) {\n"
                     "  volatile uint32_t *word = (volatile uint32_t *)address;\n"
                     "  *word = (*word & ~mask) | value;\n}\n\nstatic void connect(void) {\n";
  for (const RegisterSetting &setting : uart.setup)
    text += "  set(" + formatHex(setting.address) + "u, " + formatHex(setting.mask) + "u, " + formatHex(setting.value) +
            "u);\n";
  return text + "}\n";
}

void FirmwareWriter::describeUart() {
  uartTemplate = "board/uart-none.c";
  if (ground == Ground::Linux) {
    uartTemplate = "board/uart-linux.c";
  } else if (target.uart) {
    uartTemplate = "board/uart-" + target.uart->driver + ".c";
    words["UART_ORIGIN"] = formatHex(target.uart->origin);
    words["UART_DIVIDER"] = std::to_string((target.uart->clockHz + kBaud / 2) / kBaud);
    words["UART_SETUP"] = getUartSetup(*target.uart);
  }
}

/// How `make run` runs the program: on a board of QEMU, by QEMU as a program of another processor, or by itself.
std::string FirmwareWriter::getRunRule() {
  std::string rule = "run: $(FIRMWARE)\n";
  std::string emulated = "$(BUILD)/user/" + network.name + ".elf";
  if (target.emulator && target.emulator->isSystem) {
    const Emulator &qemu = *target.emulator;
    return rule + "\tqemu-system-" + qemu.program + " -M " + qemu.machine +
           (qemu.cpu.empty() ? "" : " -cpu " + qemu.cpu) + (ground == Ground::RISCV ? " -bios none" : "") +
           " -nographic -monitor none -serial none $(QEMU_FLAGS) \\\n\t  -semihosting-config "
           "enable=on,target=native,arg=$(FIRMWARE)$(QEMU_ARGUMENTS) \\\n"
           "\t  -kernel $(FIRMWARE)\n";
  }
  if (target.emulator) {
    std::string program = "qemu-" + target.emulator->program + " -cpu " + target.emulator->cpu + " $(QEMU_FLAGS)";
    if (ground == Ground::Linux)
      return rule + "\t" + program + " $(FIRMWARE) $(ARGUMENTS)\n";
    // The board's own start-up needs the board.
    return "# As a program of qemu-" + target.emulator->program +
           ", without the board: built apart, since some registers are not there.\nrun:\n"
           "\t$(MAKE) BUILD=$(BUILD)/user CFLAGS_MAIN='$(CFLAGS_MAIN) -DFIRMWARE_USER_MODE'\n\t" +
           program + " " + emulated + " $(ARGUMENTS)\n";
  }
  if (ground == Ground::Linux)
    return rule + "\t$(FIRMWARE) $(ARGUMENTS)\n";
  return "run:\n\t@echo 'no emulator of " + target.name +
         " is known; the debugger of your board loads $(FIRMWARE)'; "
         "false\n";
}

void FirmwareWriter::describeBuild() {
  Toolchain toolchain = getToolchain(target);
  words["TRIPLE"] = target.triple;
  words["CLANG_FLAGS"] = toolchain.clangFlags;
  words["GCC"] = toolchain.gccPrefix;
  words["GCC_FLAGS"] = toolchain.gccFlags;
  words["LLVM"] = std::to_string(LLVM_VERSION_MAJOR);
  words["PROCESSOR"] = triple.getArchName().str();
  auto paths = llvm::map_range(sources, [](const std::string &source) { return "board/" + source + ".c"; });
  words["SOURCES"] = llvm::join(paths, " ");
  bool hasScript = ground != Ground::Linux;
  words["LINK_FLAGS"] = hasScript ? " -Wl,-T,board/link.ld" : "";
  words["LINK_INPUT"] = hasScript ? " board/link.ld" : "";
  words["CMAKE_LINK_FLAGS"] = hasScript ? "-Wl,-T,${CMAKE_CURRENT_SOURCE_DIR}/board/link.ld" : "";
  words["RUN"] = getRunRule();
  words["ZEPHYR_DEPENDS"] = "";
}

FailureOr<std::vector<FolderFile>> FirmwareWriter::write() {
  if (failed(chooseGround()))
    return failure();
  FailureOr<std::string> object = compiled.code.emitObject();
  if (failed(object) || failed(planMemory()))
    return failure();
  FailureOr<std::string> archive = writeArchive(*object, network.name, context);
  if (failed(archive))
    return failure();
  FailureOr<std::vector<std::string>> helpers = getUndefinedSymbols(*object, context);
  if (failed(helpers))
    return failure();
  sources = {"memory", "uart"};
  // What a processor without an FPU, or with one of floats alone, needs.
  for (StringRef type : {"float", "double"})
    if (llvm::any_of(*helpers, [&](StringRef name) { return getHelperType(name) == type; }))
      sources.push_back(type.str());
  sources.push_back(ground == Ground::Linux ? "linux" : "semihosting");
  if (ground != Ground::Linux)
    sources.push_back("start");
  describeNetwork();
  describeMemories();
  describeUart();
  describeBuild();

  files.push_back({"model/lib" + network.name + ".a", std::move(*archive)});
  HeaderDetails details;
  details.stackBytes = use.stack;
  details.mostInstructions = llvm::expectedToOptional(getMostInstructions(compiled, target));
  describeScales(source, details);
  files.push_back({"model/" + network.name + ".h", writeHeader(network, target.name, details)});
  for (StringRef name :
       {"main.c", "Makefile", "CMakeLists.txt", "README.md", "model/CMakeLists.txt", "board/host.h", "board/uart.h",
        "board/memory.c", "zephyr/module.yml", "zephyr/CMakeLists.txt", "zephyr/Kconfig"})
    add(name, name);
  for (StringRef name : {"CMakeLists.txt", "idf_component.yml"})
    add("esp-idf/lle_" + network.name + "/" + name.str(), "esp-idf/" + name.str());
  add("board/uart.c", uartTemplate);
  bool needsFloats = llvm::is_contained(sources, "float"), needsDoubles = llvm::is_contained(sources, "double");
  if (needsFloats)
    add("board/float.c", "board/float.c");
  if (needsDoubles)
    add("board/double.c", "board/double.c");
  if (needsFloats || needsDoubles) {
    add("board/helpers.h", "board/helpers.h");
    add("board/ieee754.h", "board/ieee754.h");
  }
  if (ground == Ground::Linux) {
    add("board/linux.c", "board/linux.c");
  } else {
    add("board/run.h", "board/run.h");
    add("board/semihosting.c", "board/semihosting.c");
    add("board/start.c", ground == Ground::ArmM ? "board/start-arm-m.c" : "board/start-riscv.c");
    words["LOAD"] = " AT> " + plan.code->name;
    add("board/link.ld", "board/link.ld");
  }
  return std::move(files);
}

FailureOr<std::vector<FolderFile>> lle::makeFirmware(NetworkOp source, const CompileOptions &options,
                                                     const CompiledNetwork &compiled, const Target &target) {
  return FirmwareWriter(source, options, compiled, target).write();
}
