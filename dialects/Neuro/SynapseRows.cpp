//===- SynapseRows.cpp - synapses in rows that sources share --------------===//
#include "dialects/Neuro/SynapseRows.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/Hashing.h"

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

/// Arrays of more elements are resources: text is for people only where it is short.
static constexpr size_t kLongestText = 64;

void SynapseRowsBuilder::addSource(ArrayRef<Synapse> synapses) {
  const int32_t base = synapses.empty() ? 0 : synapses.front().target;
  uint64_t hash = synapses.size();
  for (const Synapse &synapse : synapses)
    hash = llvm::hash_combine(hash, synapse.target - base, synapse.weight, synapse.delay);
  hash >>= 2; // the two largest keys are those of DenseMap
  auto isRow = [&](int32_t row) {
    int64_t begin = result.rowBegin[row];
    if (result.rowBegin[row + 1] - begin != int64_t(synapses.size()))
      return false;
    for (const Synapse &synapse : synapses) {
      if (result.offsets[begin] != synapse.target - base || result.weights[begin] != synapse.weight ||
          result.delays[begin] != synapse.delay)
        return false;
      ++begin;
    }
    return true;
  };
  SmallVector<int32_t, 1> &candidates = rowsOfHash[hash];
  auto *found = llvm::find_if(candidates, isRow);
  if (found == candidates.end()) {
    for (const Synapse &synapse : synapses) {
      result.offsets.push_back(synapse.target - base);
      result.weights.push_back(synapse.weight);
      result.delays.push_back(synapse.delay);
    }
    candidates.push_back(int32_t(result.rowBegin.size() - 1));
    found = candidates.end() - 1;
    result.rowBegin.push_back(int64_t(result.offsets.size()));
  }
  result.rows.push_back(*found);
  result.bases.push_back(base);
}

//===----------------------------------------------------------------------===//
// Arrays as attributes
//===----------------------------------------------------------------------===//

template <typename T>
static Type getElementType(MLIRContext *context) {
  if constexpr (std::is_same_v<T, float>)
    return Float32Type::get(context);
  else
    return IntegerType::get(context, 8 * sizeof(T));
}

template <typename T>
std::vector<T> neuro::readArray(ElementsAttr elements) {
  assert(elements.getShapedType().getElementType() == getElementType<T>(elements.getContext()) && "the type is known");
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements)) {
    ArrayRef<char> bytes = resource.getData();
    const T *data = reinterpret_cast<const T *>(bytes.data());
    return {data, data + bytes.size() / sizeof(T)};
  }
  auto values = cast<DenseElementsAttr>(elements).getValues<T>();
  return {values.begin(), values.end()};
}

template std::vector<int8_t> neuro::readArray(ElementsAttr);
template std::vector<int16_t> neuro::readArray(ElementsAttr);
template std::vector<int32_t> neuro::readArray(ElementsAttr);
template std::vector<int64_t> neuro::readArray(ElementsAttr);
template std::vector<float> neuro::readArray(ElementsAttr);

template <typename T>
ElementsAttr neuro::makeArray(MLIRContext *context, const Twine &name, ArrayRef<T> values, ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, getElementType<T>(context));
  if (values.size() <= kLongestText || llvm::all_equal(values))
    return DenseElementsAttr::get(type, values);
  return DenseResourceElementsAttr::get(type, name.str(), HeapAsmResourceBlob::allocateAndCopyInferAlign(values));
}

template ElementsAttr neuro::makeArray(MLIRContext *, const Twine &, ArrayRef<int32_t>, ArrayRef<int64_t>);
template ElementsAttr neuro::makeArray(MLIRContext *, const Twine &, ArrayRef<float>, ArrayRef<int64_t>);

SynapseRows neuro::readSynapses(SynapsesOp op) {
  return {readArray<int32_t>(op.getRows()),     readArray<int32_t>(op.getBases()),
          readArray<int64_t>(op.getRowBegin()), readArray<int32_t>(op.getOffsets()),
          readArray<int16_t>(op.getWeights()),  readArray<int8_t>(op.getDelays())};
}

SynapsesOp neuro::createSynapses(OpBuilder &builder, Location loc, StringAttr source, StringAttr target,
                                 const SynapseRows &rows) {
  std::string name = (source.getValue() + "->" + target.getValue()).str();
  auto make = [&](StringRef part, auto &values) {
    using T = typename std::decay_t<decltype(values)>::value_type;
    return makeArray<T>(builder.getContext(), name + "/" + part, values, int64_t(values.size()));
  };
  return SynapsesOp::create(builder, loc, FlatSymbolRefAttr::get(source), FlatSymbolRefAttr::get(target),
                            make("rows", rows.rows), make("bases", rows.bases), make("row_begin", rows.rowBegin),
                            make("offsets", rows.offsets), make("weights", rows.weights), make("delays", rows.delays));
}

std::vector<CoreRun> neuro::readCores(PopulationOp population) {
  std::vector<CoreRun> runs;
  if (!population.getCores())
    return runs;
  std::vector<int32_t> numbers = readArray<int32_t>(*population.getCores());
  for (size_t i = 0; i + 1 < numbers.size(); i += 2)
    runs.push_back({numbers[i], numbers[i + 1]});
  return runs;
}

ElementsAttr neuro::makeCores(MLIRContext *context, StringRef population, ArrayRef<CoreRun> runs) {
  std::vector<int32_t> numbers;
  for (const CoreRun &run : runs)
    numbers.insert(numbers.end(), {run.core, run.count});
  return makeArray<int32_t>(context, population + "/cores", numbers, {int64_t(runs.size()), 2});
}
