// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C4 of lle.network: the cycle is named in the direction in which values flow.

// a gives to b, b to c, c to a.
// expected-error @below {{'lle.network' op [C4] cycle without delay: 'a' -> 'b' -> 'c' -> 'a'}}
lle.network @three() attributes {dt = 1.0 : f64} {
  // expected-note @below {{'a' is part of the cycle}}
  %a = lle.linear %c, %m {name = "a"} : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-note @below {{'b' is part of the cycle}}
  %b = lle.linear %a, %m {name = "b"} : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-note @below {{'c' is part of the cycle}}
  %c = lle.linear %b, %m {name = "c"} : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  %m = lle.weight dense<1.0> : tensor<1x1xf32>
  lle.output
}

// -----

// Only the cycle is named, not what leads to it or from it; an operation without name is called by its mnemonic.
// expected-error @below {{'lle.network' op [C4] cycle without delay: lle.add -> 'neuron' -> 'back' -> lle.add}}
lle.network @recurrent(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %m = lle.weight dense<1.0> : tensor<1x1xf32>
  %before = lle.linear %x, %m {name = "before"} : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-note @below {{lle.add is part of the cycle}}
  %sum = lle.add %before, %back : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  // expected-note @below {{'neuron' is part of the cycle}}
  %z = spk.lif "neuron" %sum dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  // expected-note @below {{'back' is part of the cycle}}
  %back = lle.linear %z, %m {name = "back"} : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  %after = lle.linear %z, %m {name = "after"} : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  lle.output %after : tensor<1xf32>
}

// -----

// A cycle of one operation.
// expected-error @below {{'lle.network' op [C4] cycle without delay: 'self' -> 'self'}}
lle.network @self() attributes {dt = 1.0 : f64} {
  %m = lle.weight dense<1.0> : tensor<1x1xf32>
  // expected-note @below {{'self' is part of the cycle}}
  %y = lle.linear %y, %m {name = "self"} : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// A delay that some element passes without delay does not break a cycle.
// expected-error @below {{'lle.network' op [C4] cycle without delay: 'some' -> 'some'}}
lle.network @some_zero() attributes {dt = 1.0 : f64} {
  // expected-note @below {{'some' is part of the cycle}}
  %y = lle.delay "some" %y {initial = 0.0 : f64, steps = dense<[1, 0]> : tensor<2xi64>} : tensor<2xf32>
  lle.output
}

// -----

// A neuron without spikes gives its new state.
// expected-error @below {{'lle.network' op [C4] cycle without delay: 'sum' -> 'sum'}}
lle.network @integrator() attributes {dt = 1.0 : f64} {
  // expected-note @below {{'sum' is part of the cycle}}
  %v = spk.integrator "sum" %v dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<1xf32>} : tensor<1xf32>
  lle.output
}

// -----

// Weights may be computed; a cycle through them is one as well.
// expected-error @below {{'lle.network' op [C4] cycle without delay: lle.add -> 'scaled' -> lle.add}}
lle.network @operand(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-note @below {{lle.add is part of the cycle}}
  %s = lle.add %x, %y : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  // expected-note @below {{'scaled' is part of the cycle}}
  %y = lle.scale %x, %s {name = "scaled"} : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Broken by a delay, also where the delay reads itself.
lle.network @delayed() attributes {dt = 1.0 : f64} {
  %y = lle.delay "self" %y {initial = 1.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  %m = lle.weight dense<1.0> : tensor<1x1xf32>
  %a = lle.linear %b, %m {name = "a"} : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  %b = lle.delay "b" %a {initial = 0.0 : f64, steps = dense<3> : tensor<1xi64>} : tensor<1xf32>
  lle.output
}

// -----

// Broken by a neuron that emits from its old state.
lle.network @held() attributes {dt = 1.0 : f64} {
  %m = lle.weight dense<1.0> : tensor<1x1xf32>
  %x = lle.linear %z, %m : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  %z = spk.lif "held" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = next_after, emit = held, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}
