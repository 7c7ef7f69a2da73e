//===- Estimate.h - what a step executes, and how long ----------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_ESTIMATE_H
#define LLE_TARGETS_ESTIMATE_ESTIMATE_H

#include "passes/Analysis/Dataset.h"
#include "targets/Native/Compile.h"

namespace lle {

/// Instructions and cycles of a step.
struct Work {
  double instructions = 0, cycles = 0;

  Work &operator+=(const Work &other) {
    instructions += other.instructions;
    cycles += other.cycles;
    return *this;
  }
};

/// Of one operation of a network; of what several share, without a name.
struct NodeWork {
  std::string name;
  Work mean;  ///< Of the steps that were profiled.
  Work least; ///< On the shortest path through a step,
  Work most;  ///< and on the longest, where that is known.
};

/// A loop whose iterations depend on data.
struct EventLoop {
  std::string node;
  std::string what;             ///< "bits of a word", "events".
  std::optional<uint64_t> most; ///< Each time it is entered.
};

/// A function of compilers that the code calls, for floats or long integers. What it executes is no part of the nodes.
struct HelperCalls {
  std::string name;
  double calls = 0;     ///< In a mean step.
  bool isKnown = false; ///< The target's file says what a call executes.
};

struct Estimate {
  std::vector<NodeWork> nodes; ///< In the order of the network, shared ones last; those that do something.
  NodeWork total;
  bool hasProfile = false;
  std::string dataset; ///< What was profiled,
  uint64_t samples = 0, steps = 0;
  std::string obstacle; ///< or why it could not be.
  bool hasMost = false;
  std::string unbounded; ///< Why the longest path is not known.
  std::vector<EventLoop> eventLoops;
  std::vector<HelperCalls> helpers;
  std::string cpu;
  bool hasModel = false; ///< LLVM has a model of the CPU; else the cycles are those of one for each instruction.
  double unmodelled = 0; ///< The share of the code's instructions that the model lacks.
};

/// The instructions that no step executes more of. An error says which part of the code has no known limit.
llvm::Expected<uint64_t> getMostInstructions(const CompiledNetwork &network, const Target &target);

/// What estimateWork is asked for.
struct EstimateRequest {
  const Target &target;
  const Dataset *data = nullptr; ///< What a mean step is measured on.
  bool measuresCycles = true;
};

/// Of a network compiled with node scopes. The blocks that the data makes the code execute are counted on this machine,
/// the instructions of a block are those that are emitted.
Estimate estimateWork(NetworkOp source, const CompiledNetwork &network, const EstimateRequest &request);

} // namespace lle

#endif
