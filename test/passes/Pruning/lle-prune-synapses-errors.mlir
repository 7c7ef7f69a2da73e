// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(1).random((4, 3, 4)))'
// DEFINE: %{prune} = not lle-opt %t/two.mlir --lle-prune-synapses
// RUN: %{prune} 2>&1 | FileCheck %s --check-prefix=NODATA
// NODATA: two.mlir:1:1: error: lle-prune-synapses: dataset=FILE is missing, inputs on which the metric is measured
// RUN: %{prune}="dataset=%t/x.npy metric=mse ratio=1" 2>&1 | FileCheck %s --check-prefix=RATIO
// RATIO: error: lle-prune-synapses: ratio must be above 0 and below 1, got 1
// RUN: %{prune}="dataset=%t/x.npy metric=mse ridge=0" 2>&1 | FileCheck %s --check-prefix=RIDGE
// RUN: %{prune}="dataset=%t/x.npy metric=mse ridge=1e-30" 2>&1 | FileCheck %s --check-prefix=RIDGE
// RIDGE: error: lle-prune-synapses: ridge must be finite and at least 1e-09, got {{0|1e-30}}
// RUN: %{prune}="dataset=%t/x.npy metric=mse pattern=4:4" 2>&1 | FileCheck %s --check-prefix=PATTERN
// RUN: %{prune}="dataset=%t/x.npy metric=mse pattern=0:4" 2>&1 | FileCheck %s --check-prefix=PATTERN
// RUN: %{prune}="dataset=%t/x.npy metric=mse pattern=half" 2>&1 | FileCheck %s --check-prefix=PATTERN
// PATTERN: error: lle-prune-synapses: pattern must be N:M with 0 < N < M, as 2:4, got '{{4:4|0:4|half}}'
// RUN: %{prune}="dataset=%t/x.npy metric=mse pattern=2:4 ratio=0.5" 2>&1 | FileCheck %s --check-prefix=BOTH
// BOTH: error: lle-prune-synapses: say either ratio or pattern
// RUN: %{prune}="dataset=%t/x.npy metric=mse layers=other" 2>&1 | FileCheck %s --check-prefix=LAYER
// LAYER: error: lle-prune-synapses: layers: there are no synapses of 'other'; those of the network are: hidden, out
// RUN: %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 max-drop=0 correct=false" 2>&1 | FileCheck %s --check-prefix=UNMET
// UNMET: error: lle-prune-synapses: mse 0 is not met: it was 0 before, and is {{[0-9.]+}} after
// RUN: not lle-opt %t/none.mlir --lle-prune-synapses="dataset=%t/x.npy metric=mse" 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: none.mlir:1:1: error: lle-prune-synapses: the network has no synapses that can be removed: no weights that are constants of floats or integers
// RUN: %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 target=none" 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: error: {{.*}}'none'
// RUN: %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 target=nrf52840 cost-model=none" 2>&1 | FileCheck %s --check-prefix=MODEL
// MODEL: error: lle-prune-synapses: {{.*}}'none'

//--- two.mlir
lle.network @two(%x: tensor<4xf32>) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[1.0, 2.0, 0.5, -1.0], [3.0, 4.0, -2.0, 1.5]]> : tensor<2x4xf32>
  %v = lle.weight dense<[[1.0, 2.0], [-3.0, 4.0]]> : tensor<2x2xf32>
  %a = lle.linear %x, %w {name = "hidden"} : (tensor<4xf32>, tensor<2x4xf32>) -> tensor<2xf32>
  %y = lle.linear %a, %v {name = "out"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
//--- none.mlir
lle.network @none(%x: tensor<4xf32>) -> tensor<4xf32> attributes {dt = 1.0e-03 : f64} {
  %y = lle.activation <relu> %x : tensor<4xf32>
  lle.output %y : tensor<4xf32>
}
