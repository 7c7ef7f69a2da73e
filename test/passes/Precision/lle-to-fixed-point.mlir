// RUN: lle-opt %s -split-input-file --lle-to-fixed-point=input-range=1 | FileCheck %s
// RUN: lle-opt %s -split-input-file --lle-to-fixed-point="input-range=1 ports=fixed input-bits=8 powers-of-two weights=16" | FileCheck %s --check-prefix=PORTS

// 0.5 becomes 127. A sum is in units of 0.5 / 127 / 32767, of which a unit of 2^-12 has 1082229511 / 2^41.
// CHECK-LABEL: lle.network @layer(%arg0: tensor<2xf32>) -> tensor<1xf32>
// CHECK: [[X:%.+]] = lle.quantize %arg0 {scale = dense<3.0518509475997192E-5> : tensor<1xf64>} : tensor<2xf32> -> tensor<2xsi16>
// CHECK-NEXT: [[Y:%.+]] = lle.fixed_affine [[X]] tanh {bias = dense<0> : tensor<1xi32>,
// CHECK-SAME: multiplier = dense<1082229511> : tensor<1xi32>,
// CHECK-SAME: shift = dense<41> : tensor<1xi8>, weights = dense<{{\[\[}}127, -63]]> : tensor<1x2xi8>} : tensor<2xsi16> -> tensor<1xsi16>
// CHECK-NEXT: [[T:%.+]] = lle.dequantize [[Y]] {scale = dense<3.0517578125E-5> : tensor<1xf64>} : tensor<1xsi16> -> tensor<1xf32>
// CHECK-NEXT: lle.output [[T]] : tensor<1xf32>

// 8 bits become 16; all scaling is a shift.
// PORTS-LABEL: lle.network @layer
// PORTS-SAME: (%arg0: tensor<2xsi8> {lle.scale = dense<0.0078740157480314959> : tensor<1xf64>})
// PORTS-SAME: -> (tensor<1xsi16> {lle.scale = dense<3.0517578125E-5> : tensor<1xf64>})
// PORTS: [[X:%.+]] = lle.rescale %arg0 {multiplier = dense<512> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>}
// PORTS: lle.fixed_affine [[X]] tanh {bias = dense<0> : tensor<1xi32>, multiplier = dense<1> : tensor<1xi32>,
lle.network @layer(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[0.5, -0.25]]> : tensor<1x2xf32>
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<1xf32>
  %t = lle.activation <tanh> %y : tensor<1xf32>
  lle.output %t : tensor<1xf32>
}

// -----

// The largest conductance, 0.5, is 127: so a capacitance of 4 is 127 8 2^15. Potentials are within 0.5, which is 32767.
// The map of the output, 2 v + 1, needs a layer of its own.
// CHECK-LABEL: lle.network @ltc
// CHECK: [[X:%.+]] = lle.quantize
// CHECK-NEXT: [[V:%.+]] = ltc.fixed_ltc_cell "cell" [[X]] {capacitance = dense<33292288> : tensor<1xi32>,
// CHECK-SAME: conductance = dense<64> : tensor<1x1xi8>, current = dense<0> : tensor<1x1xi8>,
// CHECK-SAME: drive = dense<4161409> : tensor<1xi32>, leak = dense<4161536> : tensor<1xi32>
// CHECK-SAME: lle.scale = dense<1.5259254737998596E-5> : tensor<1xf64>
// CHECK-NEXT: [[Y:%.+]] = lle.fixed_affine [[V]] linear
// CHECK-NEXT: lle.dequantize [[Y]]

// CHECK-LABEL: lle.network @cfc
// CHECK: [[H:%.+]] = lle.delay "cell" [[N:%.+]] {initial = 0.000000e+00 : f64, lle.scale = dense<3.0517578125E-5> : tensor<1xf64>,
// CHECK: [[C:%.+]] = lle.concat %{{.+}}, [[H]] : (tensor<1xsi16>, tensor<2xsi16>) -> tensor<3xsi16>
// CHECK: [[Z:%.+]] = lle.fixed_affine [[C]] relu {{.*}}name = "cell.backbone.0"
// CHECK: [[F1:%.+]] = lle.fixed_affine [[Z]] tanh {{.*}}name = "cell.ff1"
// CHECK: [[F2:%.+]] = lle.fixed_affine [[Z]] tanh {{.*}}name = "cell.ff2"
// CHECK: [[T:%.+]] = lle.fixed_affine [[Z]] sigmoid {{.*}}name = "cell.gate"
// CHECK: [[N]] = ltc.fixed_cfc_gate default [[F1]], [[F2]], [[T]] : tensor<2xsi16>
lle.network @ltc(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 4 : i64, epsilon = 0.0 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.5> : tensor<1xf32>, vleak = dense<0.5> : tensor<1xf32>,
      cm = dense<1.0> : tensor<1xf32>, sigma = dense<4.0> : tensor<1x1xf32>, mu = dense<0.25> : tensor<1x1xf32>,
      w = dense<0.25> : tensor<1x1xf32>, erev = dense<0.0> : tensor<1x1xf32>, sensory_sigma = dense<3.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.25> : tensor<1x1xf32>, sensory_w = dense<0.5> : tensor<1x1xf32>,
      sensory_erev = dense<-0.5> : tensor<1x1xf32>, output_w = dense<2.0> : tensor<1xf32>,
      output_b = dense<1.0> : tensor<1xf32>} : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output %y : tensor<1xf32>
}

lle.network @cfc(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "cell" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>, activation = #lle.activation<relu>,
      backbone_weights = [dense<0.25> : tensor<4x3xf32>], backbone_biases = [dense<0.0> : tensor<4xf32>],
      ff1_weight = dense<0.5> : tensor<2x4xf32>, ff1_bias = dense<0.1> : tensor<2xf32>,
      ff2_weight = dense<-0.5> : tensor<2x4xf32>, ff2_bias = dense<0.0> : tensor<2xf32>,
      time_a_weight = dense<0.25> : tensor<2x4xf32>, time_a_bias = dense<0.0> : tensor<2xf32>,
      time_b_weight = dense<0.125> : tensor<2x4xf32>, time_b_bias = dense<0.0> : tensor<2xf32>}
    : (tensor<1xf32>) -> tensor<2xf32>
  lle.output %h : tensor<2xf32>
}
