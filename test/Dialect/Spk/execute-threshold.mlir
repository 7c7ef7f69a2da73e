// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// One threshold for each element; gt leaves out equality, ge takes it in.
lle.network @threshold(%x: tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %gt = spk.threshold %x gt dense<[0.5, 1.0, -1.0]> : tensor<3xf32> : tensor<3xf32> -> tensor<3xi1>
  %ge = spk.threshold %x ge dense<[0.5, 1.0, -1.0]> : tensor<3xf32> : tensor<3xf32> -> tensor<3xi1>
  lle.output %gt, %ge : tensor<3xi1>, tensor<3xi1>
}

func.func @gt_and_ge() {
  %i = check.instantiate @threshold
  %x = arith.constant dense<[0.5, 1.25, -2.0]> : tensor<3xf32>
  %z:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %z#0 dense<[0, 1, 0]> : tensor<3xi1>
  check.expect_eq %z#1 dense<[1, 1, 0]> : tensor<3xi1>
  return
}

// The same threshold everywhere, of another type than the input; more elements than a vector has lanes.
lle.network @uniform(%x: tensor<9xf64>) -> tensor<9xi1> attributes {dt = 1.0 : f64} {
  %z = spk.threshold %x gt dense<0.5> : tensor<9xf32> : tensor<9xf64> -> tensor<9xi1>
  lle.output %z : tensor<9xi1>
}

func.func @uniform_threshold() {
  %i = check.instantiate @uniform
  %x = arith.constant dense<[0.0, 1.0, 0.5, 2.0, -1.0, 0.75, 0.25, 0.5, 4.0]> : tensor<9xf64>
  %z = check.step %i(%x) : (tensor<9xf64>) -> tensor<9xi1>
  check.expect_eq %z dense<[0, 1, 0, 1, 0, 1, 0, 0, 1]> : tensor<9xi1>
  return
}

// A feature map, as it comes and as a pooling gives it.
lle.network @map(%x: tensor<2x1x2xf32>) -> (tensor<2x1x2xi1>, tensor<2x1x2xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.sum_pool2d %x {kernel = array<i64: 1, 1>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %a = spk.threshold %x gt dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32> : tensor<2x1x2xf32> -> tensor<2x1x2xi1>
  %b = spk.threshold %y gt dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32> : tensor<2x1x2xf32> -> tensor<2x1x2xi1>
  lle.output %a, %b : tensor<2x1x2xi1>, tensor<2x1x2xi1>
}

func.func @feature_map() {
  %i = check.instantiate @map
  %x = arith.constant dense<[[[2.0, 2.0]], [[2.0, 5.0]]]> : tensor<2x1x2xf32>
  %z:2 = check.step %i(%x) : (tensor<2x1x2xf32>) -> (tensor<2x1x2xi1>, tensor<2x1x2xi1>)
  check.expect_eq %z#0 dense<[[[1, 0]], [[0, 1]]]> : tensor<2x1x2xi1>
  check.expect_eq %z#1 dense<[[[1, 0]], [[0, 1]]]> : tensor<2x1x2xi1>
  return
}
