//===- Recordings.h - recordings of event sensors as samples ----*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_RECORDINGS_H
#define LLE_PASSES_ANALYSIS_RECORDINGS_H

#include "passes/Analysis/Dataset.h"

namespace lle {

/// Samples of files of events; `paths` are files and folders of each input of the network. A recording that is shorter
/// than a sample of the network, or than that of another input, is followed by silence.
llvm::Expected<std::unique_ptr<Dataset>> readRecordings(llvm::ArrayRef<std::vector<std::string>> paths,
                                                        NetworkOp network, const RecordingOptions &options);

} // namespace lle

#endif
