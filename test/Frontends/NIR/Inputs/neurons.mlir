// A neuron of each kind that fires, behind weights, with a recurrent path. Gains are 1 and rest and reset 0, so that
// every framework can run it.
#dynamics = #spk.dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
#perfect = #spk.dynamics<integrator = exact, order = decay_first, gain = per_step, scale = membrane>
#firing = #spk.firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
lle.network @neurons(%x: tensor<1xf32> {lle.name = "input"}) -> (tensor<1xi1> {lle.name = "output"})
    attributes {dt = 1.000000e-03 : f64} {
  %w1 = lle.weight dense<1.0> : tensor<1x1xf32>
  %w2 = lle.weight dense<2.0> : tensor<1x1xf32>
  %w3 = lle.weight dense<3.0> : tensor<1x1xf32>
  %w4 = lle.weight dense<-1.0> : tensor<1x1xf32>
  %fc1 = lle.linear %x, %w1 {name = "fc1"} : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  %if = "spk.if"(%fc1) {name = "if", dynamics = #perfect, firing = #firing, r = dense<1.0> : tensor<1xf32>,
    v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xi1>
  %fc2 = lle.linear %if, %w2 {name = "fc2"} : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  %lif = "spk.lif"(%fc2) {name = "lif", dynamics = #dynamics, firing = #firing, r = dense<1.0> : tensor<1xf32>,
    tau = dense<0.002> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<0.0> : tensor<1xf32>,
    v_reset = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xi1>
  %fc3 = lle.linear %lif, %w3 {name = "fc3"} : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  %late = lle.delay "cuba/delay" %cuba {initial = 0.0, lle.implicit, steps = dense<1> : tensor<1xi64>} : tensor<1xi1>
  %rec = lle.linear %late, %w4 {name = "w_rec"} : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  %in = lle.add %fc3, %rec : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  %cuba = "spk.cuba_lif"(%in) {name = "cuba", dynamics = #dynamics, firing = #firing, r = dense<1.0> : tensor<1xf32>,
    tau_mem = dense<0.002> : tensor<1xf32>, tau_syn = dense<0.004> : tensor<1xf32>, w_in = dense<1.0> : tensor<1xf32>,
    v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<0.0> : tensor<1xf32>, v_reset = dense<0.0> : tensor<1xf32>,
    v_threshold = dense<1.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xi1>
  lle.output %cuba : tensor<1xi1>
}
