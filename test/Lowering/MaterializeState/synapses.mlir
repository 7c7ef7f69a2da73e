// RUN: lle-opt %s --lle-materialize-state="lanes=4 registers=6" --canonicalize | FileCheck %s

// Spikes select columns of the weights: one test finds the inputs that are not zero, and nothing is multiplied.
// CHECK-LABEL: func.func @spikes_step(
// CHECK: arith.constant dense<{{\[\[}}1.000000e+00, 3.000000e+00, 5.000000e+00, 0.000000e+00], [2.000000e+00, 4.000000e+00, 6.000000e+00, 0.000000e+00]]> : tensor<2x4xf32>
// CHECK: arith.cmpi ne, {{.*}} : vector<8xi8>
// CHECK: scf.while
// CHECK: math.cttz
// CHECK-NOT: arith.mulf
// CHECK: arith.addf {{.*}} : vector<4xf32>
lle.network @spikes(%x: tensor<2xi1>) -> tensor<3xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  %y = lle.linear %x, %w : (tensor<2xi1>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

// A real-valued input that is mostly zero is skipped likewise, and multiplied where it is not.
// CHECK-LABEL: func.func @frames_step(
// CHECK: arith.cmpf une, {{.*}} : vector<8xf32>
// CHECK: arith.mulf {{.*}} : vector<4xf32>
lle.network @frames(%x: tensor<2xf32>) -> tensor<3xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<3x2xf32>
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

// What a synapse delivers is dense: the next synapse visits every element.
// CHECK-LABEL: func.func @dense_step(
// CHECK: scf.while
// CHECK: scf.for
// CHECK-NOT: scf.while
lle.network @dense(%x: tensor<2xf32>) -> tensor<3xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<3x2xf32>
  %w2 = lle.weight dense<2.0> : tensor<3x3xf32>
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  %z = lle.linear %y, %w2 : (tensor<3xf32>, tensor<3x3xf32>) -> tensor<3xf32>
  lle.output %z : tensor<3xf32>
}

// More outputs than registers hold are cut into panels: 4 accumulators of 4 lanes are left of 6 registers.
// CHECK-LABEL: func.func @panels_step(
// CHECK: scf.for
// CHECK-COUNT-3: vector.transfer_write {{.*}} : vector<4xf32>, tensor<2x12xf32>
lle.network @panels(%x: tensor<2xi1>) -> tensor<20xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<20x2xf32>
  %y = lle.linear %x, %w : (tensor<2xi1>, tensor<20x2xf32>) -> tensor<20xf32>
  lle.output %y : tensor<20xf32>
}

// A convolution scatters patches of all output channels; its image is stored channels last.
// CHECK-LABEL: func.func @conv_step(
// CHECK: %[[IMAGE:.*]] = memref.alloc() {alignment = 64 : i64} : memref<4x4x2xf32>
// CHECK: scf.while
// CHECK: vector.transfer_read %[[IMAGE]]{{.*}} : memref<4x4x2xf32>, vector<2xf32>
// CHECK: linalg.transpose
lle.network @conv(%x: tensor<1x4x4xi1>) -> tensor<2x4x4xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<2x1x3x3xf32>
  %b = lle.weight dense<0.0> : tensor<2xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x4x4xi1>, tensor<2x1x3x3xf32>, tensor<2xf32>) -> tensor<2x4x4xf32>
  lle.output %y : tensor<2x4x4xf32>
}
