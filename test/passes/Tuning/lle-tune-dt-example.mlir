// What the description shows.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; x = np.zeros((2, 8, 2)); x[0, :4, 0] = x[1, 4:, 1] = 1; np.save("%t/x.npy", x)'
// RUN: lle-opt %s --lle-tune-dt="dataset=%t/x.npy" --remarks-filter=timesteps 2>&1 | FileCheck %s
// CHECK: remark{{.*}}LongerStep{{.*}}After=1.000000e+00, {{.*}}Dt=8.000000e-03, DtBefore=1.000000e-03, Factor=8, Metric=accuracy
// CHECK: lle.network @slow{{.*}}dt = 8.000000e-03 : f64, lle.downsample = 8 : i64, lle.dt_tuned = {after = 1.000000e+00 : f64, before = 1.000000e+00 : f64, dataset = "x.npy", dt_before = 1.000000e-03 : f64, {{.*}}, steps = 1 : i64}
// RUN: lle-opt %s --lle-tune-dt="dataset=%t/x.npy max-factor=4" | FileCheck %s --check-prefix=FOUR
// FOUR: lle.downsample = 4 : i64
lle.network @slow(%x: tensor<2xf32>) -> (tensor<2xf32> {lle.emit = "last"}) attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
  %v = spk.li "readout" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.000000e+00> : tensor<2xf32>, tau = dense<2.000000e-02> : tensor<2xf32>,
     v_init = dense<0.000000e+00> : tensor<2xf32>, v_leak = dense<0.000000e+00> : tensor<2xf32>} : tensor<2xf32>
  lle.output %v : tensor<2xf32>
}
