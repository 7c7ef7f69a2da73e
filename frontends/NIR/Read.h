//===- Read.h - NIR files to graphs -------------------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_READ_H
#define LLE_FRONTENDS_NIR_READ_H

#include "frontends/NIR/Graph.h"
#include "frontends/NIR/Report.h"

namespace lle::nir {

/// Limits on the process that decodes HDF5.
struct ReadOptions {
  /// Without a value, half a minute and a second for each 16 MiB of the file.
  std::optional<unsigned> seconds;
  unsigned memoryMiB = 6144;
};

/// Reads what the file says; whether that is a network, `analyze` (Validate.h) tells. HDF5 is
/// decoded by the helper process lle-nir-decode, found through the environment variable
/// LLE_NIR_DECODE, next to the running tool, or on PATH; a file on which it dies is an ordinary
/// error in the report.
std::optional<Graph> readGraph(llvm::StringRef path, Report &report, const ReadOptions &options = {});

/// Reads a NetX file in the same way: a node for each layer, in their order and named by their numbers, without edges.
/// A parameter in a group of its layer has a path, "neuron/vDecay"; what is beside the layers is metadata.
std::optional<Graph> readLayers(llvm::StringRef path, Report &report, const ReadOptions &options = {});

/// Reads numbers of any HDF5 file in the same way: the dataset with that path, or the only one where it is empty.
std::optional<Array> readDataset(llvm::StringRef path, llvm::StringRef dataset, Report &report,
                                 const ReadOptions &options = {});

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_READ_H
