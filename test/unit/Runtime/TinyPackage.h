//===- TinyPackage.h - The package that runtime tests share -----*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_TEST_UNIT_RUNTIME_TINYPACKAGE_H
#define LLE_TEST_UNIT_RUNTIME_TINYPACKAGE_H

#include "runtime/host/CpuFeatures.h"
#include "runtime/host/Package.h"
#include "gtest/gtest.h"

namespace lle::test {

/// The network of tiny.c; `code` stands for its shared object.
inline runtime::Package tinyPackage(runtime::Bytes code = {1, 2, 3}) {
  runtime::Package p;
  p.name = "tiny";
  p.dt = 1e-3;
  p.steps = 16;
  p.profile = "nir";
  p.inputs = {{"x", LLE_F32, false, 0, {2, 3}, ""}};
  p.outputs = {{"s", LLE_I8, true, 1, {2, 3}, ""}, {"n", LLE_I32, false, 0, {}, "counter"}};
  p.states = {{"lif", "v", LLE_F32, {2, 3}, {1, 0}, 0, 24}, {"counter", "n", LLE_I32, {}, {}, 64, 4}};
  p.kept = {"counter"};
  p.stateBytes = 128;
  p.arenaBytes = 192;
  p.variants = {{"host",
                 runtime::VariantKind::NativeSharedObject,
                 std::string(runtime::hostArchitecture()) + "-unknown-linux-gnu",
                 {},
                 "tiny_init",
                 "tiny_step",
                 "tiny_run",
                 std::move(code)}};
  p.source = {'M', 'L'};
  p.explain = "lif: no decay\n";
  p.provenance = {"tiny.nir", "0123", "lle-compile", "0.1.0"};
  p.metrics = {{"accuracy", 0.97, "1", runtime::Evidence::Measured, "test split"}};
  return p;
}

} // namespace lle::test

#endif // LLE_TEST_UNIT_RUNTIME_TINYPACKAGE_H
