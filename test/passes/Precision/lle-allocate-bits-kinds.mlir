// Kinds of weights: integers, shared ones, convolutions, cells with masks; and what has none.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; r = np.random.RandomState(0); np.save("%t/s.npy", r.rand(20, 8, 4) < 0.5); np.save("%t/x.npy", r.rand(20, 4, 1, 4, 4)); np.save("%t/u.npy", r.rand(20, 8, 1)); np.save("%t/u4.npy", r.rand(20, 8, 1) + 0.2 * r.rand(20, 8, 4))'
// RUN: split-file %s %t
// DEFINE: %{run} = lle-opt --lle-allocate-bits

// Integers stay integers: multiples of a power of two, with 8 bits as they were.
// RUN: %{run}="dataset=%t/s.npy metric=mse mean-bits=4 per-tensor" %t/integers.mlir | FileCheck %s --check-prefix=INTEGERS
// INTEGERS: lle.weight {lle.bits = {value = {bits = [4], scale = [dense<1.600000e+01> : tensor<1xf64>]}}} dense<{{\[}}[{{-?(0|16|32|48|64|80|96|112|128), .*}}> : tensor<2x4xsi8>
// RUN: %{run}="dataset=%t/s.npy metric=mse widths=8" %t/integers.mlir | FileCheck %s --check-prefix=EXACT
// EXACT: bits = [8]{{.*}}dense<{{\[}}[100, -37, 51, 19], [-128, 90, 7, -66]]> : tensor<2x4xsi8>
// RUN: not %{run}="dataset=%t/s.npy metric=mse widths=16" %t/integers.mlir 2>&1 | FileCheck %s --check-prefix=OFFERED
// OFFERED: error: lle-allocate-bits: no width of 'fc' is among those offered: it has 8 bits

// Spikes of a population that change more than they may.
// RUN: not %{run}="dataset=%t/s.npy metric=mse widths=1 mean-bits=1 max-rate-change=0.01" %t/integers.mlir 2>&1 | FileCheck %s --check-prefix=RATE
// RATE: error: lle-allocate-bits: the spikes of 'lif' change by {{.*}} of what they were, more than 0.01 within the budget

// A convolution, whose errors are compensated as well.
// RUN: %{run}="dataset=%t/x.npy metric=mse widths=3 mean-bits=3" %t/conv.mlir > %t/corrected.mlir
// RUN: %{run}="dataset=%t/x.npy metric=mse widths=3 mean-bits=3 nearest" %t/conv.mlir > %t/nearest.mlir
// RUN: FileCheck %s --check-prefix=CONV < %t/corrected.mlir
// CONV: lle.weight {lle.bits = {value = {bits = [3]{{.*}}tensor<2x1x3x3xf32>
// CONV: lle.weight dense<[1.000000e-01, 2.000000e-01]>
// RUN: %python -c 'import re; d = [float(re.search("deviation = ([0-9.E-]+)", open(f"%t/{n}.mlir").read()).group(1)) for n in ("corrected", "nearest")]; assert d[0] < 0.8 * d[1], d'

// A cell: one width for each matrix; what the mask leaves out takes no bits. 3 of 4 synapses of 4 matrices, 2 of 4 more.
// RUN: %{run}="dataset=%t/u.npy metric=mse widths=8 mean-bits=8 per-tensor powers-of-two" %t/cell.mlir | FileCheck %s --check-prefix=CELL
// CELL: packed_bytes = 28 : i64
// CELL: ltc.ltc_cell
// CELL-SAME: lle.bits = {erev = {bits = [8], scale{{.*}}mu = {bits{{.*}}sensory_erev = {{.*}}sigma = {{.*}}w = {

// Cells' errors are compensated by what their states depend on.
// RUN: %{run}="dataset=%t/u4.npy metric=mse widths=4 mean-bits=4" %t/gated.mlir > %t/corrected.mlir
// RUN: %{run}="dataset=%t/u4.npy metric=mse widths=4 mean-bits=4 nearest" %t/gated.mlir > %t/nearest.mlir
// RUN: %python -c 'import re; d = [float(re.search("deviation = ([0-9.E-]+)", open(f"%t/{n}.mlir").read()).group(1)) for n in ("corrected", "nearest")]; assert d[0] < 0.7 * d[1], d'
// The same whatever the threads.
// RUN: %{run}="dataset=%t/u4.npy metric=mse widths=4 mean-bits=4" --mlir-disable-threading %t/gated.mlir | cmp %t/corrected.mlir -

// RUN: not %{run}="dataset=%t/u.npy metric=mse" %t/none.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: none.mlir:1:1: error: lle-allocate-bits: the network has no weights that are constants of floats or integers

//--- integers.mlir
lle.network @integers(%s: tensor<4xi1>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<[[100, -37, 51, 19], [-128, 90, 7, -66]]> : tensor<2x4xsi8>
  %x = lle.linear %s, %w {name = "fc"} : (tensor<4xi1>, tensor<2x4xsi8>) -> tensor<2xsi32>
  %z = spk.fixed_cuba_lif "lif" %x loihi {du = dense<2048> : tensor<2xi32>, dv = dense<1024> : tensor<2xi32>,
    v_threshold = dense<64> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
//--- conv.mlir
lle.network @conv(%x: tensor<1x4x4xf32>) -> tensor<2x4x4xf32> attributes {dt = 1.000000e+00 : f64} {
  %w = lle.weight dense<[[[[0.31, -0.52, 0.23], [0.71, 0.08, -0.44], [0.19, 0.63, -0.27]]],
                         [[[-0.15, 0.47, 0.66], [0.38, -0.91, 0.05], [0.55, -0.12, 0.83]]]]> : tensor<2x1x3x3xf32>
  %b = lle.weight dense<[1.000000e-01, 2.000000e-01]> : tensor<2xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x4x4xf32>, tensor<2x1x3x3xf32>, tensor<2xf32>) -> tensor<2x4x4xf32>
  lle.output %y : tensor<2x4x4xf32>
}
//--- cell.mlir
lle.network @cell(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
      elapsed = 1.000000e+00 : f64, gleak = dense<5.000000e-01> : tensor<2xf32>,
      vleak = dense<[1.000000e-01, -2.000000e-01]> : tensor<2xf32>, cm = dense<5.000000e-01> : tensor<2xf32>,
      sigma = dense<4.000000e+00> : tensor<2x2xf32>, mu = dense<5.000000e-01> : tensor<2x2xf32>,
      w = dense<2.500000e-01> : tensor<2x2xf32>,
      erev = dense<[[1.000000e+00, -1.000000e+00], [1.000000e+00, 1.000000e+00]]> : tensor<2x2xf32>,
      mask = dense<[[0, 1], [1, 1]]> : tensor<2x2xi8>,
      sensory_sigma = dense<3.000000e+00> : tensor<1x2xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x2xf32>,
      sensory_w = dense<5.000000e-01> : tensor<1x2xf32>, sensory_erev = dense<1.000000e+00> : tensor<1x2xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<2xf32>)
  lle.output %y : tensor<1xf32>
}
//--- gated.mlir
lle.network @gated(%x: tensor<4xf32>) -> tensor<3xf32> attributes {dt = 1.000000e+00 : f64} {
  %h = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.000000e+00 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>,
      ff1_weight = dense<[[0.31, -0.52, 0.23, 0.71, 0.08, -0.44, 0.19], [0.63, -0.27, -0.15, 0.47, 0.66, 0.38, -0.91],
                          [0.05, 0.55, -0.12, 0.83, -0.37, 0.26, 0.48]]> : tensor<3x7xf32>,
      ff1_bias = dense<1.000000e-01> : tensor<3xf32>,
      ff2_weight = dense<[[-0.33, 0.17, 0.61, -0.09, 0.41, -0.77, 0.23], [0.58, 0.11, 0.92, -0.48, 0.29, 0.73, -0.21],
                          [0.37, -0.68, 0.14, 0.52, -0.86, 0.07, 0.34]]> : tensor<3x7xf32>,
      ff2_bias = dense<-2.000000e-01> : tensor<3xf32>,
      time_a_weight = dense<[[0.43, 0.28, -0.57, 0.19, 0.64, -0.35, 0.81], [-0.22, 0.76, 0.13, -0.49, 0.54, 0.02, 0.67],
                             [0.18, -0.39, 0.95, 0.24, -0.71, 0.46, 0.33]]> : tensor<3x7xf32>,
      time_a_bias = dense<0.000000e+00> : tensor<3xf32>,
      time_b_weight = dense<[[0.27, -0.84, 0.36, 0.59, -0.16, 0.72, 0.45], [0.51, 0.09, -0.63, 0.88, 0.32, -0.25, 0.06],
                             [-0.74, 0.42, 0.15, -0.31, 0.69, 0.53, -0.11]]> : tensor<3x7xf32>,
      time_b_bias = dense<1.000000e-01> : tensor<3xf32>} : (tensor<4xf32>) -> tensor<3xf32>
  lle.output %h : tensor<3xf32>
}
//--- none.mlir
lle.network @none(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
  lle.output %x : tensor<1xf32>
}
