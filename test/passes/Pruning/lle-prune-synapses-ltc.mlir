// Synapses of a liquid cell leave its masks.
// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(2).standard_normal((8, 12, 1)))'
// DEFINE: %{prune} = --lle-prune-synapses
// RUN: lle-opt %t/wired.mlir %{prune}="dataset=%t/x.npy metric=mse ratio=0.2 ridge=1e-6 target=nrf52840" -o %t/pruned.mlir --remarks-filter=pruning 2>&1 | FileCheck %t/wired.mlir --check-prefix=REMARK
// RUN: FileCheck %t/wired.mlir < %t/pruned.mlir
// Both engines run what is left, and give what the whole cell gave.
// RUN: lle-run %t/wired.mlir --input=%t/x.npy --output=%t/y.npy
// RUN: lle-run %t/pruned.mlir --input=%t/x.npy --evaluate=%t/y.npy --metric=mse | FileCheck %s --check-prefix=SAME
// RUN: lle-run %t/pruned.mlir --input=%t/x.npy --evaluate=%t/y.npy --metric=mse --engine=reference | FileCheck %s --check-prefix=SAME
// SAME: mse {{ *}}{{[0-9.]+}}e-{{0[5-9]|1[0-9]}}
// Without correction the weights stay, and the output does not.
// RUN: lle-opt %t/wired.mlir %{prune}="dataset=%t/x.npy metric=mse ratio=0.2 correct=false" -o %t/raw.mlir
// RUN: lle-run %t/raw.mlir --input=%t/x.npy --evaluate=%t/y.npy --metric=mse | FileCheck %s --check-prefix=RAW
// RAW: mse {{ *}}0.01
// RUN: not lle-opt %t/wired.mlir %{prune}="dataset=%t/x.npy metric=mse pattern=1:2" --remarks-filter=pruning 2>&1 | FileCheck %s --check-prefix=PATTERN
// PATTERN: remark: [Missed] Kept | Category:pruning | Function=rnn | Reason="the synapses of a liquid cell have no pattern"
// PATTERN: error: lle-prune-synapses: the network has no synapses that can be removed: no weights that are constants of floats or integers, outside of LTC cells

//--- wired.mlir
// Neurons 1 and 2 are the same, and excite neuron 0 together: the weaker of their synapses goes, and the other takes its
// weight, 0.5 + 0.25.
// REMARK: remark{{.*}}Cost{{.*}}Function=nrf52840{{.*}}Of=LatencyMS
// REMARK: remark{{.*}}Pruned{{.*}}Function=rnn{{.*}}Synapses=5, SynapsesBefore=6
// CHECK: ltc.ltc_cell "rnn"
// CHECK-SAME: lle.sparsity = {w = {error = {{.*}}, synapses = 5 : i64, synapses_before = 6 : i64}}
// CHECK-SAME: mask = dense<{{\[\[}}0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]]> : tensor<4x4xi8>
// CHECK-SAME: w = dense<{{\[\[}}1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00], [{{7[.][45][0-9]*E-01|0?[.]7[45][0-9]*|7[.][45][0-9]*e-01}}, 1.000000e+00, 1.000000e+00, 1.000000e+00], [2.500000e-01
lle.network @wired(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
    solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-08 : f64, elapsed = 1.0 : f64,
    gleak = dense<[0.5, 0.25, 0.25, 0.5]> : tensor<4xf32>, vleak = dense<[0.0, 0.1, 0.1, 0.3]> : tensor<4xf32>,
    cm = dense<0.5> : tensor<4xf32>, sigma = dense<4.0> : tensor<4x4xf32>, mu = dense<0.5> : tensor<4x4xf32>,
    w = dense<[[1.0, 1.0, 1.0, 1.0], [0.5, 1.0, 1.0, 1.0], [0.25, 1.0, 1.0, 1.0], [0.5, 1.0, 1.0, 1.0]]> : tensor<4x4xf32>,
    erev = dense<[[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [-1.0, 1.0, 1.0, 1.0]]> : tensor<4x4xf32>,
    mask = dense<[[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]> : tensor<4x4xi8>,
    sensory_sigma = dense<[[3.0, 3.0, 3.0, -3.0]]> : tensor<1x4xf32>, sensory_mu = dense<0.25> : tensor<1x4xf32>,
    sensory_w = dense<[[0.0, 1.0, 1.0, 0.5]]> : tensor<1x4xf32>, sensory_erev = dense<1.0> : tensor<1x4xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<4xf32>)
  lle.output %y : tensor<1xf32>
}
