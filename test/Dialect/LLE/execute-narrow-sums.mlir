// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Sums of small integer weights are taken in 16 bits, as far as they cannot overflow: here 600 weights of 127, or of
// -128, which are cut into blocks of 256 inputs.
lle.network @narrow(%x: tensor<600xi1>) -> (tensor<3xsi32>, tensor<20xf32>, tensor<2xsi32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<127> : tensor<3x600xsi8>
  %q = lle.weight dense<-128> : tensor<20x600xi8> as tensor<20x600x!quant.uniform<i8:f32, 0.5>>
  // 64 of these exceed 16 bits.
  %wide = lle.weight dense<1000> : tensor<2x600xsi16>
  %y = lle.linear %x, %w : (tensor<600xi1>, tensor<3x600xsi8>) -> tensor<3xsi32>
  %z = lle.linear %x, %q : (tensor<600xi1>, tensor<20x600x!quant.uniform<i8:f32, 0.5>>) -> tensor<20xf32>
  %v = lle.linear %x, %wide : (tensor<600xi1>, tensor<2x600xsi16>) -> tensor<2xsi32>
  lle.output %y, %z, %v : tensor<3xsi32>, tensor<20xf32>, tensor<2xsi32>
}

func.func @no_sum_overflows() {
  %i = check.instantiate @narrow
  %all = arith.constant dense<true> : tensor<600xi1>
  %y:3 = check.step %i(%all) : (tensor<600xi1>) -> (tensor<3xsi32>, tensor<20xf32>, tensor<2xsi32>)
  check.expect_eq %y#0 dense<76200> : tensor<3xsi32>
  check.expect_eq %y#1 dense<-38400.0> : tensor<20xf32>
  check.expect_eq %y#2 dense<600000> : tensor<2xsi32>
  return
}
