// Every event leaves seven and a half thresholds, so that the neuron would go on firing in silence.
lle.network @relay(%x: tensor<2x4x3xf32>) -> (tensor<2x4x3xi1> {lle.name = "spikes"}, tensor<2x4x3xf32> {lle.name = "v"}) attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<7.5> : tensor<2x4x3xf32>
  %i = lle.scale %x, %w : (tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
  %z = spk.if "if" %i dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2x4x3xf32>, v_threshold = dense<1.0> : tensor<2x4x3xf32>} : tensor<2x4x3xf32> -> tensor<2x4x3xi1>
  %v = spk.integrator "sum" %i dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<2x4x3xf32>} : tensor<2x4x3xf32>
  lle.output %z, %v : tensor<2x4x3xi1>, tensor<2x4x3xf32>
}
