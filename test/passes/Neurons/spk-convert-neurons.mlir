// RUN: lle-opt --spk-convert-neurons=to=lif %s | FileCheck %s --check-prefix=LIF
// RUN: lle-opt --spk-convert-neurons=to=adlif %s | FileCheck %s --check-prefix=ADLIF
// RUN: lle-opt --spk-convert-neurons=to=plif %s | FileCheck %s --check-prefix=PLIF
// RUN: lle-opt --spk-convert-neurons=to=plif %s | lle-opt --spk-convert-neurons=to=lif | FileCheck %s --check-prefix=BACK

// dt / tau = 1 / (1 + exp(0)).
// LIF-LABEL: lle.network @trained
// LIF: spk.lif "plif" %arg0 dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
// LIF-SAME: tau = dense<2.000000e-03> : tensor<3xf64>
// ADLIF-LABEL: lle.network @trained
// ADLIF: spk.adlif "plif" %arg0 dynamics<integrator = euler
// ADLIF-SAME: {a = dense<0.000000e+00> : tensor<3xf64>, couple = #spk.coupling<simultaneous>, jump = dense<0.000000e+00> : tensor<3xf64>
// PLIF-LABEL: lle.network @trained
// PLIF: spk.plif "plif"
lle.network @trained(%x: tensor<3xf32>) -> tensor<3xi1> attributes {dt = 1.000000e-03 : f64} {
  %z = spk.plif "plif" %x
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = true, v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
     v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>,
     w = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output %z : tensor<3xi1>
}

// Every form of a leak is some w: dt / tau = 1/4, and exp(-dt / tau) = 3/4, and a decay of 3/4 with bias 1/8: the
// fraction that is forgotten is 1/4 each time, w = -log(3). The readout stays what it is.
// PLIF-LABEL: lle.network @leaky
// PLIF: spk.plif "euler"
// PLIF-SAME: decay_input = true
// PLIF-SAME: w = dense<-1.098612288668{{[0-9]*}}> : tensor<1xf64>
// PLIF: spk.plif "exact"
// PLIF-SAME: decay_input = true
// PLIF-SAME: w = dense<-1.098612288668{{[0-9]*}}> : tensor<1xf64>
// PLIF: spk.plif "discrete"
// PLIF-SAME: decay_input = false
// PLIF-SAME: v_leak = dense<5.000000e-01> : tensor<1xf64>
// PLIF-SAME: w = dense<-1.098612288668{{[0-9]*}}> : tensor<1xf64>
// PLIF: spk.li "readout"
// ADLIF-LABEL: lle.network @leaky
// ADLIF: spk.adlif "euler"
// ADLIF-SAME: tau_w = dense<4.000000e+00> : tensor<1xf32>
// ADLIF: spk.adlif "exact"
// ADLIF: spk.adlif "discrete"
// ADLIF-SAME: decay_w = dense<0.000000e+00> : tensor<1xf64>
// ADLIF: spk.li "readout"
// BACK-LABEL: lle.network @leaky
// BACK: spk.lif "euler" %arg0 dynamics<integrator = euler
// BACK: spk.lif "exact" %arg0 dynamics<integrator = euler
// BACK: spk.lif "discrete" %arg0 dynamics<integrator = decay_euler
lle.network @leaky(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %euler = spk.lif "euler" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %exact = spk.lif "exact" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<1xf32>, tau = dense<3.476059496782207> : tensor<1xf64>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %discrete = spk.lif "discrete" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<0.125> : tensor<1xf32>, decay = dense<0.75> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %v = spk.li "readout" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>} : tensor<1xf32>
  lle.output %euler, %exact, %discrete, %v : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xf32>
}
