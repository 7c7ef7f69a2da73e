//===- CpuFeatures.h - What this machine can execute ------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_CPUFEATURES_H
#define LLE_RUNTIME_HOST_CPUFEATURES_H

#include "runtime/host/Result.h"
#include <vector>

namespace lle::runtime {

/// LLVM's name of the architecture that this code was compiled for: the first part of a triple.
std::string_view hostArchitecture();

/// Whether this machine has all the features (LLVM's names). The error says which one it lacks, or
/// that this runtime does not know a name; it starts with neither a file nor a field.
Status checkCpuFeatures(const std::vector<std::string> &features);

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_CPUFEATURES_H
