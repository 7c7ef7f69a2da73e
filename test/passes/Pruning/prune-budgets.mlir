// As little goes as brings an inference within a budget of the target.
// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; r = np.random.default_rng(1); np.save("%t/x.npy", r.random((8, 4, 16))); np.save("%t/bits.npy", (r.random((16, 8, 8)) < 0.5).astype(np.uint8))'
// DEFINE: %{channels} = lle-opt %t/layers.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse target=stm32l4r5
// DEFINE: %{synapses} = lle-opt %t/integers.mlir --lle-prune-synapses="dataset=%t/bits.npy metric=mse target=loihi2
// A channel takes 72 bytes, and the largest signal 64: 1000 bytes with 13 channels, 1072 with 14.
// RUN: %{channels} max-memory-kb=1" | FileCheck %s --check-prefix=MEMORY
// MEMORY: lle.pruning = {{.*}}channels = 13 : i64, channels_before = 16 : i64
// RUN: %{channels} max-memory-kb=2" | FileCheck %s --check-prefix=ENOUGH
// ENOUGH: lle.pruning = {{.*}}channels = 16 : i64, channels_before = 16 : i64
// An inference takes 0.052 ms.
// RUN: %{channels} max-latency-ms=0.03" -o %t/fast.mlir && lle-opt %t/fast.mlir --lle-estimate-cost="target=stm32l4r5 dataset=%t/x.npy report=%t/fast.txt" -o %t/ignored && FileCheck %s --check-prefix=LATENCY < %t/fast.txt
// LATENCY: time 0.02{{[0-9]+}} (
// RUN: %{synapses} energy-budget-mj=1.9e-6" | FileCheck %s --check-prefix=ENERGY
// ENERGY: lle.sparsity = {{.*}}synapses = 6 : i64, synapses_before = 16 : i64
// RUN: not %{synapses} energy-budget-mj=1e-6" 2>&1 | FileCheck %s --check-prefix=LEAST
// LEAST: error: lle-prune-synapses: the budget is not kept with 31/32 removed: energy 1.296e-06 mJ, where 1e-06 mJ are allowed
// A requirement that is given holds as well.
// RUN: not %{synapses} energy-budget-mj=1.9e-6 max-drop=0" 2>&1 | FileCheck %s --check-prefix=UNMET
// UNMET: error: lle-prune-synapses: mse 0 is not met: it was 0 before, and is {{[0-9.]+}} after
// RUN: not %{synapses} energy-budget-mj=1.9e-6 pattern=2:4" 2>&1 | FileCheck %s --check-prefix=BOTH
// RUN: not %{synapses} energy-budget-mj=1.9e-6 ratio=0.5" 2>&1 | FileCheck %s --check-prefix=BOTH
// BOTH: error: lle-prune-synapses: say either ratio, or pattern, or a budget
// RUN: not %{channels} max-memory-kb=1 ratio=0.5" 2>&1 | FileCheck %s --check-prefix=RATIO
// RATIO: error: lle-prune-channels: say either ratios or a budget
// RUN: not %{channels} max-memory-kb=0" 2>&1 | FileCheck %s --check-prefix=ZERO
// ZERO: error: lle-prune-channels: max-memory-kb must be above 0
// RUN: not lle-opt %t/layers.mlir --lle-prune-channels="dataset=%t/x.npy max-memory-kb=1" 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: error: lle-prune-channels: a budget needs target=NAME, the machine whose costs count

//--- layers.mlir
lle.network @layers(%x: tensor<16xf32>) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<0.5> : tensor<16x16xf32>
  %v = lle.weight dense<0.25> : tensor<2x16xf32>
  %a = lle.linear %x, %w : (tensor<16xf32>, tensor<16x16xf32>) -> tensor<16xf32>
  %r = lle.activation <relu> %a {name = "hidden"} : tensor<16xf32>
  %y = lle.linear %r, %v {name = "out"} : (tensor<16xf32>, tensor<2x16xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
//--- integers.mlir
lle.network @integers(%x: tensor<8xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[27, 100, 20, -30, 40, 50, -60, 70], [10, 5, 20, 30, -40, 50, 60, -70]]> : tensor<2x8xsi8>
  %a = lle.linear %x, %w {name = "in"} : (tensor<8xi1>, tensor<2x8xsi8>) -> tensor<2xsi32>
  %z = spk.fixed_cuba_lif "lif" %a loihi {du = dense<4095> : tensor<2xi32>, dv = dense<4096> : tensor<2xi32>,
    v_threshold = dense<64> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
