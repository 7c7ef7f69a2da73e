// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Each dimension, each kind of result.
lle.network @reduce(%x: tensor<2x3xf32>, %z: tensor<2x3xi1>, %n: tensor<2x3xsi8>)
    -> (tensor<2xf32>, tensor<3xf32>, tensor<2xf64>, tensor<3xsi16>, tensor<2xi1>, tensor<3xi1>, tensor<2xsi8>,
        tensor<3xsi8>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %a = lle.reduce sum %x {dim = 1 : i64} : (tensor<2x3xf32>) -> tensor<2xf32>
  %b = lle.reduce max %x {dim = 0 : i64, name = "m"} : (tensor<2x3xf32>) -> tensor<3xf32>
  %c = lle.reduce mean %z {dim = 1 : i64} : (tensor<2x3xi1>) -> tensor<2xf64>
  %d = lle.reduce sum %z {dim = 0 : i64} : (tensor<2x3xi1>) -> tensor<3xsi16>
  %e = lle.reduce max %z {dim = 1 : i64} : (tensor<2x3xi1>) -> tensor<2xi1>
  %f = lle.reduce max %z {dim = 0 : i64} : (tensor<2x3xi1>) -> tensor<3xi1>
  %g = lle.reduce sum %n {dim = 1 : i64} : (tensor<2x3xsi8>) -> tensor<2xsi8>
  %h = lle.reduce max %n {dim = 0 : i64} : (tensor<2x3xsi8>) -> tensor<3xsi8>
  %k = lle.reduce sum %n {dim = 1 : i64} : (tensor<2x3xsi8>) -> tensor<2xf32>
  lle.output %a, %b, %c, %d, %e, %f, %g, %h, %k : tensor<2xf32>, tensor<3xf32>, tensor<2xf64>, tensor<3xsi16>, tensor<2xi1>,
    tensor<3xi1>, tensor<2xsi8>, tensor<3xsi8>, tensor<2xf32>
}

func.func @rows_and_columns() {
  %i = check.instantiate @reduce
  %x = arith.constant dense<[[1.0, 2.0, -4.0], [0.5, 3.0, -8.0]]> : tensor<2x3xf32>
  %z = arith.constant dense<[[1, 0, 1], [1, 0, 0]]> : tensor<2x3xi1>
  %n = arith.constant dense<[[100, 27, 1], [-100, -27, -3]]> : tensor<2x3xsi8>
  %y:9 = check.step %i(%x, %z, %n) : (tensor<2x3xf32>, tensor<2x3xi1>, tensor<2x3xsi8>)
      -> (tensor<2xf32>, tensor<3xf32>, tensor<2xf64>, tensor<3xsi16>, tensor<2xi1>, tensor<3xi1>, tensor<2xsi8>,
          tensor<3xsi8>, tensor<2xf32>)
  check.expect_eq %y#0 dense<[-1.0, -4.5]> : tensor<2xf32>
  check.expect_eq %y#1 dense<[1.0, 3.0, -4.0]> : tensor<3xf32>
  check.expect_close %y#2 dense<[0.6666666666666667, 0.3333333333333333]> : tensor<2xf64> within 1.0e-7
  check.expect_eq %y#3 dense<[2, 0, 1]> : tensor<3xsi16>
  check.expect_eq %y#4 dense<[1, 1]> : tensor<2xi1>
  check.expect_eq %y#5 dense<[1, 0, 1]> : tensor<3xi1>
  check.expect_eq %y#6 dense<[127, -128]> : tensor<2xsi8>
  check.expect_eq %y#7 dense<[100, 27, 1]> : tensor<3xsi8>
  check.expect_eq %y#8 dense<[128.0, -130.0]> : tensor<2xf32>
  return
}

// A dimension in the middle, of a map stored channels last too; a vector to a number.
lle.network @middle(%x: tensor<2x2x2xf32>, %v: tensor<4xf32>, %z: tensor<70xi1>)
    -> (tensor<2x2xf32>, tensor<2x1xf32>, tensor<f32>, tensor<f32>) attributes {dt = 1.0 : f64} {
  %a = lle.reduce sum %x {dim = 1 : i64} : (tensor<2x2x2xf32>) -> tensor<2x2xf32>
  %p = lle.sum_pool2d %x {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x2x2xf32>) -> tensor<2x2x1xf32>
  %b = lle.reduce max %p {dim = 0 : i64} : (tensor<2x2x1xf32>) -> tensor<2x1xf32>
  %c = lle.reduce mean %v {dim = 0 : i64} : (tensor<4xf32>) -> tensor<f32>
  %d = lle.reduce sum %z {dim = 0 : i64} : (tensor<70xi1>) -> tensor<f32>
  lle.output %a, %b, %c, %d : tensor<2x2xf32>, tensor<2x1xf32>, tensor<f32>, tensor<f32>
}

func.func @in_the_middle() {
  %i = check.instantiate @middle
  %x = arith.constant dense<[[[1.0, 2.0], [4.0, 8.0]], [[16.0, 32.0], [64.0, 128.0]]]> : tensor<2x2x2xf32>
  %v = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %z = arith.constant dense<1> : tensor<70xi1>
  %y:4 = check.step %i(%x, %v, %z) : (tensor<2x2x2xf32>, tensor<4xf32>, tensor<70xi1>)
      -> (tensor<2x2xf32>, tensor<2x1xf32>, tensor<f32>, tensor<f32>)
  check.expect_eq %y#0 dense<[[5.0, 10.0], [80.0, 160.0]]> : tensor<2x2xf32>
  check.expect_eq %y#1 dense<[[48.0], [192.0]]> : tensor<2x1xf32>
  check.expect_eq %y#2 dense<2.5> : tensor<f32>
  check.expect_eq %y#3 dense<70.0> : tensor<f32>
  return
}

// Repeated along a new dimension at either end, and other dimensions for the same elements.
lle.network @shapes(%x: tensor<2xf32>, %z: tensor<2x2xi1>, %m: tensor<2x1x2xf32>)
    -> (tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x2x2xi1>, tensor<1x4xi1>, tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %a = lle.broadcast %x {dim = 1 : i64, name = "b"} : (tensor<2xf32>) -> tensor<2x3xf32>
  %b = lle.broadcast %x {dim = 0 : i64} : (tensor<2xf32>) -> tensor<3x2xf32>
  %c = lle.broadcast %z {dim = 1 : i64} : (tensor<2x2xi1>) -> tensor<2x2x2xi1>
  %d = lle.reshape %z {name = "r"} : (tensor<2x2xi1>) -> tensor<1x4xi1>
  %p = lle.sum_pool2d %m {kernel = array<i64: 1, 1>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %e = lle.reshape %p : (tensor<2x1x2xf32>) -> tensor<4xf32>
  lle.output %a, %b, %c, %d, %e : tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x2x2xi1>, tensor<1x4xi1>, tensor<4xf32>
}

func.func @repeated_and_reshaped() {
  %i = check.instantiate @shapes
  %x = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %z = arith.constant dense<[[1, 0], [0, 1]]> : tensor<2x2xi1>
  %m = arith.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>
  %y:5 = check.step %i(%x, %z, %m) : (tensor<2xf32>, tensor<2x2xi1>, tensor<2x1x2xf32>)
      -> (tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x2x2xi1>, tensor<1x4xi1>, tensor<4xf32>)
  check.expect_eq %y#0 dense<[[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]> : tensor<2x3xf32>
  check.expect_eq %y#1 dense<[[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]> : tensor<3x2xf32>
  check.expect_eq %y#2 dense<[[[1, 0], [1, 0]], [[0, 1], [0, 1]]]> : tensor<2x2x2xi1>
  check.expect_eq %y#3 dense<[[1, 0, 0, 1]]> : tensor<1x4xi1>
  check.expect_eq %y#4 dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  return
}
