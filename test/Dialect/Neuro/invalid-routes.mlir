// RUN: lle-opt %s --split-input-file --verify-diagnostics

// A region is a range.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.core' op [C2] region 'neurons' must be (offset, bytes), got array<i64: 8>}}
  neuro.core 2 {memory = {neurons = array<i64: 8>}}
}

// -----

// Longer than a tick.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.core' op [C3] busy must be 0 to 1, got 1.5}}
  neuro.core 2 {busy = 1.5 : f64}
}

// -----

// The host is number 2.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  neuro.route 2 -> [0]
  // expected-error@+1 {{'neuro.route' op [C1] the source 3 does not exist}}
  neuro.route 3 -> [0]
}

// -----

// All that a core sends goes one way.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  neuro.route 0 -> [1]
  // expected-error@+1 {{'neuro.route' op [C1] the source 0 has a route already}}
  neuro.route 0 -> [0]
}

// -----

// Targets in another order.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.route' op [C1] targets must be cores, and ascend, got [1, 0]}}
  neuro.route 0 -> [1, 0]
}

// -----

// Nobody sends to the host.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.route' op [C1] targets must be cores, and ascend, got [2]}}
  neuro.route 0 -> [2]
}

// -----

// A key of how many neurons?
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.route' op [C2] key and mask come together}}
  neuro.route 0 -> [1] {key = 4 : i64}
}

// -----

// No packet has this key.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.route' op [C2] key and mask must have 32 bits, and a key no bit beyond its mask, got 5 and 4}}
  neuro.route 0 -> [1] {key = 5 : i64, mask = 4 : i64}
}

// -----

// A place on a board is flat.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.router' op [C1] place must be (x, y), got [0]}}
  neuro.router 0 at [0] {keys = array<i64>, masks = array<i64>, links = array<i64>, cores = []}
}

// -----

// A key without a mask.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.router' op [C2] has 1 keys, 0 masks, 1 links and 1 lists of cores}}
  neuro.router 0 at [0, 0] {keys = array<i64: 4>, masks = array<i64>, links = array<i64: 1>, cores = [array<i64: 0>]}
}

// -----

// A seventh link.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.router' op [C3] keys and masks must have 32 bits, and links 6}}
  neuro.router 0 at [0, 0] {keys = array<i64: 4>, masks = array<i64: 4>, links = array<i64: 64>, cores = [array<i64: 0>]}
}

// -----

// A packet to nobody.
neuro.map @m target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.population @p cuba_lif start 1 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {decay_v = dense<0.5> : tensor<2xf32>, v_threshold = dense<9.0> : tensor<2xf32>}} : tensor<2xi1>
  neuro.core 0
  neuro.core 1
  // expected-error@+1 {{'neuro.router' op [C3] sends to a core that does not exist: [0, 2]}}
  neuro.router 0 at [0, 0] {keys = array<i64: 4>, masks = array<i64: 4>, links = array<i64: 1>, cores = [array<i64: 0, 2>]}
}
