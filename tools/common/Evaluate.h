//===- Evaluate.h - how right the outputs are -------------------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_EVALUATE_H
#define LLE_TOOLS_COMMON_EVALUATE_H

#include "tools/common/Sequences.h"

namespace lle {

enum class MetricKind { Accuracy, MeanSquaredError, F1 };

/// `output` holds all samples and steps of `port`. Labels are (samples) or (samples, steps); for the mean squared error
/// they have the shape of the output: (samples, steps, features...), or (samples, features...) for an output that
/// counts only in the last step, of which `output` holds one step. A class is the element with the largest spike count
/// over the window, for a spiking output; for another one it is the largest element of each step, or of the last step
/// where a sample has one label. Ties go to the lowest index.
llvm::Expected<double> evaluate(MetricKind kind, const Trace &output, const runtime::Port &port, int64_t samples,
                                int64_t steps, const runtime::Array &labels, const std::string &labelsName);

} // namespace lle

#endif
