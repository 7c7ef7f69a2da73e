// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C2 of lle.weight: another type needs another storage.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C2] the value has type 'tensor<2xi8>', but the result 'tensor<2xsi8>'}}
  %w = lle.weight dense<1> : tensor<2xi8> as tensor<2xsi8>
  lle.output
}

// -----

// C2 of lle.weight: the shape of quantised weights.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C2] 'tensor<3x!quant.uniform<i8:f32, 5.000000e-01>>' is stored as 'tensor<3xi8>', got 'tensor<2xi8>'}}
  %w = lle.weight dense<1> : tensor<2xi8> as tensor<3x!quant.uniform<i8:f32, 0.5>>
  lle.output
}

// -----

// C2 of lle.weight: the storage type of quantised weights.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C2] 'tensor<2x!quant.uniform<i8:f32, 5.000000e-01>>' is stored as 'tensor<2xi8>', got 'tensor<2xi16>'}}
  %w = lle.weight dense<1> : tensor<2xi16> as tensor<2x!quant.uniform<i8:f32, 0.5>>
  lle.output
}

// -----

// C3 of lle.weight: no zero point.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C3] quantised weights are signed, of 8 or 16 bits, with zero point 0, and express f32, got 'tensor<2x!quant.uniform<i8:f32, 5.000000e-01:3>>'}}
  %w = lle.weight dense<1> : tensor<2xi8> as tensor<2x!quant.uniform<i8:f32, 0.5:3>>
  lle.output
}

// -----

// C3 of lle.weight: no zero point of a channel.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C3] quantised weights are signed, of 8 or 16 bits, with zero point 0, and express f32, got}}
  %w = lle.weight dense<1> : tensor<2xi8> as tensor<2x!quant.uniform<i8:f32:0, {0.5, 0.25:1}>>
  lle.output
}

// -----

// C3 of lle.weight: signed.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C3] quantised weights are signed, of 8 or 16 bits, with zero point 0, and express f32, got}}
  %w = lle.weight dense<1> : tensor<2xi8> as tensor<2x!quant.uniform<u8:f32, 0.5>>
  lle.output
}

// -----

// C3 of lle.weight: f32.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C3] quantised weights are signed, of 8 or 16 bits, with zero point 0, and express f32, got}}
  %w = lle.weight dense<1> : tensor<2xi8> as tensor<2x!quant.uniform<i8:f64, 0.5>>
  lle.output
}

// -----

// C5 of lle.linear: integers need spikes or counts.
lle.network @n(%x: tensor<2xf32>, %w: tensor<3x2xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C5] cannot make 'si32' of an input of 'f32' and weights of 'si8': integers need an integer input and weights of si8, si16 or si32}}
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2xsi8>) -> tensor<3xsi32>
  lle.output
}

// -----

// C5 of lle.linear: integers need signed weights.
lle.network @n(%x: tensor<2xi1>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<3x2xi8>
  // expected-error @below {{'lle.linear' op [C5] cannot make 'si32' of an input of 'i1' and weights of 'i8': integers need an integer input and weights of si8, si16 or si32}}
  %y = lle.linear %x, %w : (tensor<2xi1>, tensor<3x2xi8>) -> tensor<3xsi32>
  lle.output
}

// -----

// C5 of lle.linear: signed weights give integers.
lle.network @n(%x: tensor<2xi1>, %w: tensor<3x2xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C5] cannot make 'f32' of an input of 'i1' and weights of 'si8': signed weights give si32}}
  %y = lle.linear %x, %w : (tensor<2xi1>, tensor<3x2xsi8>) -> tensor<3xf32>
  lle.output
}

// -----

// C5 of lle.linear: quantised weights need spikes or counts.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<3x2xi8> as tensor<3x2x!quant.uniform<i8:f32, 0.5>>
  // expected-error @below {{'lle.linear' op [C5] cannot make 'f32' of an input of 'f32' and weights of '!quant.uniform<i8:f32, 5.000000e-01>': quantised weights need an input of i1, si8 or si16 and give f32}}
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2x!quant.uniform<i8:f32, 0.5>>) -> tensor<3xf32>
  lle.output
}

// -----

// C5 of lle.linear: sums of 32-bit integers would not be those of real values.
lle.network @n(%x: tensor<2xsi32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<3x2xi8> as tensor<3x2x!quant.uniform<i8:f32, 0.5>>
  // expected-error @below {{'lle.linear' op [C5] cannot make 'f32' of an input of 'si32' and weights of}}
  %y = lle.linear %x, %w : (tensor<2xsi32>, tensor<3x2x!quant.uniform<i8:f32, 0.5>>) -> tensor<3xf32>
  lle.output
}

// -----

// C6 of lle.linear: scales are those of the outputs.
lle.network @n(%x: tensor<2xi1>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<3x2xi8> as tensor<3x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>
  // expected-error @below {{'lle.linear' op [C6] scales are of dimension 1 of the weights, but outputs are dimension 0}}
  %y = lle.linear %x, %w : (tensor<2xi1>, tensor<3x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>) -> tensor<3xf32>
  lle.output
}

// -----

// C6 of lle.affine: an integer bias.
lle.network @n(%x: tensor<2xi1>, %w: tensor<3x2xsi8>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.affine' op [C6] cannot make 'si32' of an input of 'i1' and weights of 'si8' with a bias of 'f32': integers need an integer input and weights of si8, si16 or si32}}
  %y = lle.affine %x, %w, %b : (tensor<2xi1>, tensor<3x2xsi8>, tensor<3xf32>) -> tensor<3xsi32>
  lle.output
}

// -----

// C6 of lle.affine: a real bias.
lle.network @n(%x: tensor<2xi1>, %w: tensor<3x2xf32>, %b: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.affine' op [C6] cannot make 'f32' of an input of 'i1' and weights of 'f32' with a bias of 'si32': signed weights give si32}}
  %y = lle.affine %x, %w, %b : (tensor<2xi1>, tensor<3x2xf32>, tensor<3xsi32>) -> tensor<3xf32>
  lle.output
}

// -----

// C7 of lle.affine: scales are those of the outputs.
lle.network @n(%x: tensor<2xi1>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<3x2xi8> as tensor<3x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>
  // expected-error @below {{'lle.affine' op [C7] scales are of dimension 1 of the weights, but outputs are dimension 0}}
  %y = lle.affine %x, %w, %b : (tensor<2xi1>, tensor<3x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>, tensor<3xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C6 of lle.conv1d.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x1xsi8>, %b: tensor<3xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C6] cannot make 'si32' of an input of 'f32' and weights of 'si8' with a bias of 'si8'}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1>}
    : (tensor<2x4xf32>, tensor<3x2x1xsi8>, tensor<3xsi8>) -> tensor<3x4xsi32>
  lle.output
}

// -----

// C7 of lle.conv1d.
lle.network @n(%x: tensor<2x4xi1>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<3x2x1xi8> as tensor<3x2x1x!quant.uniform<i8:f32:1, {0.5, 0.25}>>
  // expected-error @below {{'lle.conv1d' op [C7] scales are of dimension 1 of the weights, but outputs are dimension 0}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1>}
    : (tensor<2x4xi1>, tensor<3x2x1x!quant.uniform<i8:f32:1, {0.5, 0.25}>>, tensor<3xf32>) -> tensor<3x4xf32>
  lle.output
}

// -----

// C6 of lle.conv2d.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x1x1xsi8>, %b: tensor<3xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C6] cannot make 'si32' of an input of 'f32' and weights of 'si8' with a bias of 'si8'}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x1x1xsi8>, tensor<3xsi8>) -> tensor<3x4x4xsi32>
  lle.output
}

// -----

// C7 of lle.conv2d.
lle.network @n(%x: tensor<2x4x4xi1>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<3x2x1x1xi8> as tensor<3x2x1x1x!quant.uniform<i8:f32:1, {0.5, 0.25}>>
  // expected-error @below {{'lle.conv2d' op [C7] scales are of dimension 1 of the weights, but outputs are dimension 0}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<2x4x4xi1>, tensor<3x2x1x1x!quant.uniform<i8:f32:1, {0.5, 0.25}>>, tensor<3xf32>) -> tensor<3x4x4xf32>
  lle.output
}

// -----

// C2 of lle.add: integers are sums of integers.
lle.network @n(%x: tensor<2xi1>, %y: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.add' op [C2] operand 1 has element type 'f32', expected an integer for a result of 'si32'}}
  %s = lle.add %x, %y : (tensor<2xi1>, tensor<2xf32>) -> tensor<2xsi32>
  lle.output
}

// -----

// C3 of lle.sum_pool2d: integers are sums of integers.
lle.network @n(%x: tensor<1x2x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C3] a result of si32 needs an input of integers, got 'tensor<1x2x2xf32>'}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x2x2xf32>) -> tensor<1x1x1xsi32>
  lle.output
}

// -----

// Factors are not quantised.
lle.network @n(%x: tensor<2xi1>, %s: tensor<2xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.scale' op operand #1 must be factor (tensor of static shape, not empty, of floats or integers), but got 'tensor<2xsi8>'}}
  %y = lle.scale %x, %s : (tensor<2xi1>, tensor<2xsi8>) -> tensor<2xf32>
  lle.output
}
