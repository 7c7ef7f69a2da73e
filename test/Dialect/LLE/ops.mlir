// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | FileCheck %s --check-prefix=GENERIC

// CHECK-LABEL: lle.network @relay(%arg0: tensor<3xf32>) -> tensor<3xf32>
// CHECK-SAME: attributes {dt = 1.000000e-03 : f64}
// CHECK-NEXT: [[Y:%.*]] = lle.delay "hold" %arg0 {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
// CHECK-NEXT: lle.output [[Y]] : tensor<3xf32>
// GENERIC: "lle.network"() <{dt = 1.000000e-03 : f64, function_type = (tensor<3xf32>) -> tensor<3xf32>, sym_name = "relay"}>
// GENERIC: "lle.delay"({{%.*}}) <{initial = 0.000000e+00 : f64, name = "hold", steps = dense<1> : tensor<3xi64>}>
// GENERIC: "lle.output"({{%.*}}) : (tensor<3xf32>) -> ()
lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
  %y = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

// A network may have no ports.
// CHECK-LABEL: lle.network private @empty() attributes {dt = 1.000000e+00 : f64}
// CHECK-NEXT: lle.output{{$}}
lle.network private @empty() attributes {dt = 1.0 : f64} {
  lle.output
}

// Ports carry their names; steps and profile are kept.
// CHECK-LABEL: lle.network @ports
// CHECK-SAME: (%arg0: tensor<2xf32> {lle.name = "input"}) -> (tensor<2xf32> {lle.name = "output"})
// CHECK-SAME: attributes {dt = 1.000000e-04 : f64, profile = "norse", steps = 256 : i64}
lle.network @ports(%x: tensor<2xf32> {lle.name = "input"}) -> (tensor<2xf32> {lle.name = "output"})
    attributes {dt = 1.0e-4 : f64, profile = "norse", steps = 256 : i64} {
  lle.output %x : tensor<2xf32>
}

// A value may be used before it is defined.
// CHECK-LABEL: lle.network @graph
// CHECK-NEXT: [[SUM:%.*]] = lle.add %arg0, [[HELD:%.*]] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
// CHECK-NEXT: [[HELD]] = lle.delay "hold" [[SUM]]
lle.network @graph(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.0 : f64} {
  %sum = lle.add %x, %held : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %held = lle.delay "hold" %sum {initial = 0.0 : f64, steps = dense<[1, 2, 3]> : tensor<3xi64>} : tensor<3xf32>
  lle.output %sum : tensor<3xf32>
}

// Weights of any element type, also outside a network's file: in resources.
// CHECK-LABEL: lle.network @weights
// CHECK: lle.weight dense<{{\[\[}}1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
// CHECK: lle.weight dense<[-1, 127]> : tensor<2xi8>
// CHECK: lle.weight dense<5.000000e-01> : tensor<2xbf16>
// CHECK: lle.weight dense_resource<large> : tensor<2xf32>
// CHECK: lle.weight dense<[-1, 127]> : tensor<2xsi8>
// CHECK: lle.weight dense<{{\[\[}}1, -2], [3, 127]]> : tensor<2x2xi8> as tensor<2x2x!quant.uniform<i8:f32, 1.250000e-01>>
// CHECK: lle.weight dense<3> : tensor<2x2xi16> as tensor<2x2x!quant.uniform<i16:f32:0, {1.250000e-01,2.500000e-01}>>
lle.network @weights() attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
  %i8 = lle.weight dense<[-1, 127]> : tensor<2xi8>
  %bf16 = lle.weight dense<0.5> : tensor<2xbf16>
  %large = lle.weight dense_resource<large> : tensor<2xf32>
  %si8 = lle.weight dense<[-1, 127]> : tensor<2xsi8>
  %q = lle.weight dense<[[1, -2], [3, 127]]> : tensor<2x2xi8> as tensor<2x2x!quant.uniform<i8:f32, 1.250000e-01>>
  %channels = lle.weight dense<3> : tensor<2x2xi16> as tensor<2x2x!quant.uniform<i16:f32:0, {1.250000e-01, 2.500000e-01}>>
  lle.output
}

// CHECK-LABEL: lle.network @integers
// CHECK: lle.linear %arg0, %arg1 : (tensor<2xi1>, tensor<3x2xsi8>) -> tensor<3xsi32>
// CHECK: lle.linear %arg0, {{%.*}} : (tensor<2xi1>, tensor<3x2x!quant.uniform<i8:f32, 5.000000e-01>>) -> tensor<3xf32>
lle.network @integers(%z: tensor<2xi1>, %n: tensor<3x2xsi8>) attributes {dt = 1.0 : f64} {
  %q = lle.weight dense<1> : tensor<3x2xi8> as tensor<3x2x!quant.uniform<i8:f32, 0.5>>
  %a = lle.linear %z, %n : (tensor<2xi1>, tensor<3x2xsi8>) -> tensor<3xsi32>
  %b = lle.linear %z, %q : (tensor<2xi1>, tensor<3x2x!quant.uniform<i8:f32, 0.5>>) -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @add
// CHECK: lle.add %arg0, %arg1 : (tensor<3xf32>, tensor<3xi1>) -> tensor<3xf32>
// CHECK: lle.add %arg1 : (tensor<3xi1>) -> tensor<3xf64>
lle.network @add(%a: tensor<3xf32>, %z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %s = lle.add %a, %z : (tensor<3xf32>, tensor<3xi1>) -> tensor<3xf32>
  %converted = lle.add %z : (tensor<3xi1>) -> tensor<3xf64>
  lle.output
}

// CHECK-LABEL: lle.network @linear
// CHECK: lle.linear %arg0, {{%.*}} {name = "fc1"} : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
lle.network @linear(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1.0> : tensor<3x2xf32>
  %y = lle.linear %x, %w {name = "fc1"} : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @affine
// CHECK: lle.affine %arg0, {{%.*}}, {{%.*}} {name = "fc1"} : (tensor<2xf32>, tensor<3x2xf32>, tensor<3xf32>) -> tensor<3xf32>
lle.network @affine(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1.0> : tensor<3x2xf32>
  %b = lle.weight dense<1.0> : tensor<3xf32>
  %y = lle.affine %x, %w, %b {name = "fc1"} : (tensor<2xf32>, tensor<3x2xf32>, tensor<3xf32>) -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @conv1d
// CHECK: lle.conv1d %arg0, {{%.*}}, {{%.*}} {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 1>, stride = array<i64: 1>}
// CHECK-SAME: : (tensor<2x8xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x8xf32>
lle.network @conv1d(%x: tensor<2x8xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1.0> : tensor<3x2x3xf32>
  %b = lle.weight dense<1.0> : tensor<3xf32>
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 1>, stride = array<i64: 1>}
    : (tensor<2x8xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x8xf32>
  lle.output
}

// CHECK-LABEL: lle.network @conv2d
// CHECK: lle.conv2d %arg0, {{%.*}}, {{%.*}} {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
// CHECK-SAME: : (tensor<1x4x4xi1>, tensor<2x1x3x3xf32>, tensor<2xf32>) -> tensor<2x4x4xf32>
lle.network @conv2d(%x: tensor<1x4x4xi1>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1.0> : tensor<2x1x3x3xf32>
  %b = lle.weight dense<1.0> : tensor<2xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x4x4xi1>, tensor<2x1x3x3xf32>, tensor<2xf32>) -> tensor<2x4x4xf32>
  lle.output
}

// CHECK-LABEL: lle.network @scale
// CHECK: lle.scale %arg0, {{%.*}} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
lle.network @scale(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %s = lle.weight dense<2.0> : tensor<3xf32>
  %y = lle.scale %x, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @sum_pool2d
// CHECK: lle.sum_pool2d %arg0 {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
// CHECK-SAME: : (tensor<1x4x4xi1>) -> tensor<1x2x2xf32>
lle.network @sum_pool2d(%x: tensor<1x4x4xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xi1>) -> tensor<1x2x2xf32>
  lle.output
}

// CHECK-LABEL: lle.network @avg_pool2d
// CHECK: lle.avg_pool2d %arg0 {kernel = array<i64: 2, 2>, name = "pool", padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
// CHECK-SAME: : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
lle.network @avg_pool2d(%x: tensor<1x4x4xf32>) attributes {dt = 1.0 : f64} {
  %named = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, name = "pool", padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  %y = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output
}

// CHECK-LABEL: lle.network @flatten
// CHECK: lle.flatten %arg0 {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x4x4xi1>) -> tensor<32xi1>
// CHECK: lle.flatten %arg0 {end_dim = 2 : i64, start_dim = -2 : i64} : (tensor<2x4x4xi1>) -> tensor<2x16xi1>
lle.network @flatten(%x: tensor<2x4x4xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.flatten %x {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x4x4xi1>) -> tensor<32xi1>
  %part = lle.flatten %x {end_dim = 2 : i64, start_dim = -2 : i64} : (tensor<2x4x4xi1>) -> tensor<2x16xi1>
  lle.output
}

// CHECK-LABEL: lle.network @activation
// CHECK: lle.activation <relu> %arg0 {name = "act1"} : tensor<3xf32>
lle.network @activation(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %y = lle.activation <relu> %x {name = "act1"} : tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @concat
// CHECK: lle.concat %arg0, %arg1 : (tensor<3xf32>, tensor<2xf32>) -> tensor<5xf32>
lle.network @concat(%a: tensor<3xf32>, %b: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %y = lle.concat %a, %b : (tensor<3xf32>, tensor<2xf32>) -> tensor<5xf32>
  lle.output
}

// CHECK-LABEL: lle.network @slice
// CHECK: lle.slice %arg0 {offset = 1 : i64} : (tensor<5xf32>) -> tensor<3xf32>
lle.network @slice(%x: tensor<5xf32>) attributes {dt = 1.0 : f64} {
  %y = lle.slice %x {offset = 1 : i64} : (tensor<5xf32>) -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @transpose
// CHECK: lle.transpose %arg0 {permutation = array<i64: 2, 0, 1>} : (tensor<4x6x3xf32>) -> tensor<3x4x6xf32>
lle.network @transpose(%x: tensor<4x6x3xf32>) attributes {dt = 1.0 : f64} {
  %y = lle.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<4x6x3xf32>) -> tensor<3x4x6xf32>
  lle.output
}

// Signals may carry counts of spikes.
// CHECK-LABEL: lle.network @counts(%arg0: tensor<2xsi8>, %arg1: tensor<2xsi16>, %arg2: tensor<2xsi32>)
lle.network @counts(%a: tensor<2xsi8>, %b: tensor<2xsi16>, %c: tensor<2xsi32>) attributes {dt = 1.0 : f64} {
  lle.output
}

// CHECK: large: "0x040000000000803F00000040"
{-#
  dialect_resources: {
    builtin: {
      large: "0x040000000000803F00000040"
    }
  }
#-}
