// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s

// CHECK-LABEL: lle.network @q15
// CHECK: spk.q15_lif "hidden" %arg0 subtract {decay = dense<29491> : tensor<3xi32>, v_threshold = dense<1024> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
// CHECK: spk.q15_lif "other" %arg0 zero {decay = dense<[0, 1, 32768]> : tensor<3xi32>, v_threshold = dense<[1, 2, 32767]> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
lle.network @q15(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.q15_lif "hidden" %x subtract {decay = dense<29491> : tensor<3xi32>,
    v_threshold = dense<1024> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  %y = spk.q15_lif "other" %x zero {decay = dense<[0, 1, 32768]> : tensor<3xi32>,
    v_threshold = dense<[1, 2, 32767]> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}
