// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1 of check.instantiate: nothing of this name.
func.func @c1() {
  // expected-error @below {{'check.instantiate' op [C1] 'absent' is not a network}}
  %i = check.instantiate @absent
  return
}

// -----

// C1 of check.instantiate: a function.
func.func @c1() {
  // expected-error @below {{'check.instantiate' op [C1] 'c1' is not a network}}
  %i = check.instantiate @c1
  return
}

// -----

lle.network @n(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  lle.output %x : tensor<1xf32>
}

// C1 of check.step: the operands.
func.func @c1(%x: tensor<2xf32>) {
  %i = check.instantiate @n
  // expected-error @below {{'check.step' op [C1] expected '(tensor<1xf32>) -> tensor<1xf32>', got '(tensor<2xf32>) -> tensor<1xf32>'}}
  %y = check.step %i(%x) : (tensor<2xf32>) -> tensor<1xf32>
  return
}

// -----

lle.network @n(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  lle.output %x : tensor<1xf32>
}

// C1 of check.step: the results.
func.func @c1(%x: tensor<1xf32>) {
  %i = check.instantiate @n
  // expected-error @below {{'check.step' op [C1] expected '(tensor<1xf32>) -> tensor<1xf32>', got '(tensor<1xf32>) -> ()'}}
  check.step %i(%x) : (tensor<1xf32>) -> ()
  return
}

// -----

// C1 of check.step: an instance that no one knows.
func.func @c1(%i: !check.instance) {
  // expected-error @below {{'check.step' op [C1] the instance must come from check.instantiate}}
  check.step %i() : () -> ()
  return
}

// -----

// C1 of check.expect_eq: the value has the type of what is expected.
// expected-note @below {{prior use here}}
func.func @c1(%x: tensor<2xf32>) {
  // expected-error @below {{use of value '%x' expects different type than prior uses: 'tensor<1xf32>' vs 'tensor<2xf32>'}}
  check.expect_eq %x dense<0.0> : tensor<1xf32>
  return
}

// -----

// C1 of check.expect_eq, in the generic form.
func.func @c1(%x: tensor<2xf32>) {
  // expected-error @below {{'check.expect_eq' op failed to verify that all of {value, expected} have same type}}
  "check.expect_eq"(%x) <{expected = dense<0.0> : tensor<1xf32>}> : (tensor<2xf32>) -> ()
  return
}

// -----

// C1 of check.expect_close, in the generic form.
func.func @c1(%x: tensor<2xf32>) {
  // expected-error @below {{'check.expect_close' op failed to verify that all of {value, expected} have same type}}
  "check.expect_close"(%x) <{expected = dense<0.0> : tensor<1xf32>, tolerance = 0.0 : f64}> : (tensor<2xf32>) -> ()
  return
}

// -----

// C2 of check.expect_close: the tolerance.
func.func @c2(%x: tensor<1xf32>) {
  // expected-error @below {{'check.expect_close' op [C2] tolerance must not be negative, got -1.000000e+00}}
  check.expect_close %x dense<0.0> : tensor<1xf32> within -1.0
  return
}

// -----

// C2 of check.expect_close: not a number is no tolerance.
func.func @c2(%x: tensor<1xf32>) {
  // expected-error @below {{'check.expect_close' op [C2] tolerance must not be negative, got nan}}
  check.expect_close %x dense<0.0> : tensor<1xf32> within 0x7FF8000000000000
  return
}

// -----

// Spikes are equal or they are not.
func.func @spikes(%z: tensor<1xi1>) {
  // expected-error @below {{'check.expect_close' op operand #0 must be real-valued signal (tensor of static shape, not empty, of f32 or f64), but got 'tensor<1xi1>'}}
  check.expect_close %z dense<0> : tensor<1xi1> within 0.5
  return
}
