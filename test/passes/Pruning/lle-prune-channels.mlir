// Which channels go, and what is sliced with them. Channels are told apart by numbers that only one of them has.
// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; r = np.random.default_rng(1); np.save("%t/image.npy", (r.random((6, 5, 1, 4, 4)) < 0.5).astype(np.uint8)); np.save("%t/real.npy", r.standard_normal((6, 5, 2))); np.save("%t/bits.npy", (r.random((6, 8, 2)) < 0.5).astype(np.uint8)); np.save("%t/ones.npy", np.ones((4, 6, 2)))'
// RUN: lle-opt %t/conv.mlir --lle-prune-channels="dataset=%t/image.npy metric=mse ratio=0.34 importance=magnitude correct=false" | FileCheck %t/conv.mlir
// RUN: lle-opt %t/loop.mlir --lle-prune-channels="dataset=%t/ones.npy metric=mse ratio=0.34 importance=spikes correct=false" | FileCheck %t/loop.mlir
// RUN: lle-opt %t/integers.mlir --lle-prune-channels="dataset=%t/bits.npy metric=mse ratio=0.34 ridge=1e-6" | FileCheck %t/integers.mlir
// RUN: lle-opt %t/cell.mlir --lle-prune-channels="dataset=%t/real.npy metric=mse layers=first ratio=0.34 ridge=1e-9" | FileCheck %t/cell.mlir
// A layer's own ratio comes before that of all.
// RUN: lle-opt %t/cell.mlir --lle-prune-channels="dataset=%t/real.npy metric=mse layers=first=0.34 ratio=0.9 ridge=1e-9" | FileCheck %t/cell.mlir
// RUN: %python -c 'import numpy as np; x = np.ones((6, 16, 2), np.uint8); x[:, :, 0] = np.random.default_rng(2).random((6, 16)) < 0.5; np.save("%t/half.npy", x)'
// RUN: lle-opt %t/bias.mlir --lle-prune-channels="dataset=%t/half.npy metric=mse ratio=0.5 ridge=1e-9" | FileCheck %t/bias.mlir
// The first cell alone; in rounds; and as many as leave the output as it was.
// RUN: lle-opt %t/cell.mlir --lle-prune-channels="dataset=%t/real.npy metric=mse layers=first ratio=0.67 rounds=2" | FileCheck %t/cell.mlir --check-prefix=ROUNDS
// RUN: lle-opt %t/cell.mlir --lle-prune-channels="dataset=%t/real.npy metric=mse max-drop=1e-6 ridge=1e-9" | FileCheck %t/cell.mlir --check-prefix=LARGEST
// With no room nothing goes.
// RUN: lle-opt %t/cell.mlir --lle-prune-channels="dataset=%t/real.npy metric=mse max-drop=0" | FileCheck %t/cell.mlir --check-prefix=NONE
// Many threads and one give the same, and so do both engines, where numbers are whole.
// RUN: lle-opt %t/integers.mlir --lle-prune-channels="dataset=%t/bits.npy metric=mse ratio=0.34 engine=reference" | sed 's/"reference"/"native"/' > %t/reference.out
// RUN: lle-opt %t/integers.mlir --lle-prune-channels="dataset=%t/bits.npy metric=mse ratio=0.34" > %t/many.out
// RUN: lle-opt %t/integers.mlir --lle-prune-channels="dataset=%t/bits.npy metric=mse ratio=0.34" --mlir-disable-threading > %t/one.out && diff %t/many.out %t/one.out && diff %t/many.out %t/reference.out

//--- conv.mlir
// Channel 1 has the smallest weights: it goes from the batch norm, the neurons, the pooling and the flattened linear
// layer, where it is elements 4 to 7.
// CHECK: lle.weight dense<{{\[\[\[\[}}1.000000e+00]]], {{\[\[\[}}3.000000e+00]]]]> : tensor<2x1x1x1xf32>
// CHECK: lle.weight dense<[1.000000e-01, 3.000000e-01]> : tensor<2xf32>
// CHECK: lle.conv2d {{.*}} -> tensor<2x4x4xf32>
// CHECK: lle.batch_norm {{.*}}mean = dense<[{{0.0099999[0-9]*}}, 3.000000e-02]> : tensor<2xf32>
// CHECK: spk.lif "lif" {{.*}}lle.kept_channels = array<i64: 0, 2>{{.*}} : tensor<2x4x4xf32> -> tensor<2x4x4xi1>
// CHECK: lle.sum_pool2d {{.*}} : (tensor<2x4x4xi1>) -> tensor<2x2x2xf32>
// CHECK: lle.weight dense<{{\[\[}}0.000000e+00, 1.000000e+00, 2.000000e+00, 3.000000e+00, 8.000000e+00, 9.000000e+00, 1.000000e+01, 1.100000e+01]]> : tensor<1x8xf32>
lle.network @conv(%x: tensor<1x4x4xi1>) -> tensor<1xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[[[1.0]]], [[[0.5]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = lle.weight dense<[0.1, 0.2, 0.3]> : tensor<3xf32>
  %a = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x4x4xi1>, tensor<3x1x1x1xf32>, tensor<3xf32>) -> tensor<3x4x4xf32>
  %n = lle.batch_norm %a {channel_dim = 0 : i64, epsilon = 1.0e-05 : f64, mean = dense<[0.01, 0.02, 0.03]> : tensor<3xf32>,
    variance = dense<1.0> : tensor<3xf32>} : (tensor<3x4x4xf32>) -> tensor<3x4x4xf32>
  %z = spk.lif "lif" %n dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<3x4x4xf32>, tau = dense<2.5e-03> : tensor<3x4x4xf32>, v_init = dense<0.0> : tensor<3x4x4xf32>,
     v_leak = dense<0.0> : tensor<3x4x4xf32>, v_threshold = dense<0.1> : tensor<3x4x4xf32>} : tensor<3x4x4xf32> -> tensor<3x4x4xi1>
  %p = lle.sum_pool2d %z {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<3x4x4xi1>) -> tensor<3x2x2xf32>
  %f = lle.flatten %p {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<3x2x2xf32>) -> tensor<12xf32>
  %v = lle.weight dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]]> : tensor<1x12xf32>
  %y = lle.linear %f, %v : (tensor<12xf32>, tensor<1x12xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

//--- bias.mlir
// Neuron 1 fires in every step: what it gave is a bias, of each step, though signals of spikes are summed over several.
// CHECK-DAG: lle.weight dense<{{5.00000|4.99999}}{{.*}}> : tensor<1x1xf32>
// CHECK-DAG: lle.weight dense<{{7.10000|7.09999}}{{.*e\+01}}> : tensor<1xf32>
// CHECK: spk.lif "lif" {{.*}}lle.kept_channels = array<i64: 0>
lle.network @bias(%x: tensor<2xi1>) -> tensor<1xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[10.0, 0.0], [0.0, 10.0]]> : tensor<2x2xf32>
  %v = lle.weight dense<[[5.0, 70.0]]> : tensor<1x2xf32>
  %b = lle.weight dense<1.0> : tensor<1xf32>
  %a = lle.linear %x, %w : (tensor<2xi1>, tensor<2x2xf32>) -> tensor<2xf32>
  %z = spk.lif "lif" %a dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<2.5e-03> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  %y = lle.affine %z, %v, %b : (tensor<2xi1>, tensor<1x2xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

//--- loop.mlir
// Neuron 0 never fires. It is row and column of the recurrent weights, whose other users keep them.
// CHECK-DAG: lle.weight dense<{{\[\[}}5.000000e+00, 6.000000e+00], [8.000000e+00, 9.000000e+00]]> : tensor<2x2xf32>
// CHECK-DAG: lle.weight dense<{{\[\[}}2.000000e+00, 3.000000e+00]]> : tensor<1x2xf32>
// CHECK-DAG: lle.delay "fb" {{.*}}steps = dense<[2, 3]> : tensor<2xi64>} : tensor<2xi1>
// CHECK-DAG: spk.if "if" {{.*}}v_threshold = dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
lle.network @loop(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1.0> : tensor<3x2xf32>
  %wr = lle.weight dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]> : tensor<3x3xf32>
  %i = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  %r = lle.linear %d, %wr : (tensor<3xi1>, tensor<3x3xf32>) -> tensor<3xf32>
  %c = lle.add %i, %r : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %z = spk.if "if" %c dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<3xf32>, v_reset = dense<0.0> : tensor<3xf32>,
     v_threshold = dense<[1000.0, 1.0, 2.0]> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  %d = lle.delay "fb" %z {initial = 0.0 : f64, steps = dense<[1, 2, 3]> : tensor<3xi64>} : tensor<3xi1>
  %v = lle.weight dense<[[1.0, 2.0, 3.0]]> : tensor<1x3xf32>
  %y = lle.linear %z, %v : (tensor<3xi1>, tensor<1x3xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

//--- integers.mlir
// Neurons 0 and 2 fire together: neuron 2 takes the weights of neuron 0, 100 + 30 is clipped to si8.
// CHECK-DAG: spk.fixed_cuba_lif "lif" {{.*}}lle.kept_channels = array<i64: 1, 2>
// CHECK-DAG: lle.weight dense<{{\[\[}}70, 15], [-80, 127]]> : tensor<2x2xsi8>
lle.network @integers(%x: tensor<2xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[100, 0], [0, 100], [100, 0]]> : tensor<3x2xsi8>
  %v = lle.weight dense<[[5, 70, 10], [30, -80, 100]]> : tensor<2x3xsi8>
  %a = lle.linear %x, %w : (tensor<2xi1>, tensor<3x2xsi8>) -> tensor<3xsi32>
  %z = spk.fixed_cuba_lif "lif" %a loihi {du = dense<4095> : tensor<3xi32>, dv = dense<4096> : tensor<3xi32>,
    v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  %b = lle.linear %z, %v : (tensor<3xi1>, tensor<2x3xsi8>) -> tensor<2xsi32>
  %y = spk.fixed_cuba_lif "out" %b loihi {du = dense<4095> : tensor<2xi32>, dv = dense<4096> : tensor<2xi32>,
    v_threshold = dense<64> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

//--- cell.mlir
// Two cells: units 0 and 2 of the first are the same. Unit 0 goes from the heads, from the columns of its own backbone
// behind the 2 inputs, where unit 2 becomes 3 + 5, and from the
// weights of the second cell.
// CHECK: ltc.cfc_cell "first"
// CHECK-SAME: backbone_weights = [dense<{{\[\[}}1.000000e+00, 2.000000e+00, {{4.000000e[+]00|3.99999.*|4.00000.*}}, {{8.000000e[+]00|7.99999.*|8.00000.*}}]]> : tensor<1x4xf32>]
// CHECK-SAME: ff1_bias = dense<[2.000000e-01, 1.000000e-01]> : tensor<2xf32>, ff1_weight = dense<{{\[\[}}-5.000000e-01], [5.000000e-01]]> : tensor<2x1xf32>
// CHECK-SAME: lle.kept_channels = array<i64: 1, 2>
// CHECK-SAME: : (tensor<2xf32>) -> tensor<2xf32>
// CHECK: ltc.cfc_cell "second"
// CHECK-SAME: ff1_weight = dense<{{\[\[}}{{2.000000e[+]00|1.99999.*|2.00000.*}}, {{4.000000e[+]00|3.99999.*|4.00000.*}}, {{.*}}]]> : tensor<2x4xf32>
// ROUNDS: lle.pruning = {{.*}}channels = 1 : i64, channels_before = 3 : i64, {{.*}}rounds = 2 : i64
// ROUNDS: ltc.cfc_cell "first" {{.*}}lle.kept_channels = array<i64: {{[12]}}>{{.*}}-> tensor<1xf32>
// ROUNDS: ltc.cfc_cell "second" {{.*}} : (tensor<1xf32>) -> tensor<2xf32>
// LARGEST: lle.pruning = {after = {{.*}}channels = 4 : i64, channels_before = 5 : i64
// LARGEST: ltc.cfc_cell "first" {{.*}}lle.kept_channels = array<i64: 1, 2>
// NONE: lle.pruning = {{.*}}channels = 5 : i64, channels_before = 5 : i64
lle.network @cell(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "first" %x {mode = #ltc.mode<no_gate>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
    head_activation = #lle.activation<tanh>, activation = #lle.activation<lecun_tanh>,
    backbone_weights = [dense<[[1.0, 2.0, 3.0, 4.0, 5.0]]> : tensor<1x5xf32>], backbone_biases = [dense<0.1> : tensor<1xf32>],
    ff1_weight = dense<[[0.5], [-0.5], [0.5]]> : tensor<3x1xf32>, ff1_bias = dense<[0.1, 0.2, 0.1]> : tensor<3xf32>,
    ff2_weight = dense<[[0.2], [0.9], [0.2]]> : tensor<3x1xf32>, ff2_bias = dense<0.0> : tensor<3xf32>,
    time_a_weight = dense<[[0.3], [-0.7], [0.3]]> : tensor<3x1xf32>, time_a_bias = dense<0.0> : tensor<3xf32>,
    time_b_weight = dense<0.1> : tensor<3x1xf32>, time_b_bias = dense<0.0> : tensor<3xf32>} : (tensor<2xf32>) -> tensor<3xf32>
  %g = ltc.cfc_cell "second" %h {mode = #ltc.mode<pure>, elapsed = 1.0 : f64,
    ff1_weight = dense<[[1.0, 2.0, 3.0, 0.1, 0.2], [4.0, -5.0, 6.0, 0.3, -0.1]]> : tensor<2x5xf32>, ff1_bias = dense<0.1> : tensor<2xf32>,
    w_tau = dense<[0.5, 0.7]> : tensor<2xf32>, a = dense<[1.0, 0.8]> : tensor<2xf32>} : (tensor<3xf32>) -> tensor<2xf32>
  %w = lle.weight dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %b = lle.weight dense<0.5> : tensor<1xf32>
  %y = lle.affine %g, %w, %b {name = "head"} : (tensor<2xf32>, tensor<1x2xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
