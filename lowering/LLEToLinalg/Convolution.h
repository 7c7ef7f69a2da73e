//===- Convolution.h - kernels of convolutions ------------------*- C++ -*-===//
#ifndef LLE_LOWERING_LLETOLINALG_CONVOLUTION_H
#define LLE_LOWERING_LLETOLINALG_CONVOLUTION_H

#include "lowering/LLEToLinalg/Arithmetic.h"

namespace lle {

/// One spatial dimension of a convolution.
struct Axis {
  int64_t input, output, kernel, stride, dilation, before;
};

/// A convolution of feature maps; a one-dimensional one has height 1.
struct ConvolutionShape {
  int64_t inputChannels, outputChannels, groups;
  Axis y, x;

  int64_t getGroupInputs() const { return inputChannels / groups; }
  int64_t getGroupOutputs() const { return outputChannels / groups; }
};

/// Where the input positions of one axis meet the outputs. A position reaches outputs at equal distances, and as many
/// as any other: the kernel is filled up with taps that add nothing, and the image with outputs that nobody reads. So
/// a position needs no comparison and no division, but two numbers that are known at compile time.
struct AxisTaps {
  explicit AxisTaps(const Axis &axis);

  int64_t taps;    ///< Outputs that a position reaches.
  int64_t spacing; ///< Distance between two of them.
  int64_t phases;  ///< Kernels that positions meet: with stride 2, one has the even taps and another the odd ones.
  int64_t before;  ///< Outputs in front of the image that nobody reads.
  int64_t length;  ///< All outputs, with those in front and behind.
  llvm::SmallVector<int64_t> first; ///< For each position, the lowest output that it reaches, `before` included.
  llvm::SmallVector<int64_t> phase; ///< For each position, its kernel.

  /// Tap `tap` of a phase counts from the highest output down. The element of the kernel that it is, or -1.
  int64_t getKernelIndex(int64_t phaseNumber, int64_t tap) const;
  /// The place of a tap from the lowest output of a position on.
  int64_t getOffset(int64_t tap) const { return (taps - 1 - tap) * spacing; }

private:
  int64_t kernel, kernelStep;
};

/// Indices of elements.
mlir::Value times(StepBuilder &b, mlir::Value value, int64_t factor);
mlir::Value plus(StepBuilder &b, mlir::Value x, mlir::Value y);

/// A loop with the values that it carries; one that is made once is no loop.
llvm::SmallVector<mlir::Value>
repeat(StepBuilder &b, int64_t count, mlir::ValueRange carried,
       llvm::function_ref<llvm::SmallVector<mlir::Value>(StepBuilder &, mlir::Value, mlir::ValueRange)> body);

/// Vectors that the channels `0` to `count` are cut into: as wide as a register, and what is left.
struct LaneSlice {
  int64_t offset, lanes;
};
llvm::SmallVector<LaneSlice> getLaneSlices(int64_t count, int64_t lanes);

/// The image of a convolution, channels last, by visiting the elements of the input that are not zero.
mlir::Value buildEventConvolution(StepBuilder &b, const ConvolutionShape &shape, StepSignal input, bool isSpike,
                                  const SynapseArithmetic &arithmetic, llvm::ArrayRef<double> weights,
                                  llvm::ArrayRef<double> bias);

/// The same by visiting all elements.
mlir::Value buildDenseConvolution(StepBuilder &b, const ConvolutionShape &shape, StepSignal input,
                                  const SynapseArithmetic &arithmetic, llvm::ArrayRef<double> weights,
                                  llvm::ArrayRef<double> bias);

/// The same where each output channel sees one input channel of its own.
mlir::Value buildDepthwiseConvolution(StepBuilder &b, const ConvolutionShape &shape, StepSignal input,
                                      const SynapseArithmetic &arithmetic, llvm::ArrayRef<double> weights,
                                      llvm::ArrayRef<double> bias);

/// The elements that the outputs read, as numbers of the accumulators' type, with zeros where they lie outside: flat,
/// channels last or first.
mlir::Value copyWithBorder(StepBuilder &b, const ConvolutionShape &shape, StepSignal input,
                           const SynapseArithmetic &arithmetic, bool channelsLast);

} // namespace lle

#endif
