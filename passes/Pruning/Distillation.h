//===- Distillation.h - teach a network what another one gives --*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_DISTILLATION_H
#define LLE_PASSES_PRUNING_DISTILLATION_H

#include "passes/Analysis/Dataset.h"

#include "dialects/LLE/LLEOps.h"

namespace lle {

struct DistillationOptions {
  int64_t samples = 0; ///< The first ones of the data; 0: all.
  int64_t epochs = 0;
  double rate = 0.02; ///< Of a weight's integers, in the first step; it falls to 0 as a cosine.
  double dropout = 0; ///< Share of the events that are left out, others in each epoch; the teacher sees the same.
  bool biases = true; ///< Whether neurons get biases, or theirs change.
  uint64_t seed = 0;  ///< Of the order of the samples, and of what is left out.
  std::vector<int64_t> classes; ///< Of each sample, where they are known.
};

/// Whether the network is a chain of fully connected layers and `spk.fixed_cuba_lif` without resets in time, with
/// weights of integers: the networks that distil() takes. The error says what is not.
llvm::Error checkDistillable(NetworkOp network);

/// Trains `student` on the spike counts that `teacher` gives. Where classes are known, and the teacher errs, its count
/// of the right class and its largest one change places.
llvm::Error distil(NetworkOp student, NetworkOp teacher, const Dataset &data, const DistillationOptions &options);

} // namespace lle

#endif
