//===- Data.h - NIRData files: what was recorded of nodes ---------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Part of lle-nir-decode.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_DECODE_DATA_H
#define LLE_FRONTENDS_NIR_DECODE_DATA_H

#include "frontends/NIR/Decode/Dataset.h"
#include <functional>

namespace lle::nir::decode {

/// Whether the root says that it is recordings, not a network.
bool isDataFile(hid_t file);

using AppendArray = std::function<flatbuffers::Offset<dump::Array>(const std::string &name, const Values &values)>;

std::vector<flatbuffers::Offset<dump::Observable>> decodeData(hid_t file, flatbuffers::FlatBufferBuilder &builder,
                                                              Budget &budget, const AppendArray &append);

} // namespace lle::nir::decode

#endif // LLE_FRONTENDS_NIR_DECODE_DATA_H
