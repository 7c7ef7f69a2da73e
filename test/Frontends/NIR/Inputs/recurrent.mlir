// A recurrent network as a person writes it: weights in line, an explicit delay in the loop.
lle.network @recurrent(%x: tensor<3xf32> {lle.name = "input"}) -> (tensor<2xi1> {lle.name = "output"})
    attributes {dt = 1.000000e-03 : f64, steps = 16 : i64} {
  %w = lle.weight dense<[[0.5, 0.25, -0.5], [0.125, 1.0, 0.75]]> : tensor<2x3xf32>
  %fc = lle.linear %x, %w {name = "fc"} : (tensor<3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
  %late = lle.delay "late" %z {initial = 0.0, steps = dense<1> : tensor<2xi64>} : tensor<2xi1>
  %wr = lle.weight dense<-0.5> : tensor<2x2xf32>
  %b = lle.weight dense<[0.5, 0.0]> : tensor<2xf32>
  %rec = lle.affine %late, %wr, %b {name = "w_rec"} : (tensor<2xi1>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %in = lle.add %fc, %rec : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %z = spk.lif "lif" %in
    dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<[0.002, 0.004]> : tensor<2xf32>,
     v_init = dense<[0.5, 0.0]> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_min = dense<-1.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
