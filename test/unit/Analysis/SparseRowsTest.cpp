//===- SparseRowsTest.cpp - synapses that are kept one by one -------------===//
#include "passes/Analysis/SparseRows.h"

#include <gtest/gtest.h>

using namespace lle;

namespace {
constexpr int64_t kInputs = 64, kOutputs = 64;

/// (outputs, inputs)
using Matrix = std::vector<double>;

/// The matrix that the rows stand for.
Matrix expand(const SparseRows &rows, int64_t inputs, int64_t outputs) {
  Matrix matrix(size_t(inputs * outputs));
  for (int64_t input = 0; input < inputs; ++input) {
    int64_t row = rows.rows.empty() ? input : rows.rows[size_t(input)];
    int64_t first = rows.firsts.empty() ? 0 : rows.firsts[size_t(input)];
    for (int64_t k = rows.begins[size_t(row)]; k < rows.begins[size_t(row) + 1]; ++k)
      matrix[size_t((first + rows.offsets[size_t(k)]) * inputs + input)] = rows.weights[size_t(k)];
  }
  return matrix;
}

/// Each input reaches `count` outputs from its own place on, with the same weights.
Matrix makeKernel(int64_t count) {
  Matrix matrix(size_t(kInputs * kOutputs));
  for (int64_t input = 0; input < kInputs; ++input)
    for (int64_t k = 0; k < count && input + k < kOutputs; ++k)
      matrix[size_t((input + k) * kInputs + input)] = double(k + 1);
  return matrix;
}

/// Weights of their own for each input.
Matrix makeDifferent(int64_t count) {
  Matrix matrix = makeKernel(count);
  for (size_t i = 0; i < matrix.size(); ++i)
    if (matrix[i] != 0)
      matrix[i] = double(i + 1);
  return matrix;
}
} // namespace

TEST(SparseRows, AreTheMatrix) {
  for (const Matrix &matrix : {makeKernel(3), makeDifferent(3), Matrix(size_t(kInputs * kOutputs))}) {
    std::optional<SparseRows> rows = findSparseRows(matrix, kInputs, kScalarRows);
    ASSERT_TRUE(rows);
    EXPECT_EQ(expand(*rows, kInputs, kOutputs), matrix);
  }
}

TEST(SparseRows, AreSharedWhereThatIsLess) {
  std::optional<SparseRows> shared = findSparseRows(makeKernel(3), kInputs, kScalarRows);
  ASSERT_TRUE(shared);
  // Whole ones, and the two at the border.
  EXPECT_EQ(shared->begins, (llvm::SmallVector<int64_t>{0, 3, 5, 6}));
  EXPECT_EQ(shared->weights, (llvm::SmallVector<double>{1, 2, 3, 1, 2, 1}));
  EXPECT_EQ(shared->getBytes(8), 2u * kInputs + 4 + 6 + 6);
  EXPECT_EQ(shared->countSynapses(kInputs), 62 * 3 + 2 + 1);

  std::optional<SparseRows> own = findSparseRows(makeDifferent(3), kInputs, kScalarRows);
  ASSERT_TRUE(own);
  EXPECT_TRUE(own->rows.empty() && own->firsts.empty());
  EXPECT_EQ(own->getBytes(16), (kInputs + 1) + 189 * (1 + 2));
  EXPECT_EQ(own->countSynapses(kInputs), 189);
}

TEST(SparseRows, TakeLessTimeOrMuchLessMemory) {
  // 1.15 x 64 outputs take as long as a row and seven weights.
  EXPECT_TRUE(findSparseRows(makeDifferent(7), kInputs, kScalarRows));
  EXPECT_FALSE(findSparseRows(makeDifferent(9), kInputs, kScalarRows));
  EXPECT_TRUE(findSparseRows(makeKernel(9), kInputs, kScalarRows)); // shared, 4,096 bytes are 200
  EXPECT_FALSE(findSparseRows(makeKernel(30), kInputs, kScalarRows));
  EXPECT_TRUE(findSparseRows(makeDifferent(3), kInputs, kVectorRows));
  EXPECT_FALSE(findSparseRows(makeDifferent(9), kInputs, kVectorRows));
}

TEST(SparseRows, NeedSomeWeights) { EXPECT_FALSE(findSparseRows(Matrix(255), 15, kScalarRows)); }
