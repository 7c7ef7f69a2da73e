// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1 of lle.linear: weights are matrices.
lle.network @n(%x: tensor<2xf32>, %w: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C1] weights need at least two dimensions, got 'tensor<2xf32>'}}
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<2xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C2 of lle.linear: the inputs.
lle.network @n(%x: tensor<4xf32>, %w: tensor<3x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C2] weights take 2 inputs, but the input is 'tensor<4xf32>'}}
  %y = lle.linear %x, %w : (tensor<4xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C2 of lle.linear: an input without dimensions.
lle.network @n(%x: tensor<f32>, %w: tensor<3x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C2] weights take 2 inputs, but the input is 'tensor<f32>'}}
  %y = lle.linear %x, %w : (tensor<f32>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C3 of lle.linear: the leading dimensions differ.
lle.network @n(%x: tensor<4x2xf32>, %w: tensor<5x3x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C3] leading dimensions of the input 'tensor<4x2xf32>' must end with those of the weights 'tensor<5x3x2xf32>'}}
  %y = lle.linear %x, %w : (tensor<4x2xf32>, tensor<5x3x2xf32>) -> tensor<4x3xf32>
  lle.output
}

// -----

// C3 of lle.linear: the input has fewer.
lle.network @n(%x: tensor<2xf32>, %w: tensor<5x3x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C3] leading dimensions of the input 'tensor<2xf32>' must end with those of the weights 'tensor<5x3x2xf32>'}}
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<5x3x2xf32>) -> tensor<5x3xf32>
  lle.output
}

// -----

// C4 of lle.linear: the outputs.
lle.network @n(%x: tensor<2xf32>, %w: tensor<3x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C4] result must have shape 'tensor<3xf32>', got 'tensor<2xf32>'}}
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  lle.output
}

// -----

// C4 of lle.linear: the leading dimensions stay.
lle.network @n(%x: tensor<6x2xf32>, %w: tensor<3x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.linear' op [C4] result must have shape 'tensor<6x3xf32>', got 'tensor<3xf32>'}}
  %y = lle.linear %x, %w : (tensor<6x2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C1 of lle.affine: weights are matrices.
lle.network @n(%x: tensor<2xf32>, %w: tensor<2xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.affine' op [C1] weights need at least two dimensions, got 'tensor<2xf32>'}}
  %y = lle.affine %x, %w, %b : (tensor<2xf32>, tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C2 of lle.affine: the inputs.
lle.network @n(%x: tensor<4xf32>, %w: tensor<3x2xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.affine' op [C2] weights take 2 inputs, but the input is 'tensor<4xf32>'}}
  %y = lle.affine %x, %w, %b : (tensor<4xf32>, tensor<3x2xf32>, tensor<3xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C3 of lle.affine: the leading dimensions differ.
lle.network @n(%x: tensor<4x2xf32>, %w: tensor<5x3x2xf32>, %b: tensor<5x3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.affine' op [C3] leading dimensions of the input 'tensor<4x2xf32>' must end with those of the weights 'tensor<5x3x2xf32>'}}
  %y = lle.affine %x, %w, %b : (tensor<4x2xf32>, tensor<5x3x2xf32>, tensor<5x3xf32>) -> tensor<4x3xf32>
  lle.output
}

// -----

// C4 of lle.affine: the outputs.
lle.network @n(%x: tensor<2xf32>, %w: tensor<3x2xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.affine' op [C4] result must have shape 'tensor<3xf32>', got 'tensor<2xf32>'}}
  %y = lle.affine %x, %w, %b : (tensor<2xf32>, tensor<3x2xf32>, tensor<3xf32>) -> tensor<2xf32>
  lle.output
}

// -----

// C5 of lle.affine: one element for each output.
lle.network @n(%x: tensor<2xf32>, %w: tensor<3x2xf32>, %b: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.affine' op [C5] bias must have shape 'tensor<3xf32>', got 'tensor<2xf32>'}}
  %y = lle.affine %x, %w, %b : (tensor<2xf32>, tensor<3x2xf32>, tensor<2xf32>) -> tensor<3xf32>
  lle.output
}

// -----

// C5 of lle.affine: the leading dimensions of the weights.
lle.network @n(%x: tensor<5x2xf32>, %w: tensor<5x3x2xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.affine' op [C5] bias must have shape 'tensor<5x3xf32>', got 'tensor<3xf32>'}}
  %y = lle.affine %x, %w, %b : (tensor<5x2xf32>, tensor<5x3x2xf32>, tensor<3xf32>) -> tensor<5x3xf32>
  lle.output
}
