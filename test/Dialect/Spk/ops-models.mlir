// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | FileCheck %s --check-prefix=GENERIC

// CHECK-LABEL: lle.network @alif(
// CHECK: spk.alif "alif" %arg0 dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
// CHECK-SAME: firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
// CHECK-SAME: {adapt = #spk.adapt_time<before>, beta = dense<1.000000e+00> : tensor<3xf32>
// GENERIC: "spk.alif"({{%.*}}) <{adapt = #spk.adapt_time<before>
lle.network @alif(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.alif "alif" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.000000e+00> : tensor<3xf32>,
     jump = dense<1.800000e+00> : tensor<3xf32>, r = dense<1.000000e+00> : tensor<3xf32>,
     tau = dense<1.000000e-02> : tensor<3xf32>, tau_b = dense<8.000000e-01> : tensor<3xf32>,
     v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
     v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @adlif(
// CHECK: spk.adlif "adlif" %arg0 dynamics<integrator = exact
// CHECK-SAME: couple = #spk.coupling<v_first>
lle.network @adlif(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.adlif "adlif" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<5.000000e-01> : tensor<3xf32>, couple = #spk.coupling<v_first>,
     jump = dense<2.500000e-01> : tensor<3xf32>, r = dense<1.000000e+00> : tensor<3xf32>,
     tau = dense<1.000000e-02> : tensor<3xf32>, tau_w = dense<1.000000e-01> : tensor<3xf32>,
     v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
     v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @plif(
// CHECK: spk.plif "plif" %arg0 firing<compare = ge
// CHECK-SAME: {decay_input = true
lle.network @plif(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.plif "plif" %x
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = true, v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
     v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>,
     w = dense<-1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @refractory_lif(
// CHECK: spk.refractory_lif "lif" %arg0 dynamics
// CHECK-SAME: refractory = #spk.refractory<hold>
// CHECK-SAME: unit = #spk.time_unit<seconds>
lle.network @refractory_lif(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.refractory_lif "lif" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {period = dense<5.000000e-03> : tensor<3xf32>, r = dense<1.000000e+00> : tensor<3xf32>,
     refractory = #spk.refractory<hold>, tau = dense<1.000000e-02> : tensor<3xf32>, unit = #spk.time_unit<seconds>,
     v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
     v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @ternary_lif(
// CHECK: spk.ternary_lif "ternary" %arg0 dynamics
// CHECK-SAME: v_low = dense<-1.000000e+00>
// CHECK-SAME: -> tensor<3xsi8>
lle.network @ternary_lif(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.ternary_lif "ternary" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<9.000000e-01> : tensor<3xf32>, v_init = dense<0.000000e+00> : tensor<3xf32>,
     v_low = dense<-1.000000e+00> : tensor<3xf32>, v_reset = dense<0.000000e+00> : tensor<3xf32>,
     v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
  lle.output
}

// CHECK-LABEL: lle.network @ilif(
// CHECK: spk.ilif "ilif" %arg0 dynamics
// CHECK-SAME: max_spikes = 4 : i64
lle.network @ilif(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.ilif "ilif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<2.500000e-01> : tensor<3xf32>, max_spikes = 4 : i64, v_init = dense<0.000000e+00> : tensor<3xf32>,
     v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
  lle.output
}

// CHECK-LABEL: lle.network @st_bif(
// CHECK: spk.st_bif "st_bif" %arg0 {n_max = dense<7.000000e+00>
lle.network @st_bif(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.st_bif "st_bif" %x {n_max = dense<7.000000e+00> : tensor<3xf32>, n_min = dense<-8.000000e+00> : tensor<3xf32>,
     q_init = dense<5.000000e-01> : tensor<3xf32>, v_threshold = dense<2.500000e-01> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xsi8>
  lle.output
}

// CHECK-LABEL: lle.network @klif(
// CHECK: spk.klif "klif" %arg0 dynamics
// CHECK-SAME: scale_reset = true
lle.network @klif(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.klif "klif" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {k = dense<1.250000e+00> : tensor<3xf32>, r = dense<1.000000e+00> : tensor<3xf32>, scale_reset = true,
     tau = dense<2.000000e-03> : tensor<3xf32>, v_init = dense<0.000000e+00> : tensor<3xf32>,
     v_leak = dense<0.000000e+00> : tensor<3xf32>, v_reset = dense<0.000000e+00> : tensor<3xf32>,
     v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @rf(
// CHECK: spk.rf "rf" %arg0 ge {frequency = dense<1.000000e+01>
// CHECK-SAME: resonator = #spk.resonator<izhikevich>
// CHECK: spk.rf "complex" %arg0, %arg0 gt
// CHECK-SAME: : tensor<3xf32>, tensor<3xf32> -> tensor<3xi1>
lle.network @rf(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.rf "rf" %x ge {frequency = dense<1.000000e+01> : tensor<3xf32>, resonator = #spk.resonator<izhikevich>,
     tau = dense<1.000000e-01> : tensor<3xf32>, v_reset = dense<9.999900e-01> : tensor<3xf64>,
     v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  %complex = spk.rf "complex" %x, %x gt {decay_cos = dense<0.5> : tensor<3xf32>, decay_sin = dense<0.5> : tensor<3xf32>,
     resonator = #spk.resonator<phase>, v_threshold = dense<1.0> : tensor<3xf32>}
    : tensor<3xf32>, tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @delta(
// CHECK: spk.delta "delta" %arg0 ge {cum_error = false
// CHECK-SAME: : tensor<3xf32> -> tensor<3xf32>
lle.network @delta(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.delta "delta" %x ge {cum_error = false, v_threshold = dense<5.000000e-01> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @sigma_delta(
// CHECK: spk.sigma_delta "sdn" %arg0 ge {activation = #lle.activation<relu>
// CHECK-SAME: -> tensor<3xsi16>
lle.network @sigma_delta(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.sigma_delta "sdn" %x ge {activation = #lle.activation<relu>, bias = dense<1.250000e-01> : tensor<3xf32>,
     cum_error = false, step = dense<2.500000e-01> : tensor<3xf32>, v_threshold = dense<5.000000e-01> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xsi16>
  lle.output
}

// CHECK-LABEL: lle.network @sliding_psn(
// CHECK: spk.sliding_psn "psn" %arg0 ge
// CHECK-SAME: weights = dense<[2.500000e-01, 5.000000e-01, 1.000000e+00]>
lle.network @sliding_psn(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.sliding_psn "psn" %x ge {v_threshold = dense<1.000000e+00> : tensor<3xf32>,
     weights = dense<[2.500000e-01, 5.000000e-01, 1.000000e+00]> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @ode_neuron(
// CHECK: spk.ode_neuron "izhikevich" %arg0 ge {crossing = false
// CHECK-SAME: solver = #spk.solver<euler>, state_names = ["v", "u"]
// CHECK-SAME: -> tensor<3xi1> dynamics {
// CHECK: spk.yield {{.*}} : f32, f32
// CHECK-NEXT: } reset {
// CHECK: spk.yield {{.*}} : f32, f32
// GENERIC: "spk.ode_neuron"({{%.*}}) <{
// GENERIC: "spk.yield"
lle.network @ode_neuron(%x: tensor<3xf32>) attributes {dt = 1.0e-03 : f64} {
  %z = spk.ode_neuron "izhikevich" %x ge {crossing = false,
      initial = [dense<-6.500000e+01> : tensor<3xf32>, dense<-1.300000e+01> : tensor<3xf32>],
      parameter_names = ["a", "b", "c", "d"],
      parameter_values = [dense<2.000000e-02> : tensor<3xf32>, dense<2.000000e-01> : tensor<3xf32>,
                          dense<-6.500000e+01> : tensor<3xf32>, dense<8.000000e+00> : tensor<3xf32>],
      solver = #spk.solver<euler>, state_names = ["v", "u"], substeps = 2 : i64, time_unit = 1.000000e-03 : f64,
      v_threshold = dense<3.000000e+01> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %u: f32, %a: f32, %b: f32, %c: f32, %d: f32):
    %k2 = arith.constant 4.000000e-02 : f32
    %k1 = arith.constant 5.000000e+00 : f32
    %k0 = arith.constant 1.400000e+02 : f32
    %0 = arith.mulf %k2, %v : f32
    %1 = arith.addf %0, %k1 : f32
    %2 = arith.mulf %1, %v : f32
    %3 = arith.addf %2, %k0 : f32
    %4 = arith.subf %3, %u : f32
    %dv = arith.addf %4, %i : f32
    %5 = arith.mulf %b, %v : f32
    %6 = arith.subf %5, %u : f32
    %du = arith.mulf %a, %6 : f32
    spk.yield %dv, %du : f32, f32
  } reset {
  ^bb0(%v: f32, %u: f32, %a: f32, %b: f32, %c: f32, %d: f32):
    %0 = arith.addf %u, %d : f32
    spk.yield %c, %0 : f32, f32
  }
  lle.output
}
