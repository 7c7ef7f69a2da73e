//===- Distillation.h - teach a network what another one gives --*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_DISTILLATION_H
#define LLE_PASSES_PRUNING_DISTILLATION_H

#include "passes/Analysis/Dataset.h"

#include "dialects/LLE/LLEOps.h"

namespace lle {

struct DistillationOptions {
  std::string engine;  ///< That runs the teacher.
  int64_t samples = 0; ///< The first ones of the data; 0: all.
  int64_t epochs = 0;
  double rate = 0.02; ///< Of a weight's integers, in the first step; it falls to 0 as a cosine.
  uint64_t seed = 0;  ///< Of the order of the samples.
};

/// Whether the network is a chain of fully connected layers and `spk.fixed_cuba_lif` without resets in time, with
/// weights of integers: the networks that distil() takes. The error says what is not.
llvm::Error checkDistillable(NetworkOp network);

/// Trains the weights of `student` until it gives the spike counts that `teacher` gives, which need no labels.
llvm::Error distil(NetworkOp student, NetworkOp teacher, const Dataset &data, const DistillationOptions &options);

} // namespace lle

#endif
