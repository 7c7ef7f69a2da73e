// A return under a condition, which is what ends this loop on Cortex-M, is a way out of it: the neurons of four steps are
// counted, in groups of four.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(0).uniform(0, 2, (2, 4, 16)).astype(np.float32))'
// RUN: lle-opt %s --lle-estimate-cost="model=exact target=mps2-an386 dataset=%t/x.npy report=-" -o /dev/null 2>&1 | FileCheck %s
// CHECK: n {{ *}}spk.if
// CHECK: a step {{[0-9.]+}} {{.*}}cycles, derived
lle.network @if_counts(%x: tensor<16xf32>) -> tensor<16xsi16> attributes {dt = 1.0e-3 : f64} {
  %z = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane> firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 32767> {r = dense<1.000000e+00> : tensor<16xf32>, v_init = dense<0.000000e+00> : tensor<16xf32>, v_threshold = dense<1.000000e+00> : tensor<16xf32>} : tensor<16xf32> -> tensor<16xsi16>
  lle.output %z : tensor<16xsi16>
}
