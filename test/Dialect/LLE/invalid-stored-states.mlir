// RUN: lle-opt %s --split-input-file --verify-diagnostics

// States that operations do not have.
lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.activation' op lle.state_types must be a dictionary on an operation with state, got {v = i8}}}
  %y = lle.activation <relu> %x {lle.state_types = {v = i8}} : tensor<1xf32>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op lle.state_types names 'w', which is no state of it}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>,
    lle.state_types = {w = !quant.uniform<i8:f32, 0.5>}} : tensor<1xf32>
  lle.output
}

// -----

// A precision that is not the state's.
lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op lle.state_types of 'value' must be !quant.uniform of i8 or i16 for floats of 'f32', got !quant.uniform<i8:f64, 5.000000e-01>}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>,
    lle.state_types = {value = !quant.uniform<i8:f64, 0.5>}} : tensor<1xf32>
  lle.output
}

// -----

// A width that is not stored.
lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{of i8 or i16 for floats of 'f32', got !quant.uniform<i4:f32, 5.000000e-01>}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>,
    lle.state_types = {value = !quant.uniform<i4:f32, 0.5>}} : tensor<1xf32>
  lle.output
}

// -----

// Integers are stored as they are.
lle.network @n(%x: tensor<1xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{lle.state_types of 'value' must be !quant.uniform of i8 or i16 for floats of 'si8'}}
  %y = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>,
    lle.state_types = {value = !quant.uniform<i8:f32, 0.5>}} : tensor<1xsi8>
  lle.output
}

// -----

// Before the first step there is no input to compare with.
lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.delta' op state 'previous' starts as no number, which lle.state_types cannot hold}}
  %y = spk.encode.delta "d" %x {padding, threshold = 0.5 : f64,
    lle.state_types = {previous = !quant.uniform<i8:f32, 0.5>}} : tensor<1xf32> -> tensor<1xi1>
  lle.output
}
