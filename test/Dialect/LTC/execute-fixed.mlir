// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Of 2^15 the capacitance is 3, the leak and its drive are 1, and the sensory conductance is 4, of which the sigmoid of 0
// leaves 2, with a current of -2: v' is (3 v - 2^15) / 6.
lle.network @mean(%x: tensor<1xsi16>) -> tensor<1xsi16> attributes {dt = 1.0 : f64} {
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<98304> : tensor<1xi32>, leak = dense<32768> : tensor<1xi32>,
      drive = dense<32768> : tensor<1xi32>, shift = 0 : i64, slope = dense<0> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<0> : tensor<1x1xi8>, current = dense<0> : tensor<1x1xi8>,
      sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<1x1xi16>, sensory_offset = dense<0> : tensor<1x1xi32>,
      sensory_conductance = dense<4> : tensor<1x1xi8>, sensory_current = dense<-4> : tensor<1x1xi8>}
    : tensor<1xsi16> -> tensor<1xsi16>
  lle.output %v : tensor<1xsi16>
}

func.func @mean_of_targets() {
  %i = check.instantiate @mean
  %x = arith.constant dense<0> : tensor<1xsi16>
  %a = check.step %i(%x) : (tensor<1xsi16>) -> tensor<1xsi16>
  check.expect_eq %a dense<-5461> : tensor<1xsi16>
  %b = check.step %i(%x) : (tensor<1xsi16>) -> tensor<1xsi16>
  check.expect_eq %b dense<-8192> : tensor<1xsi16>
  %c = check.step %i(%x) : (tensor<1xsi16>) -> tensor<1xsi16>
  check.expect_eq %c dense<-9557> : tensor<1xsi16>
  %v = check.state %i "rnn" "v" : tensor<1xsi16>
  check.expect_eq %v dense<-9557> : tensor<1xsi16>
  return
}

// Numbers of the NumPy transcription in Inputs/golden_fixed.py.
lle.network @cell(%x: tensor<1xsi16>) -> tensor<2xsi16> attributes {dt = 1.0 : f64} {
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 6 : i64, capacitance = dense<3000000> : tensor<2xi32>, leak = dense<1000000> : tensor<2xi32>,
      drive = dense<[200000, -300000]> : tensor<2xi32>, shift = 14 : i64, slope = dense<4096> : tensor<2x2xi16>,
      offset = dense<-50000000> : tensor<2x2xi32>, conductance = dense<[[0, 100], [60, 127]]> : tensor<2x2xi8>,
      current = dense<[[0, 100], [-60, -127]]> : tensor<2x2xi8>, sensory_shift = 14 : i64,
      sensory_slope = dense<4096> : tensor<1x2xi16>, sensory_offset = dense<0> : tensor<1x2xi32>,
      sensory_conductance = dense<80> : tensor<1x2xi8>, sensory_current = dense<-40> : tensor<1x2xi8>}
    : tensor<1xsi16> -> tensor<2xsi16>
  lle.output %v : tensor<2xsi16>
}

func.func @six_unfolds() {
  %i = check.instantiate @cell
  %x0 = arith.constant dense<0> : tensor<1xsi16>
  %x1 = arith.constant dense<20000> : tensor<1xsi16>
  %x2 = arith.constant dense<-32768> : tensor<1xsi16>
  %a = check.step %i(%x0) : (tensor<1xsi16>) -> tensor<2xsi16>
  check.expect_eq %a dense<[-7658, -10654]> : tensor<2xsi16>
  %b = check.step %i(%x1) : (tensor<1xsi16>) -> tensor<2xsi16>
  check.expect_eq %b dense<[-10229, -12857]> : tensor<2xsi16>
  %c = check.step %i(%x2) : (tensor<1xsi16>) -> tensor<2xsi16>
  check.expect_eq %c dense<[-1284, -4729]> : tensor<2xsi16>
  return
}

// A gate of a half, of next to one, of 0; both clip nothing, since the gate is a mean.
lle.network @gate(%f1: tensor<5xsi16>, %f2: tensor<5xsi16>, %t: tensor<5xsi16>) -> (tensor<5xsi16>, tensor<5xsi16>)
    attributes {dt = 1.0 : f64} {
  %h = ltc.fixed_cfc_gate default %f1, %f2, %t : tensor<5xsi16>
  %g = ltc.fixed_cfc_gate no_gate %f1, %f2, %t : tensor<5xsi16>
  lle.output %h, %g : tensor<5xsi16>, tensor<5xsi16>
}

func.func @closed_forms() {
  %i = check.instantiate @gate
  %f1 = arith.constant dense<[0, 16384, -32768, 32767, -1]> : tensor<5xsi16>
  %f2 = arith.constant dense<[16384, -16384, 32767, -32768, 1]> : tensor<5xsi16>
  %t = arith.constant dense<[16384, 32767, 32767, 0, 16384]> : tensor<5xsi16>
  %h:2 = check.step %i(%f1, %f2, %t) : (tensor<5xsi16>, tensor<5xsi16>, tensor<5xsi16>) -> (tensor<5xsi16>, tensor<5xsi16>)
  check.expect_eq %h#0 dense<[8192, -16383, 32765, 32767, 0]> : tensor<5xsi16>
  check.expect_eq %h#1 dense<[4096, 1, -1, 16384, 0]> : tensor<5xsi16>
  return
}
