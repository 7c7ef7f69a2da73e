//===- CostModel.h - what a candidate network costs on a target -*- C++ -*-===//
//
// What tuning passes ask: energy, time and memory of an inference. Passes know no targets; a tool registers models, as
// it does engines: the analytic one, which takes milliseconds, and others that see the emitted code (docs/adr/0009).
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_ANALYSIS_COSTMODEL_H
#define LLE_PASSES_ANALYSIS_COSTMODEL_H

#include "passes/Analysis/Activity.h"
#include "passes/Analysis/WeightForm.h"

#include <array>

namespace lle {

/// A figure of a cost model, and why one should believe it.
struct CostFigure {
  std::string what; ///< The entry that it is in the target's file.
  double value = 0; ///< In the unit of its dictionary: cycles, picojoules, nanoseconds, or instructions.
  double low = 0;   ///< `low` and `high` are `value` where the file gives no range.
  double high = 0;
  std::string provenance; ///< "measured", "published", "derived" from published figures, or "assumed".
  std::string source;
};

/// What a device is charged for.
enum class WorkUnit {
  Mac,               ///< A multiply-accumulate that is made whatever the input is.
  SynapticOperation, ///< An accumulate that an input which is not zero causes.
  NeuronUpdate,      ///< Of one neuron, in one step.
  StateUpdate,       ///< Of one number of another state: a liquid cell's, a delay's.
  Spike,             ///< That a neuron emits.
  SpikeCount,        ///< Of a neuron that may emit several in a step: what it takes besides, in code, to count them.
  Division,          ///< Of a potential by a threshold that is no power of two, for such a count.
  Transcendental,    ///< exp, tanh and the like.
  LiquidSynapse,     ///< Of an LTC cell, each time it is evaluated: its sigmoid, conductance and current.
  Unfold,            ///< Of a neuron of an LTC cell: its share of one step of the solver.
  PooledElement,     ///< That a pool of a processor adds; on a chip, pools are synapses of equal weights.
  Byte,              ///< Read or written.
  Operation,         ///< Of the network: what it takes beside its elements.
  Step,              ///< Of the network: what a time step takes whatever is in it.
};
inline constexpr unsigned kNumWorkUnits = 14;
/// As target files write them: "mac", "synaptic_operation".
llvm::ArrayRef<llvm::StringLiteral> getWorkUnitNames();

using WorkCounts = std::array<double, kNumWorkUnits>;

/// A figure for each unit that the device is charged for.
using UnitFigures = std::array<std::optional<CostFigure>, kNumWorkUnits>;

/// Numbers of f32 that a vector of a processor holds.
struct VectorLanes {
  int64_t most = 1;  ///< Of most code.
  int64_t maths = 1; ///< Of code with exp or tanh, which may take wider ones.
};

/// What the analytic model knows of a device.
struct DeviceCosts {
  std::string name;
  bool isNeuromorphic = false; ///< Cores of neurons that take spikes; else a processor, whose time is cycles.
  UnitFigures cycles;          ///< Of a processor.
  UnitFigures pj, ns;          ///< Of a neuromorphic chip: nanoseconds are of one core, but for a step.
  /// Of a processor: what the kernels of synapses take, where it was measured.
  std::optional<SynapseCosts> synapses;
  VectorLanes lanes;
  double clockHz = 0; ///< 0: there is no time.
  std::optional<CostFigure> memoryFactor, energyPerCycle;
  /// Of a processor with caches: what the nearest one holds, and the cycles of a byte that it does not.
  std::optional<CostFigure> nearBytes, farByte;
  double coreNeurons = 0; ///< Of a neuromorphic chip.
  WeightForm weights;
};

/// A number with its limits, and whether one should believe it.
struct CostQuantity {
  double value = 0, low = 0, high = 0;
  bool isAssumed = false; ///< Something that it rests on is; else it is derived.

  llvm::StringRef getProvenance() const { return isAssumed ? "assumed" : "derived"; }
  CostQuantity &operator+=(const CostQuantity &other);
  /// By a share of the way to `other` where that is more.
  void raise(const CostQuantity &other, double share);
  CostQuantity operator*(double factor) const;
  CostQuantity operator*(const CostFigure &figure) const;
};

/// Of one operation, in one step.
struct OperationCost {
  mlir::Operation *op = nullptr;
  std::string name;
  OpCost work;            ///< By the mathematics.
  WorkCounts units{};     ///< What a device of the kind is charged for.
  double activity = 0;    ///< The fraction of its input that is not zero.
  bool isMeasured = true; ///< The activity, and the rate of a population.
  double spikes = 0;      ///< Emitted.
  uint64_t parameterBytes = 0, stateBytes = 0;
  double farBytes = 0; ///< Those that it touches, where the nearest cache does not hold all that the network does.
  std::optional<CostQuantity> cycles, mJ, ms; ///< None where the device has no figure of it.
  std::string gap;                            ///< Which figure is missing.
};

/// Of an inference: all steps of a sample, or one where their number is not known.
struct NetworkCost {
  std::string target, model;
  std::vector<OperationCost> operations;
  double steps = 1;
  bool hasSteps = false;
  bool endsEarly = false;             ///< Steps are a mean over samples that end where they are decided.
  std::optional<CostQuantity> cycles; ///< Of one step, with what it does for no operation.
  std::optional<CostQuantity> mJ, ms; ///< None where an operation has none.
  CostQuantity flashBytes, ramBytes;
  std::vector<CostFigure> figures; ///< Those that were used.
  std::vector<std::string> notes;  ///< What the numbers leave out, and what is missing.
};

/// What is known of a network's inputs.
struct CostBasis {
  /// What was measured of the network; without it, the attributes that lle-profile-activity writes count, and
  /// assumptions where there are none.
  const Activity *activity = nullptr;
  const Dataset *data = nullptr; ///< What it was measured on, for models that run the network's code.
};

class CostModel {
public:
  virtual ~CostModel() = default;
  virtual llvm::Expected<NetworkCost> getCost(NetworkOp network, const CostBasis &basis = {}) const = 0;
  virtual WeightForm getWeightForm() const { return {}; }
  /// Whether the target has the neurons of a chip, and no code for others.
  virtual bool isNeuromorphic() const { return false; }
};

/// The work of all operations, and the steps of an inference: what models put prices on. A processor pays for whole
/// vectors of `lanes` numbers. Weights take the bytes that the form says.
NetworkCost countWork(NetworkOp network, const Activity *activity, bool isNeuromorphic, VectorLanes lanes = {},
                      const WeightForm &form = {});

/// Counts work and multiplies it with the figures of the device.
std::unique_ptr<CostModel> createAnalyticCostModel(DeviceCosts device);

/// A model of the target of that name. Errors are returned, or go to the context with an empty one returned.
using CostModelFactory = llvm::Expected<std::unique_ptr<CostModel>> (*)(llvm::StringRef target,
                                                                        mlir::MLIRContext &context);

/// Models by name, for passes. Registering a name again replaces the factory.
void registerCostModel(llvm::StringRef name, CostModelFactory factory);

/// An error, which names those that are registered, if there is no model of that name.
llvm::Expected<std::unique_ptr<CostModel>> createRegisteredCostModel(llvm::StringRef name, llvm::StringRef target,
                                                                     mlir::MLIRContext &context);

} // namespace lle

#endif
