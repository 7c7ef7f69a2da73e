//===- WeightTensors.cpp - the weights of a network -----------------------===//
#include "passes/Precision/WeightTensors.h"
#include "dialects/LTC/LTCOps.h"
#include "passes/Simplify/Weights.h"

#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace lle;

int64_t WeightTensor::countStored() const { return getElements() - llvm::count(isMasked, true); }

static ElementsAttr getElements(const WeightTensor &tensor) {
  Attribute value = tensor.op->getAttr(tensor.attribute);
  return cast<ElementsAttr>(tensor.index < 0 ? value : cast<ArrayAttr>(value)[tensor.index]);
}

/// The place in the attribute of an element of the matrix whose rows are outputs.
static int64_t getPlace(const WeightTensor &tensor, int64_t element) {
  if (!tensor.outputsAreLast)
    return element;
  int64_t inputs = tensor.getElements() / tensor.rows;
  return element % inputs * tensor.rows + element / inputs;
}

std::vector<double> WeightTensor::read() const {
  std::vector<double> stored = *readNumbers(::getElements(*this)), values(stored.size());
  for (int64_t i = 0; i < getElements(); ++i) {
    int64_t place = getPlace(*this, i);
    values[i] = isMasked.empty() || !isMasked[place] ? stored[place] : 0;
  }
  return values;
}

std::vector<bool> WeightTensor::getAbsent() const {
  std::vector<bool> absent(isMasked.size());
  for (size_t i = 0; i < isMasked.size(); ++i)
    absent[i] = isMasked[getPlace(*this, int64_t(i))];
  return absent;
}

void WeightTensor::write(ArrayRef<double> values) const {
  std::vector<double> placed(values.size());
  for (int64_t i = 0; i < getElements(); ++i)
    placed[getPlace(*this, i)] = values[i];
  DenseElementsAttr elements;
  if (auto real = dyn_cast<FloatType>(type.getElementType())) {
    SmallVector<APFloat> numbers;
    for (double value : placed) {
      bool losesInfo;
      numbers.emplace_back(value);
      numbers.back().convert(real.getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
    }
    elements = DenseElementsAttr::get(type, numbers);
  } else {
    SmallVector<APInt> numbers;
    for (double value : placed)
      numbers.emplace_back(type.getElementTypeBitWidth(), uint64_t(int64_t(value)), /*isSigned=*/true);
    elements = DenseElementsAttr::get(type, numbers);
  }
  if (index < 0)
    return op->setAttr(attribute, elements);
  SmallVector<Attribute> parts(op->getAttrOfType<ArrayAttr>(attribute).getValue());
  parts[index] = elements;
  op->setAttr(attribute, ArrayAttr::get(op->getContext(), parts));
}

/// Synapses that were pruned are none, where masks do not say so.
static void markPruned(WeightTensor &tensor) {
  auto pruned = tensor.op->getAttrOfType<DictionaryAttr>(kSparsityAttr);
  std::string key = tensor.attribute.str() + (tensor.index < 0 ? "" : std::to_string(tensor.index));
  if (!pruned || !pruned.contains(key) || isa<ltc::LTCCellOp>(tensor.op))
    return;
  std::vector<double> numbers = *readNumbers(getElements(tensor));
  tensor.isMasked.resize(numbers.size());
  for (auto [place, number] : llvm::enumerate(numbers))
    tensor.isMasked[place] = tensor.isMasked[place] || number == 0;
}

/// Whether the elements are numbers that `read` knows.
static bool isReadable(Attribute attribute) {
  auto elements = dyn_cast<ElementsAttr>(attribute);
  if (!elements || !isa<DenseElementsAttr, DenseResourceElementsAttr>(elements))
    return false;
  Type type = elements.getElementType();
  return isa<FloatType>(type) || (isa<IntegerType>(type) && type.getIntOrFloatBitWidth() >= 8);
}

static std::string getName(Operation *op) {
  auto name = op->getAttrOfType<StringAttr>("name");
  return name ? name.str() : op->getName().getStringRef().str();
}

/// Matrices of a cell: those of a liquid time-constant cell are [source, target], all others [output, input].
static void addCell(Operation *cell, SmallVectorImpl<WeightTensor> &tensors) {
  bool isLTC = isa<ltc::LTCCellOp>(cell);
  auto add = [&](NamedAttribute named, Attribute value, int64_t index) {
    auto type = isReadable(value) ? dyn_cast<RankedTensorType>(cast<ElementsAttr>(value).getShapedType()) : nullptr;
    if (!type || type.getRank() != 2 || !isa<FloatType>(type.getElementType()))
      return;
    WeightTensor tensor{cell, named.getName(), index, getName(cell) + "." + named.getName().str(), type};
    if (index >= 0)
      tensor.name += std::to_string(index);
    tensor.outputsAreLast = isLTC;
    tensor.rows = type.getDimSize(isLTC ? 1 : 0);
    StringAttr own = named.getName();
    bool takesMask = isLTC || own == "ff1_weight" || own == "ff2_weight";
    bool isSensory = isLTC && own.strref().starts_with("sensory_");
    auto mask = cell->getAttrOfType<ElementsAttr>(isSensory ? "sensory_mask" : "mask");
    if (std::optional<std::vector<double>> elements = takesMask && mask ? readNumbers(mask) : std::nullopt)
      for (double element : *elements)
        tensor.isMasked.push_back(element == 0);
    markPruned(tensor);
    tensors.push_back(std::move(tensor));
  };
  for (NamedAttribute named : cell->getAttrDictionary()) {
    if (auto array = dyn_cast<ArrayAttr>(named.getValue()))
      for (auto [index, value] : llvm::enumerate(array))
        add(named, value, int64_t(index));
    else
      add(named, named.getValue(), -1);
  }
}

SmallVector<WeightTensor> lle::getWeightTensors(NetworkOp network) {
  SmallVector<WeightTensor> tensors;
  llvm::SmallPtrSet<Operation *, 16> seen;
  for (Operation *op : network.getTopologicalOrder()) {
    if (isa<ltc::LTCDialect>(op->getDialect()))
      addCell(op, tensors);
    auto synapse = dyn_cast<SynapseOpInterface>(op);
    auto weight = synapse ? synapse.getSynapticWeights().getDefiningOp<WeightOp>() : WeightOp();
    if (!weight || !seen.insert(weight).second || !isReadable(weight.getValue()) ||
        weight.getType() != cast<RankedTensorType>(weight.getValue().getShapedType()))
      continue;
    WeightTensor tensor{weight, weight.getValueAttrName(), -1, getName(op), weight.getType()};
    tensor.rows = 1;
    for (int64_t size : tensor.type.getShape().take_front(synapse.getOutputChannelDim() + 1))
      tensor.rows *= size;
    for (Operation *user : weight->getUsers())
      if (auto reader = dyn_cast<SynapseOpInterface>(user); reader && reader.getSynapticWeights() == weight.getResult())
        tensor.readers.push_back(reader);
    // What else reads the constant (a bias, a factor) would be rounded too.
    markPruned(tensor);
    if (tensor.readers.size() == size_t(llvm::range_size(weight->getUsers())))
      tensors.push_back(std::move(tensor));
  }
  return tensors;
}
