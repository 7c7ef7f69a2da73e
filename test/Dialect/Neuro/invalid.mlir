// RUN: lle-opt %s --split-input-file --verify-diagnostics

// Something of another dialect.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'builtin.module' op [C1] is not allowed in a map}}
  builtin.module {}
}

// -----

// A length of a step that is none.
// expected-error@+1 {{'neuro.map' op [C2] dt must be positive and finite, got 0}}
neuro.map @m target "loihi2" attributes {dt = 0.0 : f64} {
}

// -----

// A sample without steps.
// expected-error@+1 {{'neuro.map' op [C2] steps must be positive, got 0}}
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64, steps = 0 : i64} {
}

// -----

// A limit that is no number.
// expected-error@+1 {{'neuro.map' op [C2] limit 'core_neurons' must be a positive i64, got 1.000000e+00 : f64}}
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64, limits = {core_neurons = 1.0 : f64}} {
}

// -----

// Cores out of order.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.core' op [C3] must have the number 0, got 1}}
  neuro.core 1
}

// -----

// A core without a place beside one that has one.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.core 0 at [0, 0, 0, 0]
  // expected-error@+1 {{'neuro.core' op [C4] either all cores have a place or none}}
  neuro.core 1
}

// -----

// Two cores at one place.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.core 0 at [0, 1, 0, 0]
  // expected-error@+1 {{'neuro.core' op [C4] is at the place of core 0}}
  neuro.core 1 at [0, 1, 0, 0]
}

// -----

// Cores that the map does not have.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C5] has cores, but the map has none}}
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// A population that is on no core.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C5] has no cores, but the map has some}}
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.core 0
}

// -----

// A core that does not exist.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C5] is on core 1, but there are 1}}
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.core 0
}

// -----

// A core without neurons.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.core 0
  // expected-error@+1 {{'neuro.core' op [C5] holds no neurons}}
  neuro.core 1
}

// -----

// Two inputs of one name.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  // expected-error@+1 {{'neuro.input' op [C6] has the name of another port}}
  neuro.input @z "x" : tensor<2xi1>
}

// -----

// Two outputs of one name.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.output "y" @p
  // expected-error@+1 {{'neuro.output' op [C6] has the name of another port}}
  neuro.output "y" @p
}

// -----

// Synapses in two operations.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  // expected-error@+1 {{'neuro.synapses' op [C6] has the ends of another operation}}
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// A start before the first tick.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C1] start must not be negative, got -1}}
  neuro.population @p cuba_lif start -1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// A parameter that is missing.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C2] lacks the parameter 'v_threshold'}}
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// A parameter of another model.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C2] a cuba_li has no parameter 'v_threshold'}}
  neuro.population @p cuba_li start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xsi32>
}

// -----

// A parameter of another shape.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C2] parameter 'dv' must be 'i32' of the shape of 'tensor<2xi1>'}}
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<3xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// Spikes that are numbers.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C3] a cuba_lif gives i1, got 'tensor<2xsi32>'}}
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xsi32>
}

// -----

// An exponent of three bits.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C4] weight_exp must be 0 to 7, got 8}}
  neuro.population @p cuba_lif start 1 {weight_exp = 8 : i64, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// A reset without an offset.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C4] reset_interval and reset_offset come together}}
  neuro.population @p cuba_lif start 1 {reset_interval = 8 : i64, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// A reset that never comes.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C4] reset_offset must be 0 to reset_interval - 1, got 8 in 8}}
  neuro.population @p cuba_lif start 1 {reset_interval = 8 : i64, reset_offset = 8 : i64, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// Cores that are no pairs.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C5] cores must be pairs of i32, got 'tensor<2xi32>'}}
  neuro.population @p cuba_lif start 1 {cores = dense<[0, 2]> : tensor<2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// A core with less than no neurons.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C5] has 0 neurons on core 0}}
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 0], [1, 2]]> : tensor<2x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// A neuron without a core.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C5] has 1 neurons on cores, but 2 in all}}
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1]]> : tensor<1x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
}

// -----

// A place without a slot.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.core' op [C1] place must be (chip, x, y, slot), none negative, got [0, 1, 0]}}
  neuro.core 0 at [0, 1, 0]
}

// -----

// An output of an input.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  // expected-error@+1 {{'neuro.output' op [C1] @x is no population}}
  neuro.output "y" @x
}

// -----

// Parameters of both kinds.
neuro.map @m target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C2] a cuba_lif has no parameter 'du'}}
  neuro.population @a cuba_lif start 1 {parameters = {decay_v = dense<0.5> : tensor<2xf32>, du = dense<1> : tensor<2xi32>,
    v_threshold = dense<1.0> : tensor<2xf32>}} : tensor<2xi1>
}

// -----

// Integer membranes of real states.
neuro.map @m target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C3] a cuba_li gives f32, got 'tensor<2xsi32>'}}
  neuro.population @a cuba_li start 1 {parameters = {decay_v = dense<0.5> : tensor<2xf32>}} : tensor<2xsi32>
}

// -----

// A reset of a neuron that does not fire.
neuro.map @m target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C2] a cuba_li has no parameter 'v_reset'}}
  neuro.population @a cuba_li start 1 {parameters = {decay_v = dense<0.5> : tensor<2xf32>,
    v_reset = dense<1.0> : tensor<2xf32>}} : tensor<2xf32>
}

// -----

// An exponent of integer weights.
neuro.map @m target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C2] weight_exp and reset_interval are not of these parameters}}
  neuro.population @a cuba_lif start 1 {parameters = {decay_v = dense<0.5> : tensor<2xf32>,
    v_threshold = dense<1.0> : tensor<2xf32>}, weight_exp = 1 : i64} : tensor<2xi1>
}

// -----

// A reset that integers do not have.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'neuro.population' op [C2] subtract is not of these parameters}}
  neuro.population @a cuba_lif start 1 {parameters = {du = dense<1> : tensor<2xi32>, dv = dense<1> : tensor<2xi32>,
    v_threshold = dense<1> : tensor<2xi32>}, subtract} : tensor<2xi1>
}
