// Three samples of 6 steps through a relay: what is right after 1, 2, ... steps is counted by hand. Class 0 of the first
// is right at once. The second is class 1 from step 3 on. The third is class 1 after one step, by luck, then 0 (ties go
// to the lowest), and 1 again from step 5 on. So the accuracy is 2/3, 1/3, 2/3, 2/3, 1, 1.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.zeros((3, 6, 2), np.uint8); x[0, 0, 0] = 1; x[1, 0, 0] = x[1, 1:3, 1] = 1; x[2, 0, 1] = x[2, 1:3, 0] = x[2, 3:5, 1] = 1; np.save("%t/x.npy", x); np.save("%t/y.npy", [0, 1, 1]); np.save("%t/high.npy", [0, 1, 2]); np.save("%t/each.npy", np.zeros((3, 6)))'
// DEFINE: %{tune} = lle-opt %s --spk-tune-timesteps
// RUN: %{tune}="dataset=%t/x.npy labels=%t/y.npy" --remarks-filter=timesteps 2>&1 | FileCheck %s --check-prefixes=CHECK,KEEP
// RUN: %{tune}="dataset=%t/x.npy labels=%t/y.npy max-drop=0.34 engine=reference" | FileCheck %s --check-prefixes=CHECK,DROP
// RUN: %{tune}="dataset=%t/x.npy labels=%t/y.npy min-accuracy=0.3" | FileCheck %s --check-prefixes=CHECK,LEAST
// RUN: %{tune}="dataset=x=%t/x.npy labels=%t/y.npy samples=2" | FileCheck %s --check-prefixes=CHECK,TWO
// F1 of class 1: 2/3 after one step, 0 after two, 2/3 after three, 1 after five.
// RUN: %{tune}="dataset=%t/x.npy labels=%t/y.npy metric=f1 min-accuracy=0.6" | FileCheck %s --check-prefixes=CHECK,F1
// Without labels, what the network gives after all steps is right: the same here.
// RUN: %{tune}="dataset=%t/x.npy" | FileCheck %s --check-prefixes=CHECK,SAME
// RUN: %{tune}="dataset=%t/x.npy output=z" | FileCheck %s --check-prefixes=CHECK,SAME

// RUN: not %{tune} 2>&1 | FileCheck %s --check-prefix=NODATA
// NODATA: error: spk-tune-timesteps: dataset=FILE is missing, inputs on which the metric is measured
// RUN: not %{tune}="dataset=%t/x.npy labels=%t/absent.npy" 2>&1 | FileCheck %s --check-prefix=ABSENT
// ABSENT: error: spk-tune-timesteps: {{.*}}absent.npy
// RUN: not %{tune}="dataset=%t/x.npy labels=%t/high.npy" 2>&1 | FileCheck %s --check-prefix=HIGH
// HIGH: error: spk-tune-timesteps: {{.*}}high.npy: label 2 is 2; the classes are 0 to 1
// RUN: not %{tune}="dataset=%t/x.npy labels=%t/each.npy" 2>&1 | FileCheck %s --check-prefix=EACH
// EACH: error: spk-tune-timesteps: {{.*}}each.npy: a spiking output has one class per sample
// RUN: not %{tune}="dataset=%t/x.npy output=w" 2>&1 | FileCheck %s --check-prefix=OUTPUT
// OUTPUT: error: spk-tune-timesteps: output: the network has no output 'w'
// RUN: not %{tune}="dataset=%t/x.npy metric=mse" 2>&1 | FileCheck %s --check-prefix=STEPS
// STEPS: error: spk-tune-timesteps: labels of each step do not say what shorter samples should give
// RUN: not %{tune}="dataset=%t/x.npy metric=mse min-accuracy=0.5" 2>&1 | FileCheck %s --check-prefix=MSE
// MSE: error: spk-tune-timesteps: min-accuracy is for accuracy and f1; for mse say max-drop
// RUN: not %{tune}="dataset=%t/x.npy min-accuracy=0.5 max-drop=0.5" 2>&1 | FileCheck %s --check-prefix=BOTH
// BOTH: error: spk-tune-timesteps: say either min-accuracy or max-drop
// RUN: not %{tune}="dataset=%t/x.npy min-accuracy=1.5" 2>&1 | FileCheck %s --check-prefix=MIN
// MIN: error: spk-tune-timesteps: min-accuracy must be from 0 to 1, got 1.5
// RUN: not %{tune}="dataset=%t/x.npy max-drop=-1" 2>&1 | FileCheck %s --check-prefix=MAX
// MAX: error: spk-tune-timesteps: max-drop must not be negative, got -1
// RUN: not %{tune}="dataset=%t/x.npy samples=-1" 2>&1 | FileCheck %s --check-prefix=SAMPLES
// SAMPLES: error: spk-tune-timesteps: samples must not be negative, got -1
// RUN: not %{tune}="dataset=%t/x.npy labels=%t/y.npy samples=2 output=z min-accuracy=1 engine=abacus" 2>&1 | FileCheck %s --check-prefix=ENGINE
// ENGINE: error: spk-tune-timesteps: there is no engine 'abacus'

// KEEP: remark{{.*}}Fewer{{.*}}After=1{{.*}}, Before=1{{.*}}, Metric=accuracy, Network=relay, Samples=3, Steps=5, StepsBefore=6
// CHECK: lle.network @relay(%arg0
// KEEP-SAME: spk.timesteps = {after = 1.000000e+00 : f64, before = 1.000000e+00 : f64, dataset = "x.npy", engine = "native", metric = "accuracy", samples = 3 : i64, steps_before = 6 : i64}, steps = 5 : i64
// DROP-SAME: spk.timesteps = {after = 0.66{{[0-9]*}} : f64, before = 1.000000e+00 : f64, {{.*}}engine = "reference"{{.*}}, steps = 3 : i64
// SAME-SAME: steps_before = 6 : i64}, steps = 5 : i64
// LEAST-SAME: steps = 1 : i64
// TWO-SAME: samples = 2 : i64, steps_before = 6 : i64}, steps = 3 : i64
// F1-SAME: metric = "f1"{{.*}}steps = 3 : i64
lle.network @relay(%x: tensor<2xf32> {lle.name = "x"}) -> (tensor<2xi1> {lle.name = "z"}) attributes {dt = 1.000000e-03 : f64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
