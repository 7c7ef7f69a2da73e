// Every operation that NIR has goes through a file and comes back with all its attributes.

// RUN: lle-translate --export-nir %s -o %t.nir
// RUN: lle-translate --import-nir %t.nir -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: lle-translate --export-nir %t.mlir -o %t.again.nir && cmp %t.nir %t.again.nir

#euler = #spk.dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
#discrete = #spk.dynamics<integrator = discrete, order = input_first, gain = unit, scale = membrane>
#held = #spk.firing<compare = gt, reset = to_value, when = next_after, emit = held, scope = all, max_spikes = 1>
#counted = #spk.firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 40>

// CHECK: lle.network @zoo(%[[IMAGE:.*]]: tensor<2x4x4xf32> {lle.name = "image"}, %[[SOUND:.*]]: tensor<2x8xf32> {lle.name = "sound"})
// CHECK-SAME: (tensor<8xi1> {lle.name = "spikes"}, tensor<2xf32> {lle.name = "level"})
// CHECK-SAME: dt = 2.000000e-03
// CHECK-SAME: profile = "by hand"
// CHECK-SAME: steps = 5
lle.network @zoo(%image: tensor<2x4x4xf32> {lle.name = "image"}, %sound: tensor<2x8xf32> {lle.name = "sound"})
    -> (tensor<8xi1> {lle.name = "spikes"}, tensor<2xf32> {lle.name = "level"})
    attributes {dt = 2.000000e-03 : f64, steps = 5 : i64, profile = "by hand"} {
  // CHECK-DAG: %[[W2:.*]] = lle.weight dense<1> : tensor<2x1x3x3xi8>
  // CHECK-DAG: lle.conv2d %[[IMAGE]], %[[W2]], %{{.*}} {dilation = array<i64: 1, 1>, groups = 2 : i64, {{.*}}name = "conv2", padding = "same", stride = array<i64: 1, 1>}
  %w2 = lle.weight dense<1> : tensor<2x1x3x3xi8>
  %b2 = lle.weight dense<0.5> : tensor<2xf64>
  %conv2 = lle.conv2d %image, %w2, %b2 {dilation = array<i64: 1, 1>, groups = 2 : i64, padding = "same",
    stride = array<i64: 1, 1>, name = "conv2"} : (tensor<2x4x4xf32>, tensor<2x1x3x3xi8>, tensor<2xf64>) -> tensor<2x4x4xf32>
  // CHECK-DAG: spk.if "if" %{{.*}} dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane> firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 40> {{.*}}v_min = dense<-2.500000e-01>{{.*}} -> tensor<2x4x4xsi8>
  %if = "spk.if"(%conv2) {name = "if", dynamics = #euler, firing = #counted, v_init = dense<0.0> : tensor<2x4x4xf32>,
    v_min = dense<-0.25> : tensor<2x4x4xf32>, v_threshold = dense<1.0> : tensor<2x4x4xf32>} : (tensor<2x4x4xf32>) -> tensor<2x4x4xsi8>
  // CHECK-DAG: lle.sum_pool2d %{{.*}} {kernel = array<i64: 2, 2>, name = "sum", padding = array<i64: 1, 0>, stride = array<i64: 2, 1>}
  %sum = lle.sum_pool2d %if {kernel = array<i64: 2, 2>, padding = array<i64: 1, 0>, stride = array<i64: 2, 1>, name = "sum"}
    : (tensor<2x4x4xsi8>) -> tensor<2x3x3xf32>
  // CHECK-DAG: lle.avg_pool2d %{{.*}} {kernel = array<i64: 2, 2>, name = "mean", padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
  %mean = lle.avg_pool2d %sum {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>, name = "mean"}
    : (tensor<2x3x3xf32>) -> tensor<2x2x2xf32>
  // CHECK-DAG: lle.flatten %{{.*}} {end_dim = -1 : i64, {{.*}}name = "flat", start_dim = 0 : i64}
  %flat = lle.flatten %mean {end_dim = -1 : i64, start_dim = 0 : i64, name = "flat"} : (tensor<2x2x2xf32>) -> tensor<8xf32>
  // CHECK-DAG: lle.scale %{{.*}}, %{{.*}} {name = "scale"}
  %s = lle.weight dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]> : tensor<8xf32>
  %scale = lle.scale %flat, %s {name = "scale"} : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  // CHECK-DAG: spk.threshold %{{.*}} ge dense<5.000000e-01> : tensor<8xf32>
  %th = spk.threshold %scale ge dense<0.5> : tensor<8xf32> {name = "th"} : tensor<8xf32> -> tensor<8xi1>
  // CHECK-DAG: lle.delay "late" %{{.*}} {initial = 1.000000e+00 : f64, {{.*}}steps = dense<[0, 1, 2, 3, 4, 5, 6, 7]>
  %late = lle.delay "late" %th {initial = 1.0, steps = dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xi64>} : tensor<8xi1>

  // CHECK-DAG: lle.conv1d %[[SOUND]], %{{.*}} {dilation = array<i64: 2>, groups = 1 : i64, {{.*}}name = "conv1", padding = array<i64: 1>, stride = array<i64: 2>}
  %w1 = lle.weight dense<0.5> : tensor<2x2x3xf32>
  %b1 = lle.weight dense<0.0> : tensor<2xf32>
  %conv1 = lle.conv1d %sound, %w1, %b1 {dilation = array<i64: 2>, groups = 1 : i64, padding = array<i64: 1>,
    stride = array<i64: 2>, name = "conv1"} : (tensor<2x8xf32>, tensor<2x2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  // CHECK-DAG: spk.integrator "i" %{{.*}} dynamics<integrator = euler, {{.*}} {r = dense<1.000000e+00> : tensor<2x3xf32>, v_init = dense<2.500000e-01>
  %i = "spk.integrator"(%conv1) {name = "i", dynamics = #euler, v_init = dense<0.25> : tensor<2x3xf32>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK-DAG: spk.li "li" %{{.*}} dynamics<integrator = discrete, order = input_first, gain = unit, scale = membrane> {bias = dense<1.250000e-01> : tensor<2x3xf32>, decay = dense<5.000000e-01> : tensor<2x3xf32>,
  %li = "spk.li"(%i) {name = "li", dynamics = #discrete, decay = dense<0.5> : tensor<2x3xf32>, bias = dense<0.125> : tensor<2x3xf32>,
    v_init = dense<0.0> : tensor<2x3xf32>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK-DAG: lle.linear %{{.*}}, %{{.*}} {name = "fc"} : (tensor<2x3xf32>, tensor<2x1x3xf32>) -> tensor<2x1xf32>
  %w3 = lle.weight dense<[[[1.0, 2.0, 3.0]], [[4.0, 5.0, 6.0]]]> : tensor<2x1x3xf32>
  %fc = lle.linear %li, %w3 {name = "fc"} : (tensor<2x3xf32>, tensor<2x1x3xf32>) -> tensor<2x1xf32>
  %flat2 = lle.flatten %fc {end_dim = 1 : i64, start_dim = 0 : i64, name = "flat2"} : (tensor<2x1xf32>) -> tensor<2xf32>
  // CHECK-DAG: spk.cuba_li "cuba_li" %{{.*}} dynamics<integrator = euler, {{.*}}i_leak = dense<5.000000e-01> : tensor<2xf64>
  %cuba_li = "spk.cuba_li"(%flat2) {name = "cuba_li", dynamics = #euler, tau_syn = dense<0.01> : tensor<2xf64>,
    tau_mem = dense<0.02> : tensor<2xf64>, r = dense<1.0> : tensor<2xf64>, w_in = dense<1.0> : tensor<2xf64>,
    v_leak = dense<0.0> : tensor<2xf64>, i_leak = dense<0.5> : tensor<2xf64>, v_init = dense<0.0> : tensor<2xf32>}
    : (tensor<2xf32>) -> tensor<2xf32>

  // CHECK-DAG: lle.affine %{{.*}} {name = "back"} : (tensor<8xi1>,
  %wr = lle.weight dense<-1.0> : tensor<8x8xf32>
  %br = lle.weight dense<0.0> : tensor<8xf32>
  %back = lle.affine %lif, %wr, %br {name = "back"} : (tensor<8xi1>, tensor<8x8xf32>, tensor<8xf32>) -> tensor<8xf32>
  // CHECK-DAG: lle.add %{{.*}}, %{{.*}} : (tensor<8xi1>, tensor<8xf32>) -> tensor<8xf32>
  %sum2 = lle.add %late, %back : (tensor<8xi1>, tensor<8xf32>) -> tensor<8xf32>
  // CHECK-DAG: spk.cuba_lif "cuba" %{{.*}} dynamics<integrator = discrete, order = input_first, {{.*}}> firing<compare = gt, reset = to_value, when = next_after, emit = held, scope = all, max_spikes = 1> {decay_mem = dense<7.500000e-01> : tensor<8xf32>, decay_syn = dense<5.000000e-01> : tensor<8xf32>, {{.*}}v_reset = dense<2.500000e-01> : tensor<8xf32>, v_threshold = dense<1.000000e+00> : tensor<8xf32>}
  %lif = "spk.cuba_lif"(%sum2) {name = "cuba", dynamics = #discrete, firing = #held, decay_syn = dense<0.5> : tensor<8xf32>,
    decay_mem = dense<0.75> : tensor<8xf32>, v_init = dense<0.0> : tensor<8xf32>, v_reset = dense<0.25> : tensor<8xf32>,
    v_threshold = dense<1.0> : tensor<8xf32>} : (tensor<8xf32>) -> tensor<8xi1>
  lle.output %lif, %cuba_li : tensor<8xi1>, tensor<2xf32>
}
