// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition,neuro-place))' --split-input-file --verify-diagnostics

// expected-error@+1 {{'neuro.map' op is partitioned already}}
neuro.map @again target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_li start 0 {cores = dense<[[0, 1]]> : tensor<1x2xi32>, parameters = {du = dense<0> : tensor<1xi32>,
    dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
  neuro.core 0
}

// -----

// What fits into no core.
neuro.map @axons target "t" attributes {dt = 1.0e-03 : f64, limits = {core_in_axons = 1 : i64}} {
  neuro.input @x "x" : tensor<2xi1>
  // expected-error@+1 {{'neuro.population' op neuron 1 of @p needs 2 in-axons of a core, the limit is 1: prune its synapses, or give it fewer sources}}
  neuro.population @p cuba_li start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  neuro.synapses @x -> @p {rows = dense<[0, 1]> : tensor<2xi32>, bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 2, 3]> : tensor<3xi64>, offsets = dense<[0, 1, 0]> : tensor<3xi32>, weights = dense<3> : tensor<3xi16>,
    delays = dense<1> : tensor<3xi8>}
}

// -----

// Rows of two sources take a word of 8 bytes each.
neuro.map @synapses target "t" attributes {dt = 1.0e-03 : f64, limits = {core_synapse_bytes = 8 : i64, weight_bits = 8 : i64}} {
  neuro.input @x "x" : tensor<2xi1>
  // expected-error@+1 {{'neuro.population' op neuron 0 of @p needs 16 bytes of synapses of a core, the limit is 8: prune its synapses, or give weights fewer bits}}
  neuro.population @p cuba_li start 1 {parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
  neuro.synapses @x -> @p {rows = dense<[0, 0]> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// A neuron that sends to more cores than its own has out-axons.
neuro.map @fan_out target "t" attributes {dt = 1.0e-03 : f64, limits = {core_neurons = 1 : i64, core_out_axons = 1 : i64}} {
  // expected-error@+1 {{'neuro.population' op neuron 0 of @p needs 2 out-axons of a core, the limit is 1: prune its synapses, or allow more neurons in a core}}
  neuro.population @p cuba_lif start 0 {parameters = {du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>,
    v_threshold = dense<1> : tensor<3xi32>}} : tensor<3xi1>
  neuro.synapses @p -> @p {rows = dense<[0, 1, 1]> : tensor<3xi32>, bases = dense<[1, 0, 0]> : tensor<3xi32>,
    row_begin = dense<[0, 2, 2]> : tensor<3xi64>, offsets = dense<[0, 1]> : tensor<2xi32>, weights = dense<3> : tensor<2xi16>,
    delays = dense<1> : tensor<2xi8>}
}

// -----

// expected-error@+1 {{'neuro.map' op needs the limit 'grid_width' to place cores}}
neuro.map @grid target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 4 : i64, grid_height = 1 : i64,
    router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_li start 0 {parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
}

// -----

// expected-error@+1 {{'neuro.map' op has 3 cores, but 't' 1 x 2}}
neuro.map @chip target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 4 : i64, core_neurons = 1 : i64,
    grid_height = 1 : i64, grid_width = 2 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_li start 0 {parameters = {du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>}} : tensor<3xsi32>
}
