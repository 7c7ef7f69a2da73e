//===- Engine.h - what runs a network ---------------------------*- C++ -*-===//
//
// The abstract engine that tests, tuning passes and tools run networks with. The reference interpreter implements it
// in reference/, the native one in lowering/JIT and targets/Native; a tool registers those that its passes may use.
// Values cross this interface as doubles, which hold
// every f32 and every spike count exactly; an engine computes in its own precision.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_ANALYSIS_ENGINE_H
#define LLE_PASSES_ANALYSIS_ENGINE_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace lle {

class NetworkOp;

/// Elements in row-major order of the logical shape.
using Values = std::vector<double>;

/// One running network: its states, at one point of one sequence.
class Instance {
public:
  virtual ~Instance() = default;

  /// Sets every state to its initial value.
  virtual void reset() = 0;

  /// Advances by one time step. `inputs` has one entry for each argument of the network, with as many elements as the
  /// argument; `outputs` receives one entry for each result.
  virtual void step(llvm::ArrayRef<Values> inputs, std::vector<Values> &outputs) = 0;

  /// Advances by `steps` time steps. `inputs` has the values of all steps, one step after the other, for each argument,
  /// and so has `outputs` for each result. The same as that many calls of `step`, but native code runs it in one call.
  virtual void run(size_t steps, llvm::ArrayRef<Values> inputs, std::vector<Values> &outputs);

  /// Reads or writes the state of a node; an error if there is no such state or the size differs.
  virtual llvm::Expected<Values> readState(llvm::StringRef node, llvm::StringRef state) = 0;
  virtual llvm::Error writeState(llvm::StringRef node, llvm::StringRef state, llvm::ArrayRef<double> values) = 0;

  /// Seconds spent in the network's own code by all steps since the last reset, or a negative number where the engine
  /// does not measure it.
  virtual double getStepSeconds() const { return -1; }
};

/// A network made ready to run. Instances do not disturb each other, and must not outlive the engine.
class Engine {
public:
  virtual ~Engine() = default;
  virtual std::unique_ptr<Instance> instantiate() = 0;
};

/// Makes a network ready to run. Errors are returned, or go to the context with an empty one returned.
using EngineFactory = llvm::Expected<std::unique_ptr<Engine>> (*)(NetworkOp network);

/// Engines by name, for passes, which depend on none of them. Registering a name again replaces the factory. `quick`
/// makes the same engine sooner, for a network that runs briefly: tuning passes try hundreds of networks on a little
/// data, and optimising the code of one may take longer than all that it runs.
void registerEngine(llvm::StringRef name, EngineFactory factory, EngineFactory quick = nullptr);

/// For a network that will run for so many time steps in all. An error, which names those that are registered, if there
/// is no engine of that name.
llvm::Expected<std::unique_ptr<Engine>> createRegisteredEngine(llvm::StringRef name, NetworkOp network, double steps);

} // namespace lle

#endif
