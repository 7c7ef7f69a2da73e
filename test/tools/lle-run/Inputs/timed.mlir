// The sum of the elapsed time and the input, and the input a step before: the second counts at the end only.
lle.network @timed(%x: tensor<1xf32> {lle.name = "x"}, %t: tensor<1xf32> {lle.name = "timespans"})
    -> (tensor<1xf32> {lle.name = "sum"}, tensor<1xf32> {lle.emit = "last", lle.name = "before"})
    attributes {dt = 1.0 : f64} {
  %sum = lle.add %x, %t : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  %before = lle.delay "before" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output %sum, %before : tensor<1xf32>, tensor<1xf32>
}
