// The network of the outside projects: three neurons that fire, and start anew, when their inputs add up to more than 1.5.
lle.network @neurons(%x: tensor<3xf32>) -> tensor<3xi1> attributes {dt = 1.000000e-03 : f64} {
  %z = spk.if "sum" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<3xf32>, v_reset = dense<0.0> : tensor<3xf32>,
     v_threshold = dense<1.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output %z : tensor<3xi1>
}
