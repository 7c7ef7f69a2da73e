// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// v' = v / 2 + x; the count is v' / 2, to the nearest whole number and the even one of two, between 0 and 3.
lle.network @ilif(%x: tensor<6xf32>) -> tensor<6xsi16> attributes {dt = 1.0 : f64} {
  %z = spk.ilif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<6xf32>, max_spikes = 3 : i64, v_init = dense<0.0> : tensor<6xf32>,
     v_threshold = dense<2.0> : tensor<6xf32>} : tensor<6xf32> -> tensor<6xsi16>
  lle.output %z : tensor<6xsi16>
}

func.func @integer_spikes() {
  %i = check.instantiate @ilif
  %x = arith.constant dense<[-3.0, 1.0, 1.5, 3.0, 5.0, 9.0]> : tensor<6xf32>
  %a = check.step %i(%x) : (tensor<6xf32>) -> tensor<6xsi16>
  check.expect_eq %a dense<[0, 0, 1, 2, 2, 3]> : tensor<6xsi16>
  %v = check.state %i "n" "v" : tensor<6xf32>
  check.expect_eq %v dense<[-3.0, 1.0, -0.5, -1.0, 1.0, 3.0]> : tensor<6xf32>
  return
}

// u = q + 2 x, q starts at 1/2; at most 2 and at least -1 in sum.
lle.network @st_bif(%x: tensor<3xf32>) -> tensor<3xsi8> attributes {dt = 1.0 : f64} {
  %z = spk.st_bif "n" %x {n_max = dense<2> : tensor<3xi32>, n_min = dense<-1> : tensor<3xi32>,
    q_init = dense<0.5> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
  lle.output %z : tensor<3xsi8>
}

func.func @limited_charge() {
  %i = check.instantiate @st_bif
  %x = arith.constant dense<[1.25, -0.75, 0.25]> : tensor<3xf32>
  // u = 3, -1, 1
  %a = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xsi8>
  check.expect_eq %a dense<[1, -1, 1]> : tensor<3xsi8>
  // u = 4.5, -1.5, 0.5: the second has sent all that it may.
  %b = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xsi8>
  check.expect_eq %b dense<[1, 0, 0]> : tensor<3xsi8>
  %c = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xsi8>
  check.expect_eq %c dense<[0, 0, 1]> : tensor<3xsi8>
  %q = check.state %i "n" "q" : tensor<3xf32>
  check.expect_eq %q dense<[6.0, -3.0, 0.0]> : tensor<3xf32>
  %n = check.state %i "n" "n" : tensor<3xf32>
  check.expect_eq %n dense<[2.0, -1.0, 2.0]> : tensor<3xf32>
  return
}

// Changes of 1/2 and more are sent: real; where their sum is large enough; and in quarters.
lle.network @delta(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xsi8>) attributes {dt = 1.0 : f64} {
  %plain = spk.delta "plain" %x ge {cum_error = false, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xf32>
  %sum = spk.delta "sum" %x gt {cum_error = true, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xf32>
  %quarters = spk.delta "quarters" %x ge {cum_error = false, step = dense<0.25> : tensor<2xf32>,
    v_threshold = dense<0.5> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output %plain, %sum, %quarters : tensor<2xf32>, tensor<2xf32>, tensor<2xsi8>
}

func.func @changes() {
  %i = check.instantiate @delta
  %x0 = arith.constant dense<[0.375, -0.75]> : tensor<2xf32>
  %x1 = arith.constant dense<[0.5625, -60.0]> : tensor<2xf32>
  // plain: 3/8 stays. sum: error 3/8. quarters: -3/4 is -3 of them.
  %a:3 = check.step %i(%x0) : (tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xsi8>)
  check.expect_eq %a#0 dense<[0.0, -0.75]> : tensor<2xf32>
  check.expect_eq %a#1 dense<[0.0, -0.75]> : tensor<2xf32>
  check.expect_eq %a#2 dense<[0, -3]> : tensor<2xsi8>
  // d = 3/16 + 3/8; error 15/16; 2.25 quarters are 2. -59.25 are 237 quarters, of which si8 has 128.
  %b:3 = check.step %i(%x1) : (tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xsi8>)
  check.expect_eq %b#0 dense<[0.5625, -59.25]> : tensor<2xf32>
  check.expect_eq %b#1 dense<[0.5625, -59.25]> : tensor<2xf32>
  check.expect_eq %b#2 dense<[2, -128]> : tensor<2xsi8>
  %r = check.state %i "quarters" "residue" : tensor<2xf32>
  check.expect_eq %r dense<[0.0625, -27.25]> : tensor<2xf32>
  %e = check.state %i "sum" "error" : tensor<2xf32>
  check.expect_eq %e dense<0.0> : tensor<2xf32>
  // What is left follows.
  %c:3 = check.step %i(%x1) : (tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xsi8>)
  check.expect_eq %c#0 dense<0.0> : tensor<2xf32>
  check.expect_eq %c#2 dense<[0, -109]> : tensor<2xsi8>
  return
}

// sigma sums x; act = sigma + 1/4, or max of that and 0. The decoder of what `relu` sends has its activation, but for the
// residue.
lle.network @sigma_delta(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xsi32>, tensor<2xf32>)
    attributes {dt = 1.0 : f64} {
  %linear = spk.sigma_delta "linear" %x ge {activation = #lle.activation<linear>, bias = dense<0.25> : tensor<2xf32>,
    cum_error = false, v_threshold = dense<0.5> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xf32>
  %relu = spk.sigma_delta "relu" %x ge {activation = #lle.activation<relu>, bias = dense<0.25> : tensor<2xf32>,
    cum_error = true, v_threshold = dense<0.5> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xf32>
  %counts = spk.sigma_delta "counts" %x ge {activation = #lle.activation<relu>, cum_error = false,
    step = dense<0.5> : tensor<2xf32>, v_threshold = dense<0.5> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi32>
  %sigma = spk.integrator "sigma" %relu dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output %linear, %relu, %counts, %sigma : tensor<2xf32>, tensor<2xf32>, tensor<2xsi32>, tensor<2xf32>
}

func.func @activations() {
  %i = check.instantiate @sigma_delta
  %x = arith.constant dense<[0.125, -1.0]> : tensor<2xf32>
  // linear: 3/8, -3/4. relu: 3/8 (error 3/8), 0. counts: 1/8, 0.
  %a:4 = check.step %i(%x) : (tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xsi32>, tensor<2xf32>)
  check.expect_eq %a#0 dense<[0.0, -0.75]> : tensor<2xf32>
  check.expect_eq %a#1 dense<0.0> : tensor<2xf32>
  check.expect_eq %a#2 dense<0> : tensor<2xsi32>
  // relu: the change with the residue is 1/2, the error 7/8.
  %b:4 = check.step %i(%x) : (tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xsi32>, tensor<2xf32>)
  check.expect_eq %b#0 dense<[0.5, -1.0]> : tensor<2xf32>
  check.expect_eq %b#1 dense<[0.5, 0.0]> : tensor<2xf32>
  check.expect_eq %b#3 dense<[0.5, 0.0]> : tensor<2xf32>
  %y = arith.constant dense<[1.0, 2.5]> : tensor<2xf32>
  // counts: act 5/4, 1/2: 2.5 halves are 2.
  %c:4 = check.step %i(%y) : (tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xsi32>, tensor<2xf32>)
  check.expect_eq %c#2 dense<[2, 1]> : tensor<2xsi32>
  check.expect_eq %c#3 dense<[1.5, 0.75]> : tensor<2xf32>
  %s = check.state %i "counts" "sigma" : tensor<2xf32>
  check.expect_eq %s dense<[1.25, 0.5]> : tensor<2xf32>
  return
}
