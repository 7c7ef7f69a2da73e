//===- DenseLayers.h - sums of weighted inputs in registers -----*- C++ -*-===//
//
// A recurrent cell is a few matrices over the same inputs and a function of their products, unit by unit. Here the
// products are built input by input: each input is broadcast and multiplied with a packed row of weights, into
// accumulators that stay in vector registers. All matrices ("heads") of some units lie side by side in a row, so that
// the function of their sums reads registers and only its results are stored.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_LOWERING_LTCTOLINALG_DENSELAYERS_H
#define LLE_LOWERING_LTCTOLINALG_DENSELAYERS_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// A dense matrix and its offset, in double precision until both are packed.
struct DenseMatrix {
  int64_t rows = 0, columns = 0;
  llvm::SmallVector<double> values; ///< [row, column]
  llvm::SmallVector<double> bias;   ///< One for each row.

  DenseMatrix() = default;
  /// `weight` has one row for each unit; `bias` may be null, for zeros.
  DenseMatrix(mlir::ElementsAttr weight, mlir::ElementsAttr bias);

  /// Columns `first`, `first + 1`, ..., with the bias if `first` is zero.
  DenseMatrix getColumns(int64_t first, int64_t count) const;
  DenseMatrix getRows(int64_t first, int64_t count) const;
  /// `factor (W, b)`
  DenseMatrix scaled(double factor) const;
  /// `factor W`, for inputs that were not multiplied by it.
  DenseMatrix withScaledInputs(double factor) const;
  DenseMatrix operator+(const DenseMatrix &other) const;
};

/// The elements of an attribute, a splat expanded.
llvm::SmallVector<double> getAllDoubles(mlir::ElementsAttr elements);

/// Some neighbouring units whose values fill one vector register, or its first lanes.
struct UnitBlock {
  mlir::Value first; ///< Index of the first unit.
  int64_t count;     ///< Number of units; lanes past them are padding.
  mlir::VectorType type;

  /// The block's elements of a one-dimensional tensor of floats. Padding is zero.
  mlir::Value read(StepBuilder &b, mlir::Value tensor) const;
  /// The block's elements of a table of the layer, which is padded.
  mlir::Value readTable(StepBuilder &b, mlir::Value table) const;
  mlir::Value write(StepBuilder &b, mlir::Value vector, mlir::Value tensor) const;
};

class DenseLayer {
public:
  /// The results for a block from the sums of its heads, one for each destination. `destinations` hold what was written
  /// for earlier blocks, and elsewhere what they held before.
  using Tail = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      StepBuilder &b, const UnitBlock &block, llvm::ArrayRef<mlir::Value> sums, mlir::ValueRange destinations)>;

  DenseLayer(StepBuilder &b, int64_t units, mlir::Type element, unsigned heads);

  /// Adds `matrix x` to the sums of a head, for the one-dimensional signal x.
  void add(unsigned head, mlir::Value x, const DenseMatrix &matrix);

  /// A constant of each unit, in a form that tails can read blocks of.
  mlir::Value table(llvm::ArrayRef<double> values);

  /// Whether all sums are complete before the first result is written, so that a result may replace an input.
  bool readsBeforeWrites() const { return panels.uniform + (panels.rest > 0) <= 1; }

  /// Writes the results of all units to the destinations and returns them.
  llvm::SmallVector<mlir::Value> build(mlir::ValueRange destinations, Tail tail);

private:
  /// The weights of all heads that read one signal; absent ones are empty.
  struct Source {
    mlir::Value signal;
    llvm::SmallVector<llvm::SmallVector<double>> weights;
    llvm::SmallVector<unsigned> heads;
    int64_t length;
  };
  /// Units are cut into blocks of `lanes`, and blocks into panels that have their accumulators in registers: `uniform`
  /// panels of `blocks` full blocks, and one of the `rest`, whose last block may not be full.
  struct Panels {
    int64_t lanes, blocks, uniform, rest;
  };

  StepBuilder &b;
  int64_t units;
  mlir::Type element;
  unsigned heads;
  Panels panels;
  llvm::SmallVector<Source> sources;
  llvm::SmallVector<llvm::SmallVector<double>> biases;

  mlir::VectorType getVectorType() const { return mlir::VectorType::get({panels.lanes}, element); }
  mlir::Value packWeights(const Source &source, int64_t firstBlock, int64_t count, int64_t blocks);
  mlir::Value packBiases(int64_t firstBlock, int64_t count, int64_t blocks);
  llvm::SmallVector<mlir::Value> buildPanels(mlir::ValueRange destinations, int64_t firstBlock, int64_t count,
                                             int64_t blocks, Tail tail);
  llvm::SmallVector<mlir::Value> getSums(StepBuilder &inner, mlir::Value panel, int64_t blocks, mlir::Value bias,
                                         llvm::ArrayRef<mlir::Value> tables);
  void accumulate(StepBuilder &inner, const Source &source, mlir::Value table, mlir::Value panel, int64_t blocks,
                  llvm::MutableArrayRef<mlir::Value> sums);
};

} // namespace lle

#endif
