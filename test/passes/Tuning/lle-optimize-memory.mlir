// A budget of memory that bits alone keep, on a target that stores them: 64 weights of 8 bits on Loihi 2.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; r = np.random.default_rng(0); np.save("%t/x.npy", (r.random((64, 8, 8)) < 0.5).astype(np.uint8))'
// DEFINE: %{optimize} = lle-opt %s --lle-optimize="dataset=%t/x.npy passes=lle-allocate-bits max-drop=0.25
// RUN: lle-opt %s --lle-estimate-cost="target=loihi2 report=-" -o %t/ignored 2>&1 | FileCheck %s --check-prefix=BEFORE
// BEFORE: flash 64 bytes
// RUN: %{optimize} target=loihi2 max-memory-kb=0.12" -o %t/after.mlir && FileCheck %s < %t/after.mlir
// CHECK: lle.weight {lle.bits = {value = {bits = [{{[1-6]}}]
// RUN: lle-opt %t/after.mlir --lle-estimate-cost="target=loihi2 report=-" -o %t/ignored 2>&1 | FileCheck %s --check-prefix=AFTER
// AFTER: flash {{[1-5][0-9]}} bytes
// SpiNNaker2 stores 8 bits for all.
// RUN: not %{optimize} target=spinnaker2 max-memory-kb=0.12" 2>&1 | FileCheck %s --check-prefix=BYTES
// BYTES: error: lle-optimize: no network within the budget was found: memory binds, 0.12 KB are allowed; the nearest has accuracy {{.*}} KB{{$}}
lle.network @spikes(%x: tensor<8xi1>) -> tensor<8xi1> attributes {dt = 1.0e-03 : f64, steps = 8 : i64} {
  %w = lle.weight dense<[[27, 100, 20, -30, 40, 50, -60, 70], [10, 5, 20, 30, -40, 50, 60, -70], [3, -71, 44, 12, 9, -5, 61, 8],
                         [90, -20, -35, 41, 7, 2, -66, 31], [-12, 64, 18, -9, 77, 25, -48, 5], [33, 14, -52, 81, -6, 19, 11, -27],
                         [58, -3, 22, 16, -91, 37, 4, 49], [-15, 28, 63, -44, 13, 72, -8, 21]]> : tensor<8x8xsi8>
  %a = lle.linear %x, %w {name = "in"} : (tensor<8xi1>, tensor<8x8xsi8>) -> tensor<8xsi32>
  %z = spk.fixed_cuba_lif "lif" %a loihi {du = dense<4095> : tensor<8xi32>, dv = dense<4096> : tensor<8xi32>,
    v_threshold = dense<64> : tensor<8xi32>} : tensor<8xsi32> -> tensor<8xi1>
  lle.output %z : tensor<8xi1>
}
