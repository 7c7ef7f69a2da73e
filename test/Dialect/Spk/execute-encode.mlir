// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Rates of 0 and 1, below and above, need no luck; gain and offset make others of them.
lle.network @certain(%x: tensor<4xf32>) -> (tensor<4xi1>, tensor<4xi1>) attributes {dt = 1.0 : f64} {
  %z = spk.encode.rate "enc" %x {gain = 1.000000e+00 : f64, key = 7 : i64, offset = 0.000000e+00 : f64}
    : tensor<4xf32> -> tensor<4xi1>
  %w = spk.encode.rate "shifted" %x {gain = -1.000000e+00 : f64, key = 7 : i64, offset = 1.000000e+00 : f64}
    : tensor<4xf32> -> tensor<4xi1>
  lle.output %z, %w : tensor<4xi1>, tensor<4xi1>
}

func.func @certain_rates() {
  %i = check.instantiate @certain
  %x = arith.constant dense<[0.0, 1.0, -0.5, 1.5]> : tensor<4xf32>
  %a:2 = check.step %i(%x) : (tensor<4xf32>) -> (tensor<4xi1>, tensor<4xi1>)
  check.expect_eq %a#0 dense<[0, 1, 0, 1]> : tensor<4xi1>
  check.expect_eq %a#1 dense<[1, 0, 1, 0]> : tensor<4xi1>
  %t = check.state %i "enc" "t" : tensor<1xsi32>
  check.expect_eq %t dense<1> : tensor<1xsi32>
  return
}

// Fixed numbers of the generator: keys and rates at the words themselves. Key 0 and counters (0, 0) and (0, 1) give
// words 6b200159 and ...: u is 0.41845711 at first.
lle.network @words(%x: tensor<2xf64>) -> (tensor<2xi1>, tensor<2xi1>) attributes {dt = 1.0 : f64} {
  %z = spk.encode.rate "zero" %x {gain = 1.000000e+00 : f64, key = 0 : i64, offset = 0.000000e+00 : f64}
    : tensor<2xf64> -> tensor<2xi1>
  %w = spk.encode.rate "ones" %x {gain = 1.000000e+00 : f64, key = -1 : i64, offset = 0.000000e+00 : f64}
    : tensor<2xf64> -> tensor<2xi1>
  lle.output %z, %w : tensor<2xi1>, tensor<2xi1>
}

func.func @known_words() {
  // 0x6b2001 / 2^24 is not below itself, but below the next number.
  %low = arith.constant dense<[0.418457090854644775390625, 0.0]> : tensor<2xf64>
  %high = arith.constant dense<[0.41845715045928955078125, 0.0]> : tensor<2xf64>
  %i = check.instantiate @words
  %a:2 = check.step %i(%low) : (tensor<2xf64>) -> (tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %a#0 dense<[0, 0]> : tensor<2xi1>
  %j = check.instantiate @words
  %b:2 = check.step %j(%high) : (tensor<2xf64>) -> (tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %b#0 dense<[1, 0]> : tensor<2xi1>
  return
}

// snnTorch's example: times 4 (3.92), 2 and 0. After the last step nothing fires.
lle.network @linear(%x: tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %z = spk.encode.latency "enc" %x {epsilon = 1.000000e-07 : f64, first = 0 : i64, linear, normalize, steps = 5 : i64,
      tau = 1.000000e+00 : f64, threshold = 1.000000e-02 : f64} : tensor<3xf32> -> tensor<3xi1>
  // Clipped, later by one step, with tau 2: times 2.96, 2 and 1.
  %w = spk.encode.latency "clip" %x {clip, epsilon = 1.000000e-07 : f64, first = 1 : i64, linear, steps = 3 : i64,
      tau = 2.000000e+00 : f64, threshold = 5.000000e-01 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output %z, %w : tensor<3xi1>, tensor<3xi1>
}

func.func @linear_latency() {
  %i = check.instantiate @linear
  %x = arith.constant dense<[0.02, 0.5, 1.0]> : tensor<3xf32>
  %a:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %a#0 dense<[0, 0, 1]> : tensor<3xi1>
  check.expect_eq %a#1 dense<[0, 0, 0]> : tensor<3xi1>
  %b:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %b#0 dense<[0, 0, 0]> : tensor<3xi1>
  check.expect_eq %b#1 dense<[0, 0, 1]> : tensor<3xi1>
  %c:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %c#0 dense<[0, 1, 0]> : tensor<3xi1>
  check.expect_eq %c#1 dense<[0, 1, 0]> : tensor<3xi1>
  %d:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %d#0 dense<[0, 0, 0]> : tensor<3xi1>
  check.expect_eq %d#1 dense<[0, 0, 0]> : tensor<3xi1>
  %e:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %e#0 dense<[1, 0, 0]> : tensor<3xi1>
  %f:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %f#0 dense<[0, 0, 0]> : tensor<3xi1>
  %t = check.state %i "clip" "t" : tensor<1xsi32>
  check.expect_eq %t dense<3> : tensor<1xsi32>
  return
}

// Logarithmic, tau 5 and threshold 1/2: x = 1 fires at 5 ln 2 = 3.47, x = 2 at 5 ln 4/3 = 1.44. Without clip the
// smallest fire at 5 ln 2^20 = 69.3, which is past the end; normalised, that is step 5.
lle.network @logarithmic(%x: tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %z = spk.encode.latency "enc" %x {epsilon = 4.76837158203125e-07 : f64, first = 0 : i64, steps = 6 : i64, tau = 5.0 : f64,
      threshold = 5.000000e-01 : f64} : tensor<3xf32> -> tensor<3xi1>
  %w = spk.encode.latency "norm" %x {epsilon = 4.76837158203125e-07 : f64, first = 0 : i64, normalize, steps = 6 : i64,
      tau = 5.0 : f64, threshold = 5.000000e-01 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output %z, %w : tensor<3xi1>, tensor<3xi1>
}

func.func @logarithmic_latency() {
  %i = check.instantiate @logarithmic
  %x = arith.constant dense<[1.0, 2.0, 0.0]> : tensor<3xf32>
  %a:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %a#0 dense<[0, 0, 0]> : tensor<3xi1>
  check.expect_eq %a#1 dense<[1, 1, 0]> : tensor<3xi1>
  %b:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %b#0 dense<[0, 1, 0]> : tensor<3xi1>
  %c:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %c#0 dense<[0, 0, 0]> : tensor<3xi1>
  %d:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %d#0 dense<[1, 0, 0]> : tensor<3xi1>
  %e:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %e#0 dense<[0, 0, 0]> : tensor<3xi1>
  check.expect_eq %e#1 dense<[0, 0, 0]> : tensor<3xi1>
  %f:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %f#0 dense<[0, 0, 0]> : tensor<3xi1>
  check.expect_eq %f#1 dense<[0, 0, 1]> : tensor<3xi1>
  %g:2 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %g#0 dense<[0, 0, 0]> : tensor<3xi1>
  check.expect_eq %g#1 dense<[0, 0, 0]> : tensor<3xi1>
  return
}

// snnTorch's examples of changes, and its padding: (1, 2, 2.9) and (1, 2, 0) with threshold 1.
lle.network @delta(%x: tensor<2xf32>, %m: tensor<1x1x2xf64>)
    -> (tensor<2xi1>, tensor<2xsi8>, tensor<2xsi8>, tensor<1x1x2xi1>) attributes {dt = 1.0 : f64} {
  %on = spk.encode.delta "on" %x {threshold = 1.000000e+00 : f64} : tensor<2xf32> -> tensor<2xi1>
  %off = spk.encode.delta "off" %x {threshold = 1.000000e+00 : f64} : tensor<2xf32> -> tensor<2xsi8>
  %pad = spk.encode.delta "pad" %x {padding, threshold = 1.000000e+00 : f64} : tensor<2xf32> -> tensor<2xsi8>
  %map = spk.encode.delta "map" %m {threshold = 5.000000e-01 : f64} : tensor<1x1x2xf64> -> tensor<1x1x2xi1>
  lle.output %on, %off, %pad, %map : tensor<2xi1>, tensor<2xsi8>, tensor<2xsi8>, tensor<1x1x2xi1>
}

func.func @changes() {
  %i = check.instantiate @delta
  %m = arith.constant dense<[[[0.5, 0.25]]]> : tensor<1x1x2xf64>
  %x1 = arith.constant dense<[1.0, 1.0]> : tensor<2xf32>
  %a:4 = check.step %i(%x1, %m) : (tensor<2xf32>, tensor<1x1x2xf64>)
      -> (tensor<2xi1>, tensor<2xsi8>, tensor<2xsi8>, tensor<1x1x2xi1>)
  check.expect_eq %a#0 dense<[1, 1]> : tensor<2xi1>
  check.expect_eq %a#1 dense<[1, 1]> : tensor<2xsi8>
  check.expect_eq %a#2 dense<[0, 0]> : tensor<2xsi8>
  check.expect_eq %a#3 dense<[[[1, 0]]]> : tensor<1x1x2xi1>
  %x2 = arith.constant dense<[2.0, 2.0]> : tensor<2xf32>
  %b:4 = check.step %i(%x2, %m) : (tensor<2xf32>, tensor<1x1x2xf64>)
      -> (tensor<2xi1>, tensor<2xsi8>, tensor<2xsi8>, tensor<1x1x2xi1>)
  check.expect_eq %b#0 dense<[1, 1]> : tensor<2xi1>
  check.expect_eq %b#2 dense<[1, 1]> : tensor<2xsi8>
  check.expect_eq %b#3 dense<[[[0, 0]]]> : tensor<1x1x2xi1>
  %x3 = arith.constant dense<[2.9, 0.0]> : tensor<2xf32>
  %c:4 = check.step %i(%x3, %m) : (tensor<2xf32>, tensor<1x1x2xf64>)
      -> (tensor<2xi1>, tensor<2xsi8>, tensor<2xsi8>, tensor<1x1x2xi1>)
  check.expect_eq %c#0 dense<[0, 0]> : tensor<2xi1>
  check.expect_eq %c#1 dense<[0, -1]> : tensor<2xsi8>
  check.expect_eq %c#2 dense<[0, -1]> : tensor<2xsi8>
  return
}
