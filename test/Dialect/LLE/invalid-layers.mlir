// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1 of lle.max_pool2d: the rank of the input.
lle.network @n(%x: tensor<4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.max_pool2d' op [C1] input must have rank 3 (channels, height, width), got 'tensor<4x4xf32>'}}
  %y = lle.max_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : (tensor<4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.max_pool2d: two numbers for the stride.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.max_pool2d' op [C1] stride must be two numbers, got [2]}}
  %y = lle.max_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2>} : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.max_pool2d: a positive kernel.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.max_pool2d' op [C1] kernel and stride must be positive, got 0 and 2}}
  %y = lle.max_pool2d %x {kernel = array<i64: 0, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.max_pool2d: windows with nothing in them.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.max_pool2d' op [C1] padding 2 must be between 0 and half of the kernel 3}}
  %y = lle.max_pool2d %x {kernel = array<i64: 3, 3>, padding = array<i64: 2, 2>, stride = array<i64: 2, 2>} : (tensor<1x4x4xf32>) -> tensor<1x3x3xf32>
  lle.output
}

// -----

// C2 of lle.max_pool2d: the shape of the result.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.max_pool2d' op [C2] result must have the shape 'tensor<1x2x2xf32>' and no empty dimension, got 'tensor<1x3x3xf32>'}}
  %y = lle.max_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4xf32>) -> tensor<1x3x3xf32>
  lle.output
}

// -----

// C3 of lle.max_pool2d: the element type of the result.
lle.network @n(%x: tensor<1x4x4xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.max_pool2d' op [C3] result has element type 'f32', expected 'i1'}}
  %y = lle.max_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4xi1>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.batch_norm: a dimension that is not there.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.batch_norm' op [C1] input 'tensor<2x4xf32>' and result 'tensor<2x4xf32>' must have the same shape, with dimension 2}}
  %y = lle.batch_norm %x {channel_dim = 2 : i64, epsilon = 0.0 : f64, mean = dense<0.0> : tensor<2xf32>, variance = dense<1.0> : tensor<2xf32>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  lle.output
}

// -----

// C1 of lle.batch_norm: another shape.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.batch_norm' op [C1] input 'tensor<2x4xf32>' and result 'tensor<4x2xf32>' must have the same shape, with dimension 0}}
  %y = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<0.0> : tensor<2xf32>, variance = dense<1.0> : tensor<2xf32>} : (tensor<2x4xf32>) -> tensor<4x2xf32>
  lle.output
}

// -----

// C2 of lle.batch_norm: a mean for each element.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.batch_norm' op [C2] mean must be dense floats, one for each of the 2 channels, got 'tensor<4xf32>'}}
  %y = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<0.0> : tensor<4xf32>, variance = dense<1.0> : tensor<2xf32>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  lle.output
}

// -----

// C2 of lle.batch_norm: integers.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.batch_norm' op [C2] variance must be dense floats, one for each of the 2 channels, got 'tensor<2xi32>'}}
  %y = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<0.0> : tensor<2xf32>, variance = dense<1> : tensor<2xi32>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  lle.output
}

// -----

// C3 of lle.batch_norm: a negative epsilon.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.batch_norm' op [C3] epsilon must be finite and not negative, got -1}}
  %y = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = -1.0 : f64, mean = dense<0.0> : tensor<2xf32>, variance = dense<1.0> : tensor<2xf32>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  lle.output
}

// -----

// C3 of lle.batch_norm: no variance at all.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.batch_norm' op [C3] variance plus epsilon must be positive, got 0}}
  %y = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<0.0> : tensor<2xf32>, variance = dense<[1.0, 0.0]> : tensor<2xf32>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  lle.output
}

// -----

// C1 of lle.mul: one operand.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.mul' op [C1] expected at least two operands, got 1}}
  %y = lle.mul %x : (tensor<3xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C1 of lle.mul: another shape.
lle.network @n(%x: tensor<3xf32>, %z: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.mul' op [C1] operand 1 has type 'tensor<2xf32>', expected the shape of 'tensor<3xf32>'}}
  %y = lle.mul %x, %z : (tensor<3xf32>, tensor<2xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C2 of lle.mul: spikes are for lle.and.
lle.network @n(%z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.mul' op [C2] result has element type 'i1', expected f32, f64, si8, si16 or si32}}
  %y = lle.mul %z, %z : (tensor<3xi1>, tensor<3xi1>) -> tensor<3xi1>
  lle.output
}

// -----

// C2 of lle.mul: whole numbers of real ones.
lle.network @n(%x: tensor<3xf32>, %z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.mul' op [C2] operand 1 has element type 'f32', expected an integer of at most 32 bits for a result of 'si8'}}
  %y = lle.mul %z, %x : (tensor<3xi1>, tensor<3xf32>) -> tensor<3xsi8>
  lle.output
}

// -----

// Real values have no logic.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.and' op operand #0 must be binary spikes}}
  %y = lle.and %x, %x : tensor<3xf32>
  lle.output
}

// -----

// C2 of lle.add: spikes are no sum.
lle.network @n(%z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.add' op [C2] result has element type 'i1', expected f32, f64, si8, si16 or si32}}
  %y = lle.add %z, %z : (tensor<3xi1>, tensor<3xi1>) -> tensor<3xi1>
  lle.output
}

// -----

// C2 of lle.add: whole numbers of real ones.
lle.network @n(%x: tensor<3xf32>, %z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.add' op [C2] operand 1 has element type 'f32', expected an integer for a result of 'si8'}}
  %y = lle.add %z, %x : (tensor<3xi1>, tensor<3xf32>) -> tensor<3xsi8>
  lle.output
}

// -----

// C1 of lle.reduce: a dimension that is not there.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.reduce' op [C1] dimension 2 does not exist in 'tensor<2x4xf32>'}}
  %y = lle.reduce sum %x {dim = 2 : i64} : (tensor<2x4xf32>) -> tensor<2xf32>
  lle.output
}

// -----

// C2 of lle.reduce: the other dimension.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.reduce' op [C2] result must have the shape 'tensor<2xf32>', got 'tensor<4xf32>'}}
  %y = lle.reduce sum %x {dim = 1 : i64} : (tensor<2x4xf32>) -> tensor<4xf32>
  lle.output
}

// -----

// C3 of lle.reduce: the largest element is one of them.
lle.network @n(%x: tensor<2x4xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.reduce' op [C3] the largest element has type 'i1', got 'f32'}}
  %y = lle.reduce max %x {dim = 1 : i64} : (tensor<2x4xi1>) -> tensor<2xf32>
  lle.output
}

// -----

// C3 of lle.reduce: a mean is no whole number.
lle.network @n(%x: tensor<2x4xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.reduce' op [C3] a mean is f32 or f64, got 'si8'}}
  %y = lle.reduce mean %x {dim = 1 : i64} : (tensor<2x4xi1>) -> tensor<2xsi8>
  lle.output
}

// -----

// C3 of lle.reduce: a whole number of real ones.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.reduce' op [C3] operand 0 has element type 'f32', expected an integer of at most 32 bits for a result of 'si32'}}
  %y = lle.reduce sum %x {dim = 1 : i64} : (tensor<2x4xf32>) -> tensor<2xsi32>
  lle.output
}

// -----

// C1 of lle.broadcast: a dimension that is not there.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.broadcast' op [C1] dimension 2 does not exist in the result 'tensor<2x4xf32>'}}
  %y = lle.broadcast %x {dim = 2 : i64} : (tensor<2xf32>) -> tensor<2x4xf32>
  lle.output
}

// -----

// C2 of lle.broadcast: the other dimension.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.broadcast' op [C2] result 'tensor<2x4xf32>' without dimension 0 is not 'tensor<2xf32>'}}
  %y = lle.broadcast %x {dim = 0 : i64} : (tensor<2xf32>) -> tensor<2x4xf32>
  lle.output
}

// -----

// C1 of lle.reshape: more elements.
lle.network @n(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.reshape' op [C1] result must have 8 elements of 'f32', got 'tensor<9xf32>'}}
  %y = lle.reshape %x : (tensor<2x4xf32>) -> tensor<9xf32>
  lle.output
}

// -----

// C1 of lle.reshape: another element type.
lle.network @n(%x: tensor<2x4xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.reshape' op [C1] result must have 8 elements of 'i1', got 'tensor<8xf32>'}}
  %y = lle.reshape %x : (tensor<2x4xi1>) -> tensor<8xf32>
  lle.output
}

// -----

// C1 of lle.matmul: vectors.
lle.network @n(%a: tensor<3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.matmul' op [C1] operands 'tensor<3xf32>' and 'tensor<3xf32>' and result 'tensor<3xf32>' must have the same rank, at least 2, and the same leading dimensions}}
  %y = lle.matmul %a, %b : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C1 of lle.matmul: another number of matrices.
lle.network @n(%a: tensor<2x3x3xf32>, %b: tensor<1x3x3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.matmul' op [C1] operands 'tensor<2x3x3xf32>' and 'tensor<1x3x3xf32>' and result 'tensor<2x3x3xf32>' must have the same rank, at least 2, and the same leading dimensions}}
  %y = lle.matmul %a, %b : (tensor<2x3x3xf32>, tensor<1x3x3xf32>) -> tensor<2x3x3xf32>
  lle.output
}

// -----

// C2 of lle.matmul: inner dimensions.
lle.network @n(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.matmul' op [C2] the inner dimensions are 3 of 'tensor<2x3xf32>' and 2 of 'tensor<2x3xf32>'}}
  %y = lle.matmul %a, %b : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  lle.output
}

// -----

// C2 of lle.matmul: the shape of the result.
lle.network @n(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.matmul' op [C2] result must be 2 by 2, got 'tensor<3x3xf32>'}}
  %y = lle.matmul %a, %b {transpose_b} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  lle.output
}

// -----

// C3 of lle.matmul: whole numbers of real ones.
lle.network @n(%a: tensor<2x2xi1>, %b: tensor<2x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.matmul' op [C3] operand 1 has element type 'f32', expected an integer of at most 16 bits for a result of 'si8'}}
  %y = lle.matmul %a, %b : (tensor<2x2xi1>, tensor<2x2xf32>) -> tensor<2x2xsi8>
  lle.output
}

// -----

// C3 of lle.matmul: products that would not fit.
lle.network @n(%a: tensor<2x2xsi32>, %b: tensor<2x2xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.matmul' op [C3] operand 0 has element type 'si32', expected an integer of at most 16 bits for a result of 'si32'}}
  %y = lle.matmul %a, %b : (tensor<2x2xsi32>, tensor<2x2xi1>) -> tensor<2x2xsi32>
  lle.output
}

// -----

// C3 of lle.matmul: no spikes.
lle.network @n(%a: tensor<2x2xi1>, %b: tensor<2x2xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.matmul' op [C3] result has element type 'i1', expected f32, f64, si8, si16 or si32}}
  %y = lle.matmul %a, %b : (tensor<2x2xi1>, tensor<2x2xi1>) -> tensor<2x2xi1>
  lle.output
}
