// Neurons "a" send 4 spikes, and their two of 1.2 are lost at a threshold of 1.5. Neurons behind them fire at 3: they
// still do where the other two count for 1.5 each.
// RUN: rm -rf %t && mkdir %t && %python %S/Inputs/thresholds.py %t
// RUN: lle-opt %s --spk-tune-thresholds="dataset=%t/balance.npy labels=%t/balance-labels.npy held-out=0" 2>&1 | FileCheck %s
// A spike of "a" reaches two neurons, one of "b" none.
// RUN: lle-opt %s --spk-tune-thresholds="dataset=%t/balance.npy labels=%t/balance-labels.npy held-out=0 cost=operations" 2>&1 | FileCheck %s --check-prefix=OPERATIONS
// Channels are not balanced. Without that only those of class 0 can be spared, which silence is too.
// RUN: lle-opt %s --spk-tune-thresholds="dataset=%t/balance.npy labels=%t/balance-labels.npy held-out=0 granularity=channel" 2>&1 | FileCheck %s --check-prefix=CHANNEL

// CHECK: lle.network @balance{{.*}}cost_after = 3.000000e+00 : f64, cost_before = 5.000000e+00 : f64
// OPERATIONS: lle.network @balance{{.*}}cost = "operations", cost_after = 4.000000e+00 : f64, cost_before = 8.000000e+00 : f64
// CHANNEL: lle.network @balance{{.*}}cost_after = 2.500000e+00 : f64, cost_before = 5.000000e+00 : f64
lle.network @balance(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  // CHECK: spk.threshold %{{.*}} ge dense<1.500000e+00> : tensor<2xf32> {name = "a", spk.threshold_factor = array<f64: 1.500000e+00>, spk.weight_factor = 1.500000e+00 : f64}
  %a = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> {name = "a"} : tensor<2xf32> -> tensor<2xi1>
  // CHECK: lle.weight dense<{{\[\[}}1.500000e+00, 0.000000e+00], [0.000000e+00, 1.500000e+00]]>
  // CHECK-NOT: lle.weight
  %w = lle.weight dense<[[1.000000e+00, 0.000000e+00], [0.000000e+00, 1.000000e+00]]> : tensor<2x2xf32>
  %y = lle.linear %a, %w : (tensor<2xi1>, tensor<2x2xf32>) -> tensor<2xf32>
  // CHECK: spk.if "b"{{.*}}spk.threshold_factor = array<f64: 1.000000e+00>{{.*}}v_threshold = dense<3.000000e+00>
  %b = spk.if "b" %y dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.000000e+00> : tensor<2xf32>, v_reset = dense<0.000000e+00> : tensor<2xf32>,
     v_threshold = dense<3.000000e+00> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output %b : tensor<2xi1>
}
