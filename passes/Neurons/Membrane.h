//===- Membrane.h - neuron models as leaky membranes ------------*- C++ -*-===//
#ifndef LLE_PASSES_NEURONS_MEMBRANE_H
#define LLE_PASSES_NEURONS_MEMBRANE_H

#include "dialects/Spk/SpkModels.h"

#include <optional>

namespace lle {

/// What spk.lif has: the model through which all others pass.
struct Leaky {
  spk::DynamicsAttr dynamics;
  spk::FiringAttr firing;
  mlir::ElementsAttr tau, r, leak, decay, bias, init, threshold, reset, floor;
  llvm::SmallVector<llvm::StringRef> losses; ///< Properties of the population that this leaves out.

  bool isDiscrete() const { return dynamics.getIntegrator() == spk::Integrator::discrete; }
};

/// The membrane of a population; an error at it where it has none that spk.lif could have. `dt` is the network's.
mlir::FailureOr<Leaky> toLeaky(mlir::Operation *op, double dt);

/// A population that stands for the operation's, with its name, input and result type.
mlir::Value createLIF(mlir::OpBuilder &b, mlir::Operation *op, const Leaky &leaky);

/// The adaptation current of spk.adlif: what a spike adds to it, and what is left of it after a step; its time constant
/// where the membrane is not discrete. The membrane itself adds nothing.
struct Adaptation {
  mlir::ElementsAttr jump, decay;
};
/// The same as spk.adlif, which has neither a floor nor the scale of inputs.
mlir::Value createAdLIF(mlir::OpBuilder &b, mlir::Operation *op, const Leaky &leaky, const Adaptation &adaptation);

/// The discrete membrane nearest to a population that may have a synaptic current, an adaptation or a period as well:
/// of the same rest and the same answer to a constant input, and of `share` of the mean delay of its answer to an
/// impulse (which of a membrane behind a current is the sum of both). None where a neuron does not forget.
std::optional<Leaky> fitMembrane(mlir::Operation *op, double dt, double share);

/// All numbers of a parameter.
llvm::SmallVector<double> getNumbers(mlir::ElementsAttr elements);

/// A parameter in double precision, made of others of one shape element by element; absent ones are zero.
mlir::DenseElementsAttr combine(mlir::ElementsAttr a, mlir::ElementsAttr b,
                                llvm::function_ref<double(double, double)> function);
mlir::DenseElementsAttr constant(mlir::ElementsAttr like, double value);

} // namespace lle

#endif
