//===- Population.h - what the operations of the dialect share --*- C++ -*-===//
#ifndef LLE_DIALECTS_SPK_POPULATION_H
#define LLE_DIALECTS_SPK_POPULATION_H

#include "dialects/Spk/SpkOps.h"

#include <optional>

namespace lle::spk {

/// The parameters of a neuron: every attribute of it that holds elements.
llvm::SmallVector<mlir::NamedAttribute> collectParameters(mlir::Operation *op);

/// One sweep over the neurons with this many states; coefficients are computed beforehand.
OpCost getSweepCost(mlir::Operation *op, unsigned states, double macsPerState);

/// A state that starts at zero.
mlir::ElementsAttr getZeros(mlir::RankedTensorType type);

/// Largest number of spikes that an element of this type can count.
int64_t getSpikeLimit(mlir::Type element);

//===----------------------------------------------------------------------===//
// Verification; constraints are numbered in the descriptions of the operations
//===----------------------------------------------------------------------===//

/// The first number of a parameter, which is dense, for which `holds` is false.
std::optional<double> findOffender(mlir::ElementsAttr elements, llvm::function_ref<bool(double)> holds);

/// C1: a dense parameter of finite numbers.
mlir::LogicalResult verifyNumbers(mlir::Operation *op, llvm::StringRef name, mlir::Attribute value);

/// C1: the same, of this shape.
mlir::LogicalResult verifyParameter(mlir::Operation *op, llvm::StringRef name, mlir::Attribute value,
                                    llvm::ArrayRef<int64_t> shape);

/// C1: operands and parameters have the shape of the result.
mlir::LogicalResult verifyShapes(mlir::Operation *op);

mlir::LogicalResult verifyPositive(mlir::Operation *op, llvm::StringRef name, mlir::ElementsAttr elements,
                                   unsigned constraint = 4);

/// C2 of spk.li: which gain, order and scale go with which integrator.
mlir::LogicalResult verifyDynamics(mlir::Operation *op, DynamicsAttr dynamics, bool spiking);

/// C3 of leaky neurons: either the continuous parameters or the discrete ones.
mlir::LogicalResult verifyParameterSet(mlir::Operation *op, bool discrete,
                                       llvm::ArrayRef<std::pair<llvm::StringRef, mlir::ElementsAttr>> continuous,
                                       llvm::ArrayRef<std::pair<llvm::StringRef, mlir::ElementsAttr>> perStep,
                                       mlir::ElementsAttr bias);

/// C1 to C4 of spk.li; `inputScale` says whether scale input is allowed.
template <typename LeakyOp>
mlir::LogicalResult verifyLeaky(LeakyOp op, bool inputScale) {
  if (failed(verifyShapes(op)) || failed(verifyDynamics(op, op.getDynamics(), inputScale)) ||
      failed(verifyParameterSet(op, op.getDynamics().getIntegrator() == Integrator::discrete,
                                {{"tau", op.getTauAttr()}, {"r", op.getRAttr()}, {"v_leak", op.getVLeakAttr()}},
                                {{"decay", op.getDecayAttr()}}, op.getBiasAttr())))
    return mlir::failure();
  if (op.getDynamics().getScale() == Scale::input && failed(verifyPositive(op, "r", op.getRAttr())))
    return mlir::failure();
  return verifyPositive(op, "tau", op.getTauAttr());
}

} // namespace lle::spk

#endif
