// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Vectors one after the other, and neighbours of what they make; spikes too. One signal may come twice.
lle.network @vectors(%a: tensor<3xf32>, %b: tensor<2xf32>, %z: tensor<3xi1>)
    -> (tensor<8xf32>, tensor<3xf32>, tensor<6xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %all = lle.concat %a, %b, %a : (tensor<3xf32>, tensor<2xf32>, tensor<3xf32>) -> tensor<8xf32>
  %middle = lle.slice %all {offset = 2 : i64} : (tensor<8xf32>) -> tensor<3xf32>
  %twice = lle.concat %z, %z : (tensor<3xi1>, tensor<3xi1>) -> tensor<6xi1>
  %last = lle.slice %z {offset = 2 : i64} : (tensor<3xi1>) -> tensor<1xi1>
  lle.output %all, %middle, %twice, %last : tensor<8xf32>, tensor<3xf32>, tensor<6xi1>, tensor<1xi1>
}

func.func @joined_and_cut() {
  %i = check.instantiate @vectors
  %a = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = arith.constant dense<[4.0, 5.0]> : tensor<2xf32>
  %z = arith.constant dense<[1, 0, 1]> : tensor<3xi1>
  %y:4 = check.step %i(%a, %b, %z) : (tensor<3xf32>, tensor<2xf32>, tensor<3xi1>) -> (tensor<8xf32>, tensor<3xf32>,
      tensor<6xi1>, tensor<1xi1>)
  check.expect_eq %y#0 dense<[1.0, 2.0, 3.0, 4.0, 5.0, 1.0, 2.0, 3.0]> : tensor<8xf32>
  check.expect_eq %y#1 dense<[3.0, 4.0, 5.0]> : tensor<3xf32>
  check.expect_eq %y#2 dense<[1, 0, 1, 1, 0, 1]> : tensor<6xi1>
  check.expect_eq %y#3 dense<1> : tensor<1xi1>
  return
}

// Feature maps, stored either way: channels of a pooled map and of an input are joined, and taken apart.
lle.network @maps(%x: tensor<2x1x2xf32>, %y: tensor<1x1x1xf32>) -> (tensor<3x1x1xf32>, tensor<2x1x1xf32>, tensor<1x1x2xf32>)
    attributes {dt = 1.0 : f64} {
  %p = lle.sum_pool2d %x {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<2x1x2xf32>) -> tensor<2x1x1xf32>
  %all = lle.concat %y, %p : (tensor<1x1x1xf32>, tensor<2x1x1xf32>) -> tensor<3x1x1xf32>
  %last = lle.slice %all {offset = 1 : i64} : (tensor<3x1x1xf32>) -> tensor<2x1x1xf32>
  %channel = lle.slice %x {offset = 1 : i64} : (tensor<2x1x2xf32>) -> tensor<1x1x2xf32>
  lle.output %all, %last, %channel : tensor<3x1x1xf32>, tensor<2x1x1xf32>, tensor<1x1x2xf32>
}

func.func @channels() {
  %i = check.instantiate @maps
  %x = arith.constant dense<[[[1.0, 2.0]], [[4.0, 8.0]]]> : tensor<2x1x2xf32>
  %y = arith.constant dense<16.0> : tensor<1x1x1xf32>
  %r:3 = check.step %i(%x, %y) : (tensor<2x1x2xf32>, tensor<1x1x1xf32>)
    -> (tensor<3x1x1xf32>, tensor<2x1x1xf32>, tensor<1x1x2xf32>)
  check.expect_eq %r#0 dense<[[[16.0]], [[3.0]], [[12.0]]]> : tensor<3x1x1xf32>
  check.expect_eq %r#1 dense<[[[3.0]], [[12.0]]]> : tensor<2x1x1xf32>
  check.expect_eq %r#2 dense<[[[4.0, 8.0]]]> : tensor<1x1x2xf32>
  return
}

// A state that is a part of a signal, read in the next step.
lle.network @held(%x: tensor<4xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %part = lle.slice %x {offset = 1 : i64} : (tensor<4xf32>) -> tensor<2xf32>
  %y = lle.delay "hold" %part {initial = 7.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

func.func @delayed_part() {
  %i = check.instantiate @held
  %x0 = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %y0 = check.step %i(%x0) : (tensor<4xf32>) -> tensor<2xf32>
  check.expect_eq %y0 dense<7.0> : tensor<2xf32>
  %y1 = check.step %i(%x0) : (tensor<4xf32>) -> tensor<2xf32>
  check.expect_eq %y1 dense<[2.0, 3.0]> : tensor<2xf32>
  return
}
