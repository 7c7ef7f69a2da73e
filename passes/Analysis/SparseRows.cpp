//===- SparseRows.cpp - synapses that are kept one by one -----------------===//
#include "passes/Analysis/SparseRows.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace mlir;
using namespace lle;

/// A loop over rows is some hundred bytes of code.
static constexpr int64_t kLeastWeights = 1024;

unsigned lle::getTableBits(int64_t largest) { return largest < 1 << 8 ? 8 : largest < 1 << 16 ? 16 : 32; }

static uint64_t getTableBytes(ArrayRef<int64_t> table) {
  return table.empty() ? 0 : table.size() * getTableBits(*llvm::max_element(table)) / 8;
}

uint64_t SparseRows::getBytes(unsigned weightBits) const {
  return getTableBytes(rows) + getTableBytes(firsts) + getTableBytes(begins) + getTableBytes(counts) +
         getTableBytes(offsets) + weights.size() * weightBits / 8;
}

/// What one input reaches.
using Row = SmallVector<std::pair<int64_t, double>>; // output, weight

static void append(SparseRows &rows, const Row &row, int64_t first) {
  rows.begins.push_back(int64_t(rows.weights.size()));
  rows.counts.push_back(int64_t(row.size()));
  for (auto [output, weight] : row) {
    rows.offsets.push_back(output - first);
    rows.weights.push_back(weight);
  }
}

static SparseRows shareRows(ArrayRef<Row> all) {
  SparseRows shared;
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

std::optional<SparseRows> lle::findSparseRows(ArrayRef<double> weights, int64_t inputs, int64_t sparsity) {
  const auto size = int64_t(weights.size());
  const int64_t others = llvm::count_if(weights, [](double weight) { return weight != 0; });
  if (size < kLeastWeights || others * sparsity > size)
    return std::nullopt;
  SmallVector<Row> all(inputs);
  for (int64_t output = 0; output < size / inputs; ++output)
    for (auto [input, weight] : llvm::enumerate(weights.slice(output * inputs, inputs)))
      if (weight != 0)
        all[input].push_back({output, weight});
  SparseRows own;
  for (const Row &row : all)
    append(own, row, 0);
  SparseRows shared = shareRows(all);
  constexpr unsigned kWeightBits = 8;
  return shared.getBytes(kWeightBits) < own.getBytes(kWeightBits) ? shared : own;
}
