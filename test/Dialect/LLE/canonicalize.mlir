// RUN: lle-opt --canonicalize %s | FileCheck %s
// RUN: lle-opt --cse %s | FileCheck %s --check-prefix=CSE

// A factor of one.
// CHECK-LABEL: lle.network @scale_by_one
// CHECK-NEXT: lle.output %arg0, %arg0 : tensor<2xf32>, tensor<2xf32>
lle.network @scale_by_one(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %f32 = lle.weight dense<1.0> : tensor<2xf32>
  %i8 = lle.weight dense<1> : tensor<2xi8>
  %y = lle.scale %x, %f32 : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %z = lle.scale %x, %i8 : (tensor<2xf32>, tensor<2xi8>) -> tensor<2xf32>
  lle.output %y, %z : tensor<2xf32>, tensor<2xf32>
}

// A factor of one that also converts stays, and so does one that is not one everywhere.
// CHECK-LABEL: lle.network @scale_stays
// CHECK-COUNT-2: lle.scale
lle.network @scale_stays(%x: tensor<2xf32>, %z: tensor<2xi1>) -> (tensor<2xf32>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %one = lle.weight dense<1.0> : tensor<2xf32>
  %some = lle.weight dense<[1.0, 2.0]> : tensor<2xf32>
  %a = lle.scale %z, %one : (tensor<2xi1>, tensor<2xf32>) -> tensor<2xf32>
  %b = lle.scale %x, %some : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  lle.output %a, %b : tensor<2xf32>, tensor<2xf32>
}

// A delay of no step.
// CHECK-LABEL: lle.network @zero_delay
// CHECK-NEXT: lle.output %arg0
lle.network @zero_delay(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y = lle.delay "none" %x {initial = 1.0 : f64, steps = dense<0> : tensor<2xi64>} : tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

// A delay of no step for some elements, and a delay of a constant, stay.
// CHECK-LABEL: lle.network @delay_stays
// CHECK: lle.delay "some"
// CHECK: lle.delay "constant"
lle.network @delay_stays(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<0.0> : tensor<2xf32>
  %y = lle.delay "some" %x {initial = 1.0 : f64, steps = dense<[0, 1]> : tensor<2xi64>} : tensor<2xf32>
  %z = lle.delay "constant" %w {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  lle.output %y, %z : tensor<2xf32>, tensor<2xf32>
}

// What is flat already.
// CHECK-LABEL: lle.network @flatten_flat
// CHECK-NEXT: lle.output %arg0, %arg1
lle.network @flatten_flat(%x: tensor<4xf32>, %y: tensor<2x4xi1>) -> (tensor<4xf32>, tensor<2x4xi1>) attributes {dt = 1.0 : f64} {
  %a = lle.flatten %x {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<4xf32>) -> tensor<4xf32>
  %b = lle.flatten %y {end_dim = 1 : i64, start_dim = 1 : i64} : (tensor<2x4xi1>) -> tensor<2x4xi1>
  lle.output %a, %b : tensor<4xf32>, tensor<2x4xi1>
}

// A sum of one signal, unless it converts spikes.
// CHECK-LABEL: lle.network @add_one
// CHECK-NEXT: [[B:%.*]] = lle.add %arg1 : (tensor<2xi1>) -> tensor<2xf32>
// CHECK-NEXT: lle.output %arg0, [[B]]
lle.network @add_one(%x: tensor<2xf32>, %z: tensor<2xi1>) -> (tensor<2xf32>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %a = lle.add %x : (tensor<2xf32>) -> tensor<2xf32>
  %b = lle.add %z : (tensor<2xi1>) -> tensor<2xf32>
  lle.output %a, %b : tensor<2xf32>, tensor<2xf32>
}

// What leaves a signal as it is: the linear function, one part, all of it, dimensions in their order.
// CHECK-LABEL: lle.network @same_signal
// CHECK-NEXT: lle.output %arg0, %arg0, %arg0, %arg0
lle.network @same_signal(%x: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>)
    attributes {dt = 1.0 : f64} {
  %a = lle.activation <linear> %x : tensor<2x3xf32>
  %b = lle.concat %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %c = lle.slice %x {offset = 0 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %d = lle.transpose %x {permutation = array<i64: 0, 1>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  lle.output %a, %b, %c, %d : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>
}

// Another function, two parts, a part, and dimensions of one length in another order stay.
// CHECK-LABEL: lle.network @other_signal
// CHECK-NEXT: lle.activation <relu>
// CHECK-NEXT: lle.concat
// CHECK-NEXT: lle.slice
// CHECK-NEXT: lle.transpose
lle.network @other_signal(%x: tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<4x2xf32>, tensor<1x2xf32>, tensor<2x2xf32>)
    attributes {dt = 1.0 : f64} {
  %a = lle.activation <relu> %x : tensor<2x2xf32>
  %b = lle.concat %x, %x : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32>
  %c = lle.slice %x {offset = 0 : i64} : (tensor<2x2xf32>) -> tensor<1x2xf32>
  %d = lle.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  lle.output %a, %b, %c, %d : tensor<2x2xf32>, tensor<4x2xf32>, tensor<1x2xf32>, tensor<2x2xf32>
}

// Uniform weights of a resource need no storage; elements are compared by all of their bytes.
// CHECK-LABEL: lle.network @uniform
// CHECK-DAG: lle.weight dense<1.000000e+00> : tensor<2xf32>
// CHECK-DAG: lle.weight dense_resource<same> : tensor<4xi16>
// CHECK-DAG: lle.weight dense_resource<other> : tensor<2xf32>
lle.network @uniform() -> (tensor<2xf32>, tensor<2xf32>, tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %a = lle.weight dense_resource<same> : tensor<2xf32>
  %b = lle.weight dense_resource<other> : tensor<2xf32>
  %c = lle.weight dense_resource<same> : tensor<4xi16>
  %one = lle.weight dense<2.0> : tensor<4xf32>
  %d = lle.scale %one, %c : (tensor<4xf32>, tensor<4xi16>) -> tensor<4xf32>
  lle.output %a, %b, %d : tensor<2xf32>, tensor<2xf32>, tensor<4xf32>
}

// Without state, what no one uses goes, and so does what uses only that.
// CHECK-LABEL: lle.network @dead
// CHECK-NEXT: lle.output{{$}}
lle.network @dead(%x: tensor<2xf32>, %image: tensor<1x2x2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1.0> : tensor<2x2xf32>
  %b = lle.weight dense<1.0> : tensor<2xf32>
  %linear = lle.linear %x, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %affine = lle.affine %linear, %w, %b : (tensor<2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %sum = lle.add %x, %affine : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %pool = lle.sum_pool2d %image {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x2x2xf32>) -> tensor<1x1x1xf32>
  %flat = lle.flatten %image {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<1x2x2xf32>) -> tensor<4xf32>
  lle.output
}

// A delay is a thing with a name: two alike stay two, and one that no one reads stays. Synapses alike are one.
// CHECK-LABEL: lle.network @stateful
// CHECK: lle.delay "a"
// CHECK: lle.delay "b"
// CHECK: lle.delay "unused"
// CSE-LABEL: lle.network @stateful
// CSE: [[W:%.*]] = lle.weight
// CSE-NEXT: [[A:%.*]] = lle.delay "a"
// CSE-NEXT: [[B:%.*]] = lle.delay "b"
// CSE-NEXT: lle.delay "unused"
// CSE-NEXT: [[Y:%.*]] = lle.linear [[A]], [[W]]
// CSE-NEXT: lle.output [[Y]], [[Y]], [[B]]
lle.network @stateful(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1.0> : tensor<2x2xf32>
  %a = lle.delay "a" %x {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  %b = lle.delay "b" %x {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  %unused = lle.delay "unused" %x {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  %y = lle.linear %a, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %z = lle.linear %a, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  lle.output %y, %z, %b : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

{-#
  dialect_resources: {
    builtin: {
      same: "0x040000000000803F0000803F",
      other: "0x040000000000803F0000803E"
    }
  }
#-}
