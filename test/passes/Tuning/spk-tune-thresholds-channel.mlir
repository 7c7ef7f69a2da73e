// The noise of element 0 is 1.4 and the signal of element 1 is 1.3, so that one threshold for both spares no spike.
// RUN: rm -rf %t && mkdir %t && %python %S/Inputs/thresholds.py %t
// DEFINE: %{tune} = lle-opt %s --spk-tune-thresholds="dataset=%t/uneven.npy labels=%t/uneven-labels.npy held-out=0
// RUN: %{tune}" | FileCheck %s --check-prefixes=CHECK,LAYER
// RUN: %{tune} granularity=channel" | FileCheck %s --check-prefixes=CHECK,CHANNEL

// CHECK: lle.network @relay
// LAYER-SAME: cost_after = 2.500000e+00 : f64, cost_before = 2.500000e+00 : f64
// CHANNEL-SAME: cost_after = 2.000000e+00 : f64, cost_before = 2.500000e+00 : f64
// CHECK: spk.threshold %
// LAYER-SAME: dense<1.000000e+00>{{.*}}spk.threshold_factor = array<f64: 1.000000e+00>
// CHANNEL-SAME: dense<[1.500000e+00, 1.000000e+00]>{{.*}}spk.threshold_factor = array<f64: 1.500000e+00, 1.000000e+00>
lle.network @relay(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> {name = "relay"} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
