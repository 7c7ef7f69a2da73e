// Networks may be priced by the code that is emitted for them: there are gaps in what the analytic model knows of the
// target, and none in this one.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; np.save("%t/x.npy", np.ones((2, 8, 2)))'
// RUN: lle-opt %s --lle-optimize="dataset=%t/x.npy target=rpi4b cost-model=exact" | FileCheck %s
// CHECK: lle.network @relay{{.*}}lle.optimized = {after = {energy_mj = {{.*}}latency_ms = {{.*}}steps = 1 : i64}
lle.network @relay(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
