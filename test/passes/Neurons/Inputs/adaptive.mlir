// Neurons that could adapt or rest and do not are spk.lif, exactly.
lle.network @n(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %a = spk.alif "a" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<after>, beta = dense<2.0> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>,
     decay_b = dense<0.5> : tensor<1xf32>, jump = dense<0.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_min = dense<-0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %b = spk.adlif "b" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<0.0> : tensor<1xf32>, couple = #spk.coupling<v_first>, decay = dense<0.5> : tensor<1xf32>,
     decay_w = dense<0.5> : tensor<1xf32>, jump = dense<0.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %c = spk.refractory_lif "c" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, period = dense<0.0> : tensor<1xf32>, refractory = #spk.refractory<hold>,
     unit = #spk.time_unit<steps>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %d = spk.if "d" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %a, %b, %c, %d : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @spikes() {
  %i = check.instantiate @n
  %x = arith.constant dense<1.25> : tensor<1xf32>
  %y:4 = check.step %i(%x) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y#0 dense<1> : tensor<1xi1>
  check.expect_eq %y#1 dense<1> : tensor<1xi1>
  check.expect_eq %y#2 dense<1> : tensor<1xi1>
  check.expect_eq %y#3 dense<1> : tensor<1xi1>
  %a = check.state %i "a" "v" : tensor<1xf32>
  check.expect_eq %a dense<0.25> : tensor<1xf32>
  %b = check.state %i "b" "v" : tensor<1xf32>
  check.expect_eq %b dense<0.25> : tensor<1xf32>
  %c = check.state %i "c" "v" : tensor<1xf32>
  check.expect_eq %c dense<0.25> : tensor<1xf32>
  %d = check.state %i "d" "v" : tensor<1xf32>
  check.expect_eq %d dense<0.75> : tensor<1xf32>
  return
}
