// RUN: lle-opt %s -split-input-file -verify-diagnostics

// C1 of lle.quantize.
lle.network @net(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.quantize' op [C1] input has type 'tensor<2xf32>', but the result 'tensor<3xsi16>'}}
  %y = lle.quantize %x {scale = dense<1.0> : tensor<1xf64>} : tensor<2xf32> -> tensor<3xsi16>
  lle.output
}

// -----

// C2: one scale, or one for each row.
lle.network @net(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.quantize' op [C2] scale must be a dense tensor of one f64, or of 2, got 'tensor<3xf64>'}}
  %y = lle.quantize %x {scale = dense<1.0> : tensor<3xf64>} : tensor<2xf32> -> tensor<2xsi16>
  lle.output
}

// -----

// C2: of f64.
lle.network @net(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.quantize' op [C2] scale must be a dense tensor of one f64, or of 2, got 'tensor<1xf32>'}}
  %y = lle.quantize %x {scale = dense<1.0> : tensor<1xf32>} : tensor<2xf32> -> tensor<2xsi16>
  lle.output
}

// -----

// C2: positive.
lle.network @net(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.quantize' op [C2] scale must be positive, and it and its inverse finite in 'f32', got -2.000000e+00}}
  %y = lle.quantize %x {scale = dense<[1.0, -2.0]> : tensor<2xf64>} : tensor<2xf32> -> tensor<2xsi16>
  lle.output
}

// -----

// C2: its inverse is finite in f32.
lle.network @net(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.quantize' op [C2] scale must be positive, and it and its inverse finite in 'f32', got 1.000000e-40}}
  %y = lle.quantize %x {scale = dense<1.0e-40> : tensor<1xf64>} : tensor<2xf32> -> tensor<2xsi16>
  lle.output
}

// -----

// C1 of lle.dequantize.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.dequantize' op [C1] input has type 'tensor<2xsi16>', but the result 'tensor<1xf32>'}}
  %y = lle.dequantize %x {scale = dense<1.0> : tensor<1xf64>} : tensor<2xsi16> -> tensor<1xf32>
  lle.output
}

// -----

// C2 of lle.dequantize.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.dequantize' op [C2] scale must be positive, and it and its inverse finite in 'f32', got 0.000000e+00}}
  %y = lle.dequantize %x {scale = dense<0.0> : tensor<1xf64>} : tensor<2xsi16> -> tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.rescale.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.rescale' op [C1] input has type 'tensor<2xsi16>', but the result 'tensor<3xsi8>'}}
  %y = lle.rescale %x {multiplier = dense<1> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>} : tensor<2xsi16> -> tensor<3xsi8>
  lle.output
}

// -----

// C2: multipliers are positive.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.rescale' op [C2] multiplier must be 1 to 2147483647, got 0}}
  %y = lle.rescale %x {multiplier = dense<0> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>} : tensor<2xsi16> -> tensor<2xsi8>
  lle.output
}

// -----

// C2: shifts are 1 to 62.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.rescale' op [C2] shift must be 1 to 62, got 63}}
  %y = lle.rescale %x {multiplier = dense<1> : tensor<1xi32>, shift = dense<63> : tensor<2xi8>} : tensor<2xsi16> -> tensor<2xsi8>
  lle.output
}

// -----

// C2: one for all, or one for each.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.rescale' op [C2] multiplier must be a dense 'tensor<1xi32>' or 'tensor<2xi32>', got 'tensor<3xi32>'}}
  %y = lle.rescale %x {multiplier = dense<1> : tensor<3xi32>, shift = dense<1> : tensor<1xi8>} : tensor<2xsi16> -> tensor<2xsi8>
  lle.output
}

// -----

// C1: signals of rank 1.
lle.network @net(%x: tensor<1x2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.fixed_affine' op [C1] input and result must have rank 1, got 'tensor<1x2xsi16>' and 'tensor<3xsi16>'}}
  %y = lle.fixed_affine %x linear {bias = dense<0> : tensor<3xi32>, multiplier = dense<1> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>, weights = dense<1> : tensor<3x2xi8>}
      : tensor<1x2xsi16> -> tensor<3xsi16>
  lle.output
}

// -----

// C1: functions by table give 16 bits.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.fixed_affine' op [C1] function tanh gives si16, got 'tensor<3xsi8>'}}
  %y = lle.fixed_affine %x tanh {bias = dense<0> : tensor<3xi32>, multiplier = dense<1> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>, weights = dense<1> : tensor<3x2xi8>}
      : tensor<2xsi16> -> tensor<3xsi8>
  lle.output
}

// -----

// C2: weights are a matrix of i8 or i16.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.fixed_affine' op [C2] weights must be a dense 'tensor<3x2xi8>' or 'tensor<3x2xi16>', got 'tensor<3x2xi32>'}}
  %y = lle.fixed_affine %x linear {bias = dense<0> : tensor<3xi32>, multiplier = dense<1> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>, weights = dense<1> : tensor<3x2xi32>}
      : tensor<2xsi16> -> tensor<3xsi16>
  lle.output
}

// -----

// C2: a bias for each output.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.fixed_affine' op [C2] bias must be a dense 'tensor<3xi32>', got 'tensor<2xi32>'}}
  %y = lle.fixed_affine %x linear {bias = dense<0> : tensor<2xi32>, multiplier = dense<1> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>, weights = dense<1> : tensor<3x2xi8>}
      : tensor<2xsi16> -> tensor<3xsi16>
  lle.output
}

// -----

// C2: those of lle.rescale.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.fixed_affine' op [C2] multiplier must be 1 to 2147483647, got -1}}
  %y = lle.fixed_affine %x linear {bias = dense<0> : tensor<3xi32>, multiplier = dense<-1> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>, weights = dense<1> : tensor<3x2xi8>}
      : tensor<2xsi16> -> tensor<3xsi16>
  lle.output
}

// -----

// C2: those of lle.rescale.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.fixed_affine' op [C2] shift must be 1 to 62, got 0}}
  %y = lle.fixed_affine %x linear {bias = dense<0> : tensor<3xi32>, multiplier = dense<1> : tensor<1xi32>, shift = dense<0> : tensor<3xi8>, weights = dense<1> : tensor<3x2xi8>}
      : tensor<2xsi16> -> tensor<3xsi16>
  lle.output
}

// -----

// C3: 2 times 32767 times 2^15, and the bias.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.fixed_affine' op [C3] the sum of output 1 may reach 2147483648, expected at most 2147483647}}
  %y = lle.fixed_affine %x linear {bias = dense<65536> : tensor<3xi32>, multiplier = dense<1> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>, weights = dense<[[1, 1], [32767, 32767], [1, 1]]> : tensor<3x2xi16>}
      : tensor<2xsi16> -> tensor<3xsi16>
  lle.output
}
