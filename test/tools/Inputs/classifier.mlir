// Convolution, pooling, a recurrent layer and two outputs: a bit of everything that compiled code does.
lle.network @classifier(%x: tensor<2x6x6xf32> {lle.name = "x"})
    -> (tensor<4xi1> {lle.name = "spikes"}, tensor<4xf32> {lle.name = "membrane"})
    attributes {dt = 1.000000e-03 : f64, steps = 5 : i64} {
  %k = lle.weight dense<2.500000e-01> : tensor<3x2x3x3xf32>
  %kb = lle.weight dense<[0.125, 0.25, -0.125]> : tensor<3xf32>
  %c = lle.conv2d %x, %k, %kb {name = "conv", dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same",
    stride = array<i64: 1, 1>} : (tensor<2x6x6xf32>, tensor<3x2x3x3xf32>, tensor<3xf32>) -> tensor<3x6x6xf32>
  %s1 = spk.if "if1" %c dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.000000e+00> : tensor<3x6x6xf32>, v_threshold = dense<6.000000e+00> : tensor<3x6x6xf32>}
    : tensor<3x6x6xf32> -> tensor<3x6x6xi1>
  %p = lle.sum_pool2d %s1 {name = "pool", kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<3x6x6xi1>) -> tensor<3x3x3xf32>
  %f = lle.flatten %p {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<3x3x3xf32>) -> tensor<27xf32>
  %w = lle.weight dense<3.125000e-02> : tensor<4x27xf32>
  %b = lle.weight dense<[0.0, 0.25, 0.5, -0.5]> : tensor<4xf32>
  %l = lle.affine %f, %w, %b {name = "fc"} : (tensor<27xf32>, tensor<4x27xf32>, tensor<4xf32>) -> tensor<4xf32>
  %d = lle.delay "feedback" %s2 {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<4xi64>} : tensor<4xi1>
  %r = lle.weight dense<[[0.0, 0.5, 0.0, 0.0], [0.5, 0.0, -0.5, 0.0], [0.0, -0.5, 0.0, 0.5], [0.25, 0.0, 0.5, 0.0]]>
    : tensor<4x4xf32>
  %q = lle.linear %d, %r {name = "recurrent"} : (tensor<4xi1>, tensor<4x4xf32>) -> tensor<4xf32>
  %t = lle.add %l, %q : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %s2 = spk.cuba_lif "lif2" %t
    dynamics<integrator = decay_exp, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.000000e+00> : tensor<4xf32>, tau_mem = dense<5.000000e-03> : tensor<4xf32>,
     tau_syn = dense<2.000000e-03> : tensor<4xf32>, v_init = dense<0.000000e+00> : tensor<4xf32>,
     v_leak = dense<0.000000e+00> : tensor<4xf32>, v_reset = dense<0.000000e+00> : tensor<4xf32>,
     v_threshold = dense<3.000000e+00> : tensor<4xf32>, w_in = dense<1.000000e+00> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xi1>
  %m = spk.li "readout" %t dynamics<integrator = decay_exp, order = decay_first, gain = unit, scale = membrane>
    {r = dense<1.000000e+00> : tensor<4xf32>, tau = dense<5.000000e-03> : tensor<4xf32>,
     v_init = dense<0.000000e+00> : tensor<4xf32>, v_leak = dense<0.000000e+00> : tensor<4xf32>}
    : tensor<4xf32>
  lle.output %s2, %m : tensor<4xi1>, tensor<4xf32>
}
