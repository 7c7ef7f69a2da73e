// RUN: lle-opt %s --split-input-file --verify-diagnostics

// Weights of another width.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C1] weights must be 1 elements of i16, got 'tensor<1xi8>'}}
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi8>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// Rows of another number than sources.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C1] rows must be 2 elements, one for each neuron of @x, got 1}}
  neuro.synapses @x -> @p {rows = dense<0> : tensor<1xi32>,
    bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// Rows that leave synapses out.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C2] row_begin must go from 0 to 1 and not descend}}
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<0> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// A row that does not begin at its base.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C3] offsets of row 0 must start with 0 and not descend}}
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<1> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// A row that does not exist.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C3] there is no row 1}}
  neuro.synapses @x -> @p {rows = dense<1> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// A target that does not exist.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C3] reaches neuron 2 of @p, which has 2}}
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 2]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// No delay.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C4] has a delay of 0, but the least is 1}}
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<0> : tensor<1xi8>}
}

// -----

// A delay that would bring spikes to an earlier step.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_lif start 3 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C4] has a delay of 2, but the least is 3}}
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<2> : tensor<1xi8>}
}

// -----

// A source that does not fire.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.population @q cuba_li start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  // expected-error@+1 {{'neuro.synapses' op [C5] @q is no input and no population that sends spikes}}
  neuro.synapses @q -> @p {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// A target that is an input.
neuro.map @m target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.input @z "z" : tensor<2xi1>
  // expected-error@+1 {{'neuro.synapses' op [C5] @z is no population}}
  neuro.synapses @x -> @z {rows = dense<0> : tensor<2xi32>,
    bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>,
    offsets = dense<0> : tensor<1xi32>,
    weights = dense<1> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}
