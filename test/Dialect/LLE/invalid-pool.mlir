// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1 of lle.sum_pool2d: the rank of the input.
lle.network @n(%x: tensor<4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C1] input must have rank 3 (channels, height, width), got 'tensor<4x4xf32>'}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.sum_pool2d: two numbers for the kernel.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C1] kernel must be two numbers, got [2]}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.sum_pool2d: two numbers for the stride.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C1] stride must be two numbers, got [1, 1, 1]}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1, 1>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.sum_pool2d: two numbers for the padding.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C1] padding must be two numbers, got []}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.sum_pool2d: a positive kernel.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C1] kernel and stride must be positive, got 0 and 2}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 0>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.sum_pool2d: a positive stride.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C1] kernel and stride must be positive, got 2 and -1}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: -1, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.sum_pool2d: no negative padding.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C1] padding -1 must be between 0 and half of the kernel 2}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: -1, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.sum_pool2d: no window on padding alone.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C1] padding 2 must be between 0 and half of the kernel 3}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 3, 3>, padding = array<i64: 1, 2>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C2 of lle.sum_pool2d: the shape is rounded down.
lle.network @n(%x: tensor<1x5x5xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C2] result must have the shape 'tensor<1x2x2xf32>' and no empty dimension, got 'tensor<1x3x3xf32>'}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x5x5xf32>) -> tensor<1x3x3xf32>
  lle.output
}

// -----

// C2 of lle.sum_pool2d: the channels stay.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C2] result must have the shape 'tensor<1x2x2xf32>' and no empty dimension, got 'tensor<2x2x2xf32>'}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<2x2x2xf32>
  lle.output
}

// -----

// C2 of lle.sum_pool2d: a kernel larger than the image.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.sum_pool2d' op [C2] result must have the shape 'tensor<1x0x2xf32>' and no empty dimension, got 'tensor<1x1x2xf32>'}}
  %y = lle.sum_pool2d %x {kernel = array<i64: 5, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x1x2xf32>
  lle.output
}

// -----

// C1 of lle.avg_pool2d: the rank of the input.
lle.network @n(%x: tensor<4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.avg_pool2d' op [C1] input must have rank 3 (channels, height, width), got 'tensor<4x4xf32>'}}
  %y = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C1 of lle.avg_pool2d: no window on padding alone.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.avg_pool2d' op [C1] padding 2 must be between 0 and half of the kernel 3}}
  %y = lle.avg_pool2d %x {kernel = array<i64: 3, 3>, padding = array<i64: 1, 2>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// -----

// C2 of lle.avg_pool2d: the shape is rounded down.
lle.network @n(%x: tensor<1x5x5xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.avg_pool2d' op [C2] result must have the shape 'tensor<1x2x2xf32>' and no empty dimension, got 'tensor<1x3x3xf32>'}}
  %y = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x5x5xf32>) -> tensor<1x3x3xf32>
  lle.output
}

// -----

// C2 of lle.avg_pool2d: the channels stay.
lle.network @n(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.avg_pool2d' op [C2] result must have the shape 'tensor<1x2x2xf32>' and no empty dimension, got 'tensor<2x2x2xf32>'}}
  %y = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<2x2x2xf32>
  lle.output
}
