// Real values as they come, and a spike where one is above one half.
lle.network @classes(%x: tensor<3xf32>) -> (tensor<3xf32> {lle.name = "real"}, tensor<3xi1> {lle.name = "spiking"})
    attributes {dt = 1.000000e-03 : f64, steps = 2 : i64} {
  %y = lle.add %x : (tensor<3xf32>) -> tensor<3xf32>
  %z = spk.threshold %y gt dense<5.000000e-01> : tensor<3xf32> : tensor<3xf32> -> tensor<3xi1>
  lle.output %y, %z : tensor<3xf32>, tensor<3xi1>
}
