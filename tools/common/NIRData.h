//===- NIRData.h - recordings in NIRData files as arrays --------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_NIRDATA_H
#define LLE_TOOLS_COMMON_NIRDATA_H

#include "frontends/NIR/Data.h"
#include "runtime/host/Npy.h"

namespace lle {

/// Whether the bytes begin as an HDF5 file does.
bool isHDF5(const runtime::Bytes &bytes);
/// Whether a result of that name is written as NIRData: .nir, .h5, .hdf5.
bool isNIRDataName(llvm::StringRef path);

llvm::Expected<std::vector<nir::Observable>> readNIRData(const std::string &path);

/// The only observable of that node, or of the file where it has one alone. Empty names are any.
llvm::Expected<nir::Observable> selectObservable(std::vector<nir::Observable> observables, llvm::StringRef node,
                                                 llvm::StringRef name, const std::string &path);

/// A dataset of numbers of any HDF5 file, by its path, or the only one: what registerHDF5Reader takes.
llvm::Expected<runtime::Array> readHDF5Array(const std::string &path, const std::string &dataset);

/// A grid as an array (samples, steps, neurons).
llvm::Expected<runtime::Array> toArray(const nir::Observable &grid, const std::string &path);

/// An array (samples, steps, features...) as a grid; the features are flattened.
llvm::Expected<nir::Observable> toTimeGrid(const runtime::Array &array, double dt, std::string node, std::string name,
                                           const std::string &path);

} // namespace lle

#endif
