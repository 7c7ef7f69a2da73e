//===- NeuroOps.cpp - networks on the cores of a chip: verification -------===//
#include "dialects/Neuro/NeuroOps.h"
#include "dialects/Neuro/SynapseRows.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/StringSet.h"

#include <cmath>

using namespace mlir;
using namespace lle::neuro;

/// Whether `elements` are known integers of this width, as many as the type says.
static bool isIntegerArray(ElementsAttr elements, unsigned width) {
  ShapedType type = elements.getShapedType();
  if (!type.getElementType().isSignlessInteger(width))
    return false;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements))
    return resource.getRawHandle().getBlob() && int64_t(resource.getData().size()) == type.getNumElements() * width / 8;
  return isa<DenseElementsAttr>(elements);
}

//===----------------------------------------------------------------------===//
// neuro.map
//===----------------------------------------------------------------------===//

std::optional<int64_t> MapOp::getLimit(StringRef name) {
  if (auto limits = getLimits())
    if (auto limit = limits->getAs<IntegerAttr>(name))
      return limit.getInt();
  return std::nullopt;
}

int64_t MapOp::countCores() { return llvm::range_size(getOps<CoreOp>()); }

LogicalResult MapOp::verify() {
  double dt = getDt().convertToDouble();
  if (!(dt > 0) || !std::isfinite(dt))
    return emitOpError("[C2] dt must be positive and finite, got ") << dt;
  if (std::optional<uint64_t> steps = getSteps(); steps && int64_t(*steps) <= 0)
    return emitOpError("[C2] steps must be positive, got ") << int64_t(*steps);
  for (NamedAttribute limit : getLimits().value_or(DictionaryAttr::get(getContext()))) {
    auto value = dyn_cast<IntegerAttr>(limit.getValue());
    if (!value || !value.getType().isInteger(64) || value.getInt() <= 0)
      return emitOpError("[C2] limit '") << limit.getName().getValue() << "' must be a positive i64, got "
                                         << limit.getValue();
  }
  return success();
}

static LogicalResult verifyCores(MapOp map) {
  SmallVector<CoreOp> cores(map.getOps<CoreOp>());
  llvm::DenseMap<Attribute, CoreOp> places;
  for (auto [index, core] : llvm::enumerate(cores)) {
    if (core.getNumber() != index)
      return core.emitOpError("[C3] must have the number ") << index << ", got " << core.getNumber();
    if (core.getPlace().has_value() != cores[0].getPlace().has_value())
      return core.emitOpError("[C4] either all cores have a place or none");
    if (!core.getPlace())
      continue;
    if (auto [entry, isNew] = places.try_emplace(core.getPlaceAttr(), core); !isNew)
      return core.emitOpError("[C4] is at the place of core ") << entry->second.getNumber();
  }
  llvm::BitVector isUsed(cores.size());
  for (PopulationOp population : map.getOps<PopulationOp>()) {
    if (population.getCores().has_value() == cores.empty())
      return population.emitOpError("[C5] ")
             << (cores.empty() ? "has cores, but the map has none" : "has no cores, but the map has some");
    for (CoreRun run : readCores(population)) {
      if (run.core < 0 || run.core >= int64_t(cores.size()))
        return population.emitOpError("[C5] is on core ") << run.core << ", but there are " << cores.size();
      isUsed.set(run.core);
    }
  }
  if (int unused = isUsed.find_first_unset(); unused >= 0)
    return cores[unused].emitOpError("[C5] holds no neurons");
  return success();
}

/// Routes and tables of routers name cores of the map.
static LogicalResult verifyRoutes(MapOp map) {
  const int64_t cores = map.countCores(); // and the host
  llvm::BitVector hasRoute(cores + 1);
  auto exist = [&](ArrayRef<int64_t> numbers) {
    return llvm::all_of(numbers, [&](int64_t core) { return core >= 0 && core < cores; });
  };
  for (RouteOp route : map.getOps<RouteOp>()) {
    ArrayRef<int64_t> targets = route.getTargets();
    if (int64_t(route.getSource()) > cores || hasRoute.test(route.getSource()))
      return route.emitOpError("[C1] the source ")
             << route.getSource() << (int64_t(route.getSource()) > cores ? " does not exist" : " has a route already");
    hasRoute.set(route.getSource());
    if (!exist(targets) || !std::is_sorted(targets.begin(), targets.end(), std::less_equal<>()))
      return route.emitOpError("[C1] targets must be cores, and ascend, got [") << targets << "]";
  }
  for (RouterOp router : map.getOps<RouterOp>())
    for (Attribute reached : router.getCores())
      if (ArrayRef<int64_t> numbers = cast<DenseI64ArrayAttr>(reached).asArrayRef(); !exist(numbers))
        return router.emitOpError("[C3] sends to a core that does not exist: [") << numbers << "]";
  return success();
}

LogicalResult MapOp::verifyRegions() {
  llvm::StringSet<> inputs, outputs;
  llvm::DenseSet<std::pair<StringAttr, StringAttr>> ends;
  for (Operation &op : getBody().front()) {
    if (!isa_and_nonnull<NeuroDialect>(op.getDialect()))
      return op.emitOpError("[C1] is not allowed in a map");
    auto input = dyn_cast<InputOp>(op);
    auto output = dyn_cast<OutputOp>(op);
    if (input ? !inputs.insert(input.getPort()).second : output && !outputs.insert(output.getPort()).second)
      return op.emitOpError("[C6] has the name of another port");
    if (auto synapses = dyn_cast<SynapsesOp>(op))
      if (!ends.insert({synapses.getSourceAttr().getAttr(), synapses.getTargetAttr().getAttr()}).second)
        return op.emitOpError("[C6] has the ends of another operation");
  }
  return success(succeeded(verifyCores(*this)) && succeeded(verifyRoutes(*this)));
}

//===----------------------------------------------------------------------===//
// neuro.population, neuro.core
//===----------------------------------------------------------------------===//

static bool isArrayOf(ElementsAttr elements, Type type) {
  return elements.getShapedType().getElementType() == type &&
         isa<DenseElementsAttr, DenseResourceElementsAttr>(elements);
}

static LogicalResult verifyParameters(PopulationOp op) {
  auto type = cast<RankedTensorType>(op.getType());
  bool isSpiking = op.getModel() == Model::cuba_lif, hasReals = op.hasRealStates();
  SmallVector<StringRef> needed = hasReals ? SmallVector<StringRef>{"decay_v"} : SmallVector<StringRef>{"du", "dv"};
  SmallVector<StringRef> known{"bias"};
  if (hasReals)
    known.push_back("decay_i");
  if (hasReals && isSpiking)
    known.push_back("v_reset");
  if (isSpiking)
    needed.push_back("v_threshold");
  for (StringRef name : needed)
    if (!op.getParameters().get(name))
      return op.emitOpError("[C2] lacks the parameter '") << name << "'";
  Builder builder(op.getContext());
  Type element = hasReals ? Type(builder.getF32Type()) : Type(builder.getI32Type());
  for (NamedAttribute parameter : op.getParameters()) {
    StringRef name = parameter.getName();
    if (!llvm::is_contained(needed, name) && !llvm::is_contained(known, name))
      return op.emitOpError("[C2] a ") << stringifyModel(op.getModel()) << " has no parameter '" << name << "'";
    auto elements = dyn_cast<ElementsAttr>(parameter.getValue());
    if (!elements || !isArrayOf(elements, element) || elements.getShapedType().getShape() != type.getShape())
      return op.emitOpError("[C2] parameter '") << name << "' must be " << element << " of the shape of " << type;
  }
  if (hasReals && (op.getWeightExp() || op.getResetInterval()))
    return op.emitOpError("[C2] weight_exp and reset_interval are not of these parameters");
  if (op.getSubtract() && !(hasReals && isSpiking))
    return op.emitOpError("[C2] subtract is not of these parameters");
  return success();
}

LogicalResult PopulationOp::verify() {
  if (int64_t(getStart()) < 0)
    return emitOpError("[C1] start must not be negative, got ") << int64_t(getStart());
  auto type = cast<RankedTensorType>(getType());
  bool isSpiking = getModel() == Model::cuba_lif;
  if (failed(verifyParameters(*this)))
    return failure();
  Type element = type.getElementType();
  bool isOfModel = isSpiking         ? element.isSignlessInteger(1)
                   : hasRealStates() ? element.isF32()
                                     : element.isSignedInteger(32);
  if (!isOfModel)
    return emitOpError("[C3] a ") << stringifyModel(getModel()) << " gives "
                                  << (isSpiking         ? "i1"
                                      : hasRealStates() ? "f32"
                                                        : "si32")
                                  << ", got " << type;
  if (int64_t exponent = getWeightExp().value_or(0); exponent < 0 || exponent > 7)
    return emitOpError("[C4] weight_exp must be 0 to 7, got ") << exponent;
  std::optional<int64_t> interval = getResetInterval(), offset = getResetOffset();
  if (interval.has_value() != offset.has_value())
    return emitOpError("[C4] reset_interval and reset_offset come together");
  if (interval && (*offset < 0 || *offset >= *interval || *interval > INT32_MAX))
    return emitOpError("[C4] reset_offset must be 0 to reset_interval - 1, got ") << *offset << " in " << *interval;
  if (!getCores())
    return success();
  ShapedType cores = getCores()->getShapedType();
  if (!isIntegerArray(*getCores(), 32) || cores.getRank() != 2 || cores.getDimSize(1) != 2)
    return emitOpError("[C5] cores must be pairs of i32, got ") << cores;
  int64_t count = 0;
  for (CoreRun run : readCores(*this)) {
    if (run.count <= 0)
      return emitOpError("[C5] has ") << run.count << " neurons on core " << run.core;
    count += run.count;
  }
  if (count != type.getNumElements())
    return emitOpError("[C5] has ") << count << " neurons on cores, but " << type.getNumElements() << " in all";
  return success();
}

LogicalResult CoreOp::verify() {
  if (std::optional<ArrayRef<int64_t>> place = getPlace())
    if (place->size() != 4 || llvm::any_of(*place, [](int64_t number) { return number < 0; }))
      return emitOpError("[C1] place must be (chip, x, y, slot), none negative, got [") << *place << "]";
  for (NamedAttribute region : getMemory().value_or(DictionaryAttr::get(getContext()))) {
    auto range = dyn_cast<DenseI64ArrayAttr>(region.getValue());
    if (!range || range.size() != 2 || range[0] < 0 || range[1] < 0)
      return emitOpError("[C2] region '")
             << region.getName().getValue() << "' must be (offset, bytes), got " << region.getValue();
  }
  if (std::optional<APFloat> busy = getBusy())
    if (double share = busy->convertToDouble(); !(share >= 0 && share <= 1))
      return emitOpError("[C3] busy must be 0 to 1, got ") << share;
  return success();
}

//===----------------------------------------------------------------------===//
// neuro.route, neuro.router
//===----------------------------------------------------------------------===//

LogicalResult RouteOp::verify() {
  if (getKey().has_value() != getMask().has_value())
    return emitOpError("[C2] key and mask come together");
  if (getKey() && (*getKey() > UINT32_MAX || *getMask() > UINT32_MAX || (*getKey() & *getMask()) != *getKey()))
    return emitOpError("[C2] key and mask must have 32 bits, and a key no bit beyond its mask, got ")
           << int64_t(*getKey()) << " and " << int64_t(*getMask());
  return success();
}

LogicalResult RouterOp::verify() {
  if (getPlace().size() != 2)
    return emitOpError("[C1] place must be (x, y), got [") << getPlace() << "]";
  const size_t entries = getKeys().size();
  if (getMasks().size() != entries || getLinks().size() != entries || getCores().size() != entries)
    return emitOpError("[C2] has ") << entries << " keys, " << getMasks().size() << " masks, " << getLinks().size()
                                    << " links and " << getCores().size() << " lists of cores";
  auto isBelow = [](ArrayRef<int64_t> values, int64_t end) {
    return llvm::all_of(values, [&](int64_t value) { return value >= 0 && value < end; });
  };
  constexpr int64_t kWord = int64_t(1) << 32, kLinks = 1 << 6;
  if (!isBelow(getKeys(), kWord) || !isBelow(getMasks(), kWord) || !isBelow(getLinks(), kLinks))
    return emitOpError("[C3] keys and masks must have 32 bits, and links 6");
  return success();
}

//===----------------------------------------------------------------------===//
// neuro.synapses, neuro.output
//===----------------------------------------------------------------------===//

LogicalResult SynapsesOp::verify() {
  auto checkArray = [&](StringRef name, ElementsAttr elements, unsigned width, int64_t count) -> LogicalResult {
    ShapedType type = elements.getShapedType();
    if (isIntegerArray(elements, width) && type.getRank() == 1 && type.getNumElements() == count)
      return success();
    return emitOpError("[C1] ") << name << " must be " << count << " elements of i" << width << ", got " << type;
  };
  int64_t synapses = getOffsets().getShapedType().getNumElements();
  int64_t sources = getRows().getShapedType().getNumElements();
  int64_t bounds = getRowBegin().getShapedType().getNumElements();
  if (failed(checkArray("rows", getRows(), 32, sources)) || failed(checkArray("bases", getBases(), 32, sources)) ||
      failed(checkArray("row_begin", getRowBegin(), 64, bounds)) ||
      failed(checkArray("offsets", getOffsets(), 32, synapses)) ||
      failed(checkArray("weights", getWeights(), 16, synapses)) ||
      failed(checkArray("delays", getDelays(), 8, synapses)))
    return failure();
  std::vector<int64_t> rowBegin = readArray<int64_t>(getRowBegin());
  if (rowBegin.empty() || rowBegin.front() != 0 || rowBegin.back() != synapses || !llvm::is_sorted(rowBegin))
    return emitOpError("[C2] row_begin must go from 0 to ") << synapses << " and not descend";
  std::vector<int32_t> offsets = readArray<int32_t>(getOffsets());
  for (size_t row = 0; row + 1 < rowBegin.size(); ++row) {
    auto *begin = offsets.data() + rowBegin[row], *end = offsets.data() + rowBegin[row + 1];
    if (begin != end && (*begin != 0 || !std::is_sorted(begin, end)))
      return emitOpError("[C3] offsets of row ") << row << " must start with 0 and not descend";
  }
  return success();
}

LogicalResult SynapsesOp::verifySymbolUses(SymbolTableCollection &symbols) {
  Operation *source = symbols.lookupNearestSymbolFrom(*this, getSourceAttr());
  auto target = symbols.lookupNearestSymbolFrom<PopulationOp>(*this, getTargetAttr());
  auto sender = dyn_cast_or_null<PopulationOp>(source);
  auto input = dyn_cast_or_null<InputOp>(source);
  if (!input && (!sender || sender.getModel() != Model::cuba_lif))
    return emitOpError("[C5] ") << getSourceAttr() << " is no input and no population that sends spikes";
  if (!target)
    return emitOpError("[C5] ") << getTargetAttr() << " is no population";

  // Sizes of the ends, which the operation itself does not know.
  int64_t sources = cast<ShapedType>(input ? input.getType() : sender.getType()).getNumElements();
  int64_t targets = cast<ShapedType>(target.getType()).getNumElements();
  SynapseRows table = readSynapses(*this);
  if (int64_t(table.rows.size()) != sources)
    return emitOpError("[C1] rows must be ")
           << sources << " elements, one for each neuron of " << getSourceAttr() << ", got " << table.rows.size();
  int64_t rows = int64_t(table.rowBegin.size()) - 1;
  for (auto [row, base] : llvm::zip(table.rows, table.bases)) {
    if (row < 0 || row >= rows)
      return emitOpError("[C3] there is no row ") << row;
    bool isEmpty = table.rowBegin[row] == table.rowBegin[row + 1];
    int64_t last = isEmpty ? 0 : base + int64_t(table.offsets[table.rowBegin[row + 1] - 1]);
    if (base < 0 || last >= targets)
      return emitOpError("[C3] reaches neuron ")
             << (base < 0 ? base : last) << " of " << getTargetAttr() << ", which has " << targets;
  }
  int64_t least = int64_t(target.getStart()) - (sender ? int64_t(sender.getStart()) : 0);
  for (int8_t delay : table.delays)
    if (delay <= 0 || delay < least)
      return emitOpError("[C4] has a delay of ") << int(delay) << ", but the least is " << std::max<int64_t>(least, 1);
  return success();
}

LogicalResult OutputOp::verifySymbolUses(SymbolTableCollection &symbols) {
  if (!symbols.lookupNearestSymbolFrom<PopulationOp>(*this, getPopulationAttr()))
    return emitOpError("[C1] ") << getPopulationAttr() << " is no population";
  return success();
}
