// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// A quarter turn of factor 1/2 in a step: re' = -im / 2 + x, im' = re / 2 (+ x).
lle.network @rf(%x: tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>) attributes {dt = 1.0 : f64} {
  %phase = spk.rf "phase" %x ge {decay_cos = dense<0.0> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>,
    resonator = #spk.resonator<phase>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  %reset = spk.rf "reset" %x gt {decay_cos = dense<0.0> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>,
    resonator = #spk.resonator<izhikevich>, v_reset = dense<-0.25> : tensor<2xf32>,
    v_threshold = dense<0.5> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  %complex = spk.rf "complex" %x, %x ge {decay_cos = dense<0.0> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>,
    resonator = #spk.resonator<phase>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32>, tensor<2xf32> -> tensor<2xi1>
  lle.output %phase, %reset, %complex : tensor<2xi1>, tensor<2xi1>, tensor<2xi1>
}

func.func @resonators() {
  %i = check.instantiate @rf
  %x0 = arith.constant dense<[-2.0, 2.0]> : tensor<2xf32>
  %x1 = arith.constant dense<[1.0, 0.0]> : tensor<2xf32>
  // phase: (re, im) = (-2, 0), (2, 0). complex: (-2, -2), (2, 2): im was not below zero.
  %a:3 = check.step %i(%x0) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %a#0 dense<0> : tensor<2xi1>
  check.expect_eq %a#2 dense<0> : tensor<2xi1>
  // phase: (1, -1), (0, 1). reset: the second has im 1, above 1/2. complex: (2, 0), (-1, 1): the first crosses zero.
  %b:3 = check.step %i(%x1) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %b#0 dense<0> : tensor<2xi1>
  check.expect_eq %b#1 dense<[0, 1]> : tensor<2xi1>
  check.expect_eq %b#2 dense<[1, 0]> : tensor<2xi1>
  %re = check.state %i "reset" "re" : tensor<2xf32>
  check.expect_eq %re dense<[1.0, 0.0]> : tensor<2xf32>
  %im = check.state %i "reset" "im" : tensor<2xf32>
  check.expect_eq %im dense<[-1.0, -0.25]> : tensor<2xf32>
  // phase: (3/2, 1/2) from im -1, (-1/2, 0).
  %c:3 = check.step %i(%x1) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %c#0 dense<[1, 0]> : tensor<2xi1>
  return
}

// A quarter turn in a step of 1/4 s at 1 Hz; tau is 1 / (4 ln 2), so that the factor is 1/2 (but for rounding).
lle.network @hertz(%x: tensor<1xf64>) -> tensor<1xi1> attributes {dt = 0.25 : f64} {
  %z = spk.rf "n" %x ge {frequency = dense<1.0> : tensor<1xf64>, resonator = #spk.resonator<phase>,
    tau = dense<0.36067376022224085> : tensor<1xf64>, v_threshold = dense<9.0> : tensor<1xf64>}
    : tensor<1xf64> -> tensor<1xi1>
  lle.output %z : tensor<1xi1>
}

func.func @continuous() {
  %i = check.instantiate @hertz
  %x = arith.constant dense<4.0> : tensor<1xf64>
  %zero = arith.constant dense<0.0> : tensor<1xf64>
  %a = check.step %i(%x) : (tensor<1xf64>) -> tensor<1xi1>
  %b = check.step %i(%zero) : (tensor<1xf64>) -> tensor<1xi1>
  %im = check.state %i "n" "im" : tensor<1xf64>
  check.expect_close %im dense<2.0> : tensor<1xf64> within 1.0e-12
  %re = check.state %i "n" "re" : tensor<1xf64>
  check.expect_close %re dense<0.0> : tensor<1xf64> within 1.0e-12
  return
}

// h = x[t-2] / 4 - x[t-1] / 2 + x[t]
lle.network @psn(%x: tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>) attributes {dt = 1.0 : f64} {
  %z = spk.sliding_psn "n" %x ge {v_threshold = dense<1.0> : tensor<2xf32>,
    weights = dense<[0.25, -0.5, 1.0]> : tensor<3xf32>} : tensor<2xf32> -> tensor<2xi1>
  // one weight: no state
  %now = spk.sliding_psn "now" %x gt {v_threshold = dense<[1.0, 3.0]> : tensor<2xf32>, weights = dense<2.0> : tensor<1xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output %z, %now : tensor<2xi1>, tensor<2xi1>
}

func.func @filter() {
  %i = check.instantiate @psn
  %x0 = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %x1 = arith.constant dense<[1.0, 1.0]> : tensor<2xf32>
  %x2 = arith.constant dense<[1.25, 1.0]> : tensor<2xf32>
  // h = 1, 2; then 1/2, 0; then 1/4 - 1/2 + 5/4, 1/2 - 1/2 + 1.
  %a:2 = check.step %i(%x0) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %a#0 dense<1> : tensor<2xi1>
  check.expect_eq %a#1 dense<1> : tensor<2xi1>
  %b:2 = check.step %i(%x1) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %b#0 dense<0> : tensor<2xi1>
  check.expect_eq %b#1 dense<[1, 0]> : tensor<2xi1>
  %c:2 = check.step %i(%x2) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %c#0 dense<1> : tensor<2xi1>
  %latest = check.state %i "n" "x1" : tensor<2xf32>
  check.expect_eq %latest dense<[1.25, 1.0]> : tensor<2xf32>
  %before = check.state %i "n" "x2" : tensor<2xf32>
  check.expect_eq %before dense<1.0> : tensor<2xf32>
  return
}
