// RUN: lle-opt %s --split-input-file --verify-diagnostics

// A function of spikes.
lle.network @n(%z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.activation' op operand #0 must be}}
  %y = lle.activation <relu> %z : tensor<3xi1>
  lle.output
}

// -----

// C1 of lle.concat: nothing to join.
lle.network @n() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.concat' op [C1] expected at least one operand, and a result of rank 1 or more}}
  %y = "lle.concat"() : () -> tensor<1xf32>
  lle.output
}

// -----

// C1 of lle.concat: numbers without a dimension.
lle.network @n(%x: tensor<f32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.concat' op [C1] expected at least one operand, and a result of rank 1 or more}}
  %y = lle.concat %x : (tensor<f32>) -> tensor<f32>
  lle.output
}

// -----

// C1 of lle.concat: another shape beyond the first dimension.
lle.network @n(%a: tensor<1x2xf32>, %b: tensor<1x3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.concat' op [C1] operand 1 has type 'tensor<1x3xf32>', expected the shape of 'tensor<2x2xf32>' but for the first dimension}}
  %y = lle.concat %a, %b : (tensor<1x2xf32>, tensor<1x3xf32>) -> tensor<2x2xf32>
  lle.output
}

// -----

// C1 of lle.concat: lengths that do not add up.
lle.network @n(%a: tensor<3xf32>, %b: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.concat' op [C1] operands have 5 elements in the first dimension, the result has 6}}
  %y = lle.concat %a, %b : (tensor<3xf32>, tensor<2xf32>) -> tensor<6xf32>
  lle.output
}

// -----

// C2 of lle.concat: another element type.
lle.network @n(%a: tensor<3xf32>, %b: tensor<2xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.concat' op [C2] operand 1 has element type 'i1', expected 'f32'}}
  %y = lle.concat %a, %b : (tensor<3xf32>, tensor<2xi1>) -> tensor<5xf32>
  lle.output
}

// -----

// C1 of lle.slice: another shape beyond the first dimension.
lle.network @n(%x: tensor<5x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.slice' op [C1] result has type 'tensor<3x1xf32>', expected that of 'tensor<5x2xf32>' but for the first dimension}}
  %y = lle.slice %x {offset = 1 : i64} : (tensor<5x2xf32>) -> tensor<3x1xf32>
  lle.output
}

// -----

// C2 of lle.slice: elements past the end.
lle.network @n(%x: tensor<5xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.slice' op [C2] elements from 3 on, 3 of them, do not exist in 'tensor<5xf32>'}}
  %y = lle.slice %x {offset = 3 : i64} : (tensor<5xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C2 of lle.slice: elements before the first.
lle.network @n(%x: tensor<5xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.slice' op [C2] elements from -1 on, 3 of them, do not exist in 'tensor<5xf32>'}}
  %y = lle.slice %x {offset = -1 : i64} : (tensor<5xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C1 of lle.transpose: a dimension twice.
lle.network @n(%x: tensor<2x3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.transpose' op [C1] permutation must hold each of the 2 dimensions once, got [1, 1]}}
  %y = lle.transpose %x {permutation = array<i64: 1, 1>} : (tensor<2x3xf32>) -> tensor<3x3xf32>
  lle.output
}

// -----

// C1 of lle.transpose: a dimension too few.
lle.network @n(%x: tensor<2x3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.transpose' op [C1] permutation must hold each of the 2 dimensions once, got [0]}}
  %y = lle.transpose %x {permutation = array<i64: 0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  lle.output
}

// -----

// C2 of lle.transpose: the shape of the input.
lle.network @n(%x: tensor<2x3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.transpose' op [C2] result must be 'tensor<3x2xf32>', got 'tensor<2x3xf32>'}}
  %y = lle.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  lle.output
}
