//===- StepLowering.h - building the code of one step -----------*- C++ -*-===//
#ifndef LLE_LOWERING_MATERIALIZESTATE_STEPLOWERING_H
#define LLE_LOWERING_MATERIALIZESTATE_STEPLOWERING_H

#include "dialects/LLE/Elements.h"
#include "dialects/LLE/LLEOps.h"
#include "dialects/LLE/StoredStates.h"
#include "lowering/Simd.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace lle {

/// What the code generator knows of the machine.
struct VectorShape {
  int64_t lanes = 16;     ///< f32 elements of one vector register.
  int64_t registers = 32; ///< Vector registers.
  Simd simd = Simd::none; ///< Instructions that are called by name.

  bool hasAVX512() const { return lle::hasAVX512(simd); }
  /// No vectors, or those of a microcontroller: flash is scarce, and code of synapses stays in loops.
  bool isMicrocontroller() const { return lanes == 1 || simd == Simd::mve; }

  /// The shape for code with exp, tanh or tables.
  VectorShape forMaths() const { return {getMathsLanes(simd, lanes), registers, simd}; }

  /// Elements that accumulators may take and leave two registers for operands.
  int64_t getAccumulatorLanes() const { return lanes * (registers - 2); }
};

/// A value of a network in the code of a step.
///
/// Feature maps (rank 3) are stored channels last once an operation has produced them, so that the innermost loop of a
/// convolution runs over output channels; network ports stay channels first, as their users see them.
///
/// Spikes of 0 or 1 have two forms: bytes in `value`, and a set of bits. Their producer makes those that its readers
/// want, so that nothing is stored which nobody reads.
struct StepSignal {
  mlir::Value value;         ///< Tensor of the stored type; null where it is not known yet, or only bits are wanted.
  bool channelsLast = false; ///< Whether dimensions (C, H, W) are stored as (H, W, C).
  bool sparse = false;       ///< Whether most elements are expected to be zero: spikes, and what is made of them.
  /// Null, or words of `kSpikeWordBits`: bit k of word w is element `kSpikeWordBits * w + k` as elements are stored.
  /// Bits behind the last element are zero.
  mlir::Value bits = {};
};

/// The width of words that spikes are kept in: a register of the smallest machine.
inline constexpr int64_t kSpikeWordBits = 32;

/// The forms of spikes that are wanted.
struct SpikeForms {
  bool bytes = true, bits = false;
};

/// The order in which dimensions (C, H, W) are stored channels last.
inline constexpr int64_t kChannelsLast[] = {1, 2, 0};

/// Spikes are stored as signless integers of at least a byte.
mlir::Type getStoredElementType(mlir::Type element);

/// The stored type of a signal: channels last if it has rank 3 and `channelsLast` is set.
mlir::RankedTensorType getStoredType(mlir::RankedTensorType logical, bool channelsLast);

/// The order in which the dimensions of a state are stored. The last three dimensions of a state that belongs to a
/// feature map are rotated; all else is stored as it is.
llvm::SmallVector<int64_t> getStoredOrder(mlir::RankedTensorType state, mlir::RankedTensorType signal);

/// Elements in logical order, moved to the stored order of dimensions.
llvm::SmallVector<double> permuteElements(llvm::ArrayRef<double> elements, llvm::ArrayRef<int64_t> shape,
                                          llvm::ArrayRef<int64_t> order);

class StepBuilder : public mlir::ImplicitLocOpBuilder {
public:
  StepBuilder(mlir::Location loc, mlir::OpBuilder builder, double dt, VectorShape machine)
      : ImplicitLocOpBuilder(loc, builder), dt(dt), machine(machine) {}

  const double dt; ///< Length of a step in seconds.
  const VectorShape machine;
  SpikeForms wanted; ///< Of the results of the operation that is lowered.
  /// Of its states, where the lowering reads them as they are stored: null for one that is stored as it is computed.
  llvm::SmallVector<mlir::quant::UniformQuantizedType> stateTypes;
  /// Null, or a tensor of the result's stored type that the only reader of the result adds to it, and nothing else
  /// reads. An operation whose result is that sum, made in the memory of the addend, sets it to null.
  mlir::Value addend;

  mlir::Value index(int64_t value);
  /// A constant tensor of floats or integers (`type`'s element type) with these elements; one element makes a splat.
  mlir::Value constantTensor(mlir::RankedTensorType type, llvm::ArrayRef<double> elements);
  /// The number zero or one of a float or integer type, or of a vector of it.
  mlir::Value zero(mlir::Type type);
  mlir::Value floatConstant(mlir::Type type, double value);

  /// The signal with feature maps stored channels last, or first.
  StepSignal toChannelsLast(StepSignal signal);
  StepSignal toChannelsFirst(StepSignal signal);

  /// Planes (2, H, W) as pixels (H, W, 2).
  mlir::Value interleave(mlir::Value planes);

  /// Dimension i of the result is dimension `order[i]` of the tensor.
  mlir::Value transpose(mlir::Value tensor, llvm::ArrayRef<int64_t> order);

  /// All dimensions collapsed into one, and back to the shape of `type`.
  mlir::Value flatten(mlir::Value tensor);
  mlir::Value unflatten(mlir::Value tensor, mlir::RankedTensorType type);

  /// A stored element (or a vector of them) as a float of type `type`.
  mlir::Value toFloat(mlir::Value stored, mlir::Type type);
  /// A float from -2^22 to 2^22 (an f64: to 2^51) as a signless integer, rounded half to even.
  mlir::Value roundToInteger(mlir::Value x, mlir::IntegerType result);
  /// A number of a state as it is computed with, and as it is stored (dialects/LLE/StoredStates.h).
  mlir::Value loadState(mlir::quant::UniformQuantizedType type, mlir::Value stored);
  mlir::Value storeState(mlir::quant::UniformQuantizedType type, mlir::Value x);

  /// One linalg.generic over tensors of one shape.
  mlir::SmallVector<mlir::Value> elementwise(
      mlir::ValueRange inputs, mlir::ValueRange outputs,
      llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::OpBuilder &, mlir::Location, mlir::ValueRange)> body);
};

/// The dimensions of a feature map, whichever way it is stored.
struct FeatureMap {
  int64_t channels, height, width;
};
FeatureMap getFeatureMap(const StepSignal &signal);

} // namespace lle

#include "lowering/MaterializeState/StepLoweringOpInterface.h.inc"

namespace lle {
/// Attach the lowerings of the operations of a dialect.
void registerLLEStepLowerings(mlir::DialectRegistry &registry);
void registerLTCStepLowerings(mlir::DialectRegistry &registry);
void registerSpkStepLowerings(mlir::DialectRegistry &registry);
} // namespace lle

#endif
