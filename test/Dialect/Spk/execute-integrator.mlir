// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// v' = v + k x with k = 1 (unit) or r dt = 4 (per_step); euler and exact are the same.
lle.network @integrator(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>) attributes {dt = 0.5 : f64} {
  %unit = spk.integrator "unit" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.5> : tensor<1xf32>} : tensor<1xf32>
  %per_step = spk.integrator "per_step" %x dynamics<integrator = exact, order = decay_first, gain = per_step, scale =
      membrane>
    {r = dense<8.0> : tensor<1xf32>, v_init = dense<-1.0> : tensor<1xf32>} : tensor<1xf32>
  lle.output %unit, %per_step : tensor<1xf32>, tensor<1xf32>
}

func.func @gains() {
  %i = check.instantiate @integrator
  // 1/2 + 1; -1 + 4*1
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0:2 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  check.expect_eq %y0#0 dense<1.5> : tensor<1xf32>
  check.expect_eq %y0#1 dense<3.0> : tensor<1xf32>
  // 3/2 - 2; 3 - 4*2
  %x1 = arith.constant dense<-2.0> : tensor<1xf32>
  %y1:2 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  check.expect_eq %y1#0 dense<-0.5> : tensor<1xf32>
  check.expect_eq %y1#1 dense<-5.0> : tensor<1xf32>
  %s1_0 = check.state %i "unit" "v" : tensor<1xf32>
  check.expect_eq %s1_0 dense<-0.5> : tensor<1xf32>
  %s1_1 = check.state %i "per_step" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<-5.0> : tensor<1xf32>
  return
}

// Each neuron has its own r and starts at its own value, in double precision.
lle.network @double(%x: tensor<2xf64>) -> tensor<2xf64> attributes {dt = 1.0 : f64} {
  %n = spk.integrator "n" %x dynamics<integrator = euler, order = decay_first, gain = per_step, scale = membrane>
    {r = dense<[1.0, 2.0]> : tensor<2xf64>, v_init = dense<[0.0, 0.5]> : tensor<2xf64>} : tensor<2xf64>
  lle.output %n : tensor<2xf64>
}

func.func @per_neuron() {
  %i = check.instantiate @double
  // 1; 1/2 + 2*2
  %x0 = arith.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %y0 = check.step %i(%x0) : (tensor<2xf64>) -> tensor<2xf64>
  check.expect_eq %y0 dense<[1.0, 4.5]> : tensor<2xf64>
  return
}
