//===- Dataset.h - sequences that networks are measured on ------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_DATASET_H
#define LLE_PASSES_ANALYSIS_DATASET_H

#include "passes/Analysis/Engine.h"
#include "runtime/host/Npy.h"

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

/// How recordings of events become steps: as options say it. Empty and 0 where there are none.
struct RecordingOptions {
  std::string bin;  ///< Length of a step, "1ms".
  int64_t bins = 0; ///< As many equal steps.
};

/// Arrays of files, of shape (samples, steps, shape of the input...), or without steps: then a sample is the same in
/// all steps of the network. `files` are paths, or NAME=PATH where the network has several inputs; a path is one that
/// readArrayFile takes.
/// With options for recordings, files of 5 bytes an event are samples, all of those given for an input and, in the
/// order of their names, all in the folders given. An input of i1 gets whether there was an event, others how many.
llvm::Expected<std::unique_ptr<Dataset>> readDataset(llvm::ArrayRef<std::string> files, NetworkOp network,
                                                     const RecordingOptions &recordings = {});

/// The array of a .npy file, a member of a .npz file (FILE.npz:MEMBER), an IDX file, one of these compressed by gzip,
/// or a dataset of an HDF5 file (FILE:DATASET; the only one needs no name).
llvm::Expected<runtime::Array> readArrayFile(const std::string &path);

/// What reads datasets of HDF5 files; `dataset` is empty for the only one. A tool that may read some registers it.
using HDF5Reader = llvm::Expected<runtime::Array> (*)(const std::string &file, const std::string &dataset);
void registerHDF5Reader(HDF5Reader reader);

/// File names without folders, joined by commas.
std::string getFileNames(llvm::ArrayRef<std::string> paths);

} // namespace lle

#endif
