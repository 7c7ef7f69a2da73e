// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | FileCheck %s --check-prefix=GENERIC

// CHECK-LABEL: lle.network @threshold
// CHECK: spk.threshold %arg0 gt dense<5.000000e-01> : tensor<3xf32> : tensor<3xf32> -> tensor<3xi1>
// CHECK: spk.threshold %arg0 ge dense<[0.000000e+00, 1.000000e+00, 2.000000e+00]> : tensor<3xf64> {name = "late"} : tensor<3xf32> -> tensor<3xi1>
// GENERIC: "spk.threshold"({{%.*}}) <{compare = #spk<compare gt>, v_threshold = dense<5.000000e-01> : tensor<3xf32>}>
lle.network @threshold(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.threshold %x gt dense<5.000000e-01> : tensor<3xf32> : tensor<3xf32> -> tensor<3xi1>
  %late = spk.threshold %x ge dense<[0.0, 1.0, 2.0]> : tensor<3xf64> {name = "late"} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @integrator
// CHECK: spk.integrator "sum" %arg0 dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
// CHECK-SAME: {v_init = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32>
// GENERIC: "spk.integrator"({{%.*}}) <{dynamics = #spk.dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>,
// GENERIC-SAME: name = "sum", v_init = dense<0.000000e+00> : tensor<3xf32>}>
lle.network @integrator(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %v = spk.integrator "sum" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @if
// CHECK: spk.if "if1" %arg0 dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
// CHECK-SAME: firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
// CHECK-SAME: {v_init = dense<0.000000e+00> : tensor<3xf32>, v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>}
// CHECK-SAME: : tensor<3xf32> -> tensor<3xi1>
// GENERIC: "spk.if"({{%.*}}) <{dynamics = #spk.dynamics<{{[^>]*}}>,
// GENERIC-SAME: firing = #spk.firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
lle.network @if(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.if "if1" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.000000e+00> : tensor<3xf32>, v_reset = dense<0.000000e+00> : tensor<3xf32>,
     v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// Several spikes in a step need a wider result.
// CHECK-LABEL: lle.network @multi_spike
// CHECK: max_spikes = 127> {{.*}} : tensor<3xf64> -> tensor<3xsi8>
// CHECK: max_spikes = 32767> {{.*}} : tensor<3xf64> -> tensor<3xsi16>
// CHECK: max_spikes = 2147483647> {{.*}} : tensor<3xf64> -> tensor<3xsi32>
lle.network @multi_spike(%x: tensor<3xf64>) attributes {dt = 1.0 : f64} {
  %si8 = spk.if "si8" %x dynamics<integrator = exact, order = decay_first, gain = per_step, scale = input>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 127>
    {r = dense<2.0> : tensor<3xf64>, v_init = dense<0.0> : tensor<3xf64>, v_min = dense<-1.0> : tensor<3xf64>,
     v_threshold = dense<1.0> : tensor<3xf64>} : tensor<3xf64> -> tensor<3xsi8>
  %si16 = spk.if "si16" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 32767>
    {v_init = dense<0.0> : tensor<3xf64>, v_threshold = dense<1.0> : tensor<3xf64>} : tensor<3xf64> -> tensor<3xsi16>
  %si32 = spk.if "si32" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 2147483647>
    {v_init = dense<0.0> : tensor<3xf64>, v_threshold = dense<1.0> : tensor<3xf64>} : tensor<3xf64> -> tensor<3xsi32>
  lle.output
}

// CHECK-LABEL: lle.network @li
// CHECK: spk.li "readout" %arg0 dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
// CHECK-SAME: {r = dense<1.000000e+00> : tensor<3xf32>, tau = dense<2.000000e-02> : tensor<3xf32>,
// CHECK-SAME: v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32>
lle.network @li(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %v = spk.li "readout" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.000000e+00> : tensor<3xf32>, tau = dense<2.000000e-02> : tensor<3xf32>,
     v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @lif
// CHECK: spk.lif "lif1" %arg0 dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
// CHECK-SAME: firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
// CHECK-SAME: : tensor<3xf32> -> tensor<3xi1>
lle.network @lif(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.lif "lif1" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.000000e+00> : tensor<3xf32>, tau = dense<2.500000e-03> : tensor<3xf32>,
     v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
     v_threshold = dense<1.000000e-01> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// Parameters of one step; every other value of the rules.
// CHECK-LABEL: lle.network @discrete
// CHECK: spk.lif "held" %arg0 dynamics<integrator = discrete, order = input_first, gain = unit, scale = membrane>
// CHECK-SAME: firing<compare = ge, reset = none, when = next_after, emit = held, scope = membrane, max_spikes = 1>
// CHECK: spk.lif "before" %arg0 dynamics<integrator = hold, order = decay_first, gain = continuous, scale = membrane>
// CHECK-SAME: firing<compare = gt, reset = subtract, when = next_before, emit = updated, scope = membrane, max_spikes = 1>
// CHECK: spk.lif "harder" %arg0 dynamics<integrator = decay_exp, order = decay_first, gain = per_step, scale = membrane>
// CHECK-SAME: firing<compare = gt, reset = subtract, when = same_step_held, emit = updated, scope = membrane, max_spikes = 1>
lle.network @discrete(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %held = spk.lif "held" %x dynamics<integrator = discrete, order = input_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = next_after, emit = held, scope = membrane, max_spikes = 1>
    {bias = dense<0.5> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %before = spk.lif "before" %x dynamics<integrator = hold, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = subtract, when = next_before, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<1xf32>, tau = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %harder = spk.lif "harder" %x dynamics<integrator = decay_exp, order = decay_first, gain = per_step, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step_held, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<1xf32>, tau = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// CHECK-LABEL: lle.network @cuba_li
// CHECK: spk.cuba_li "readout" %arg0 dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
// CHECK-SAME: {r = dense<1.000000e+00> : tensor<3xf32>, tau_mem = dense<2.000000e-02> : tensor<3xf32>, tau_syn = dense<5.000000e-03> : tensor<3xf32>,
// CHECK-SAME: w_in = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32>
lle.network @cuba_li(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %v = spk.cuba_li "readout" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.000000e+00> : tensor<3xf32>, tau_mem = dense<2.000000e-02> : tensor<3xf32>,
     tau_syn = dense<5.000000e-03> : tensor<3xf32>, v_init = dense<0.000000e+00> : tensor<3xf32>,
     v_leak = dense<0.000000e+00> : tensor<3xf32>, w_in = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @cuba_lif
// CHECK: spk.cuba_lif "lif1" %arg0 dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
// CHECK-SAME: firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
// CHECK-SAME: tau_syn = dense<2.000000e-04> : tensor<3xf64>
// CHECK-SAME: : tensor<3xf32> -> tensor<3xi1>
// CHECK: spk.cuba_lif "all" {{.*}} scope = all, max_spikes = 1> {{.*}}i_leak = dense<1.000000e+00> : tensor<3xf32>
lle.network @cuba_lif(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.cuba_lif "lif1" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.000000e+01> : tensor<3xf64>, tau_mem = dense<1.000000e-03> : tensor<3xf64>,
     tau_syn = dense<2.000000e-04> : tensor<3xf64>, v_init = dense<0.000000e+00> : tensor<3xf64>,
     v_leak = dense<0.000000e+00> : tensor<3xf64>, v_reset = dense<0.000000e+00> : tensor<3xf64>,
     v_threshold = dense<1.000000e+00> : tensor<3xf64>, w_in = dense<2.000000e+00> : tensor<3xf64>}
    : tensor<3xf32> -> tensor<3xi1>
  %all = spk.cuba_lif "all" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = all, max_spikes = 1>
    {i_leak = dense<1.0> : tensor<3xf32>, r = dense<1.0> : tensor<3xf32>, tau_mem = dense<1.0> : tensor<3xf32>,
     tau_syn = dense<1.0> : tensor<3xf32>, v_init = dense<0.0> : tensor<3xf32>, v_leak = dense<0.0> : tensor<3xf32>,
     v_reset = dense<0.0> : tensor<3xf32>, v_threshold = dense<1.0> : tensor<3xf32>, w_in = dense<1.0> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @fixed
// CHECK: spk.fixed_cuba_lif "lif1" %arg0 loihi {du = dense<409> : tensor<3xi32>, dv = dense<410> : tensor<3xi32>, v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
// CHECK: spk.fixed_cuba_li "readout" %arg0 loihi {du = dense<-1> : tensor<3xi32>, dv = dense<4096> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xsi32>
lle.network @fixed(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.fixed_cuba_lif "lif1" %x loihi {du = dense<409> : tensor<3xi32>, dv = dense<410> : tensor<3xi32>,
    v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  %v = spk.fixed_cuba_li "readout" %x loihi {du = dense<-1> : tensor<3xi32>, dv = dense<4096> : tensor<3xi32>}
    : tensor<3xsi32> -> tensor<3xsi32>
  lle.output
}
