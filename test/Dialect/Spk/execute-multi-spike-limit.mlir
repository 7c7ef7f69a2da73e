// RUN: %check-reference
// RUN: %check-native

// The largest number of spikes that si32 holds. Single precision does not hold it, so double precision does the work.
lle.network @wide(%x: tensor<2xf64>) -> tensor<2xsi32> attributes {dt = 1.0 : f64} {
  %n = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 2147483647>
    {v_init = dense<0.0> : tensor<2xf64>, v_threshold = dense<1.0> : tensor<2xf64>} : tensor<2xf64> -> tensor<2xsi32>
  lle.output %n : tensor<2xsi32>
}

func.func @limit_of_si32() {
  %i = check.instantiate @wide
  // 2^32 and 2^31 - 3/2
  %x0 = arith.constant dense<[4294967296.0, 2147483646.5]> : tensor<2xf64>
  %y0 = check.step %i(%x0) : (tensor<2xf64>) -> tensor<2xsi32>
  check.expect_eq %y0 dense<[2147483647, 2147483646]> : tensor<2xsi32>
  return
}
