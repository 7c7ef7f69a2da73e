// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-check-capacity))' --split-input-file --verify-diagnostics

neuro.map @narrow target "loihi2" attributes {dt = 1.0e-03 : f64, limits = {core_neurons = 1 : i64}} {
  neuro.population @a cuba_li start 0 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  // expected-error@+1 {{layer 'a', core 0 (chip 0, x 0, y 0, slot 0): 2 neurons, the limit is 1 (assumed: the map): put its neurons on more cores}}
  neuro.core 0 at [0, 0, 0, 0]
}

// -----

// What fits says nothing.
neuro.map @alone target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @a cuba_li start 0 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  neuro.core 0 at [0, 0, 0, 0]
}
