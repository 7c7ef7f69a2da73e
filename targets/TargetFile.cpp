//===- TargetFile.cpp - files that describe machines ----------------------===//
#include "targets/TargetFile.h"

#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <cmath>

using namespace mlir;
using namespace lle;

static constexpr StringLiteral kUnitCyclesEntry = "unit_cycles";
static constexpr StringLiteral kWeightsEntry = "weights", kStatesEntry = "states";
static constexpr StringLiteral kEntries[] = {"triple",
                                             "cpu",
                                             "features",
                                             "abi",
                                             "code",
                                             "vector_lanes",
                                             "vector_registers",
                                             "required_features",
                                             "clock_hz",
                                             "memories",
                                             "qemu",
                                             "uart",
                                             "stand_in",
                                             "cycles",
                                             "energy_pj",
                                             "helpers",
                                             kUnitCyclesEntry,
                                             kWeightsEntry,
                                             kStatesEntry,
                                             "notes",
                                             kSynapseCyclesAttr};
/// Of a neuromorphic chip.
static constexpr StringLiteral kChipEntries[] = {"base",    "arithmetic",  "limits", "unit_pj",
                                                 "unit_ns", kWeightsEntry, "notes"};
/// Of a board of such chips; all the rest is its chip's.
static constexpr StringLiteral kBoardEntries[] = {"base", "limits", "notes"};
static constexpr StringLiteral kLimitNames[] = {
    "chip_cores",      "core_neurons",         "core_memory_bytes", "core_synapse_bytes",
    "weight_bits",     "state_bits",           "graded_spike_bits", "delay_steps",
    "core_data_bytes", "core_in_axons",        "core_out_axons",    "core_configurations",
    "core_thresholds", "core_synapse_formats", "index_bits",        "router_entries",
    "grid_width",      "grid_height",          "grid_gaps",         "router_cores",
    "system_chips",    "board_width",          "board_hexagon"};
static constexpr StringLiteral kCycleNames[] = {"load",    "store",       "branch",        "add_i32",    "mul_i32",
                                                "mac_i32", "div_i32",     "add_f32",       "mul_f32",    "mac_f32",
                                                "div_f32", "instruction", "memory_factor", "near_bytes", "far_byte"};
static constexpr StringLiteral kEnergyNames[] = {"cycle", "idle_cycle"};
/// Of a placed network: a neuron that fires, a packet's hop along x or y, and from chip to chip; and on a link.
static constexpr StringLiteral kPacketEnergyNames[] = {"firing", "hop_x", "hop_y", "chip_crossing"};
static constexpr StringLiteral kPacketTimeNames[] = {"link"};
static constexpr StringLiteral kUartDrivers[] = {"cmsdk", "ns16550", "nrf", "stm32", "stm32f4"};
static constexpr StringLiteral kProvenances[] = {"measured", "published", "derived", "assumed"};

ArrayRef<StringLiteral> lle::getUartDrivers() { return kUartDrivers; }
ArrayRef<StringLiteral> lle::getCycleNames() { return kCycleNames; }
ArrayRef<StringLiteral> lle::getEnergyNames() { return kEnergyNames; }
ArrayRef<StringLiteral> lle::getLimitNames() { return kLimitNames; }

namespace {
/// Reads the entries of a dictionary by name. After the first error, `failed`.
class EntryReader {
public:
  /// `owner` names the dictionary in diagnostics.
  EntryReader(Location loc, Twine owner, function_ref<Attribute(StringRef)> find)
      : loc(loc), owner(owner.str()), find(find) {}

  std::string getString(StringRef key) {
    auto value = get<StringAttr>(key, "a string");
    return value ? value.str() : "";
  }
  int64_t getPositive(StringRef key) {
    auto value = get<IntegerAttr>(key, "an integer");
    if (value && value.getInt() <= 0)
      fail() << "'" << key << "' must be positive, got " << value.getInt();
    return value ? value.getInt() : 0;
  }
  double getPositiveNumber(StringRef key) {
    auto value = get<FloatAttr>(key, "a number with a point");
    double number = value ? value.getValueAsDouble() : 0;
    if (value && !(number > 0 && std::isfinite(number)))
      fail() << "'" << key << "' must be positive and finite, got " << number;
    return number;
  }
  /// An integer from 0 up.
  uint64_t getAddress(StringRef key) {
    auto value = get<IntegerAttr>(key, "an integer");
    if (value && value.getInt() < 0)
      fail() << "'" << key << "' must not be negative, got " << value.getInt();
    return value ? uint64_t(value.getInt()) : 0;
  }
  std::string getOneOf(StringRef key, ArrayRef<StringLiteral> choices) {
    std::string value = getString(key);
    if (!failed && !llvm::is_contained(choices, value))
      fail() << "'" << key << "' must be one of " << llvm::join(choices, ", ") << ", got '" << value << "'";
    return value;
  }
  std::vector<std::string> getStrings(StringRef key) {
    std::vector<std::string> strings;
    auto array = get<ArrayAttr>(key, "an array of strings");
    for (Attribute element : array ? array.getValue() : ArrayRef<Attribute>()) {
      auto string = dyn_cast<StringAttr>(element);
      if (!string) {
        fail() << "'" << key << "' must be an array of strings, but holds " << element;
        break;
      }
      strings.push_back(string.str());
    }
    return strings;
  }
  bool has(StringRef key) const { return bool(find(key)); }
  template <typename AttrT>
  AttrT get(StringRef key, StringRef expected) {
    if (failed)
      return {};
    Attribute attribute = find(key);
    auto value = dyn_cast_or_null<AttrT>(attribute);
    if (!value) {
      InFlightDiagnostic diagnostic = fail() << owner << " needs '" << key << "', " << expected;
      if (attribute)
        diagnostic << ", got " << attribute;
    }
    return value;
  }
  InFlightDiagnostic fail() {
    failed = true;
    return emitError(loc);
  }

  bool failed = false;
  const Location loc;

private:
  std::string owner;
  function_ref<Attribute(StringRef)> find;
};

/// Calls `read` with a reader of the dictionary, whose entries are `known`; any may be where there are none of these.
/// What is wrong there is wrong in `parent`.
void readDictionary(EntryReader &parent, DictionaryAttr dictionary, const Twine &owner, ArrayRef<StringLiteral> known,
                    function_ref<void(EntryReader &)> read) {
  if (parent.failed)
    return;
  for (NamedAttribute entry : dictionary)
    if (!known.empty() && !llvm::is_contained(known, entry.getName().getValue())) {
      parent.fail() << owner << " has an unknown entry '" << entry.getName().getValue()
                    << "'; known: " << llvm::join(known, ", ");
      return;
    }
  auto find = [&](StringRef key) { return dictionary.get(key); };
  EntryReader reader(parent.loc, owner, find);
  read(reader);
  parent.failed = reader.failed;
}
} // namespace

static Memory readMemory(EntryReader &entries) {
  Memory memory;
  memory.name = entries.getString("name");
  memory.kind = entries.getOneOf("kind", {"flash", "ram"}) == "flash" ? Memory::Flash : Memory::Ram;
  memory.origin = entries.getAddress("origin");
  memory.bytes = entries.getPositive("bytes");
  bool isIdentifier = !memory.name.empty() && !llvm::isDigit(memory.name[0]) &&
                      llvm::all_of(memory.name, [](char c) { return llvm::isAlnum(c) || c == '_'; });
  if (!entries.failed && !isIdentifier)
    entries.fail() << "a memory's 'name' must be an identifier, for linker scripts, got '" << memory.name << "'";
  return memory;
}

static std::vector<Memory> readMemories(EntryReader &device) {
  std::vector<Memory> memories;
  auto array = device.get<ArrayAttr>("memories", "an array of dictionaries");
  for (Attribute element : array ? array.getValue() : ArrayRef<Attribute>()) {
    auto dictionary = dyn_cast<DictionaryAttr>(element);
    if (!dictionary) {
      device.fail() << "'memories' must be an array of dictionaries, but holds " << element;
      break;
    }
    Memory memory;
    readDictionary(device, dictionary, "a memory", {"name", "kind", "origin", "bytes"},
                   [&](EntryReader &entries) { memory = readMemory(entries); });
    if (device.failed)
      break;
    for (const Memory &other : memories) {
      if (other.name == memory.name)
        device.fail() << "two memories have the name '" << memory.name << "'";
      else if (memory.origin < other.origin + other.bytes && other.origin < memory.origin + memory.bytes)
        device.fail() << "the memories '" << other.name << "' and '" << memory.name << "' overlap";
    }
    memories.push_back(std::move(memory));
  }
  return memories;
}

static Emulator readEmulator(EntryReader &device) {
  Emulator emulator;
  auto dictionary = device.get<DictionaryAttr>("qemu", "a dictionary");
  if (!dictionary)
    return emulator;
  readDictionary(device, dictionary, "'qemu'", {"system", "machine", "user", "cpu"}, [&](EntryReader &entries) {
    emulator.isSystem = entries.has("system");
    if (emulator.isSystem == entries.has("user")) {
      entries.fail() << "'qemu' needs either 'system' or 'user'";
      return;
    }
    emulator.program = entries.getString(emulator.isSystem ? "system" : "user");
    if (emulator.isSystem)
      emulator.machine = entries.getString("machine");
    if (!emulator.isSystem || entries.has("cpu"))
      emulator.cpu = entries.getString("cpu");
  });
  return emulator;
}

static uint32_t getWord(EntryReader &entries, StringRef key) {
  uint64_t word = entries.getAddress(key);
  if (!entries.failed && word > UINT32_MAX)
    entries.fail() << "'" << key << "' must have 32 bits, got " << word;
  return uint32_t(word);
}

static std::vector<RegisterSetting> readSetup(EntryReader &device) {
  std::vector<RegisterSetting> settings;
  auto array = device.get<ArrayAttr>("setup", "an array of dictionaries");
  for (Attribute element : array ? array.getValue() : ArrayRef<Attribute>()) {
    auto dictionary = dyn_cast<DictionaryAttr>(element);
    if (!dictionary) {
      device.fail() << "'setup' must be an array of dictionaries, but holds " << element;
      break;
    }
    RegisterSetting setting;
    readDictionary(device, dictionary, "a register's setting", {"address", "mask", "value"}, [&](EntryReader &entries) {
      setting = {getWord(entries, "address"), getWord(entries, "mask"), getWord(entries, "value")};
      if (!entries.failed && (setting.value & ~setting.mask) != 0)
        entries.fail() << "a register's 'value', " << setting.value << ", has bits beyond its 'mask', " << setting.mask;
    });
    settings.push_back(setting);
  }
  return settings;
}

static Uart readUart(EntryReader &device, int64_t clockHz) {
  Uart uart;
  uart.clockHz = clockHz;
  if (auto dictionary = device.get<DictionaryAttr>("uart", "a dictionary"))
    readDictionary(device, dictionary, "'uart'", {"driver", "origin", "clock_hz", "setup"}, [&](EntryReader &entries) {
      uart.driver = entries.getOneOf("driver", kUartDrivers);
      uart.origin = entries.getAddress("origin");
      if (entries.has("clock_hz"))
        uart.clockHz = entries.getPositive("clock_hz");
      if (entries.has("setup"))
        uart.setup = readSetup(entries);
    });
  return uart;
}

static CostFigure readFigure(EntryReader &entries, StringRef what) {
  CostFigure figure;
  figure.what = what.str();
  figure.value = figure.low = figure.high = entries.getPositiveNumber("value");
  if (entries.has("low"))
    figure.low = entries.getPositiveNumber("low");
  if (entries.has("high"))
    figure.high = entries.getPositiveNumber("high");
  figure.provenance = entries.getOneOf("provenance", kProvenances);
  figure.source = entries.getString("source");
  if (!entries.failed && !(figure.low <= figure.value && figure.value <= figure.high))
    entries.fail() << "the value of '" << what << "', " << figure.value << ", must lie between " << figure.low
                   << " and " << figure.high;
  if (!entries.failed && figure.source.empty())
    entries.fail() << "'" << what << "' needs a source: where its value comes from";
  return figure;
}

/// Figures of `names`; of any where there are none.
static std::vector<CostFigure> readFigures(EntryReader &device, StringRef key, ArrayRef<StringLiteral> names) {
  std::vector<CostFigure> figures;
  auto dictionary = device.get<DictionaryAttr>(key, "a dictionary");
  if (!dictionary)
    return figures;
  readDictionary(device, dictionary, "'" + key + "'", names, [&](EntryReader &entries) {
    for (NamedAttribute entry : dictionary) {
      StringRef what = entry.getName().getValue();
      if (auto figure = entries.get<DictionaryAttr>(what, "a dictionary"))
        readDictionary(entries, figure, "'" + what + "'", {"value", "low", "high", "provenance", "source"},
                       [&](EntryReader &parts) { figures.push_back(readFigure(parts, what)); });
    }
  });
  return figures;
}

/// What is no unit of a network's work goes to `others`.
static UnitFigures readUnits(EntryReader &device, StringRef key, ArrayRef<StringLiteral> otherNames = {},
                             std::vector<CostFigure> *others = nullptr) {
  SmallVector<StringLiteral> names(getWorkUnitNames());
  llvm::append_range(names, otherNames);
  UnitFigures units;
  for (CostFigure &figure : readFigures(device, key, names)) {
    size_t unit = llvm::find(getWorkUnitNames(), figure.what) - getWorkUnitNames().begin();
    if (unit < units.size())
      units[unit] = std::move(figure);
    else
      others->push_back(std::move(figure));
  }
  return units;
}

/// Widths of an entry, which rise.
static SmallVector<unsigned> readWidths(EntryReader &entries, StringRef key) {
  SmallVector<unsigned> widths;
  auto array = entries.get<DenseI64ArrayAttr>(key, "an array of integers");
  for (int64_t bits : array ? array.asArrayRef() : ArrayRef<int64_t>()) {
    if (bits < 1 || bits > 16)
      entries.fail() << "'" << key << "' must be from 1 to 16, but holds " << bits;
    else if (!widths.empty() && bits <= widths.back())
      entries.fail() << "'" << key << "' must rise, but " << bits << " is behind " << widths.back();
    widths.push_back(unsigned(bits));
  }
  return widths;
}

/// Widths that weights can have, and have in memory, and of what a scale is; widths of states.
static WeightForm readWeightForm(EntryReader &device) {
  WeightForm form;
  if (device.has(kStatesEntry))
    if (auto dictionary = device.get<DictionaryAttr>(kStatesEntry, "a dictionary"))
      readDictionary(device, dictionary, "'states'", {"widths", "source"}, [&](EntryReader &entries) {
        form.stateWidths = readWidths(entries, "widths");
        entries.getString("source");
        for (unsigned bits : form.stateWidths)
          if (bits != 8 && bits != 16)
            entries.fail() << "'widths' of states must be 8 or 16, but holds " << bits;
      });
  if (!device.has(kWeightsEntry))
    return form;
  auto dictionary = device.get<DictionaryAttr>(kWeightsEntry, "a dictionary");
  if (!dictionary)
    return form;
  readDictionary(device, dictionary, "'weights'", {"widths", "stored", "scales", "of", "source"},
                 [&](EntryReader &entries) {
                   form.widths = readWidths(entries, "widths");
                   form.stored = entries.has("stored") ? readWidths(entries, "stored") : form.widths;
                   form.powersOfTwo = entries.getOneOf("scales", {"real", "powers of two"}) != "real";
                   form.perTensor = entries.getOneOf("of", {"outputs", "tensors"}) == "tensors";
                   entries.getString("source");
                 });
  return form;
}

static void readChip(EntryReader &device, Target &target) {
  target.isNeuromorphic = true;
  if (device.has("arithmetic"))
    target.arithmetic = device.getOneOf("arithmetic", {"loihi", "spinnaker2"});
  target.limits = readFigures(device, "limits", kLimitNames);
  target.unitPj = readUnits(device, "unit_pj", kPacketEnergyNames, &target.packetPj);
  target.unitNs = readUnits(device, "unit_ns", kPacketTimeNames, &target.packetNs);
  target.weights = readWeightForm(device);
  if (device.has("notes"))
    target.notes = device.getString("notes");
}

/// The chip that a board has, with the limits of the board in place of the chip's own.
static void readBoard(EntryReader &device, StringRef path, Target &target) {
  const std::string base = device.getString("base");
  SmallString<128> file(path);
  llvm::sys::path::remove_filename(file);
  llvm::sys::path::append(file, base + ".mlir");
  if (device.failed)
    return;
  if (llvm::sys::path::filename(base) != base || base == target.name || !llvm::sys::fs::exists(file)) {
    device.fail() << "'base' names '" << base << "', which is no other target";
    return;
  }
  std::string name = std::move(target.name);
  FailureOr<Target> chip = readTargetFile(file, *device.loc.getContext());
  if (failed(chip)) {
    device.failed = true;
    return;
  }
  if (!chip->isNeuromorphic || chip->isBoard) {
    device.fail() << "'base' names '" << base << "', which is no chip";
    return;
  }
  target = std::move(*chip);
  target.name = std::move(name);
  target.isBoard = true;
  for (CostFigure &limit : readFigures(device, "limits", kLimitNames)) {
    auto old = llvm::find_if(target.limits, [&](const CostFigure &other) { return other.what == limit.what; });
    if (old == target.limits.end())
      target.limits.push_back(std::move(limit));
    else
      *old = std::move(limit);
  }
  if (device.has("notes"))
    target.notes = device.getString("notes");
}

static void readDevice(EntryReader &device, Target &target) {
  target.triple = device.getString("triple");
  target.cpu = device.getString("cpu");
  target.lanes = device.getPositive("vector_lanes");
  target.registers = device.getPositive("vector_registers");
  target.requiredFeatures = device.getStrings("required_features");
  if (device.has("features"))
    target.features = device.getString("features");
  if (device.has("abi"))
    target.abi = device.getString("abi");
  if (device.has("code"))
    target.isServedByC = device.getOneOf("code", {"llvm", "c"}) == "c";
  if (device.has("clock_hz"))
    target.clockHz = device.getPositive("clock_hz");
  if (device.has("memories"))
    target.memories = readMemories(device);
  if (device.has("qemu"))
    target.emulator = readEmulator(device);
  if (device.has("uart"))
    target.uart = readUart(device, target.clockHz);
  if (device.has("stand_in"))
    target.standIn = device.getString("stand_in");
  if (device.has("cycles"))
    target.cycles = readFigures(device, "cycles", kCycleNames);
  if (device.has("energy_pj"))
    target.energy = readFigures(device, "energy_pj", kEnergyNames);
  if (device.has("helpers"))
    target.helpers = readFigures(device, "helpers", {});
  if (device.has(kUnitCyclesEntry))
    target.unitCycles = readUnits(device, kUnitCyclesEntry);
  target.weights = readWeightForm(device);
  if (device.has("notes"))
    target.notes = device.getString("notes");
}

/// The entries of a device of a module; null where it has none.
static TargetDeviceSpecInterface findDevice(ModuleOp module, StringRef name) {
  auto system = module->getAttrOfType<TargetSystemSpecAttr>(DLTIDialect::kTargetSystemDescAttrName);
  auto device = system ? system.getDeviceSpecForDeviceID(StringAttr::get(module.getContext(), name)) : std::nullopt;
  return device ? *device : TargetDeviceSpecInterface();
}

/// The entries of the device "CPU" of a module; null after an error.
static TargetDeviceSpecInterface getDevice(ModuleOp module) {
  if (TargetDeviceSpecInterface device = findDevice(module, "CPU"))
    return device;
  module.emitError("a target needs '") << DLTIDialect::kTargetSystemDescAttrName << "' with the device \"CPU\"";
  return {};
}

static Attribute findEntry(TargetDeviceSpecInterface device, StringRef key) {
  FailureOr<Attribute> value = device.queryHelper(StringAttr::get(device.getContext(), key));
  return succeeded(value) ? *value : Attribute();
}

/// The entry of another target's file; null where it has no such figures of its own.
static DictionaryAttr findFiguresIn(StringRef path, StringRef key, MLIRContext &context) {
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(path, &context);
  auto device = module ? getDevice(*module) : TargetDeviceSpecInterface();
  return device ? dyn_cast_or_null<DictionaryAttr>(findEntry(device, key)) : DictionaryAttr();
}

/// An entry of the file at `path`: figures, or the name of the target with the same core whose figures they are.
static FailureOr<Attribute> resolveFigures(Attribute entry, StringRef key, StringRef path, Location loc) {
  auto name = dyn_cast<StringAttr>(entry);
  if (!name)
    return entry;
  StringRef target = name.getValue();
  SmallString<128> other(path);
  llvm::sys::path::remove_filename(other);
  llvm::sys::path::append(other, target + ".mlir");
  InFlightDiagnostic error = emitError(loc) << "'" << key << "' names the target " << name << ", ";
  if (llvm::sys::path::filename(target) != target || !llvm::sys::fs::exists(other))
    return error << "but there is no file " << other << " beside this one";
  if (DictionaryAttr figures = findFiguresIn(other, key, *loc.getContext())) {
    error.abandon();
    return Attribute(figures);
  }
  return error << "which has no such figures of its own";
}

FailureOr<Target> lle::readTargetFile(StringRef path, MLIRContext &context) {
  context.loadDialect<DLTIDialect>();
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(path, &context);
  if (!module)
    return failure();
  TargetDeviceSpecInterface chip = findDevice(*module, "NPU"), device = chip ? chip : getDevice(*module);
  if (!device)
    return failure();
  const std::string owner = chip ? "the device \"NPU\"" : "the device \"CPU\"";
  const bool isBoard = chip && findEntry(chip, "base");
  ArrayRef<StringLiteral> known = kEntries;
  if (chip)
    known = isBoard ? ArrayRef<StringLiteral>(kBoardEntries) : ArrayRef<StringLiteral>(kChipEntries);
  for (DataLayoutEntryInterface entry : device.getEntries()) {
    auto key = dyn_cast<StringAttr>(entry.getKey());
    if (!key || !llvm::is_contained(known, key.getValue()))
      return module->emitError(owner + " has an unknown entry ")
             << (key ? Attribute(key) : Attribute(TypeAttr::get(cast<Type>(entry.getKey()))))
             << "; known: " << llvm::join(known, ", ");
  }
  Attribute unitCycles = findEntry(device, kUnitCyclesEntry), synapseCycles = findEntry(device, kSynapseCyclesAttr);
  for (auto [entry, key] : {std::pair(&unitCycles, StringRef(kUnitCyclesEntry)), {&synapseCycles, kSynapseCyclesAttr}})
    if (*entry) {
      FailureOr<Attribute> figures = resolveFigures(*entry, key, path, module->getLoc());
      if (failed(figures))
        return failure();
      *entry = *figures;
    }
  auto find = [&](StringRef key) { return key == kUnitCyclesEntry ? unitCycles : findEntry(device, key); };
  EntryReader reader(module->getLoc(), owner, find);
  Target target;
  target.name = llvm::sys::path::stem(path);
  if (isBoard)
    readBoard(reader, path, target);
  else if (chip)
    readChip(reader, target);
  else
    readDevice(reader, target);
  if (reader.failed)
    return failure();
  if (synapseCycles) {
    FailureOr<SynapseCosts> costs = readSynapseCosts(synapseCycles, module->getLoc());
    if (failed(costs))
      return failure();
    target.synapseCosts = *costs;
    target.hasSynapseCosts = true;
  }
  return target;
}
