//===- EvaluationOptions.td - options of tuning passes -----*- tablegen -*-===//
#ifndef LLE_PASSES_ANALYSIS_EVALUATIONOPTIONS_TD
#define LLE_PASSES_ANALYSIS_EVALUATIONOPTIONS_TD

include "mlir/Pass/PassBase.td"

/// Of every pass that reads data.
defvar RecordingOptions = [
  Option<"bin", "bin", "std::string", "\"\"", "of recordings of events as data: the length of a step, as 1ms">,
  Option<"bins", "bins", "int64_t", "0", "of recordings of events as data: equal steps of each">];

/// What is measured, and what must hold, of every pass that asks the Evaluator.
defvar EvaluationOptions = RecordingOptions # [
  ListOption<"dataset", "dataset", "std::string", "files of calibration data, .npy, FILE.npz:MEMBER, IDX, HDF5:DATASET or events: one, or NAME=FILE for each input">,
  Option<"labels", "labels", "std::string", "\"\"", "file of what is right, as of data; without it the network's own outputs">,
  Option<"metric", "metric", "::lle::Metric", "::lle::Metric::Accuracy", "what must hold",
         [{::llvm::cl::values(clEnumValN(::lle::Metric::Accuracy, "accuracy", "share of samples whose class is right"),
                              clEnumValN(::lle::Metric::MeanSquaredError, "mse", "mean squared error"),
                              clEnumValN(::lle::Metric::F1, "f1", "F1 score of class 1"))}]>,
  Option<"minAccuracy", "min-accuracy", "double", "-1", "the least accuracy or F1 score">,
  Option<"maxDrop", "max-drop", "double", "0", "how much worse than at first the metric may be">,
  Option<"output", "output", "std::string", "\"\"", "name of the output that counts; the first one">,
  Option<"samples", "samples", "int64_t", "0", "samples to run, 0 for all">,
  Option<"engine", "engine", "std::string", "\"native\"", "what runs the network">,
  Option<"seed", "seed", "uint64_t", "0", "of the order in which samples are run">];

/// What an inference costs on a target, and may cost, of every pass that asks a cost model.
defvar CostOptions = [
  Option<"target", "target", "std::string", "\"\"", "machine whose costs count">,
  Option<"costModel", "cost-model", "std::string", "\"analytic\"", "what says what networks cost">,
  Option<"energyBudget", "energy-budget-mj", "double", "-1", "the most energy of an inference">,
  Option<"maxLatency", "max-latency-ms", "double", "-1", "the most time of an inference">,
  Option<"maxMemory", "max-memory-kb", "double", "-1", "the most flash and RAM">];

#endif
