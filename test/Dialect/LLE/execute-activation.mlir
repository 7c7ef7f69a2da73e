// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Each function at saturated, negative, small and large arguments. Numbers by NumPy in double precision, erf of gelu by
// Python's math.erf: e.g. softplus is numpy.logaddexp(0, x).
lle.network @functions(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>,
     tensor<8xf32>, tensor<8xf32>, tensor<8xf32>)
    attributes {dt = 1.0 : f64} {
  %tanh = lle.activation <tanh> %x : tensor<8xf32>
  %lecun_tanh = lle.activation <lecun_tanh> %x : tensor<8xf32>
  %relu = lle.activation <relu> %x : tensor<8xf32>
  %silu = lle.activation <silu> %x : tensor<8xf32>
  %gelu = lle.activation <gelu> %x : tensor<8xf32>
  %softplus = lle.activation <softplus> %x : tensor<8xf32>
  %sigmoid = lle.activation <sigmoid> %x : tensor<8xf32>
  lle.output %tanh, %lecun_tanh, %relu, %silu, %gelu, %softplus, %sigmoid
    : tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>
}

func.func @values() {
  %i = check.instantiate @functions
  %x = arith.constant dense<[-500.0, -3.0, -0.5, 0.0, 0.25, 1.0, 4.0, 500.0]> : tensor<8xf32>
  %y:7 = check.step %i(%x) : (tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>,
      tensor<8xf32>, tensor<8xf32>, tensor<8xf32>)
  check.expect_close %y#0 dense<[-1.0, -9.950547537e-01, -4.621171573e-01, 0.0, 2.449186624e-01, 7.615941560e-01,
      9.993292997e-01, 1.0]> : tensor<8xf32> within 5.0e-7
  check.expect_close %y#1 dense<[-1.715900000e+00, -1.653931997e+00, -5.511708092e-01, 0.0, 2.830862427e-01,
      9.992415500e-01, 1.699323299e+00, 1.715900000e+00]> : tensor<8xf32> within 5.0e-7
  check.expect_close %y#2 dense<[0.0, 0.0, 0.0, 0.0, 2.500000000e-01, 1.0, 4.0, 500.0]> : tensor<8xf32> within 5.0e-7
  check.expect_close %y#3 dense<[0.0, -1.422776195e-01, -1.887703344e-01, 0.0, 1.405441252e-01, 7.310585786e-01,
      3.928055160e+00, 500.0]> : tensor<8xf32> within 5.0e-7
  check.expect_close %y#4 dense<[0.0, -4.049694095e-03, -1.542687694e-01, 0.0, 1.496765814e-01, 8.413447461e-01,
      3.999873315e+00, 500.0]> : tensor<8xf32> within 5.0e-7
  check.expect_close %y#5 dense<[0.0, 4.858735157e-02, 4.740769842e-01, 6.931471806e-01, 8.259394199e-01,
      1.313261688e+00, 4.018149928e+00, 500.0]> : tensor<8xf32> within 5.0e-7
  check.expect_close %y#6 dense<[0.0, 4.742587318e-02, 3.775406688e-01, 5.000000000e-01, 5.621765009e-01,
      7.310585786e-01, 9.820137900e-01, 1.0]> : tensor<8xf32> within 5.0e-7
  return
}
