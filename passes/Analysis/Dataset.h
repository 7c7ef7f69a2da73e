//===- Dataset.h - sequences that networks are measured on ------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_DATASET_H
#define LLE_PASSES_ANALYSIS_DATASET_H

#include "passes/Analysis/Engine.h"

namespace lle {

/// The inputs of some samples of a network. Samples may differ in length.
class Dataset {
public:
  virtual ~Dataset() = default;
  /// For reports: file names without folders.
  virtual std::string getName() const = 0;
  virtual int64_t getSamples() const = 0;
  virtual int64_t getSteps(int64_t sample) const = 0;
  /// One entry for each argument of the network.
  virtual llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const = 0;
};

/// Arrays of files, of shape (samples, steps, shape of the input...), or without steps: then a sample is the same in
/// all steps of the network. `files` are paths, or NAME=PATH where the network has several inputs; a path is a .npy
/// file, a member of a .npz file (FILE.npz:MEMBER) or an IDX file.
llvm::Expected<std::unique_ptr<Dataset>> readArrays(llvm::ArrayRef<std::string> files, NetworkOp network);

/// File names without folders, joined by commas.
std::string getFileNames(llvm::ArrayRef<std::string> paths);

} // namespace lle

#endif
