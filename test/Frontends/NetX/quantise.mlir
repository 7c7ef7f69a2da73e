// A network of floats in the chip's integers, by way of a NIR file.
//
// RUN: rm -rf %t && mkdir %t
// RUN: lle-translate --export-nir %s -o %t/floats.nir
// RUN: lle-translate --import-nir --profile=loihi --dt=1e-3 %t/floats.nir 2>&1 | FileCheck %s
// RUN: lle-translate --import-nir --profile=loihi:latency=none,scale=auto --dt=1e-3 %t/floats.nir 2>&1 | FileCheck %s --check-prefix=AUTO

// Gains: 2 * 0.25 = 0.5 of the first population, whose weights become 2 round(64 w / 4); the threshold is 64, its bias
// acts on the membrane, and so does the leak: 64 * 64 * 0.25 * 0.125.
// CHECK: warning: {{.*}}node 'lif': 1 of 8 weights are clipped at scale 64
// CHECK: lle.network @floats({{%.*}}: tensor<2xi1> {lle.name = "input"}) -> (tensor<1xsi32> {lle.name = "output"})
// CHECK-SAME: profile = "loihi"
// CHECK-DAG: lle.weight dense<{{\[\[}}32, -16], [127, 2]]> : tensor<2x2xsi8>
// CHECK-DAG: spk.fixed_cuba_lif "lif" {{.*}} loihi {bias_exp = dense<6> : tensor<2xi32>, bias_mant = dense<[34, -14]> : tensor<2xi32>, du = dense<4095> : tensor<2xi32>, dv = dense<1024> : tensor<2xi32>, v_threshold = dense<[64, 32]> : tensor<2xi32>, weight_exp = 1 : i64}
// The recurrent weights have the gain of the population, too.
// CHECK-DAG: lle.weight dense<{{\[\[}}16, 0], [0, 16]]> : tensor<2x2xsi8>
// CHECK-DAG: lle.delay {{.*}} : tensor<2xi1>
// A readout with a synaptic current keeps its bias in it: 0.5 * 0.25 = 0.125 of what it was.
// CHECK-DAG: lle.affine {{.*}} -> tensor<1xsi32>
// CHECK-DAG: spk.fixed_cuba_li "li" {{.*}} loihi {du = dense<2047> : tensor<1xi32>, dv = dense<1024> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xsi32>

// The largest weight, 10 * 0.5, takes a scale of 32; the readout's, 1 * 0.125, one of 1024.
// AUTO-NOT: clipped
// AUTO-DAG: lle.weight dense<{{\[\[}}16, -8], [80, 1]]> : tensor<2x2xsi8>
// AUTO-DAG: v_threshold = dense<[32, 16]> : tensor<2xi32>
// AUTO-DAG: lle.weight dense<{{\[\[}}64, -32]]> : tensor<1x2xsi8>
// AUTO-DAG: lle.delay {{.*}} : tensor<2xi1>
lle.network @floats(%x: tensor<2xf32> {lle.name = "input"}) -> (tensor<1xf32> {lle.name = "output"}) attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<[[2.0, -1.0], [10.0, 0.1]]> : tensor<2x2xf32>
  %b = lle.weight dense<[1.0, -0.5]> : tensor<2xf32>
  %r = lle.weight dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %o = lle.weight dense<[[1.0, -0.5]]> : tensor<1x2xf32>
  %c = lle.weight dense<0.5> : tensor<1xf32>
  %in = lle.affine %x, %w, %b {name = "fc"} : (tensor<2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %back = lle.delay "lif/delay" %z {initial = 0.0 : f64, lle.implicit, steps = dense<1> : tensor<2xi64>} : tensor<2xi1>
  %rec = lle.linear %back, %r {name = "rec"} : (tensor<2xi1>, tensor<2x2xf32>) -> tensor<2xf32>
  %s = lle.add %in, %rec : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %z = spk.lif "lif" %s dynamics<integrator = decay_euler, order = decay_first, gain = per_step, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<2xf32>, tau = dense<4.0e-3> : tensor<2xf64>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.125> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<[1.0, 0.5]> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  %y = lle.affine %z, %o, %c {name = "out"} : (tensor<2xi1>, tensor<1x2xf32>, tensor<1xf32>) -> tensor<1xf32>
  %v = spk.cuba_li "li" %y dynamics<integrator = decay_euler, order = decay_first, gain = per_step, scale = membrane>
    {r = dense<1.0> : tensor<1xf32>, tau_mem = dense<4.0e-3> : tensor<1xf64>, tau_syn = dense<2.0e-3> : tensor<1xf64>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<0.0> : tensor<1xf32>, w_in = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  lle.output %v : tensor<1xf32>
}
