// Neurons of a liquid cell. Which ones go is told by numbers that only one of them has.
// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(2).standard_normal((8, 12, 1)))'
// RUN: lle-opt %t/wired.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.34 ridge=1e-6" -o %t/pruned.mlir --remarks-filter=pruning 2>&1 | FileCheck %t/wired.mlir --check-prefix=REMARK
// RUN: FileCheck %t/wired.mlir < %t/pruned.mlir
// Both engines run what is left, and give what the whole cell gave.
// RUN: lle-run %t/wired.mlir --input=%t/x.npy --output=%t/y.npy
// RUN: lle-run %t/pruned.mlir --input=%t/x.npy --evaluate=%t/y.npy --metric=mse | FileCheck %s --check-prefix=SAME
// RUN: lle-run %t/pruned.mlir --input=%t/x.npy --evaluate=%t/y.npy --metric=mse --engine=reference | FileCheck %s --check-prefix=SAME
// SAME: mse {{ *}}{{[0-9.]+}}e-{{0[5-9]|1[0-9]}}
// Without correction the weights stay, and the output does not.
// RUN: lle-opt %t/wired.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.34 correct=false" -o %t/raw.mlir
// RUN: lle-run %t/raw.mlir --input=%t/x.npy --evaluate=%t/y.npy --metric=mse | FileCheck %s --check-prefix=RAW
// RAW: mse {{ *}}0.01
// RUN: lle-opt %t/soft.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5 importance=magnitude" | FileCheck %t/soft.mlir
// RUN: lle-opt %t/soft.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5 importance=spikes correct=false" | FileCheck %t/soft.mlir --check-prefix=SPIKES
// RUN: lle-opt %t/own.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.25 ridge=1e-6" | FileCheck %t/own.mlir
// RUN: not lle-opt %t/hidden.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5" 2>&1 | FileCheck %t/hidden.mlir
// RUN: not lle-opt %t/motor.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5" 2>&1 | FileCheck %t/motor.mlir

//--- wired.mlir
// Neuron 0 is motor and stays. Neurons 1 and 2 are the same, and excite neuron 0 together: one of them goes, and the
// other takes its weight, 0.5 + 0.25. Neuron 3 inhibits.
// REMARK: remark{{.*}}Pruned{{.*}}Function=rnn{{.*}}Channels=3, ChannelsBefore=4
// CHECK: lle.pruning = {{.*}}channels = 3 : i64, channels_before = 4 : i64
// CHECK: ltc.ltc_cell "rnn"
// CHECK-SAME: erev = dense<{{\[\[}}1.000000e+00, 1.000000e+00, 1.000000e+00], [1.000000e+00, 1.000000e+00, 1.000000e+00], [-1.000000e+00, 1.000000e+00, 1.000000e+00]]> : tensor<3x3xf32>
// CHECK-SAME: lle.kept_channels = array<i64: 0, {{[12]}}, 3>
// CHECK-SAME: mask = dense<{{\[\[}}0, 0, 0], [1, 0, 0], [1, 0, 0]]> : tensor<3x3xi8>
// CHECK-SAME: sensory_w = dense<{{\[\[}}0.000000e+00, 1.000000e+00, 5.000000e-01]]> : tensor<1x3xf32>
// CHECK-SAME: vleak = dense<[{{.*}}, 3.000000e-01]> : tensor<3xf32>
// CHECK-SAME: w = dense<{{\[\[}}1.000000e+00, 1.000000e+00, 1.000000e+00], [{{7[.][45][0-9]*E-01|0?[.]7[45][0-9]*|7[.][45][0-9]*e-01}}, 1.000000e+00, 1.000000e+00]
// CHECK-SAME: (tensor<1xf32>) -> (tensor<1xf32>, tensor<3xf32>)
lle.network @wired(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
    solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-08 : f64, elapsed = 1.0 : f64,
    gleak = dense<[0.5, 0.25, 0.25, 0.5]> : tensor<4xf32>, vleak = dense<[0.0, 0.1, 0.1, 0.3]> : tensor<4xf32>,
    cm = dense<0.5> : tensor<4xf32>, sigma = dense<4.0> : tensor<4x4xf32>, mu = dense<0.5> : tensor<4x4xf32>,
    w = dense<[[1.0, 1.0, 1.0, 1.0], [0.5, 1.0, 1.0, 1.0], [0.25, 1.0, 1.0, 1.0], [0.5, 1.0, 1.0, 1.0]]> : tensor<4x4xf32>,
    erev = dense<[[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [-1.0, 1.0, 1.0, 1.0]]> : tensor<4x4xf32>,
    mask = dense<[[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]> : tensor<4x4xi8>,
    sensory_sigma = dense<[[3.0, 3.0, 3.0, -3.0]]> : tensor<1x4xf32>, sensory_mu = dense<0.25> : tensor<1x4xf32>,
    sensory_w = dense<[[0.0, 1.0, 1.0, 0.5]]> : tensor<1x4xf32>, sensory_erev = dense<1.0> : tensor<1x4xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<4xf32>)
  lle.output %y : tensor<1xf32>
}

//--- own.mlir
// Neurons 2 and 3 are the same, and one of them goes. To neuron 0 their synapses are alike but for their weights, so that
// the other one takes 0.5 + 0.25. To neuron 1 they are not alike, and what fits is not 0.75 + 1.5.
// CHECK: ltc.ltc_cell "rnn" {{.*}}lle.kept_channels = array<i64: 0, 1, 2>
// CHECK-SAME: {{ w}} = dense<{{\[\[}}1.000000e+00, 1.000000e+00, 1.000000e+00], [1.000000e+00, 1.000000e+00, 1.000000e+00], [{{0?[.]7[45][0-9]*|7[.][45][0-9]*[eE]-01}}, {{1[.]17[0-9]*(e[+]00)?}}, 1.000000e+00]]>
lle.network @own(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
    solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-08 : f64, elapsed = 1.0 : f64,
    gleak = dense<[0.5, 0.75, 0.25, 0.25]> : tensor<4xf32>, vleak = dense<[0.0, 0.2, 0.1, 0.1]> : tensor<4xf32>,
    cm = dense<[0.5, 0.25, 0.5, 0.5]> : tensor<4xf32>,
    sigma = dense<[[4.0, 4.0, 4.0, 4.0], [4.0, 4.0, 4.0, 4.0], [4.0, 6.0, 4.0, 4.0], [4.0, -2.0, 4.0, 4.0]]> : tensor<4x4xf32>,
    mu = dense<[[0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5], [0.5, 0.6, 0.5, 0.5], [0.5, 0.1, 0.5, 0.5]]> : tensor<4x4xf32>,
    w = dense<[[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [0.5, 0.75, 1.0, 1.0], [0.25, 1.5, 1.0, 1.0]]> : tensor<4x4xf32>,
    erev = dense<[[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, 1.0]]> : tensor<4x4xf32>,
    mask = dense<[[0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0]]> : tensor<4x4xi8>,
    sensory_sigma = dense<3.0> : tensor<1x4xf32>, sensory_mu = dense<0.25> : tensor<1x4xf32>,
    sensory_w = dense<[[0.0, 0.0, 1.0, 1.0]]> : tensor<1x4xf32>, sensory_erev = dense<1.0> : tensor<1x4xf32>}
    : (tensor<1xf32>) -> (tensor<2xf32>, tensor<4xf32>)
  lle.output %y : tensor<2xf32>
}

//--- soft.mlir
// All neurons are outputs, which a layer reads. Neuron 0 has the smaller weights, which a softplus keeps positive;
// neuron 1 rests at 0 and has the smaller potential.
// CHECK: ltc.ltc_cell "rnn" {{.*}}lle.kept_channels = array<i64: 1>
// CHECK-SAME: output_b = dense<2.000000e-01> : tensor<1xf32>, output_w = dense<2.000000e+00> : tensor<1xf32>
// CHECK-SAME: (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
// CHECK: lle.affine {{.*}} : (tensor<1xf32>, tensor<1x1xf32>, tensor<1xf32>) -> tensor<1xf32>
// SPIKES: ltc.ltc_cell "rnn" {{.*}}lle.kept_channels = array<i64: 0>
// SPIKES: lle.weight dense<3.000000e+00> : tensor<1x1xf32>
lle.network @soft(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
    solver = #ltc.solver<fused>, positivity = #ltc.positivity<softplus>, unfolds = 6 : i64, epsilon = 1.0e-08 : f64, elapsed = 1.0 : f64,
    gleak = dense<0.5> : tensor<2xf32>, vleak = dense<[5.0, 0.0]> : tensor<2xf32>, cm = dense<0.5> : tensor<2xf32>,
    sigma = dense<4.0> : tensor<2x2xf32>, mu = dense<0.5> : tensor<2x2xf32>,
    w = dense<[[-3.0, 1.0], [-3.0, 1.0]]> : tensor<2x2xf32>, erev = dense<[[1.0, -1.0], [1.0, -1.0]]> : tensor<2x2xf32>,
    sensory_sigma = dense<3.0> : tensor<1x2xf32>, sensory_mu = dense<0.25> : tensor<1x2xf32>,
    sensory_w = dense<-4.0> : tensor<1x2xf32>, sensory_erev = dense<1.0> : tensor<1x2xf32>,
    output_w = dense<[1.0, 2.0]> : tensor<2xf32>, output_b = dense<[0.1, 0.2]> : tensor<2xf32>}
    : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %w = lle.weight dense<[[3.0, 4.0]]> : tensor<1x2xf32>
  %b = lle.weight dense<0.5> : tensor<1xf32>
  %z = lle.affine %y, %w, %b {name = "head"} : (tensor<2xf32>, tensor<1x2xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output %z : tensor<1xf32>
}

//--- hidden.mlir
// CHECK: hidden.mlir:2:1: error: lle-prune-channels: no channels can be removed: those of 'rnn' pass 'ltc.ltc_cell'
lle.network @hidden(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x hidden %d {
    solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-08 : f64, elapsed = 1.0 : f64,
    gleak = dense<0.5> : tensor<2xf32>, vleak = dense<0.0> : tensor<2xf32>, cm = dense<0.5> : tensor<2xf32>,
    sigma = dense<4.0> : tensor<2x2xf32>, mu = dense<0.5> : tensor<2x2xf32>,
    w = dense<1.0> : tensor<2x2xf32>, erev = dense<1.0> : tensor<2x2xf32>,
    sensory_sigma = dense<3.0> : tensor<1x2xf32>, sensory_mu = dense<0.25> : tensor<1x2xf32>,
    sensory_w = dense<1.0> : tensor<1x2xf32>, sensory_erev = dense<1.0> : tensor<1x2xf32>}
    : (tensor<1xf32>, tensor<2xf32>) -> (tensor<1xf32>, tensor<2xf32>)
  %d = lle.delay "state" %v {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  lle.output %y : tensor<1xf32>
}

//--- motor.mlir
// CHECK: error: lle-prune-channels: no channels can be removed: those of 'rnn' are those of an output of the network
lle.network @motor(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
    solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-08 : f64, elapsed = 1.0 : f64,
    gleak = dense<0.5> : tensor<2xf32>, vleak = dense<0.0> : tensor<2xf32>, cm = dense<0.5> : tensor<2xf32>,
    sigma = dense<4.0> : tensor<2x2xf32>, mu = dense<0.5> : tensor<2x2xf32>,
    w = dense<1.0> : tensor<2x2xf32>, erev = dense<1.0> : tensor<2x2xf32>,
    sensory_sigma = dense<3.0> : tensor<1x2xf32>, sensory_mu = dense<0.25> : tensor<1x2xf32>,
    sensory_w = dense<1.0> : tensor<1x2xf32>, sensory_erev = dense<1.0> : tensor<1x2xf32>}
    : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  lle.output %y : tensor<2xf32>
}
