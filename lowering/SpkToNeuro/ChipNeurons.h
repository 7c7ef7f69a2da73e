//===- ChipNeurons.h - neurons as a chip computes them ----------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTONEURO_CHIPNEURONS_H
#define LLE_LOWERING_SPKTONEURO_CHIPNEURONS_H

#include "dialects/Neuro/NeuroOps.h"

#include "mlir/IR/Builders.h"

namespace lle {

/// How the cores of a chip compute: integers as spk.fixed_cuba_lif has them, or states of f32 and integer synapses as a
/// discrete spk.cuba_lif.
enum class CoreArithmetic { loihi, spinnaker2 };

/// Nothing for a name that no lowering knows.
std::optional<CoreArithmetic> parseCoreArithmetic(llvm::StringRef name);

/// Whether the operation is a population of neurons on such a chip. How it fires may still be another way than the
/// chip's.
bool isPopulation(mlir::Operation *op, CoreArithmetic arithmetic);

/// An error at neurons that are not those of the chip.
mlir::InFlightDiagnostic refuseNeuron(mlir::Operation *neuron);

/// Whether a population has no threshold: it sends nothing, and its membranes are read.
bool isReadout(mlir::Operation *op);

/// The population of an operation that is one; an error at it where the chip does not compute what it says.
mlir::FailureOr<neuro::PopulationOp> createPopulation(mlir::OpBuilder &builder, mlir::Operation *op,
                                                      mlir::StringAttr name, int64_t start);

/// One neuron that fires in every tick from `start` on.
neuro::PopulationOp createClock(mlir::OpBuilder &builder, mlir::Location loc, mlir::StringAttr name,
                                CoreArithmetic arithmetic, int64_t start);

} // namespace lle

#endif
