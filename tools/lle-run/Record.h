//===- Record.h - outputs, states and nodes in files ------------*- C++ -*-===//
#ifndef LLE_TOOLS_LLE_RUN_RECORD_H
#define LLE_TOOLS_LLE_RUN_RECORD_H

#include "tools/common/Run.h"
#include "tools/lle-run/Options.h"

namespace lle::run {

/// What is to be written once everything has run.
struct Recording {
  size_t index; ///< Of the output, or of the state.
  bool isState;
  std::string path;
  std::string node, observable; ///< Of NIRData.
};

/// The outputs that the network was made with, without those that show nodes.
std::vector<runtime::Port> getOwnOutputs(const OpenedModel &model);

/// Adds what --output and --probe ask for to the request.
llvm::Expected<std::vector<Recording>> getRecordings(const OpenedModel &model, const Options &options,
                                                     RunRequest &request);

/// Arrays are written one by one, all recordings of one NIRData file together.
llvm::Error writeRecordings(const OpenedModel &model, llvm::ArrayRef<Recording> recordings, const Sequences &inputs,
                            const RunResult &result);

} // namespace lle::run

#endif
