// Two samples of 6 steps through a relay. The first spikes in class 0 in every step, so that it is decided by 1, 2, 3,
// ... spikes. The second is class 1, but begins with a spike in class 0: by 1 for class 0, 0, and from step 3 on by 1, 2,
// 3, 4 for class 1. Three steps are enough for both; with a margin of 1 the second ends in its first step, and wrong.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.zeros((2, 6, 2), np.float32); x[1, 0, 0] = 1; x[0, :, 0] = x[1, 1:, 1] = 2; np.save("%t/x.npy", x); np.save("%t/y.npy", [0, 1]); np.save("%t/wrong.npy", [1, 1])'
// DEFINE: %{tune} = lle-opt %s --split-input-file --remarks-filter=timesteps --spk-tune-timesteps
// RUN: %{tune}="dataset=%t/x.npy labels=%t/y.npy early-exit" 2>&1 | FileCheck %s
// RUN: %{tune}="dataset=%t/x.npy labels=%t/y.npy early-exit engine=reference metric=f1" 2>&1 | FileCheck %s
// Without labels the network is right with all its steps.
// RUN: %{tune}="dataset=%t/x.npy early-exit" 2>&1 | FileCheck %s
// CHECK-DAG: remark{{.*}}Fewer{{.*}}After=1{{.*}}, Before=1{{.*}}, Network=relay, Samples=2, Steps=3, StepsBefore=6
// CHECK-DAG: remark{{.*}}EarlyExit{{.*}}Margin=2{{.*}}, MeanSteps=2.5{{.*}}, Network=relay, Steps=3
// CHECK-LABEL: lle.network @relay(%arg0
// CHECK-SAME: tensor<2xi1> {lle.name = "z", spk.exit_margin = 2.000000e+00 : f64})
// CHECK-SAME: mean_steps = 2.500000e+00 : f64{{.*}}steps_before = 6 : i64}, steps = 3 : i64

// Where one of the two may be wrong, one step is enough for all: there is nothing to end earlier.
// RUN: %{tune}="dataset=%t/x.npy labels=%t/y.npy early-exit max-drop=0.5" 2>&1 | FileCheck %s --check-prefix=ONE
// ONE: remark{{.*}}EarlyExit{{.*}}no margin lets a sample end earlier and keeps the metric{{.*}}Steps=1
// ONE-LABEL: lle.network @relay(%arg0
// ONE-SAME: -> (tensor<2xi1> {lle.name = "z"})
// ONE-SAME: mean_steps = 1.000000e+00 : f64{{.*}}, steps = 1 : i64

// What is decided early is wrong here, and more steps make it worse: all margins are as bad as none.
// RUN: %{tune}="dataset=%t/x.npy labels=%t/wrong.npy early-exit max-drop=1" 2>&1 | FileCheck %s --check-prefix=ONE

// A margin is one of the steps it was found with.
// RUN: lle-opt %s --split-input-file --pass-pipeline='builtin.module(spk-tune-timesteps{dataset=%t/x.npy labels=%t/y.npy early-exit},spk-tune-timesteps{dataset=%t/x.npy labels=%t/y.npy})' | FileCheck %s --check-prefix=STALE
// STALE-LABEL: lle.network @relay(%arg0
// STALE-SAME: -> (tensor<2xi1> {lle.name = "z"})
// STALE-NOT: mean_steps

// RUN: not %{tune}="dataset=%t/x.npy early-exit metric=mse" 2>&1 | FileCheck %s --check-prefix=MSE
// MSE: error: spk-tune-timesteps: early-exit is for accuracy and f1: a margin is one between classes
lle.network @relay(%x: tensor<2xf32>) -> (tensor<2xi1> {lle.name = "z"}) attributes {dt = 1.000000e-03 : f64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}

// -----

// Of an output without spikes the value in a step counts, here that of the first output: 1 decides the first sample
// at once, and the second one, where 0.5 would be wrong, in its second step. (The output beside it decides nothing.)
// CHECK-LABEL: lle.network @real(%arg0
// CHECK-SAME: -> (tensor<2xf32> {lle.emit = "last", spk.exit_margin = 1.000000e+00 : f64}, tensor<2xf32>)
// CHECK-SAME: mean_steps = 1.500000e+00 : f64{{.*}}, steps = 2 : i64
lle.network @real(%x: tensor<2xf32>) -> (tensor<2xf32> {lle.emit = "last"}, tensor<2xf32>) attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<5.000000e-01> : tensor<2xf32>
  %y = lle.scale %x, %w : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  lle.output %y, %x : tensor<2xf32>, tensor<2xf32>
}
