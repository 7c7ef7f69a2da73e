// RUN: lle-opt --canonicalize %s | FileCheck %s

// A spike and itself, and what is not not there.
// CHECK-LABEL: lle.network @logic
// CHECK-NEXT: lle.output %arg0, %arg0, %arg0
lle.network @logic(%a: tensor<2xi1>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>) attributes {dt = 1.0 : f64} {
  %and = lle.and %a, %a : tensor<2xi1>
  %or = lle.or %a, %a : tensor<2xi1>
  %not = lle.not %a : tensor<2xi1>
  %twice = lle.not %not : tensor<2xi1>
  lle.output %and, %or, %twice : tensor<2xi1>, tensor<2xi1>, tensor<2xi1>
}

// Shapes on the way do not matter.
// CHECK-LABEL: lle.network @reshape
// CHECK-NEXT: [[Y:%.*]] = lle.reshape %arg0 {name = "r"} : (tensor<2x4xf32>) -> tensor<4x2xf32>
// CHECK-NEXT: lle.output [[Y]], %arg0, %arg0
lle.network @reshape(%x: tensor<2x4xf32>) -> (tensor<4x2xf32>, tensor<2x4xf32>, tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  %a = lle.reshape %x : (tensor<2x4xf32>) -> tensor<2x2x2xf32>
  %b = lle.reshape %a {name = "r"} : (tensor<2x2x2xf32>) -> tensor<4x2xf32>
  %flat = lle.flatten %x {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x4xf32>) -> tensor<8xf32>
  %back = lle.reshape %flat : (tensor<8xf32>) -> tensor<2x4xf32>
  %same = lle.reshape %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  lle.output %b, %back, %same : tensor<4x2xf32>, tensor<2x4xf32>, tensor<2x4xf32>
}

// The last potential is the potential; random encoders with equal keys are two.
// CHECK-LABEL: lle.network @coding
// CHECK-COUNT-2: spk.encode.rate
// CHECK-NOT: spk.decode
// CHECK: lle.output {{%.*}}, {{%.*}}, %arg0
lle.network @coding(%x: tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %a = spk.encode.rate "a" %x {gain = 1.0 : f64, key = 1 : i64, offset = 0.0 : f64} : tensor<2xf32> -> tensor<2xi1>
  %b = spk.encode.rate "b" %x {gain = 1.0 : f64, key = 1 : i64, offset = 0.0 : f64} : tensor<2xf32> -> tensor<2xi1>
  %last = spk.decode.membrane last "last" %x : tensor<2xf32>
  lle.output %a, %b, %last : tensor<2xi1>, tensor<2xi1>, tensor<2xf32>
}
