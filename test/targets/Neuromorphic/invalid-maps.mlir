// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-gate-power{rate=0.5},neuro-route))' --split-input-file --verify-diagnostics

neuro.map @alone target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @a cuba_li start 0 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  // expected-error@+1 {{has no place yet; neuro-place gives it one}}
  neuro.core 0
}

// -----

// Cores that no level of power makes fast enough: one warning, at the slowest.
neuro.map @late target "spinnaker2" attributes {dt = 1.0e-07 : f64} {
  neuro.population @a cuba_lif start 0 {cores = dense<[[0, 1], [1, 2]]> : tensor<2x2xi32>, parameters = {
    decay_v = dense<0.5> : tensor<3xf32>, v_threshold = dense<1.0> : tensor<3xf32>}} : tensor<3xi1>
  neuro.core 0 at [0, 0, 0, 0]
  // expected-warning@+1 {{2 cores do not end the busiest tick within 1.000000e-07 s, even at the higher level; the worst, core 1, takes}}
  neuro.core 1 at [0, 0, 0, 1]
}
