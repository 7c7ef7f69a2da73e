// RUN: %check-reference
// RUN: %check-native
// RUN: lle-opt --spk-convert-neurons=to=adlif %s | lle-check --engine=native -
// RUN: lle-opt --spk-convert-neurons=to=plif %s | lle-check --engine=native -
// RUN: lle-opt --spk-convert-neurons=to=plif %s | lle-opt --canonicalize --spk-convert-neurons=to=adlif | lle-check --engine=reference-f32 -
// RUN: lle-opt --spk-convert-neurons=to=lif %S/Inputs/adaptive.mlir | lle-check --engine=native -

// The same spikes and membranes whatever the model is called: v' = v / 2 + x, or v + ((1/2 - v) + x) / 2.
lle.network @n(%x: tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>) attributes {dt = 1.0 : f64} {
  %a = spk.lif "a" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  %b = spk.lif "b" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<2.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.5> : tensor<2xf32>, v_reset = dense<-0.5> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output %a, %b : tensor<2xi1>, tensor<2xi1>
}

func.func @spikes() {
  %i = check.instantiate @n
  %x = arith.constant dense<[1.5, 0.75]> : tensor<2xf32>
  %y:2 = check.step %i(%x) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %y#0 dense<[1, 0]> : tensor<2xi1>
  check.expect_eq %y#1 dense<[1, 0]> : tensor<2xi1>
  %z:2 = check.step %i(%x) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %z#0 dense<1> : tensor<2xi1>
  check.expect_eq %z#1 dense<0> : tensor<2xi1>
  %a = check.state %i "a" "v" : tensor<2xf32>
  check.expect_eq %a dense<[0.75, 0.125]> : tensor<2xf32>
  %b = check.state %i "b" "v" : tensor<2xf32>
  check.expect_eq %b dense<[0.75, 0.9375]> : tensor<2xf32>
  return
}
