// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s

// CHECK-LABEL: lle.network @ltc
// CHECK: ltc.fixed_ltc_cell "rnn" %arg0 {capacitance = dense<3000000> : tensor<2xi32>,
// CHECK-SAME: conductance = dense<{{\[\[}}0, 100], [60, 127]]> : tensor<2x2xi8>
// CHECK-SAME: drive = dense<[200000, -300000]> : tensor<2xi32>
// CHECK-SAME: sensory_slope = dense<4096> : tensor<1x2xi16>, shift = 14 : i64
// CHECK-SAME: unfolds = 6 : i64} : tensor<1xsi16> -> tensor<2xsi16>
lle.network @ltc(%x: tensor<1xsi16>) attributes {dt = 1.0 : f64} {
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 6 : i64, capacitance = dense<3000000> : tensor<2xi32>, leak = dense<1000000> : tensor<2xi32>,
      drive = dense<[200000, -300000]> : tensor<2xi32>, shift = 14 : i64, slope = dense<4096> : tensor<2x2xi16>,
      offset = dense<-50000000> : tensor<2x2xi32>, conductance = dense<[[0, 100], [60, 127]]> : tensor<2x2xi8>,
      current = dense<[[0, 100], [-60, -127]]> : tensor<2x2xi8>, sensory_shift = 14 : i64,
      sensory_slope = dense<4096> : tensor<1x2xi16>, sensory_offset = dense<0> : tensor<1x2xi32>,
      sensory_conductance = dense<80> : tensor<1x2xi8>, sensory_current = dense<-40> : tensor<1x2xi8>}
    : tensor<1xsi16> -> tensor<2xsi16>
  lle.output
}

// CHECK-LABEL: lle.network @gate
// CHECK: ltc.fixed_cfc_gate default %arg0, %arg1, %arg2 : tensor<3xsi16>
// CHECK: ltc.fixed_cfc_gate no_gate %arg0, %arg1, %arg2 : tensor<3xsi16>
lle.network @gate(%f1: tensor<3xsi16>, %f2: tensor<3xsi16>, %t: tensor<3xsi16>) attributes {dt = 1.0 : f64} {
  %h = ltc.fixed_cfc_gate default %f1, %f2, %t : tensor<3xsi16>
  %g = ltc.fixed_cfc_gate no_gate %f1, %f2, %t : tensor<3xsi16>
  lle.output
}
