//===- SparseRows.cpp - synapses that are kept one by one -----------------===//
#include "passes/Analysis/SparseRows.h"

#include "dialects/LLE/Elements.h"

#include "mlir/IR/Matchers.h"

#include <map>

using namespace mlir;
using namespace lle;

/// A loop over rows is some hundred bytes of code.
static constexpr int64_t kLeastWeights = 256;

unsigned lle::getTableBits(int64_t largest) { return largest < 1 << 8 ? 8 : largest < 1 << 16 ? 16 : 32; }

static uint64_t getTableBytes(ArrayRef<int64_t> table) {
  return table.empty() ? 0 : table.size() * getTableBits(*llvm::max_element(table)) / 8;
}

uint64_t SparseRows::getBytes(unsigned weightBits) const {
  return getTableBytes(rows) + getTableBytes(firsts) + getTableBytes(begins) + getTableBytes(offsets) +
         weights.size() * weightBits / 8;
}

/// What one input reaches.
using Row = SmallVector<std::pair<int64_t, double>>; // output, weight

static void append(SparseRows &rows, const Row &row, int64_t first) {
  for (auto [output, weight] : row) {
    rows.offsets.push_back(output - first);
    rows.weights.push_back(weight);
  }
  rows.begins.push_back(int64_t(rows.weights.size()));
}

static SparseRows shareRows(ArrayRef<Row> all) {
  SparseRows shared;
  shared.begins.push_back(0);
  std::map<std::vector<std::pair<int64_t, double>>, int64_t> numbers; // of rows, counted from their first output
  for (const Row &row : all) {
    int64_t first = row.empty() ? 0 : row.front().first;
    std::vector<std::pair<int64_t, double>> pattern(row.begin(), row.end());
    for (auto &[output, weight] : pattern)
      output -= first;
    auto [found, isNew] = numbers.try_emplace(std::move(pattern), int64_t(numbers.size()));
    if (isNew)
      append(shared, row, first);
    shared.rows.push_back(found->second);
    shared.firsts.push_back(first);
  }
  return shared;
}

int64_t SparseRows::countSynapses(int64_t inputs) const {
  int64_t count = 0;
  for (int64_t input = 0; input < inputs; ++input) {
    int64_t row = rows.empty() ? input : rows[input];
    count += begins[row + 1] - begins[row];
  }
  return count;
}

std::optional<SparseRows> lle::findSparseRows(ArrayRef<double> weights, int64_t inputs, const RowCosts &costs) {
  constexpr double kLessMemory = 4, kMoreTime = 2;
  const auto size = int64_t(weights.size());
  const int64_t outputs = size / inputs;
  const double others = double(llvm::count_if(weights, [](double weight) { return weight != 0; }));
  const double whole = double(outputs) * costs.output, sparse = costs.row + costs.weight * others / double(inputs);
  if (size < kLeastWeights || sparse > kMoreTime * whole)
    return std::nullopt;
  SmallVector<Row> all(inputs);
  for (int64_t output = 0; output < outputs; ++output)
    for (auto [input, weight] : llvm::enumerate(weights.slice(output * inputs, inputs)))
      if (weight != 0)
        all[input].push_back({output, weight});
  SparseRows own;
  own.begins.push_back(0);
  for (const Row &row : all)
    append(own, row, 0);
  SparseRows found = shareRows(all);
  constexpr unsigned kWeightBits = 8;
  if (own.getBytes(kWeightBits) <= found.getBytes(kWeightBits))
    found = std::move(own);
  const bool isSmall = double(found.getBytes(kWeightBits)) * kLessMemory <= double(size);
  if (!isSmall && sparse > whole)
    return std::nullopt;
  return found;
}

std::optional<SparseRows> lle::findSparseRows(Operation *synapse, const RowCosts &costs) {
  ElementsAttr weights;
  if (!isa<LinearOp, AffineOp>(synapse) || !matchPattern(synapse->getOperand(1), m_Constant(&weights)))
    return std::nullopt;
  auto input = cast<RankedTensorType>(synapse->getOperand(0).getType());
  if (input.getNumElements() != input.getShape().back() ||
      cast<RankedTensorType>(synapse->getResult(0).getType()).getRank() != 1)
    return std::nullopt;
  if (weights.isSplat())
    return std::nullopt;
  return findSparseRows(getDoubles(weights), input.getShape().back(), costs);
}
