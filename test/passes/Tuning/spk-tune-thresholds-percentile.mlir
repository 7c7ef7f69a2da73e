// Neurons that add up their input, 1 for the class and 0.5 for the other one, fire in all 20 steps and in 10 of them.
// RUN: rm -rf %t && mkdir %t && %python %S/Inputs/thresholds.py %t
// DEFINE: %{tune} = lle-opt %s --spk-tune-thresholds="dataset=%t/currents.npy labels=%t/currents-labels.npy held-out=0 method=percentile
// The mean rate 0.75 sinks to 0.6.
// RUN: %{tune} percentile=40" | FileCheck %s --check-prefixes=CHECK,LAYER
// The threshold that is reached in no more than 5 per cent of the steps: once.
// RUN: %{tune} percentile=95" | FileCheck %s --check-prefixes=CHECK,ONCE
// Both channels have that rate, over both samples.
// RUN: %{tune} percentile=40 granularity=channel" | FileCheck %s --check-prefixes=CHECK,CHANNEL
// As high as can be: until the class fires once, and the other one never.
// RUN: %{tune}" | FileCheck %s --check-prefixes=CHECK,HIGH
// RUN: %{tune} reduce=0.4" | FileCheck %s --check-prefixes=CHECK,REDUCE
// Nobody fires, and silence is class 0.
// RUN: not %{tune} percentile=99" 2>&1 | FileCheck %s --check-prefix=SILENT
// SILENT: error: spk-tune-thresholds: percentile 99 does not keep the accuracy: it is 0.5 of 1

// CHECK: lle.network @currents
// LAYER-SAME: cost_after = 2.400000e+01 : f64, cost_before = 3.000000e+01 : f64
// CHANNEL-SAME: cost_after = 2.400000e+01 : f64, cost_before = 3.000000e+01 : f64
// ONCE-SAME: cost_after = 1.000000e+00 : f64
// HIGH-SAME: cost_after = 1.000000e+00 : f64
// REDUCE-SAME: cost_after = 1.600000e+01 : f64
// CHECK: spk.if "z"
// CHANNEL-SAME: spk.threshold_factor = array<f64: [[F:[0-9.]+]], [[F]]>
lle.network @currents(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  %z = spk.if "z" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.000000e+00> : tensor<2xf32>,
     v_threshold = dense<1.000000e+00> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
