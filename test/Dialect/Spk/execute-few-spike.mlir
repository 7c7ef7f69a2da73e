// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// A relu of three bits, and a code whose spikes differ in what they take and give.
lle.network @within(%x: tensor<6xf32>) -> (tensor<6xf32>, tensor<6xf32>, tensor<6xf32>) attributes {dt = 1.0 : f64} {
  %relu = spk.few_spike %x ge {amplitude = dense<[2.0, 1.0, 0.5]> : tensor<3xf32>,
    decrement = dense<[2.0, 1.0, 0.5]> : tensor<3xf32>, v_threshold = dense<[2.0, 1.0, 0.5]> : tensor<3xf32>}
    : tensor<6xf32>
  %above = spk.few_spike %x gt {amplitude = dense<[2.0, 1.0, 0.5]> : tensor<3xf32>,
    decrement = dense<[2.0, 1.0, 0.5]> : tensor<3xf32>, v_threshold = dense<[2.0, 1.0, 0.5]> : tensor<3xf32>}
    : tensor<6xf32>
  %other = spk.few_spike %x gt {amplitude = dense<[4.0, -1.0]> : tensor<2xf64>,
    decrement = dense<-1.0> : tensor<2xf32>, name = "fs", v_threshold = dense<[1.0, 2.5]> : tensor<2xf32>}
    : tensor<6xf32>
  lle.output %relu, %above, %other : tensor<6xf32>, tensor<6xf32>, tensor<6xf32>
}

func.func @activation() {
  %i = check.instantiate @within
  %x = arith.constant dense<[-1.0, 0.25, 0.5, 1.75, 2.0, 9.0]> : tensor<6xf32>
  %a:3 = check.step %i(%x) : (tensor<6xf32>) -> (tensor<6xf32>, tensor<6xf32>, tensor<6xf32>)
  check.expect_eq %a#0 dense<[0.0, 0.0, 0.5, 1.5, 2.0, 3.5]> : tensor<6xf32>
  check.expect_eq %a#1 dense<[0.0, 0.0, 0.0, 1.5, 1.5, 3.5]> : tensor<6xf32>
  // Firing adds one: 1.75 and 2 become 2.75 and 3.
  check.expect_eq %a#2 dense<[0.0, 0.0, 0.0, 3.0, 3.0, 3.0]> : tensor<6xf32>
  // Nothing is kept.
  %b:3 = check.step %i(%x) : (tensor<6xf32>) -> (tensor<6xf32>, tensor<6xf32>, tensor<6xf32>)
  check.expect_eq %b#0 dense<[0.0, 0.0, 0.5, 1.5, 2.0, 3.5]> : tensor<6xf32>
  return
}

// A feature map.
lle.network @map(%x: tensor<2x1x2xf32>) -> tensor<2x1x2xf32> attributes {dt = 1.0 : f64} {
  %y = spk.few_spike %x ge {amplitude = dense<[2.0, 1.0]> : tensor<2xf32>, decrement = dense<[2.0, 1.0]> : tensor<2xf32>,
    v_threshold = dense<[2.0, 1.0]> : tensor<2xf32>} : tensor<2x1x2xf32>
  lle.output %y : tensor<2x1x2xf32>
}

func.func @feature_map() {
  %i = check.instantiate @map
  %x = arith.constant dense<[[[0.5, 1.0]], [[2.5, 3.5]]]> : tensor<2x1x2xf32>
  %y = check.step %i(%x) : (tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  check.expect_eq %y dense<[[[0.0, 1.0]], [[2.0, 3.0]]]> : tensor<2x1x2xf32>
  return
}

// Windows of two steps: the code of a window's sum is sent in the next one.
lle.network @serial(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.0 : f64} {
  %y = spk.few_spike_coder "fs" %x ge {amplitude = dense<[2.0, 1.0]> : tensor<2xf32>,
    decrement = dense<[2.0, 1.0]> : tensor<2xf32>, v_threshold = dense<[2.0, 1.0]> : tensor<2xf32>} : tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

func.func @windows() {
  %i = check.instantiate @serial
  %x1 = arith.constant dense<[1.0, 2.0, 0.25]> : tensor<3xf32>
  %x2 = arith.constant dense<[0.5, 1.0, 0.25]> : tensor<3xf32>
  %x3 = arith.constant dense<[2.0, 0.0, 0.0]> : tensor<3xf32>
  %a = check.step %i(%x1) : (tensor<3xf32>) -> tensor<3xf32>
  %b = check.step %i(%x2) : (tensor<3xf32>) -> tensor<3xf32>
  check.expect_eq %a dense<0.0> : tensor<3xf32>
  check.expect_eq %b dense<0.0> : tensor<3xf32>
  // 1.5, 3 and 0.5
  %c = check.step %i(%x3) : (tensor<3xf32>) -> tensor<3xf32>
  check.expect_eq %c dense<[0.0, 2.0, 0.0]> : tensor<3xf32>
  %v = check.state %i "fs" "v" : tensor<3xf32>
  check.expect_eq %v dense<[1.5, 1.0, 0.5]> : tensor<3xf32>
  %s = check.state %i "fs" "sum" : tensor<3xf32>
  check.expect_eq %s dense<[2.0, 0.0, 0.0]> : tensor<3xf32>
  %p = check.state %i "fs" "phase" : tensor<1xsi32>
  check.expect_eq %p dense<1> : tensor<1xsi32>
  %d = check.step %i(%x2) : (tensor<3xf32>) -> tensor<3xf32>
  check.expect_eq %d dense<[1.0, 1.0, 0.0]> : tensor<3xf32>
  %e = check.step %i(%x2) : (tensor<3xf32>) -> tensor<3xf32>
  check.expect_eq %e dense<[2.0, 0.0, 0.0]> : tensor<3xf32>
  return
}

// What it sends depends on what it was sent before: it may drive itself.
lle.network @loop(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %sum = lle.add %x, %y : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  %y = spk.few_spike_coder "fs" %sum ge {amplitude = dense<1.0> : tensor<1xf32>, decrement = dense<1.0> : tensor<1xf32>,
    v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

func.func @recurrent() {
  %i = check.instantiate @loop
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %zero = arith.constant dense<0.0> : tensor<1xf32>
  %a = check.step %i(%one) : (tensor<1xf32>) -> tensor<1xf32>
  check.expect_eq %a dense<0.0> : tensor<1xf32>
  %b = check.step %i(%zero) : (tensor<1xf32>) -> tensor<1xf32>
  check.expect_eq %b dense<1.0> : tensor<1xf32>
  %c = check.step %i(%zero) : (tensor<1xf32>) -> tensor<1xf32>
  check.expect_eq %c dense<1.0> : tensor<1xf32>
  return
}
