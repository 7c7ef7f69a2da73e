// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
  %y = lle.delay "hold" %x {initial = 0.5 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

// A delay of one step everywhere has one state, `value`.
func.func @one_step() {
  %i = check.instantiate @relay
  %x = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %a = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xf32>
  check.expect_eq %a dense<0.5> : tensor<3xf32>
  %v = check.state %i "hold" "value" : tensor<3xf32>
  check.expect_eq %v dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = check.step %i(%a) : (tensor<3xf32>) -> tensor<3xf32>
  check.expect_eq %b dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  return
}

// Steps differ between elements: a ring of the largest delay. An element without delay passes in the same step.
lle.network @ring(%x: tensor<3xi1>) -> tensor<3xi1> attributes {dt = 1.000000e-03 : f64} {
  %y = lle.delay "ring" %x {initial = 1.0 : f64, steps = dense<[0, 1, 2]> : tensor<3xi64>} : tensor<3xi1>
  lle.output %y : tensor<3xi1>
}

func.func @per_element() {
  %i = check.instantiate @ring
  %zero = arith.constant dense<0> : tensor<3xi1>
  %one = arith.constant dense<1> : tensor<3xi1>
  %head = check.state %i "ring" "head" : tensor<1xsi32>
  check.expect_eq %head dense<0> : tensor<1xsi32>
  %a = check.step %i(%zero) : (tensor<3xi1>) -> tensor<3xi1>
  check.expect_eq %a dense<[0, 1, 1]> : tensor<3xi1>
  %head1 = check.state %i "ring" "head" : tensor<1xsi32>
  check.expect_eq %head1 dense<1> : tensor<1xsi32>
  %buffer = check.state %i "ring" "buffer" : tensor<2x3xi1>
  check.expect_eq %buffer dense<[[0, 0, 0], [1, 1, 1]]> : tensor<2x3xi1>
  %b = check.step %i(%zero) : (tensor<3xi1>) -> tensor<3xi1>
  check.expect_eq %b dense<[0, 0, 1]> : tensor<3xi1>
  %c = check.step %i(%one) : (tensor<3xi1>) -> tensor<3xi1>
  check.expect_eq %c dense<[1, 0, 0]> : tensor<3xi1>
  %d = check.step %i(%zero) : (tensor<3xi1>) -> tensor<3xi1>
  check.expect_eq %d dense<[0, 1, 0]> : tensor<3xi1>
  %e = check.step %i(%zero) : (tensor<3xi1>) -> tensor<3xi1>
  check.expect_eq %e dense<[0, 0, 1]> : tensor<3xi1>
  return
}

// A delay of a constant gives its initial value first.
lle.network @constant() -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<2.0> : tensor<1xf32>
  %y = lle.delay "constant" %w {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

func.func @of_a_constant() {
  %i = check.instantiate @constant
  %a = check.step %i() : () -> tensor<1xf32>
  check.expect_eq %a dense<0.0> : tensor<1xf32>
  %b = check.step %i() : () -> tensor<1xf32>
  check.expect_eq %b dense<2.0> : tensor<1xf32>
  return
}

// A loop: the count of steps, from a delay that holds it. The text uses it before it is defined.
lle.network @counter() -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %next = lle.add %count, %one : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  %one = lle.weight dense<1.0> : tensor<1xf32>
  %count = lle.delay "count" %next {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output %next : tensor<1xf32>
}

func.func @breaks_a_loop() {
  %i = check.instantiate @counter
  %j = check.instantiate @counter
  %a = check.step %i() : () -> tensor<1xf32>
  %b = check.step %i() : () -> tensor<1xf32>
  check.expect_eq %b dense<2.0> : tensor<1xf32>
  // The other instance has its own state.
  %c = check.step %j() : () -> tensor<1xf32>
  check.expect_eq %c dense<1.0> : tensor<1xf32>
  return
}
