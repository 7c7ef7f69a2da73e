// Currents of integer networks are whole numbers, but no spikes: only populations that fire are counted.
// RUN: %python -c 'import numpy as np; np.save("%t.npy", np.ones((1, 4, 2), np.uint8))'
// RUN: lle-run %s --input=%t.npy --spikes | FileCheck %s
// CHECK-NOT: spikes of node sum
// CHECK: spikes of node out {{ *}}4 per inference
// CHECK-NOT: spikes of node sum
lle.network @integers(%x: tensor<2xi1>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[50, 50]]> : tensor<1x2xsi8>
  %a = lle.linear %x, %w {name = "sum"} : (tensor<2xi1>, tensor<1x2xsi8>) -> tensor<1xsi32>
  %y = spk.fixed_cuba_lif "out" %a loihi {du = dense<4095> : tensor<1xi32>, dv = dense<4096> : tensor<1xi32>,
    v_threshold = dense<1> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}
