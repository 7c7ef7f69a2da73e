// Longer steps and fewer synapses are moves of the search, where a target gains by them.
// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; r = np.random.default_rng(0); x = np.zeros((8, 8, 2)); x[np.arange(8), :, np.arange(8) % 2] = 1 + r.random((8, 8)); np.save("%t/x.npy", x); np.save("%t/y.npy", np.arange(8) % 2)'
// RUN: lle-opt %t/slow.mlir --lle-optimize="dataset=%t/x.npy labels=%t/y.npy target=stm32l4r5 passes=lle-tune-dt" | FileCheck %t/slow.mlir
// RUN: %python -c 'import numpy as np; np.save("%t/bits.npy", (np.random.default_rng(1).random((16, 8, 8)) < 0.5).astype(np.uint8))'
// DEFINE: %{thin} = lle-opt %t/wide.mlir --lle-optimize="dataset=%t/bits.npy metric=mse max-drop=1 passes=lle-prune-synapses
// RUN: %{thin} target=loihi2" | FileCheck %t/wide.mlir --check-prefixes=CHECK,CHIP
// A processor computes with zeros as well.
// RUN: %{thin} target=stm32l4r5" | FileCheck %t/wide.mlir --check-prefixes=CHECK,PROCESSOR
// Bits are allocated under the budgets of the search, too: one of the eight steps keeps this one.
// RUN: %python -c 'import numpy as np; np.save("%t/classes.npy", np.arange(16) % 2)'
// RUN: lle-opt %t/wide.mlir --lle-optimize="dataset=%t/bits.npy labels=%t/classes.npy min-accuracy=0.1 passes=spk-tune-timesteps,lle-allocate-bits target=stm32l4r5 goals=latency:1 max-latency-ms=0.002" | FileCheck %t/wide.mlir --check-prefixes=CHECK,BUDGET

//--- slow.mlir
// CHECK: lle.network @slow{{.*}}dt = 8.000000e-03 : f64, lle.downsample = 8 : i64{{.*}}moves = ["lle-tune-dt{min-accuracy=1}"]{{.*}}steps = 1 : i64
lle.network @slow(%x: tensor<2xf32>) -> (tensor<2xf32> {lle.emit = "last"}) attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
  %v = spk.li "readout" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.000000e+00> : tensor<2xf32>, tau = dense<2.000000e-02> : tensor<2xf32>,
     v_init = dense<0.000000e+00> : tensor<2xf32>, v_leak = dense<0.000000e+00> : tensor<2xf32>} : tensor<2xf32>
  lle.output %v : tensor<2xf32>
}

//--- wide.mlir
// CHECK: lle.network @wide
// CHIP-SAME: moves = ["lle-prune-synapses{ratio=0.75 max-drop=
// CHIP: synapses = 4 : i64, synapses_before = 16 : i64
// PROCESSOR-SAME: moves = []
// BUDGET-SAME: moves = ["spk-tune-timesteps{{{.*}}", "lle-allocate-bits{repairs=0 max-latency-ms=0.002 min-accuracy=0.1}"]{{.*}}steps = 1 : i64
lle.network @wide(%x: tensor<8xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[27, 100, 20, -30, 40, 50, -60, 70], [10, 5, 20, 30, -40, 50, 60, -70]]> : tensor<2x8xsi8>
  %a = lle.linear %x, %w {name = "in"} : (tensor<8xi1>, tensor<2x8xsi8>) -> tensor<2xsi32>
  %z = spk.fixed_cuba_lif "lif" %a loihi {du = dense<4095> : tensor<2xi32>, dv = dense<4096> : tensor<2xi32>,
    v_threshold = dense<64> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
