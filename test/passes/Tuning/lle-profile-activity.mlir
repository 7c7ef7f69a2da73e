// The fractions are counted by hand in the comments; the data are two samples of four steps.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.zeros((2, 4, 3), np.uint8); x[0, :, 0] = 1; x[0, 1:3, 1] = 1; x[1, 3] = 1; np.save("%t/x.npy", x); np.save("%t/wide.npy", np.zeros((2, 4, 5))); np.save("%t/two.npy", 2 * x); np.save("%t/none.npy", x[:0])'
// RUN: lle-opt %s --lle-profile-activity="dataset=%t/x.npy" | FileCheck %s --check-prefixes=CHECK,NATIVE,ALL
// RUN: lle-opt %s --lle-profile-activity="dataset=x=%t/x.npy engine=reference" | FileCheck %s --check-prefixes=CHECK,REFERENCE,ALL
// RUN: lle-opt %s --lle-profile-activity="dataset=%t/x.npy engine=reference-f64 samples=1" | FileCheck %s --check-prefixes=CHECK,ONE

// RUN: not lle-opt %s --lle-profile-activity="dataset=%t/wide.npy" 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: error: lle-profile-activity: {{.*}}wide.npy: input 'x' expects an array of shape (samples, steps, 3), got (2, 4, 5)
// RUN: not lle-opt %s --lle-profile-activity="dataset=%t/absent.npy" 2>&1 | FileCheck %s --check-prefix=ABSENT
// ABSENT: error: lle-profile-activity: {{.*}}absent.npy
// RUN: not lle-opt %s --lle-profile-activity="dataset=y=%t/x.npy" 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: error: lle-profile-activity: dataset=y={{.*}}: expected NAME=FILE with the name of an input
// RUN: not lle-opt %s --lle-profile-activity 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING: error: lle-profile-activity: dataset: there is no file for the input 'x'
// RUN: not lle-opt %s --lle-profile-activity="dataset=%t/x.npy,x=%t/x.npy" 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: lle-profile-activity: dataset={{.*}}: the input 'x' is given twice
// RUN: not lle-opt %s --lle-profile-activity="dataset=%t/two.npy" 2>&1 | FileCheck %s --check-prefix=SPIKES
// SPIKES: error: lle-profile-activity: {{.*}}two.npy: input 'x' carries spikes, got 2
// RUN: not lle-opt %s --lle-profile-activity="dataset=%t/none.npy" 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: lle-profile-activity: {{.*}}none.npy: there is no step in it: its shape is (0, 4, 3)
// RUN: not lle-opt %s --lle-profile-activity="dataset=%t/x.npy engine=abacus" 2>&1 | FileCheck %s --check-prefix=ENGINE
// ENGINE: error: lle-profile-activity: there is no engine 'abacus'; there are: native, reference, reference-f64
// RUN: not lle-opt %s --lle-profile-activity="dataset=%t/x.npy samples=-1" 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: lle-profile-activity: samples must not be negative, got -1

// CHECK: lle.network @counted(%{{.*}}: tensor<3xi1> {lle.name = "x"}) -> tensor<2xf32>
// NATIVE-SAME: lle.activity_source = {dataset = "x.npy", engine = "native", samples = 2 : i64, steps = 8 : i64}
// REFERENCE-SAME: lle.activity_source = {dataset = "x.npy", engine = "reference", samples = 2 : i64, steps = 8 : i64}
// ONE-SAME: lle.activity_source = {dataset = "x.npy", engine = "reference-f64", samples = 1 : i64, steps = 4 : i64}
lle.network @counted(%x: tensor<3xi1> {lle.name = "x"}) -> tensor<2xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<5.000000e-01> : tensor<2x3xf32>
  // 4 + 2 + 3 of 24 elements; 6 of 12 in the first sample.
  // CHECK: lle.linear %{{.*}} {
  // ALL-SAME: lle.activity = 3.750000e-01 : f64, name = "fc"}
  // ONE-SAME: lle.activity = 5.000000e-01 : f64, name = "fc"}
  %y = lle.linear %x, %w {name = "fc"} : (tensor<3xi1>, tensor<2x3xf32>) -> tensor<2xf32>
  // Both neurons get 0.5, 1, 1, 0.5, and in the second sample 0, 0, 0, 1.5. Counts are trunc(y / 0.5): 1, 2, 2, 1, and
  // 0, 0, 0, 3: a mean of 9 / 8, and 10 of 16 elements are not zero. A silent element is no spike, and three are three.
  // CHECK: spk.if "n"
  // ALL: lle.rate = 1.125000e+00 : f64
  // ONE: lle.rate = 1.500000e+00 : f64
  %z = spk.if "n" %y dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 4>
    {v_init = dense<0.000000e+00> : tensor<2xf32>, v_threshold = dense<5.000000e-01> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  // What is fed back comes a step later: 1 2 2 of four steps, and nothing of the second sample.
  // CHECK: lle.linear %{{.*}} {
  // ALL-SAME: lle.activity = 3.750000e-01 : f64, name = "back"}
  // ONE-SAME: lle.activity = 7.500000e-01 : f64, name = "back"}
  %d = lle.delay "before" %z {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xsi8>
  %v = lle.weight dense<0.000000e+00> : tensor<2x2xf32>
  %b = lle.linear %d, %v {name = "back"} : (tensor<2xsi8>, tensor<2x2xf32>) -> tensor<2xf32>
  lle.output %b : tensor<2xf32>
}
