// The example of the pass. The activations of "r" are (1, 2) and (0.5, 0).
// RUN: rm -rf %t && mkdir %t && %python %S/Inputs/dataset.py %t/x.npy '[[0.5, 1.5], [0.0, -1.0]]'
// DEFINE: %{options} =
// DEFINE: %{pass} = lle-opt %s --spk-from-ann="dataset=%t/x.npy %{options}"

// REDEFINE: %{options} = method=max steps=4
// RUN: %{pass} | FileCheck %s
// CHECK: lle.network @ann(%[[X:.*]]: tensor<2xf32>) -> (tensor<1xf32> {lle.emit = "last"})
// CHECK-SAME: steps = 4 : i64
// CHECK-DAG: %[[W1:.*]] = lle.weight dense<{{\[\[}}1.000000e+00, 0.000000e+00], [0.000000e+00, 1.000000e+00]]>
// CHECK-DAG: %[[B1:.*]] = lle.weight dense<5.000000e-01> : tensor<2xf32>
// CHECK-DAG: %[[W2:.*]] = lle.weight dense<{{\[\[}}1.000000e+00, -1.000000e+00]]>
// CHECK-DAG: %[[B2:.*]] = lle.weight dense<5.000000e-01> : tensor<1xf32>
// CHECK-DAG: %[[A:.*]] = lle.affine %[[X]], %[[W1]], %[[B1]]
// CHECK-DAG: %[[R:.*]] = spk.if "r" %[[A]] {{.*}}compare = ge, reset = subtract, when = same_step, emit = updated{{.*}} {spk.from_ann = {above = 0.000000e+00 : f64, inputs = 2 : i64, largest = 2.000000e+00 : f64, worth = 2.000000e+00 : f64}, v_init = dense<1.000000e+00> : tensor<2xf32>, v_threshold = dense<2.000000e+00> : tensor<2xf32>}
// CHECK-DAG: %[[Y:.*]] = lle.affine %[[R]], %[[W2]], %[[B2]] : (tensor<2xi1>,
// CHECK-DAG: %[[V:.*]] = spk.integrator "output0" %[[Y]]
// CHECK-DAG: %[[S:.*]] = lle.weight dense<5.000000e-01> : tensor<1xf32>
// CHECK-DAG: %[[O:.*]] = lle.scale %[[V]]
// CHECK: lle.output %[[O]] : tensor<1xf32>

// The positive activations are 0.5, 1 and 2: half of the way, with the membrane at 0 and spikes as output. Its own
// activations are 1 + 1 - 2 = 0 and 1 + 0.5.
// REDEFINE: %{options} = percentile=75 membrane=zero output=spikes engine=reference
// RUN: %{pass} | FileCheck %s --check-prefix=PERCENTILE
// PERCENTILE: lle.network @ann(%{{.*}}) -> tensor<1xi1> attributes {dt = 1.000000e-03 : f64, steps = 32 : i64}
// PERCENTILE: spk.if "r" {{.*}} {spk.from_ann = {above = 0.33333333333333331 : f64, inputs = 2 : i64, largest = 2.000000e+00 : f64, worth = 1.500000e+00 : f64}, v_init = dense<0.000000e+00> : tensor<2xf32>, v_threshold = dense<1.500000e+00> : tensor<2xf32>}
// PERCENTILE: spk.if "output0" {{.*}}worth = 1.500000e+00 : f64}, v_init = dense<0.000000e+00> : tensor<1xf32>, v_threshold = dense<1.000000e+00> : tensor<1xf32>}

// RUN: %{pass} --remarks-filter=spk-from-ann --remark-policy=all 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK
// REMARK: remark: [Passed] FromANN | Category:spk-from-ann | Function=r | Above=3.333333e-01, Largest=2.000000e+00, Threshold=1.500000e+00, Worth=1.500000e+00

lle.network @ann(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %w1 = lle.weight dense<[[1.000000e+00, 0.000000e+00], [0.000000e+00, 1.000000e+00]]> : tensor<2x2xf32>
  %b1 = lle.weight dense<5.000000e-01> : tensor<2xf32>
  %w2 = lle.weight dense<[[1.000000e+00, -1.000000e+00]]> : tensor<1x2xf32>
  %b2 = lle.weight dense<1.000000e+00> : tensor<1xf32>
  %a = lle.affine %x, %w1, %b1 : (tensor<2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %r = lle.activation <relu> %a {name = "r"} : tensor<2xf32>
  %y = lle.affine %r, %w2, %b2 : (tensor<2xf32>, tensor<1x2xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
