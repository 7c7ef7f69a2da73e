// A coarse layer whose weights are on the levels of 2 bits, and a fine one that needs 8: budgets go to the fine one.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; r = np.random.RandomState(0); x = r.rand(40, 4, 4); x[:, :, 3] = 0; np.save("%t/x.npy", x); np.save("%t/y.npy", (x.sum(1)[:, 0] > x.sum(1)[:, 1]).astype(int))'
// DEFINE: %{run} = lle-opt %s --lle-allocate-bits
// DEFINE: %{mse} = dataset=%t/x.npy metric=mse

// RUN: %{run}="%{mse} mean-bits=5 widths=2,4,8" --remarks-filter=bits 2>&1 | FileCheck %s --check-prefix=BUDGET
// BUDGET-DAG: remark{{.*}}Sensitivity{{.*}}Function=fine | Bits=2, Loss={{[0-9.]+e-0[1-3]}}
// BUDGET-DAG: remark{{.*}}Width{{.*}}Function=coarse | Bits=2, Elements=16
// BUDGET-DAG: remark{{.*}}Width{{.*}}Function=fine | Bits=8, Elements=16
// BUDGET-DAG: remark{{.*}}Allocated{{.*}}MeanBits=5.000000e+00{{.*}}PackedBytes=52
// BUDGET: mean_bits = 5.000000e+00 : f64, metric = "mse", packed_bytes = 52 : i64

// The same in bytes: 20 of weights, 32 of eight scales.
// RUN: %{run}="%{mse} max-bytes=52 widths=2,4,8" | FileCheck %s --check-prefix=BYTES
// BYTES: packed_bytes = 52 : i64
// RUN: %{run}="%{mse} max-bytes=51 widths=2,4,8" | FileCheck %s --check-prefix=FEWER
// FEWER: packed_bytes = 44 : i64

// Without a budget the fewest bits that keep the metric.
// RUN: %{run}="%{mse} max-drop=1e-4" | FileCheck %s --check-prefix=LEAST
// LEAST: lle.bits = {after = {{[0-9.]+}}E-{{[5-9]}} : f64
// LEAST: lle.bits = {value = {bits = [2], scale

// The kinds of scales.
// RUN: %{run}="%{mse} mean-bits=8 per-tensor powers-of-two" | FileCheck %s --check-prefix=TENSOR
// TENSOR: lle.bits = {value = {bits = [4], scale = [dense<1.250000e-01> : tensor<1xf64>]}}
// TENSOR: lle.bits = {value = {bits = [8], scale = [dense<{{3.906250e-03|7.812500e-03}}> : tensor<1xf64>]}}
// RUN: %{run}="%{mse} mean-bits=8 powers-of-two" | FileCheck %s --check-prefix=CHANNEL
// CHANNEL: scale = [dense<[1.250000e-01, 5.000000e-01, 1.250000e-01, 1.250000e-01]> : tensor<4xf64>]

// Inputs by activity: two parts, the silent input is in the second.
// RUN: %{run}="%{mse} mean-bits=4 input-groups=2" | FileCheck %s --check-prefix=GROUPS
// GROUPS: lle.bits = {value = {bits = [{{[0-9]+, [0-9]+}}], group = dense<[{{[01], [01], [01]}}, 1]> : tensor<4xi8>, scale = [dense<{{.*}}>, dense<

// The bytes do not depend on threads.
// RUN: %{run}="%{mse} mean-bits=4 input-groups=2" > %t/many.mlir
// RUN: %{run}="%{mse} mean-bits=4 input-groups=2" --mlir-disable-threading | cmp %t/many.mlir -

// Compensated errors cost less than those of the nearest levels.
// RUN: %{run}="%{mse} widths=3 mean-bits=3" > %t/corrected.mlir
// RUN: %{run}="%{mse} widths=3 mean-bits=3 nearest" > %t/nearest.mlir
// RUN: %python -c 'import re; d = [float(re.search("deviation = ([0-9.E-]+)", open(f"%t/{n}.mlir").read()).group(1)) for n in ("corrected", "nearest")]; assert d[0] < 0.8 * d[1], d'

// RUN: not %{run}="%{mse} mean-bits=1.5 widths=2,4" 2>&1 | FileCheck %s --check-prefix=MEAN
// MEAN: error: lle-allocate-bits: mean-bits of 1.5 is less than the narrowest widths give, which is 2
// RUN: not %{run}="%{mse} max-bytes=8 widths=2,4" 2>&1 | FileCheck %s --check-prefix=MAX
// MAX: error: lle-allocate-bits: max-bytes of 8 is less than the narrowest widths take, which is 40
// RUN: not %{run}="%{mse} mean-bits=2 widths=2,4 max-drop=1e-9" 2>&1 | FileCheck %s --check-prefix=DROP
// DROP: error: lle-allocate-bits: mse 1e-09 is not met within the budget, which gives mse 0.0
// RUN: not %{run}="%{mse} widths=2 max-drop=1e-9" 2>&1 | FileCheck %s --check-prefix=WIDEST
// WIDEST: error: lle-allocate-bits: mse 1e-09 is not met by the widest widths, which gives mse 0.0
// RUN: not %{run}="%{mse} mean-bits=2 max-bytes=2" 2>&1 | FileCheck %s --check-prefix=BOTH
// BOTH: error: lle-allocate-bits: say one of mean-bits, max-bytes and max-memory-kb
// RUN: not %{run}="%{mse} mean-bits=-1" 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: lle-allocate-bits: mean-bits and max-bytes must not be negative
// RUN: not %{run}="%{mse} widths=17" 2>&1 | FileCheck %s --check-prefix=WIDTHS
// WIDTHS: error: lle-allocate-bits: widths must be from 1 to 16, got 17
// RUN: not %{run}="%{mse} input-groups=0" 2>&1 | FileCheck %s --check-prefix=INPUTS
// INPUTS: error: lle-allocate-bits: input-groups must be from 1 to 127, got 0
// RUN: not %{run}="%{mse} max-rate-change=-1" 2>&1 | FileCheck %s --check-prefix=RATE
// RATE: error: lle-allocate-bits: max-rate-change must not be negative, got -1
// RUN: not %{run} 2>&1 | FileCheck %s --check-prefix=NODATA
// NODATA: error: lle-allocate-bits: dataset=FILE is missing, inputs on which the metric is measured
lle.network @two(%x: tensor<4xf32>) -> tensor<4xf32> attributes {dt = 1.000000e+00 : f64} {
  %w = lle.weight dense<[[1.250000e-01, -2.500000e-01, 0.000000e+00, 1.250000e-01],
                         [5.000000e-01, -1.000000e+00, 5.000000e-01, 0.000000e+00],
                         [1.250000e-01, 1.250000e-01, -2.500000e-01, 0.000000e+00],
                         [-1.250000e-01, 1.250000e-01, 0.000000e+00, -2.500000e-01]]> : tensor<4x4xf32>
  %h = lle.linear %x, %w {name = "coarse"} : (tensor<4xf32>, tensor<4x4xf32>) -> tensor<4xf32>
  %v = lle.weight dense<[[0.73, -0.21, 0.05, 0.37], [0.11, 0.92, -0.48, 0.29], [-0.33, 0.17, 0.61, -0.09],
                         [0.41, -0.77, 0.23, 0.58]]> : tensor<4x4xf32>
  %y = lle.linear %h, %v {name = "fine"} : (tensor<4xf32>, tensor<4x4xf32>) -> tensor<4xf32>
  lle.output %y : tensor<4xf32>
}
