// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// u keeps a half, v three quarters of itself, both towards zero; the threshold is 128.
lle.network @decays(%x: tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.fixed_cuba_lif "lif" %x loihi {du = dense<2047> : tensor<3xi32>, dv = dense<1024> : tensor<3xi32>,
    v_threshold = dense<2> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  %v = spk.fixed_cuba_li "li" %x loihi {du = dense<2047> : tensor<3xi32>, dv = dense<1024> : tensor<3xi32>}
    : tensor<3xsi32> -> tensor<3xsi32>
  lle.output %z, %v : tensor<3xi1>, tensor<3xsi32>
}

func.func @decay_and_fire() {
  %i = check.instantiate @decays
  %x1 = arith.constant dense<[1, -3, 5]> : tensor<3xsi32>
  %x2 = arith.constant dense<[1, 0, 0]> : tensor<3xsi32>
  %x0 = arith.constant dense<0> : tensor<3xsi32>
  %a:2 = check.step %i(%x1) : (tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>)
  check.expect_eq %a#0 dense<[0, 0, 1]> : tensor<3xi1>
  check.expect_eq %a#1 dense<[64, -192, 320]> : tensor<3xsi32>
  // u: 32 + 64, -96, 160. v: 48 + 96 fires, -144 - 96, 160 fires.
  %b:2 = check.step %i(%x2) : (tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>)
  check.expect_eq %b#0 dense<[1, 0, 1]> : tensor<3xi1>
  %u2 = check.state %i "lif" "u" : tensor<3xsi32>
  %v2 = check.state %i "lif" "v" : tensor<3xsi32>
  check.expect_eq %u2 dense<[96, -96, 160]> : tensor<3xsi32>
  check.expect_eq %v2 dense<[0, -240, 0]> : tensor<3xsi32>
  %c:2 = check.step %i(%x0) : (tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>)
  %d:2 = check.step %i(%x0) : (tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>)
  %e:2 = check.step %i(%x0) : (tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>)
  // 36 + 24, -171 - 24, 60 + 40; then 45 + 12, -146 - 12, 75 + 20.
  %v5 = check.state %i "lif" "v" : tensor<3xsi32>
  check.expect_eq %v5 dense<[57, -158, 95]> : tensor<3xsi32>
  %f:2 = check.step %i(%x0) : (tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>)
  // 42.75, -118.5 and 71.25 are cut.
  %v6 = check.state %i "lif" "v" : tensor<3xsi32>
  check.expect_eq %v6 dense<[48, -124, 81]> : tensor<3xsi32>
  return
}

// The current wraps into 24 bits once, the membrane is clipped. Currents and membranes that keep nothing, or all.
lle.network @limits(%x: tensor<6xsi32>) -> (tensor<6xi1>, tensor<6xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.fixed_cuba_lif "lif" %x loihi {du = dense<4095> : tensor<6xi32>, dv = dense<4096> : tensor<6xi32>,
    v_threshold = dense<131072> : tensor<6xi32>} : tensor<6xsi32> -> tensor<6xi1>
  %v = spk.fixed_cuba_li "li" %x loihi {du = dense<-1> : tensor<6xi32>, dv = dense<0> : tensor<6xi32>}
    : tensor<6xsi32> -> tensor<6xsi32>
  lle.output %z, %v : tensor<6xi1>, tensor<6xsi32>
}

func.func @wrap_and_clip() {
  %i = check.instantiate @limits
  // x << 6 is 2^23, 2^23 + 64, -2^23, -2^23 + 64, 2^24 + 2^23 + 64, and 2^31 modulo 2^32.
  %x = arith.constant dense<[131072, 131073, -131072, -131071, 393217, 33554432]> : tensor<6xsi32>
  %a:2 = check.step %i(%x) : (tensor<6xsi32>) -> (tensor<6xi1>, tensor<6xsi32>)
  check.expect_eq %a#0 dense<0> : tensor<6xi1>
  %u = check.state %i "li" "u" : tensor<6xsi32>
  check.expect_eq %u dense<[8388608, -8388544, 8388608, -8388544, 8388672, -2130706432]> : tensor<6xsi32>
  check.expect_eq %a#1 dense<[8388607, -8388544, 8388607, -8388544, 8388607, -8388607]> : tensor<6xsi32>
  // Twice the current, and the membrane of the step before.
  %x0 = arith.constant dense<0> : tensor<6xsi32>
  %b:2 = check.step %i(%x0) : (tensor<6xsi32>) -> (tensor<6xi1>, tensor<6xsi32>)
  %u2 = check.state %i "li" "u" : tensor<6xsi32>
  check.expect_eq %u2 dense<[8388608, -8388544, 8388608, -8388544, -8388544, -2113929216]> : tensor<6xsi32>
  check.expect_eq %b#1 dense<[8388607, -8388607, 8388607, -8388607, 63, -8388607]> : tensor<6xsi32>
  %ulif = check.state %i "lif" "u" : tensor<6xsi32>
  check.expect_eq %ulif dense<0> : tensor<6xsi32>
  return
}

// Parameters and biases of each neuron; a bias with a negative exponent is shifted down.
lle.network @parameters(%x: tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.fixed_cuba_lif "lif" %x loihi {bias_exp = dense<[6, -1, 0]> : tensor<3xi32>,
    bias_mant = dense<[2, -5, 100]> : tensor<3xi32>, du = dense<[4095, 2047, 0]> : tensor<3xi32>,
    dv = dense<[4096, 0, 2048]> : tensor<3xi32>, v_threshold = dense<[1, 100, 2]> : tensor<3xi32>}
    : tensor<3xsi32> -> tensor<3xi1>
  %v = spk.fixed_cuba_li "li" %x loihi {bias_exp = dense<6> : tensor<3xi32>, bias_mant = dense<-1> : tensor<3xi32>,
    du = dense<4095> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xsi32>
  lle.output %z, %v : tensor<3xi1>, tensor<3xsi32>
}

func.func @of_each_neuron() {
  %i = check.instantiate @parameters
  %x = arith.constant dense<[-1, 1, 0]> : tensor<3xsi32>
  // 64 is not above 64; 64 - 3; 100.
  %a:2 = check.step %i(%x) : (tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>)
  check.expect_eq %a#0 dense<0> : tensor<3xi1>
  %v1 = check.state %i "lif" "v" : tensor<3xsi32>
  check.expect_eq %v1 dense<[64, 61, 100]> : tensor<3xsi32>
  check.expect_eq %a#1 dense<[-128, 0, -64]> : tensor<3xsi32>
  // 128 fires; 61 + 32 - 3; 50 + 100 fires.
  %x0 = arith.constant dense<0> : tensor<3xsi32>
  %b:2 = check.step %i(%x0) : (tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xsi32>)
  check.expect_eq %b#0 dense<[1, 0, 1]> : tensor<3xi1>
  %v2 = check.state %i "lif" "v" : tensor<3xsi32>
  check.expect_eq %v2 dense<[0, 90, 0]> : tensor<3xsi32>
  check.expect_eq %b#1 dense<[-192, -64, -128]> : tensor<3xsi32>
  return
}

// A window of three steps, whose first is the third of the stream: states are 0 before steps 2, 5, ... (from 0).
lle.network @windows(%x: tensor<1xsi32>) -> (tensor<1xi1>, tensor<1xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.fixed_cuba_lif "lif" %x loihi {du = dense<-1> : tensor<1xi32>, dv = dense<4096> : tensor<1xi32>,
    reset_interval = 3 : i64, reset_offset = 0 : i64, v_threshold = dense<2> : tensor<1xi32>}
    : tensor<1xsi32> -> tensor<1xi1>
  %v = spk.fixed_cuba_li "li" %x loihi {du = dense<-1> : tensor<1xi32>, dv = dense<4096> : tensor<1xi32>,
    reset_interval = 3 : i64, reset_offset = 0 : i64} : tensor<1xsi32> -> tensor<1xsi32>
  lle.output %z, %v : tensor<1xi1>, tensor<1xsi32>
}

func.func @reset_by_window() {
  %i = check.instantiate @windows
  %x = arith.constant dense<1> : tensor<1xsi32>
  %a:2 = check.step %i(%x) : (tensor<1xsi32>) -> (tensor<1xi1>, tensor<1xsi32>)
  check.expect_eq %a#1 dense<64> : tensor<1xsi32>
  %b:2 = check.step %i(%x) : (tensor<1xsi32>) -> (tensor<1xi1>, tensor<1xsi32>)
  check.expect_eq %b#1 dense<128> : tensor<1xsi32>
  %c:2 = check.step %i(%x) : (tensor<1xsi32>) -> (tensor<1xi1>, tensor<1xsi32>)
  check.expect_eq %c#1 dense<64> : tensor<1xsi32>
  %d:2 = check.step %i(%x) : (tensor<1xsi32>) -> (tensor<1xi1>, tensor<1xsi32>)
  check.expect_eq %d#1 dense<128> : tensor<1xsi32>
  %e:2 = check.step %i(%x) : (tensor<1xsi32>) -> (tensor<1xi1>, tensor<1xsi32>)
  check.expect_eq %e#0 dense<1> : tensor<1xi1>
  check.expect_eq %e#1 dense<192> : tensor<1xsi32>
  %f:2 = check.step %i(%x) : (tensor<1xsi32>) -> (tensor<1xi1>, tensor<1xsi32>)
  check.expect_eq %f#0 dense<0> : tensor<1xi1>
  check.expect_eq %f#1 dense<64> : tensor<1xsi32>
  %phase = check.state %i "lif" "phase" : tensor<1xsi32>
  check.expect_eq %phase dense<0> : tensor<1xsi32>
  return
}

// A feature map, whose parameters differ by channel, and a spike that takes a step to travel.
lle.network @map(%z: tensor<2x2x2xi1>) -> tensor<2x2x2xi1> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[3]], [[0]]], [[[1]], [[1]]]]> : tensor<2x2x1x1xsi8>
  %b = lle.weight dense<0> : tensor<2xsi8>
  %late = lle.delay "late" %z {initial = 0.0 : f64, steps = dense<1> : tensor<2x2x2xi64>} : tensor<2x2x2xi1>
  %x = lle.conv2d %late, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 1, 1>}
    : (tensor<2x2x2xi1>, tensor<2x2x1x1xsi8>, tensor<2xsi8>) -> tensor<2x2x2xsi32>
  %s = spk.fixed_cuba_lif "lif" %x loihi {du = dense<4095> : tensor<2x2x2xi32>, dv = dense<0> : tensor<2x2x2xi32>,
    v_threshold = dense<[[[2, 3], [2, 2]], [[1, 1], [1, 1]]]> : tensor<2x2x2xi32>} : tensor<2x2x2xsi32> -> tensor<2x2x2xi1>
  lle.output %s : tensor<2x2x2xi1>
}

func.func @of_maps() {
  %i = check.instantiate @map
  %z = arith.constant dense<[[[1, 1], [0, 0]], [[1, 0], [0, 1]]]> : tensor<2x2x2xi1>
  %a = check.step %i(%z) : (tensor<2x2x2xi1>) -> tensor<2x2x2xi1>
  check.expect_eq %a dense<0> : tensor<2x2x2xi1>
  %b = check.step %i(%z) : (tensor<2x2x2xi1>) -> tensor<2x2x2xi1>
  check.expect_eq %b dense<[[[1, 0], [0, 0]], [[1, 0], [0, 0]]]> : tensor<2x2x2xi1>
  return
}

// Weights share an exponent.
lle.network @exponent(%x: tensor<2xsi32>) -> tensor<2xsi32> attributes {dt = 1.0 : f64} {
  %v = spk.fixed_cuba_li "li" %x loihi {du = dense<4095> : tensor<2xi32>, dv = dense<4096> : tensor<2xi32>, weight_exp = 1 : i64}
    : tensor<2xsi32> -> tensor<2xsi32>
  lle.output %v : tensor<2xsi32>
}

func.func @shared_exponent() {
  %i = check.instantiate @exponent
  %x = arith.constant dense<[3, -5]> : tensor<2xsi32>
  %a = check.step %i(%x) : (tensor<2xsi32>) -> tensor<2xsi32>
  check.expect_eq %a dense<[384, -640]> : tensor<2xsi32>
  return
}
