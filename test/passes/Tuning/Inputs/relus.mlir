// Every operation that a ReLU network may have: r1 to r4 have spikes of different worth, which are added and joined.
lle.network @relus(%x: tensor<2x6x6xf32>) -> (tensor<4xf32> {lle.name = "y"}, tensor<8xf32> {lle.name = "r"}) attributes {dt = 1.0e-3 : f64} {
  %wc = lle.weight dense_resource<wc> : tensor<4x2x3x3xf32>
  %bc = lle.weight dense<[0.25, -0.125, 0.5, 0.0]> : tensor<4xf32>
  %c = lle.conv2d %x, %wc, %bc {name = "c", dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 1, 1>, stride = array<i64: 1, 1>}
    : (tensor<2x6x6xf32>, tensor<4x2x3x3xf32>, tensor<4xf32>) -> tensor<4x6x6xf32>
  %r1 = lle.activation <relu> %c {name = "r1"} : tensor<4x6x6xf32>
  %p = lle.avg_pool2d %r1 {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : (tensor<4x6x6xf32>) -> tensor<4x3x3xf32>
  %q = lle.sum_pool2d %r1 {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : (tensor<4x6x6xf32>) -> tensor<4x3x3xf32>
  // A residual: both sides of other worth.
  %w3 = lle.weight dense_resource<w3> : tensor<4x4x3x3xf32>
  %b3 = lle.weight dense<-0.0625> : tensor<4xf32>
  %c3 = lle.conv2d %p, %w3, %b3 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<4x3x3xf32>, tensor<4x4x3x3xf32>, tensor<4xf32>) -> tensor<4x3x3xf32>
  %r2 = lle.activation <relu> %c3 : tensor<4x3x3xf32>
  %sum = lle.add %r2, %q : (tensor<4x3x3xf32>, tensor<4x3x3xf32>) -> tensor<4x3x3xf32>
  %r3 = lle.activation <relu> %sum {name = "r3"} : tensor<4x3x3xf32>
  %f = lle.flatten %r3 {end_dim = -1 : i64, start_dim = 1 : i64} : (tensor<4x3x3xf32>) -> tensor<4x9xf32>
  %g = lle.flatten %r2 {end_dim = -1 : i64, start_dim = 1 : i64} : (tensor<4x3x3xf32>) -> tensor<4x9xf32>
  // Spikes of two populations side by side, and a part of them.
  %both = lle.concat %f, %g : (tensor<4x9xf32>, tensor<4x9xf32>) -> tensor<8x9xf32>
  %part = lle.slice %both {offset = 2 : i64} : (tensor<8x9xf32>) -> tensor<4x9xf32>
  %w1 = lle.weight dense_resource<w1> : tensor<2x4x2xf32>
  %b1 = lle.weight dense<[0.125, -0.25]> : tensor<2xf32>
  %d = lle.conv1d %part, %w1, %b1 {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 0>, stride = array<i64: 2>}
    : (tensor<4x9xf32>, tensor<2x4x2xf32>, tensor<2xf32>) -> tensor<2x4xf32>
  %id = lle.activation <linear> %d : tensor<2x4xf32>
  %factor = lle.weight dense<[[0.5, 1.0, 0.5, 1.0], [1.0, 0.5, 1.0, 0.5]]> : tensor<2x4xf32>
  %s = lle.scale %id, %factor : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %v = lle.flatten %s {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x4xf32>) -> tensor<8xf32>
  %r4 = lle.activation <relu> %v {name = "r4"} : tensor<8xf32>
  %w4 = lle.weight dense_resource<w4> : tensor<4x8xf32>
  %b4 = lle.weight dense<[0.5, -0.5, 0.25, 0.0]> : tensor<4xf32>
  %y = lle.affine %r4, %w4, %b4 : (tensor<8xf32>, tensor<4x8xf32>, tensor<4xf32>) -> tensor<4xf32>
  lle.output %y, %r4 : tensor<4xf32>, tensor<8xf32>
}
