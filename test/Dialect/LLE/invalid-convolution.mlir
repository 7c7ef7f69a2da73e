// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1 of lle.conv2d: the rank of the input.
lle.network @n(%x: tensor<4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C1] expected input of rank 3, weights of rank 4 and bias of rank 1, got 'tensor<4x4xf32>', 'tensor<3x2x3x3xf32>' and 'tensor<3xf32>'}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C1 of lle.conv2d: the rank of the weights.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C1] expected input of rank 3, weights of rank 4 and bias of rank 1, got 'tensor<2x4x4xf32>', 'tensor<3x2x3xf32>' and 'tensor<3xf32>'}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C1 of lle.conv2d: the rank of the bias.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3x1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C1] expected input of rank 3, weights of rank 4 and bias of rank 1, got 'tensor<2x4x4xf32>', 'tensor<3x2x3x3xf32>' and 'tensor<3x1xf32>'}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3x1xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C1 of lle.conv2d: one bias for each output channel.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C1] bias has 2 elements for 3 output channels}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<2xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C2 of lle.conv2d: two strides.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C2] stride must be 2 positive numbers, got [1]}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C2 of lle.conv2d: positive strides.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C2] stride must be 2 positive numbers, got [1, 0]}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 0>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C2 of lle.conv2d: positive dilations.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C2] dilation must be 2 positive numbers, got [-1, 1]}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: -1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C2 of lle.conv2d: positive groups.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C2] groups must be positive, got 0}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 0 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C2 of lle.conv2d: two paddings.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C2] padding must be 2 numbers, none negative, got [1]}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 1>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C2 of lle.conv2d: no negative padding.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C2] padding must be 2 numbers, none negative, got [0, -1]}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, -1>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C3 of lle.conv2d: the input channels of the weights.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x1x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C3] weights 'tensor<3x1x3x3xf32>' do not fit 2 input channels in 1 groups}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x1x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C3 of lle.conv2d: groups divide the output channels.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x1x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C3] weights 'tensor<3x1x3x3xf32>' do not fit 2 input channels in 2 groups}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 2 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x1x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C4 of lle.conv2d: the words are two.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C4] padding must be "same" or "valid", got "full"}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "full", stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C4 of lle.conv2d: same has stride 1.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C4] padding "same" needs stride 1, got [1, 2]}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 2>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x4x2xf32>
  lle.output
}

// -----

// C5 of lle.conv2d: the shape.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C5] result must have the shape 'tensor<3x2x2xf32>' and no empty dimension, got 'tensor<3x4x4xf32>'}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x4x4xf32>
  lle.output
}

// -----

// C5 of lle.conv2d: same keeps the lengths.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C5] result must have the shape 'tensor<3x4x4xf32>' and no empty dimension, got 'tensor<3x2x2xf32>'}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>
  lle.output
}

// -----

// C5 of lle.conv2d: a kernel larger than the image.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x5x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv2d' op [C5] result must have the shape 'tensor<3x0x2xf32>' and no empty dimension, got 'tensor<3x1x2xf32>'}}
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x5x3xf32>, tensor<3xf32>) -> tensor<3x1x2xf32>
  lle.output
}

// -----

// C1 of lle.conv1d: ranks.
lle.network @n(%x: tensor<2x4x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C1] expected input of rank 2, weights of rank 3 and bias of rank 1, got 'tensor<2x4x4xf32>', 'tensor<3x2x3xf32>' and 'tensor<3xf32>'}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 0>, stride = array<i64: 1>}
    : (tensor<2x4x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x2xf32>
  lle.output
}

// -----

// C1 of lle.conv1d: one bias for each output channel.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C1] bias has 1 elements for 3 output channels}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 0>, stride = array<i64: 1>}
    : (tensor<2x4xf32>, tensor<3x2x3xf32>, tensor<1xf32>) -> tensor<3x2xf32>
  lle.output
}

// -----

// C2 of lle.conv1d: one stride.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C2] stride must be 1 positive number, got [1, 1]}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 0>, stride = array<i64: 1, 1>}
    : (tensor<2x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x2xf32>
  lle.output
}

// -----

// C2 of lle.conv1d: a positive dilation.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C2] dilation must be 1 positive number, got [0]}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 0>, groups = 1 : i64, padding = array<i64: 0>, stride = array<i64: 1>}
    : (tensor<2x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x2xf32>
  lle.output
}

// -----

// C2 of lle.conv1d: one padding.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C2] padding must be 1 numbers, none negative, got []}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64>, stride = array<i64: 1>}
    : (tensor<2x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x2xf32>
  lle.output
}

// -----

// C3 of lle.conv1d: the input channels of the weights.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C3] weights 'tensor<3x2x3xf32>' do not fit 2 input channels in 2 groups}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 2 : i64, padding = array<i64: 0>, stride = array<i64: 1>}
    : (tensor<2x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x2xf32>
  lle.output
}

// -----

// C4 of lle.conv1d: the words are two.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C4] padding must be "same" or "valid", got ""}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = "", stride = array<i64: 1>}
    : (tensor<2x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x2xf32>
  lle.output
}

// -----

// C4 of lle.conv1d: same has stride 1.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C4] padding "same" needs stride 1, got [2]}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = "same", stride = array<i64: 2>}
    : (tensor<2x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x4xf32>
  lle.output
}

// -----

// C5 of lle.conv1d: the shape.
lle.network @n(%x: tensor<2x4xf32>, %w: tensor<3x2x3xf32>, %b: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.conv1d' op [C5] result must have the shape 'tensor<3x2xf32>' and no empty dimension, got 'tensor<3x3xf32>'}}
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 0>, stride = array<i64: 1>}
    : (tensor<2x4xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x3xf32>
  lle.output
}
