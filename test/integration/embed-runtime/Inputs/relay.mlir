// The integration test compiles this network and runs it from an outside project.
lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
  %y = lle.delay "hold" %x {initial = 5.000000e-01 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
  lle.output %y : tensor<3xf32>
}
