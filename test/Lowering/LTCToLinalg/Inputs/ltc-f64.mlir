lle.network @wide(%x: tensor<1xf64>) -> tensor<4xf64> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.25> : tensor<4xf64>, vleak = dense<4.0> : tensor<4xf64>,
      cm = dense<0.5> : tensor<4xf64>, sigma = dense<2.0> : tensor<4x4xf64>, mu = dense<0.5> : tensor<4x4xf64>,
      w = dense<0.25> : tensor<4x4xf64>, erev = dense<-1.0> : tensor<4x4xf64>,
      mask = dense<[[0, 1, 0, 0], [0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0]]> : tensor<4x4xi8>,
      sensory_sigma = dense<2.0> : tensor<1x4xf64>, sensory_mu = dense<0.5> : tensor<1x4xf64>,
      sensory_w = dense<0.0> : tensor<1x4xf64>, sensory_erev = dense<-1.0> : tensor<1x4xf64>}
    : (tensor<1xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  lle.output %y : tensor<4xf64>
}
