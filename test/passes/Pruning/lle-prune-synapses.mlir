// Which synapses go, and what the others become.
// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; r = np.random.default_rng(2); np.save("%t/x.npy", r.random((16, 4, 8)) + 0.1); x = (r.random((16, 8, 8)) < 0.5).astype(np.uint8); x[..., 7] = 0; x[..., 1] = x[..., 0]; np.save("%t/bits.npy", x); np.save("%t/images.npy", r.random((8, 2, 1, 4, 4)))'
// DEFINE: %{prune} = --lle-prune-synapses
// RUN: lle-opt %t/layer.mlir %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 correct=false" | FileCheck %t/layer.mlir
// RUN: lle-opt %t/layer.mlir %{prune}="dataset=%t/x.npy metric=mse pattern=2:4 correct=false" | FileCheck %t/layer.mlir --check-prefix=PATTERN
// RUN: lle-opt %t/layer.mlir %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 layers=first correct=false" | FileCheck %t/layer.mlir --check-prefix=FIRST
// The correction makes up for most of the error, and a drop that is allowed is used.
// RUN: lle-run %t/layer.mlir --input=%t/x.npy --output=%t/y.npy
// RUN: lle-opt %t/layer.mlir %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 correct=false" -o %t/raw.mlir
// RUN: lle-opt %t/layer.mlir %{prune}="dataset=%t/x.npy metric=mse ratio=0.5" -o %t/corrected.mlir
// RUN: %python -c 'import re; a, b = (float(re.search(r"lle.sparsity = .after = ([^ ]*) : f64", open("%t/" + n + ".mlir").read())[1]) for n in ("raw", "corrected")); assert 0 < b < a / 2, (a, b)'
// RUN: lle-opt %t/layer.mlir %{prune}="dataset=%t/x.npy metric=mse max-drop=1e-9" | FileCheck %t/layer.mlir --check-prefix=NONE
// RUN: lle-opt %t/layer.mlir %{prune}="dataset=%t/x.npy metric=mse max-drop=1e9" | FileCheck %t/layer.mlir --check-prefix=MOST
// RUN: lle-opt %t/conv.mlir %{prune}="dataset=%t/images.npy metric=mse ratio=0.5 correct=false" | FileCheck %t/conv.mlir
// Integers stay integers, and both engines and any number of threads give the same.
// RUN: lle-opt %t/integers.mlir %{prune}="dataset=%t/bits.npy metric=mse ratio=0.34" > %t/many.out && FileCheck %t/integers.mlir < %t/many.out
// RUN: lle-opt %t/integers.mlir %{prune}="dataset=%t/bits.npy metric=mse ratio=0.34" --mlir-disable-threading > %t/one.out && diff %t/many.out %t/one.out
// RUN: lle-opt %t/integers.mlir %{prune}="dataset=%t/bits.npy metric=mse ratio=0.34 engine=reference" | sed 's/"reference"/"native"/' | diff %t/many.out -
// A chip that stores synapses one by one gains, a processor does not, and keeps its network.
// RUN: lle-opt %t/integers.mlir %{prune}="dataset=%t/bits.npy metric=mse ratio=0.34 target=loihi2" --remarks-filter=pruning 2>&1 | FileCheck %t/integers.mlir --check-prefixes=CHECK,LOIHI
// RUN: lle-opt %t/integers.mlir %{prune}="dataset=%t/bits.npy metric=mse ratio=0.34 target=nrf52840" 2>&1 | FileCheck %t/integers.mlir --check-prefix=NRF
// What is pruned gets no bits, and is not counted.
// RUN: lle-opt %t/layer.mlir %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 correct=false" --lle-allocate-bits="dataset=%t/x.npy metric=mse mean-bits=8 widths=8 repairs=0" | FileCheck %t/layer.mlir --check-prefix=BITS

//--- layer.mlir
// CHECK: lle.sparsity = {{.*}}corrected = false{{.*}}synapses = 10 : i64, synapses_before = 20 : i64
// All inputs are alike: the largest weights stay. The second layer needs all of its own.
// CHECK: synapses = 6 : i64, synapses_before = 16 : i64{{.*}} dense<{{\[\[}}0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 6.000000e+00, 7.000000e+00, 8.000000e+00], [-8.000000e+00, -7.000000e+00, -6.000000e+00, 0.000000e+00
// CHECK: synapses = 4 : i64, synapses_before = 4 : i64
// Of each four inputs two stay, and the second layer has no four.
// PATTERN: pattern = "2:4"{{.*}}synapses = 12 : i64, synapses_before = 20 : i64
// PATTERN: lle.weight {{.*}} dense<{{\[\[}}0.000000e+00, 0.000000e+00, 3.000000e+00, 4.000000e+00, 0.000000e+00, 6.000000e+00, 7.000000e+00, 0.000000e+00], [-8.000000e+00, -7.000000e+00, 0.000000e+00, 0.000000e+00, -4.000000e+00, -3.000000e+00, 0.000000e+00, 0.000000e+00]]>
// FIRST: synapses = 12 : i64, synapses_before = 20 : i64
// FIRST: lle.weight {lle.sparsity = {value = {{.*}}synapses = 8 : i64
// FIRST: lle.weight dense<{{\[\[}}1.000000e+00, 1.000000e+00], [1.000000e+00, -1.000000e+00]]>
// NONE: synapses = 20 : i64, synapses_before = 20 : i64
// MOST: synapses = 1 : i64, synapses_before = 20 : i64
// BITS: lle.weight {{.*}} dense<{{\[\[}}0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, {{[1-9]}}
lle.network @layer(%x: tensor<8xf32>) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], [-8.0, -7.0, -6.0, -5.0, -4.0, -3.0, -2.0, -1.0]]> : tensor<2x8xf32>
  %v = lle.weight dense<[[1.0, 1.0], [1.0, -1.0]]> : tensor<2x2xf32>
  %a = lle.linear %x, %w {name = "first"} : (tensor<8xf32>, tensor<2x8xf32>) -> tensor<2xf32>
  %y = lle.linear %a, %v {name = "second"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

//--- conv.mlir
// A kernel of one place has one synapse for each channel.
// CHECK: synapses = 1 : i64, synapses_before = 2 : i64
// CHECK: lle.weight {{.*}} dense<{{\[\[\[\[}}0.000000e+00]]], {{\[\[\[}}3.000000e+00]]]]>
lle.network @conv(%x: tensor<1x4x4xf32>) -> tensor<2x4x4xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[[[1.0]]], [[[3.0]]]]> : tensor<2x1x1x1xf32>
  %b = lle.weight dense<0.0> : tensor<2xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x4x4xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<2x4x4xf32>
  lle.output %y : tensor<2x4x4xf32>
}

//--- integers.mlir
// Inputs 0 and 1 are the same, and input 7 is never active, so its synapses go first.
// LOIHI: remark{{.*}}Cost{{.*}}Function=loihi2{{.*}}After=1.8{{.*}}, Before=1.9{{.*}}, Of=EnergyMJ
// CHECK: lle.sparsity = {{.*}}synapses = 10 : i64, synapses_before = 15 : i64
// CHECK: lle.weight {{.*}} dense<{{\[\[}}0, 127, 20, -30, 40, 50, -60, 0], [0, 0, 0, 31, -40, 51, 60, 0]]>
// NRF: warning: lle-prune-synapses: 'nrf52840' gains nothing by the 5 synapses that could go, whose weights it would hold as zeros; the network stays as it is
// NRF-NOT: lle.sparsity
// NRF: lle.weight dense<{{\[\[}}27, 100, 20, -30, 40, 50, -60, 70], [1, 0, 2, 30, -40, 50, 60, -70]]>
lle.network @integers(%x: tensor<8xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[27, 100, 20, -30, 40, 50, -60, 70], [1, 0, 2, 30, -40, 50, 60, -70]]> : tensor<2x8xsi8>
  %a = lle.linear %x, %w {name = "in"} : (tensor<8xi1>, tensor<2x8xsi8>) -> tensor<2xsi32>
  %z = spk.fixed_cuba_lif "lif" %a loihi {du = dense<4095> : tensor<2xi32>, dv = dense<4096> : tensor<2xi32>,
    v_threshold = dense<64> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
