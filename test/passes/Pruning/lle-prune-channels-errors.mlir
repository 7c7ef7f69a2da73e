// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.ones((2, 4, 2))); np.save("%t/nan.npy", np.full((2, 4, 2), np.nan))'
// DEFINE: %{prune} = not lle-opt %t/two.mlir --lle-prune-channels
// RUN: %{prune} 2>&1 | FileCheck %s --check-prefix=NODATA
// NODATA: error: lle-prune-channels: dataset=FILE is missing, inputs on which the metric is measured
// RUN: %{prune}="dataset=%t/x.npy metric=mse ratio=1" 2>&1 | FileCheck %s --check-prefix=RATIO
// RATIO: two.mlir:1:1: error: lle-prune-channels: ratio must be above 0 and below 1, got 1
// RUN: %{prune}="dataset=%t/x.npy metric=mse rounds=0" 2>&1 | FileCheck %s --check-prefix=ROUNDS
// ROUNDS: error: lle-prune-channels: rounds must be positive, got 0
// RUN: %{prune}="dataset=%t/x.npy metric=mse ridge=0" 2>&1 | FileCheck %s --check-prefix=RIDGE
// RIDGE: error: lle-prune-channels: ridge must be positive and finite, got 0
// RUN: %{prune}="dataset=%t/x.npy metric=mse window=-2" 2>&1 | FileCheck %s --check-prefix=WINDOW
// WINDOW: error: lle-prune-channels: window must not be negative, got -2
// RUN: %{prune}="dataset=%t/x.npy metric=mse layers=other" 2>&1 | FileCheck %s --check-prefix=LAYER
// LAYER: error: lle-prune-channels: layers: there are no channels of 'other'; those of the network are: hidden, out
// RUN: %{prune}="dataset=%t/x.npy metric=mse layers=hidden=1.5" 2>&1 | FileCheck %s --check-prefix=OWN
// OWN: error: lle-prune-channels: layers: the ratio of 'hidden' must be above 0 and below 1, got '1.5'
// RUN: %{prune}="dataset=%t/x.npy metric=mse layers=hidden=0.5,out" 2>&1 | FileCheck %s --check-prefix=MIXED
// MIXED: error: lle-prune-channels: layers: 'hidden' has a ratio, but others have none; ratio is that of all others
// RUN: %{prune}="dataset=%t/x.npy metric=mse layers=out" 2>&1 | FileCheck %s --check-prefix=OUT
// OUT: error: lle-prune-channels: layers: the channels of 'out' are those of an output of the network
// RUN: %{prune}="dataset=%t/nan.npy labels=%t/x.npy metric=mse ratio=0.5" 2>&1 | FileCheck %s --check-prefix=NAN
// NAN: error: lle-prune-channels: nan.npy: sample 0: a signal of the network is not finite
// Steps that the network does not take are not looked at.
// RUN: %python -c 'import numpy as np; x = np.ones((2, 4, 2)); x[:, 2:] = np.nan; np.save("%t/late.npy", x)'
// RUN: sed 's/dt =/steps = 2 : i64, dt =/' %t/two.mlir | lle-opt --lle-prune-channels="dataset=%t/late.npy metric=mse ratio=0.5" | FileCheck %s --check-prefix=LATE
// LATE: lle.pruning = {{.*}} channels = 1 : i64, channels_before = 2 : i64
// RUN: %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 max-drop=0 correct=false" 2>&1 | FileCheck %s --check-prefix=UNMET
// UNMET: error: lle-prune-channels: mse 0 is not met: it was 0 before, and is {{[0-9.]+}} after
// RUN: not lle-opt %t/quantised.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse" 2>&1 | FileCheck %s --check-prefix=QUANTISED
// QUANTISED: quantised.mlir:1:1: error: lle-prune-channels: no channels can be removed: those of 'hidden' have quantised weights; prune first; those of 'out' are those of an output of the network
// Synapses that are gone do not come back.
// RUN: lle-opt %t/two.mlir --lle-prune-synapses="dataset=%t/x.npy metric=mse ratio=0.5" -o %t/sparse.mlir
// RUN: not lle-opt %t/sparse.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5" 2>&1 | FileCheck %s --check-prefix=SPARSE
// SPARSE: error: lle-prune-channels: the synapses of 'two' were pruned, and correcting weights would bring them back; prune channels before synapses, or say correct=false
// RUN: lle-opt %t/sparse.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5 correct=false" -o %t/late.mlir && FileCheck %s --check-prefixes=LATE,LEFT < %t/late.mlir
// LEFT-SAME: lle.sparsity = {{.*}}synapses = 3 : i64, synapses_before = 4 : i64
// LEFT: lle.weight {lle.sparsity = {value = {{.*}}synapses = 1 : i64, synapses_before = 4 : i64
// Nor do they later: what is left of them is counted, and still marked.
// RUN: not lle-opt %t/late.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5" 2>&1 | FileCheck %s --check-prefix=SPARSE
// RUN: not lle-opt %t/slice.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse" 2>&1 | FileCheck %s --check-prefix=SLICE
// SLICE: error: lle-prune-channels: no channels can be removed: those of 'hidden' pass 'lle.slice'; those of 'out' are those of an output of the network
// RUN: lle-opt %t/two.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5" --remarks-filter=pruning 2>&1 | FileCheck %s --check-prefix=REMARK
// REMARK: remark: [Missed] Kept | Category:pruning | Function=out | Reason="the channels are those of an output of the network"

//--- two.mlir
lle.network @two(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %a = lle.linear %x, %w {name = "hidden"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %y = lle.linear %a, %w {name = "out"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
//--- quantised.mlir
lle.network @quantised(%x: tensor<2xi1>) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  %q = lle.weight dense<[[1, -2], [3, 127]]> : tensor<2x2xi8> as tensor<2x2x!quant.uniform<i8:f32, 1.250000e-01>>
  %w = lle.weight dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %a = lle.linear %x, %q {name = "hidden"} : (tensor<2xi1>, tensor<2x2x!quant.uniform<i8:f32, 1.250000e-01>>) -> tensor<2xf32>
  %y = lle.linear %a, %w {name = "out"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
//--- slice.mlir
lle.network @slice(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %v = lle.weight dense<[[1.0], [3.0]]> : tensor<2x1xf32>
  %a = lle.linear %x, %w {name = "hidden"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %s = lle.slice %a {offset = 1 : i64} : (tensor<2xf32>) -> tensor<1xf32>
  %y = lle.linear %s, %v {name = "out"} : (tensor<1xf32>, tensor<2x1xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
