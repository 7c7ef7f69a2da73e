// The samples of spk-tune-timesteps-early-exit.mlir: with a margin of 2, one ends after 2 steps and the other after 3. What
// an inference costs is that of 2.5 steps.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.zeros((2, 6, 2), np.float32); x[1, 0, 0] = 1; x[0, :, 0] = x[1, 1:, 1] = 2; np.save("%t/x.npy", x); np.save("%t/y.npy", [0, 1])'
// DEFINE: %{exit} = spk-tune-timesteps{dataset=%t/x.npy labels=%t/y.npy early-exit}
// DEFINE: %{estimate} = lle-estimate-cost{target=loihi2 dataset=%t/x.npy report=-}
// RUN: lle-opt %s --pass-pipeline='builtin.module(%{exit},%{estimate})' 2>&1 | FileCheck %s
// CHECK: z{{ +}}spk.threshold
// CHECK: an inference of 2.5 steps in the mean, measured: samples end early
// CHECK: lle.cost = {{{.*}}steps = 2.500000e+00 : f64

// Without data there is no mean: all steps count.
// RUN: lle-opt %s --pass-pipeline='builtin.module(%{exit},lle-estimate-cost{target=loihi2 report=-})' 2>&1 | FileCheck %s --check-prefix=ALL
// ALL: an inference of 3 steps{{$}}

// So does the estimate from emitted code.
// RUN: lle-opt %s --pass-pipeline='builtin.module(%{exit})' -o %t/early.mlir
// RUN: lle-compile %t/early.mlir --target=nrf52840 --emit=object --activity-data=%t/x.npy --report=%t/report.json -o %t/early.o
// RUN: FileCheck %s --check-prefix=REPORT < %t/report.json
// REPORT: "inference": {
// REPORT: "ends_early": true
// REPORT: "steps": 2.5

// Passes ask for the metric where samples end, and lle-optimize pays for the steps that they run.
// DEFINE: %{optimize} = lle-opt %s --lle-optimize="dataset=%t/x.npy labels=%t/y.npy target=stm32l4r5 passes=spk-tune-timesteps
// RUN: %{optimize} early-exit" | %python %S/Inputs/early_costs.py 2.5
// RUN: %{optimize}" | %python %S/Inputs/early_costs.py 3
// RUN: not %{optimize} early-exit metric=mse max-drop=1" 2>&1 | FileCheck %s --check-prefix=MSE
// MSE: error: lle-optimize: early-exit is for accuracy and f1: a margin is one between classes
lle.network @relay(%x: tensor<2xf32>) -> (tensor<2xi1> {lle.name = "z"}) attributes {dt = 1.000000e-03 : f64, steps = 6 : i64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> {name = "z"} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
