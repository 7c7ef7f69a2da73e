// In integers the thresholds behind sink instead of weights rising. Neurons "a" add up their input, above 10 they fire and
// start anew: 6 times, and above 15 4 times. Of those, times 4, "b" fires above 23: once; of 4 spikes only above 15.
// RUN: rm -rf %t && mkdir %t && %python %S/Inputs/thresholds.py %t
// DEFINE: %{tune} = lle-opt %s --spk-tune-thresholds="dataset=%t/integers.npy labels=%t/integers-labels.npy held-out=0
// RUN: %{tune}" | FileCheck %s
// RUN: %{tune} engine=reference" | FileCheck %s

// A bias would have to sink with the thresholds.
// RUN: sed '/"b" %y/s/{/{bias_exp = dense<0> : tensor<2xi32>, bias_mant = dense<0> : tensor<2xi32>, /' %s > %t/bias.mlir
// RUN: lle-opt %t/bias.mlir --spk-tune-thresholds="dataset=%t/integers.npy labels=%t/integers-labels.npy held-out=0" | FileCheck %s --check-prefix=BIAS

// CHECK: lle.network @integers{{.*}}cost_after = 5.000000e+00 : f64, cost_before = 7.000000e+00 : f64
// BIAS: lle.network @integers{{.*}}cost_after = 7.000000e+00 : f64, cost_before = 7.000000e+00 : f64
lle.network @integers(%x: tensor<2xsi32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  // CHECK: "a"{{.*}} spk.threshold_factor = array<f64: 1.500000e+00>{{.*}}v_threshold = dense<15>
  %a = spk.fixed_cuba_lif "a" %x loihi {du = dense<4095> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<10> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  %w = lle.weight dense<[[4, 0], [0, 4]]> : tensor<2x2xsi8>
  %y = lle.linear %a, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  // CHECK: "b"{{.*}} spk.threshold_factor = array<f64: 0.66{{[0-9]*}}>{{.*}}v_threshold = dense<15>
  %b = spk.fixed_cuba_lif "b" %y loihi {du = dense<4095> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<23> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %b : tensor<2xi1>
}
