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

// A convolution adds a kernel patch for each event: places are looked up, and the image has a border, so that there is
// neither a division nor a test. Rows of the image do not lie together then, and are read where they are.
// CHECK-LABEL: func.func @conv_step(
// CHECK-DAG: %[[PLACES:.*]] = arith.constant dense<[0, 2, 4, 6, 12, 14, 16, 18, 24, 26, 28, 30, 36, 38, 40, 42]> : tensor<16xi32>
// CHECK-DAG: %[[PATCHES:.*]] = arith.constant dense<1.000000e+00> : tensor<1x18xf32>
// CHECK: %[[IMAGE:.*]] = memref.alloc() {alignment = 64 : i64} : memref<6x6x2xf32>
// CHECK: %[[FLAT:.*]] = memref.collapse_shape %[[IMAGE]]
// CHECK: scf.while
// CHECK-NOT: scf.for
// CHECK-NOT: arith.divui
// CHECK: tensor.extract %[[PLACES]]
// CHECK: vector.transfer_read %[[PATCHES]]{{.*}} : tensor<1x18xf32>, vector<2xf32>
// CHECK: vector.load %[[FLAT]]{{.*}} : memref<72xf32>, vector<2xf32>
// CHECK-COUNT-9: vector.store {{.*}} : memref<72xf32>, vector<2xf32>
// CHECK: memref.subview %[[IMAGE]][1, 1, 0] [4, 4, 2] [1, 1, 1]
lle.network @conv(%x: tensor<1x4x4xi1>) -> tensor<2x4x4xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<2x1x3x3xf32>
  %b = lle.weight dense<0.0> : tensor<2xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x4x4xi1>, tensor<2x1x3x3xf32>, tensor<2xf32>) -> tensor<2x4x4xf32>
  lle.output %y : tensor<2x4x4xf32>
}

// Spikes that lie channels last become a word of bits for each pixel, 10 from each place on of a word of 32, or two; a
// vector of words has the events of one channel.
// CHECK-LABEL: func.func @channels_step(
// CHECK-DAG: %[[TEN:.*]] = arith.constant 1023 : i32
// CHECK-DAG: %[[THIRTY:.*]] = arith.constant 30 : i32
// CHECK: %[[WORDS:.*]] = memref.alloc() {alignment = 64 : i64} : memref<1x16xi16>
// CHECK: arith.andi %{{.*}}, %[[TEN]]
// CHECK: %[[LOW:.*]] = arith.shrui %{{.*}}, %[[THIRTY]]
// CHECK: %[[HIGH:.*]] = arith.shli
// CHECK: %[[BOTH:.*]] = arith.ori %[[LOW]], %[[HIGH]]
// CHECK: %[[PIXEL:.*]] = arith.andi %[[BOTH]], %[[TEN]]
// CHECK: %[[WORD:.*]] = arith.trunci %[[PIXEL]] : i32 to i16
// CHECK: memref.store %[[WORD]], %[[WORDS]]
// CHECK: vector.reduction <or>
// CHECK: scf.while
// CHECK: vector.load %[[WORDS]]{{.*}} : memref<1x16xi16>, vector<16xi16>
// CHECK: arith.andi {{.*}} : vector<16xi16>
// CHECK: scf.while
// CHECK-NOT: arith.mulf
// CHECK-COUNT-4: vector.store {{.*}} : memref<25xf32>, vector<1xf32>
lle.network @channels(%x: tensor<1x4x4xf32>) -> tensor<1x3x3xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<10x1x1x1xf32>
  %b = lle.weight dense<0.0> : tensor<10xf32>
  %w1 = lle.weight dense<1.0> : tensor<1x10x2x2xf32>
  %b1 = lle.weight dense<0.0> : tensor<1xf32>
  %i = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "dense", padding = "valid",
      stride = array<i64: 1, 1>} : (tensor<1x4x4xf32>, tensor<10x1x1x1xf32>, tensor<10xf32>) -> tensor<10x4x4xf32>
  %s = spk.threshold %i gt dense<1.0> : tensor<10x4x4xf32> : tensor<10x4x4xf32> -> tensor<10x4x4xi1>
  %y = lle.conv2d %s, %w1, %b1 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid",
      stride = array<i64: 1, 1>} : (tensor<10x4x4xi1>, tensor<1x10x2x2xf32>, tensor<1xf32>) -> tensor<1x3x3xf32>
  lle.output %y : tensor<1x3x3xf32>
}

// The attribute chooses: here all elements are visited, several pixels at a time.
// CHECK-LABEL: func.func @dense_conv_step(
// CHECK-NOT: scf.while
// CHECK: arith.sitofp
// CHECK: arith.mulf {{.*}} : vector<1xf32>
lle.network @dense_conv(%x: tensor<16x4x4xi1>) -> tensor<1x3x3xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<1x16x2x2xf32>
  %b = lle.weight dense<0.0> : tensor<1xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "dense", padding = "valid",
      stride = array<i64: 1, 1>}
    : (tensor<16x4x4xi1>, tensor<1x16x2x2xf32>, tensor<1xf32>) -> tensor<1x3x3xf32>
  lle.output %y : tensor<1x3x3xf32>
}

// Weights of 8 bits are added in 16, twice as many in a register, in blocks of inputs that cannot overflow.
// CHECK-LABEL: func.func @narrow_step(
// CHECK-DAG: %[[BLOCK:.*]] = arith.constant 256 : index
// CHECK: scf.for {{.*}} step %[[BLOCK]] iter_args({{.*}}) -> (vector<4xi32>, vector<4xi32>)
// CHECK: scf.while
// CHECK: arith.extsi {{.*}} : vector<8xi8> to vector<8xi16>
// CHECK: arith.addi {{.*}} : vector<8xi16>
// CHECK: arith.extsi {{.*}} : vector<8xi16> to vector<8xi32>
// CHECK: arith.addi {{.*}} : vector<4xi32>
lle.network @narrow(%x: tensor<512xi1>) -> tensor<8xsi32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<127> : tensor<8x512xsi8>
  %y = lle.linear %x, %w : (tensor<512xi1>, tensor<8x512xsi8>) -> tensor<8xsi32>
  lle.output %y : tensor<8xsi32>
}
