// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// States in few bits: what is computed in a step is rounded where it is stored, half to even, and clipped.
lle.network @stored(%x: tensor<2x1x2xf32>) -> (tensor<2x1x2xi1>, tensor<2x1x2xf32>, tensor<2x1x2xf32>)
    attributes {dt = 1.0 : f64} {
  // v' = 1/2 v + x, from -7.5, with a threshold of 7 and a reset by subtraction: from -8 to 7.9375 in sixteenths.
  %lif = spk.lif "lif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<0.0> : tensor<2x1x2xf32>, decay = dense<0.5> : tensor<2x1x2xf32>,
     v_init = dense<[[[-7.53125, 0.0]], [[0.0, 0.0]]]> : tensor<2x1x2xf32>, v_threshold = dense<7.0> : tensor<2x1x2xf32>,
     lle.state_types = {v = !quant.uniform<i8:f32, 6.25e-02>}} : tensor<2x1x2xf32> -> tensor<2x1x2xi1>
  // The result is v' before it is rounded. The zero point makes the range 0 to 255 thirty-seconds.
  %li = spk.li "li" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {bias = dense<0.0> : tensor<2x1x2xf32>, decay = dense<0.5> : tensor<2x1x2xf32>, v_init = dense<0.0> : tensor<2x1x2xf32>,
     lle.state_types = {v = !quant.uniform<i8:f32, 3.125e-02:-128>}} : tensor<2x1x2xf32>
  // As it is computed, and in 16 bits.
  %cuba = spk.cuba_li "cuba" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay_mem = dense<0.5> : tensor<2x1x2xf32>, decay_syn = dense<0.0> : tensor<2x1x2xf32>,
     v_init = dense<0.0> : tensor<2x1x2xf32>, lle.state_types = {v = !quant.uniform<i16:f32, 4.8828125e-04>}}
    : tensor<2x1x2xf32>
  lle.output %lif, %li, %cuba : tensor<2x1x2xi1>, tensor<2x1x2xf32>, tensor<2x1x2xf32>
}

func.func @test() {
  %i = check.instantiate @stored
  %before = check.state %i "lif" "v" : tensor<2x1x2xsi8>
  check.expect_eq %before dense<[[[-120, 0]], [[0, 0]]]> : tensor<2x1x2xsi8>
  %x0 = arith.constant dense<[[[0.0, 1.03125]], [[100.0, -100.0]]]> : tensor<2x1x2xf32>
  %y0:3 = check.step %i(%x0) : (tensor<2x1x2xf32>) -> (tensor<2x1x2xi1>, tensor<2x1x2xf32>, tensor<2x1x2xf32>)
  check.expect_eq %y0#0 dense<[[[0, 0]], [[1, 0]]]> : tensor<2x1x2xi1>
  check.expect_eq %y0#1 dense<[[[0.0, 1.03125]], [[100.0, -100.0]]]> : tensor<2x1x2xf32>
  %lif0 = check.state %i "lif" "v" : tensor<2x1x2xsi8>
  check.expect_eq %lif0 dense<[[[-60, 16]], [[127, -128]]]> : tensor<2x1x2xsi8>
  %li0 = check.state %i "li" "v" : tensor<2x1x2xsi8>
  check.expect_eq %li0 dense<[[[-128, -95]], [[127, -128]]]> : tensor<2x1x2xsi8>
  %cuba0 = check.state %i "cuba" "v" : tensor<2x1x2xsi16>
  check.expect_eq %cuba0 dense<[[[0, 2112]], [[32767, -32768]]]> : tensor<2x1x2xsi16>
  %x1 = arith.constant dense<[[[0.0, 1.03125]], [[0.0, 0.0]]]> : tensor<2x1x2xf32>
  %y1:3 = check.step %i(%x1) : (tensor<2x1x2xf32>) -> (tensor<2x1x2xi1>, tensor<2x1x2xf32>, tensor<2x1x2xf32>)
  check.expect_eq %y1#1 dense<[[[0.0, 1.546875]], [[3.984375, 0.0]]]> : tensor<2x1x2xf32>
  %lif1 = check.state %i "lif" "v" : tensor<2x1x2xsi8>
  check.expect_eq %lif1 dense<[[[-30, 24]], [[64, -64]]]> : tensor<2x1x2xsi8>
  %li1 = check.state %i "li" "v" : tensor<2x1x2xsi8>
  check.expect_eq %li1 dense<[[[-128, -78]], [[0, -128]]]> : tensor<2x1x2xsi8>
  return
}
