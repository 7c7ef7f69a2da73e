// RUN: lle-opt --canonicalize --cse %s | FileCheck %s

// Neurons have state and a name: two alike stay two, and one that no one reads stays, to be probed.
// CHECK-LABEL: lle.network @stateful
// CHECK: spk.lif "a"
// CHECK: spk.lif "b"
// CHECK: spk.lif "unused"
// CHECK: spk.integrator "unused sum"
lle.network @stateful(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %a = spk.lif "a" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %b = spk.lif "b" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %unused = spk.lif "unused" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %sum = spk.integrator "unused sum" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<1xf32>} : tensor<1xf32>
  lle.output %a, %b : tensor<1xi1>, tensor<1xi1>
}

// A threshold has no state: two alike are one, and one that no one reads goes.
// CHECK-LABEL: lle.network @threshold
// CHECK-NEXT: [[Z:%.*]] = spk.threshold %arg0 gt
// CHECK-NEXT: lle.output [[Z]], [[Z]]
lle.network @threshold(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %a = spk.threshold %x gt dense<0.5> : tensor<1xf32> : tensor<1xf32> -> tensor<1xi1>
  %b = spk.threshold %x gt dense<0.5> : tensor<1xf32> : tensor<1xf32> -> tensor<1xi1>
  %unused = spk.threshold %x ge dense<0.5> : tensor<1xf32> : tensor<1xf32> -> tensor<1xi1>
  lle.output %a, %b : tensor<1xi1>, tensor<1xi1>
}

// Training is over: sigmoid(0) = 1/2 and sigmoid(-log 3) = 1/4 of the membrane are forgotten in a step.
// CHECK-LABEL: lle.network @trained
// CHECK: spk.lif "decayed" %arg0 dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
// CHECK-SAME: firing<compare = gt, reset = none
// CHECK-SAME: tau = dense<5.000000e-01> : tensor<2xf64>
// CHECK: spk.lif "added" %arg0 dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = membrane>
// CHECK-SAME: lle.state_types = {v = !quant.uniform<i8:f32, 6.250000e-02>}
// CHECK-SAME: tau = dense<[5.000000e-01, 1.000000e+00]> : tensor<2xf64>
// CHECK: spk.plif "never"
lle.network @trained(%x: tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>) attributes {dt = 0.25 : f64} {
  %decayed = spk.plif "decayed" %x
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = true, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>, w = dense<0.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  %added = spk.plif "added" %x
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = false, lle.state_types = {v = !quant.uniform<i8:f32, 6.25e-02>}, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
     w = dense<[0.0, -1.0986122886681098]> : tensor<2xf64>}
    : tensor<2xf32> -> tensor<2xi1>
  // Its time constant is infinite: no spk.lif.
  %never = spk.plif "never" %x
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = true, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>, w = dense<-1.0e+03> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output %decayed, %added : tensor<2xi1>, tensor<2xi1>
}
