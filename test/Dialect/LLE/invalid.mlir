// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1 of lle.weight: a resource that no one holds.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C1] resource 'absent' holds 0 bytes, which is not the size of 'tensor<2xf32>'}}
  %w = lle.weight dense_resource<absent> : tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.weight: the wrong number of bytes.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C1] resource 'two' holds 8 bytes, which is not the size of 'tensor<3xf32>'}}
  %w = lle.weight dense_resource<two> : tensor<3xf32>
  lle.output
}

{-#
  dialect_resources: {
    builtin: {
      two: "0x040000000000803F00000040"
    }
  }
#-}

// -----

// C1 of lle.weight: elements of less than a byte.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op [C1] resource 'bits' holds 8 bytes, which is not the size of 'tensor<8xi1>'}}
  %w = lle.weight dense_resource<bits> : tensor<8xi1>
  lle.output
}

{-#
  dialect_resources: {
    builtin: {
      bits: "0x010000000101010101010101"
    }
  }
#-}

// -----

// Weights are no unsigned integers.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op result #0 must be weights (tensor of static shape, not empty, of floats, integers or quantised), but got 'tensor<2xui8>'}}
  %w = lle.weight dense<1> : tensor<2xui8>
  lle.output
}

// -----

// C1 of lle.delay: the signal's shape.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C1] steps must be dense 64-bit integers of the signal's shape, got 'tensor<3xi64>'}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<1> : tensor<3xi64>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.delay: 64 bits.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C1] steps must be dense 64-bit integers of the signal's shape, got 'tensor<2xi32>'}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<1> : tensor<2xi32>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.delay: integers.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C1] steps must be dense 64-bit integers of the signal's shape, got 'tensor<2xf64>'}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<1.0> : tensor<2xf64>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.delay: dense.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C1] steps must be dense 64-bit integers of the signal's shape, got 'tensor<2xi64>'}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense_resource<r> : tensor<2xi64>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.delay: not negative.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C1] steps must not be negative, got -2}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<[1, -2]> : tensor<2xi64>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of lle.delay: a spike starts as 0 or 1.
lle.network @n(%x: tensor<2xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C2] initial value 2.000000e+00 does not fit 'i1'}}
  %y = lle.delay "d" %x {initial = 2.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xi1>
  lle.output
}

// -----

// C2 of lle.delay: a count is not negative.
lle.network @n(%x: tensor<2xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C2] initial value -1.000000e+00 does not fit 'si8'}}
  %y = lle.delay "d" %x {initial = -1.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xsi8>
  lle.output
}

// -----

// C2 of lle.delay: a count fits its type.
lle.network @n(%x: tensor<2xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C2] initial value 1.280000e+02 does not fit 'si8'}}
  %y = lle.delay "d" %x {initial = 128.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xsi8>
  lle.output
}

// -----

// C2 of lle.delay: a count is whole.
lle.network @n(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C2] initial value 5.000000e-01 does not fit 'si16'}}
  %y = lle.delay "d" %x {initial = 0.5 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xsi16>
  lle.output
}

// -----

// C2 of lle.delay: a real-valued signal starts finite.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op [C2] initial value must be finite, got INF}}
  %y = lle.delay "d" %x {initial = 0x7FF0000000000000 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.add: an operand.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.add' op [C1] expected at least one operand, got none}}
  %y = "lle.add"() : () -> tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.add: one shape.
lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.add' op [C1] operand 1 has type 'tensor<3xf32>', expected the shape of 'tensor<2xf32>'}}
  %s = lle.add %x, %y : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.scale: the input.
lle.network @n(%x: tensor<3xf32>, %s: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.scale' op [C1] input has type 'tensor<3xf32>', expected the shape of 'tensor<2xf32>'}}
  %y = lle.scale %x, %s : (tensor<3xf32>, tensor<2xf32>) -> tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.scale: the factor, which is not broadcast.
lle.network @n(%x: tensor<2xf32>, %s: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.scale' op [C1] factor has type 'tensor<1xf32>', expected the shape of 'tensor<2xf32>'}}
  %y = lle.scale %x, %s : (tensor<2xf32>, tensor<1xf32>) -> tensor<2xf32>
  lle.output
}

// -----

// C1 of lle.flatten: start after end.
lle.network @n(%x: tensor<2x3x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.flatten' op [C1] dimensions 2 to 1 do not exist in 'tensor<2x3x4xf32>'}}
  %y = lle.flatten %x {end_dim = 1 : i64, start_dim = 2 : i64} : (tensor<2x3x4xf32>) -> tensor<24xf32>
  lle.output
}

// -----

// C1 of lle.flatten: end beyond the rank.
lle.network @n(%x: tensor<2x3x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.flatten' op [C1] dimensions 0 to 3 do not exist in 'tensor<2x3x4xf32>'}}
  %y = lle.flatten %x {end_dim = 3 : i64, start_dim = 0 : i64} : (tensor<2x3x4xf32>) -> tensor<24xf32>
  lle.output
}

// -----

// C1 of lle.flatten: start before the first.
lle.network @n(%x: tensor<2x3x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.flatten' op [C1] dimensions -4 to 2 do not exist in 'tensor<2x3x4xf32>'}}
  %y = lle.flatten %x {end_dim = 2 : i64, start_dim = -4 : i64} : (tensor<2x3x4xf32>) -> tensor<24xf32>
  lle.output
}

// -----

// C2 of lle.flatten: the shape.
lle.network @n(%x: tensor<2x3x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.flatten' op [C2] result must be 'tensor<2x12xf32>', got 'tensor<24xf32>'}}
  %y = lle.flatten %x {end_dim = 2 : i64, start_dim = 1 : i64} : (tensor<2x3x4xf32>) -> tensor<24xf32>
  lle.output
}

// -----

// C2 of lle.flatten: the element type.
lle.network @n(%x: tensor<2x3x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.flatten' op [C2] result must be 'tensor<24xf32>', got 'tensor<24xf64>'}}
  %y = lle.flatten %x {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x3x4xf32>) -> tensor<24xf64>
  lle.output
}
