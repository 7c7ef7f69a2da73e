// An integrate-and-fire neuron adds its input as it is, whether its synapses take a step or none: the same integers.
//
// RUN: rm -rf %t && mkdir %t
// RUN: lle-translate --export-nir %s -o %t/if.nir
// RUN: lle-translate --import-nir --profile=loihi --dt=1e-3 %t/if.nir | FileCheck %s --check-prefixes=CHECK,LATE
// RUN: lle-translate --import-nir --profile=loihi:latency=none --dt=1e-3 %t/if.nir | FileCheck %s --check-prefixes=CHECK,AT-ONCE
// RUN: lle-translate --import-nir --profile=lava-float:latency=none --dt=1e-3 %t/if.nir | FileCheck %s --check-prefix=FLOAT

// LATE: lle.delay
// AT-ONCE-NOT: lle.delay
// CHECK: lle.weight dense<{{\[\[}}64, -32], [32, 16]]> : tensor<2x2xsi8>
// CHECK: spk.fixed_cuba_lif "if" {{.*}} v_threshold = dense<64> : tensor<2xi32>}
// AT-ONCE-NOT: lle.delay
// FLOAT-NOT: lle.delay
// FLOAT: spk.if "if" {{.*}} gain = unit
lle.network @net(%x: tensor<2xf32> {lle.name = "input"}) -> (tensor<2xi1> {lle.name = "output"}) attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<[[1.0, -0.5], [0.5, 0.25]]> : tensor<2x2xf32>
  %i = lle.linear %x, %w {name = "fc"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %z = spk.if "if" %i dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
