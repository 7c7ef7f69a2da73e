// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s

// CHECK-LABEL: lle.network @rate
// CHECK: spk.encode.rate "enc" %arg0 {gain = 1.000000e+00 : f64, key = 7 : i64, offset = 0.000000e+00 : f64} : tensor<4xf32> -> tensor<4xi1>
lle.network @rate(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.encode.rate "enc" %x {gain = 1.000000e+00 : f64, key = 7 : i64, offset = 0.000000e+00 : f64}
    : tensor<4xf32> -> tensor<4xi1>
  lle.output
}

// CHECK-LABEL: lle.network @latency
// CHECK: spk.encode.latency "enc" %arg0 {epsilon = {{.*}} : f64, first = 0 : i64, linear, normalize, steps = 5 : i64, tau = 1.000000e+00 : f64, threshold = 1.000000e-02 : f64} : tensor<3xf32> -> tensor<3xi1>
lle.network @latency(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.encode.latency "enc" %x {epsilon = 1.000000e-07 : f64, first = 0 : i64, linear, normalize, steps = 5 : i64,
      tau = 1.000000e+00 : f64, threshold = 1.000000e-02 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @delta
// CHECK: spk.encode.delta "enc" %arg0 {padding, threshold = 1.000000e-01 : f64} : tensor<3xf32> -> tensor<3xsi8>
lle.network @delta(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.encode.delta "enc" %x {padding, threshold = 1.000000e-01 : f64} : tensor<3xf32> -> tensor<3xsi8>
  lle.output
}

// CHECK-LABEL: lle.network @decode
// CHECK: spk.decode.spike_count "count" %arg0 : tensor<3xi1> -> tensor<3xsi32>
// CHECK: spk.decode.first_spike "first" %arg0 {never = 25 : i64} : tensor<3xi1> -> tensor<3xsi32>
// CHECK: spk.decode.membrane max "readout" %arg1 : tensor<3xf32>
// CHECK: spk.decode.population %arg2 {mean} : tensor<6xi1> -> tensor<3xf32>
lle.network @decode(%z: tensor<3xi1>, %v: tensor<3xf32>, %p: tensor<6xi1>) attributes {dt = 1.0 : f64} {
  %n = spk.decode.spike_count "count" %z : tensor<3xi1> -> tensor<3xsi32>
  %t = spk.decode.first_spike "first" %z {never = 25 : i64} : tensor<3xi1> -> tensor<3xsi32>
  %y = spk.decode.membrane max "readout" %v : tensor<3xf32>
  %c = spk.decode.population %p {mean} : tensor<6xi1> -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @population
lle.network @population(%z: tensor<6xi1>) attributes {dt = 1.0 : f64} {
  %y = spk.decode.population %z {mean} : tensor<6xi1> -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @attention
// CHECK: spk.self_attention %arg0, %arg1, %arg2 {heads = 2 : i64, scale = 1.250000e-01 : f64} : tensor<8x16xi1> -> tensor<8x16xf32>
lle.network @attention(%q: tensor<8x16xi1>, %k: tensor<8x16xi1>, %v: tensor<8x16xi1>) attributes {dt = 1.0 : f64} {
  %y = spk.self_attention %q, %k, %v {heads = 2 : i64, scale = 1.250000e-01 : f64} : tensor<8x16xi1> -> tensor<8x16xf32>
  lle.output
}
