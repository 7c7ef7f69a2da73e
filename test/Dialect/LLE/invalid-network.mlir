// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1: only the dialects of networks.
lle.network @c1() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'arith.constant' op [C1] is not allowed in a network}}
  %x = arith.constant dense<0.0> : tensor<1xf32>
  lle.output
}

// -----

// C1: networks do not nest.
lle.network @outer() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.network' op symbol's parent must have the SymbolTable trait}}
  lle.network @inner() attributes {dt = 1.0 : f64} {
    lle.output
  }
  lle.output
}

// -----

// C2: a result too many.
lle.network @c2(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.output' op [C2] gives ('tensor<1xf32>', 'tensor<1xf32>'), but the network's results are ('tensor<1xf32>')}}
  lle.output %x, %x : tensor<1xf32>, tensor<1xf32>
}

// -----

// C2: another type.
lle.network @c2(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.output' op [C2] gives ('tensor<1xf32>'), but the network's results are ('tensor<1xi1>')}}
  lle.output %x : tensor<1xf32>
}

// -----

// C3: names of operations with state are unique.
lle.network @c3(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-note @below {{the other operation is here}}
  %a = lle.delay "same" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  // expected-error @below {{'lle.delay' op [C3] state name 'same' is used twice}}
  %b = lle.delay "same" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output
}

// -----

// C5: dt.
// expected-error @below {{'lle.network' op [C5] dt must be positive and finite, got 0.000000e+00}}
lle.network @c5() attributes {dt = 0.0 : f64} {
  lle.output
}

// -----

// C5: dt.
// expected-error @below {{'lle.network' op [C5] dt must be positive and finite, got -1.000000e-03}}
lle.network @c5() attributes {dt = -1.0e-3 : f64} {
  lle.output
}

// -----

// C5: dt.
// expected-error @below {{'lle.network' op [C5] dt must be positive and finite, got INF}}
lle.network @c5() attributes {dt = 0x7FF0000000000000 : f64} {
  lle.output
}

// -----

// C5: dt.
// expected-error @below {{'lle.network' op [C5] dt must be positive and finite, got nan}}
lle.network @c5() attributes {dt = 0x7FF8000000000000 : f64} {
  lle.output
}

// -----

// dt is not optional.
// expected-error @below {{'lle.network' op requires attribute 'dt'}}
lle.network @no_dt() {
  lle.output
}

// -----

// C5: steps.
// expected-error @below {{'lle.network' op [C5] steps must be positive, got 0}}
lle.network @c5() attributes {dt = 1.0 : f64, steps = 0 : i64} {
  lle.output
}

// -----

// C5: steps.
// expected-error @below {{'lle.network' op [C5] steps must be positive, got -1}}
lle.network @c5() attributes {dt = 1.0 : f64, steps = -1 : i64} {
  lle.output
}

// -----

// C6: arguments.
// expected-error @below {{'lle.network' op [C6] argument 1 is not a signal: 'tensor<1xi8>'}}
lle.network @c6(%x: tensor<1xf32>, %y: tensor<1xi8>) attributes {dt = 1.0 : f64} {
  lle.output
}

// -----

// C6: a signal has a static shape.
// expected-error @below {{'lle.network' op [C6] argument 0 is not a signal: 'tensor<?xf32>'}}
lle.network @c6(%x: tensor<?xf32>) attributes {dt = 1.0 : f64} {
  lle.output
}

// -----

// C6: results.
// expected-error @below {{'lle.network' op [C6] result 0 is not a signal: 'f32'}}
lle.network @c6() -> f32 attributes {dt = 1.0 : f64} {
  lle.output
}

// -----

// expected-error @below {{'lle.output' op expects parent op 'lle.network'}}
lle.output

// -----

// C6: a signal is not empty.
// expected-error @below {{'lle.network' op [C6] argument 0 is not a signal: 'tensor<2x0xf32>'}}
lle.network @c6(%x: tensor<2x0xf32>) attributes {dt = 1.0 : f64} {
  lle.output
}

// -----

// Nor are weights.
lle.network @empty() attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.weight' op result #0 must be weights (tensor of static shape, not empty, of floats, integers or quantised), but got 'tensor<0xf32>'}}
  %w = lle.weight dense<> : tensor<0xf32>
  lle.output
}

// -----

// C7: what counts only in the last step is a result.
// expected-error @below {{'lle.network' op [C7] argument 0 has lle.emit, which is for results}}
lle.network @emitting_argument(%x: tensor<1xf32> {lle.emit = "last"}) attributes {dt = 1.0 : f64} {
  lle.output
}

// -----

// C7: the last step, nothing else.
// expected-error @below {{'lle.network' op [C7] result 0 has lle.emit = "first", expected "last"}}
lle.network @emit_first(%x: tensor<1xf32>) -> (tensor<1xf32> {lle.emit = "first"}) attributes {dt = 1.0 : f64} {
  lle.output %x : tensor<1xf32>
}

// -----

// C8: steps that stand for one of a recording are said by nothing.
// expected-error @below {{'lle.network' op [C8] lle.downsample must be an i64 above 1, got 1 : i64}}
lle.network @downsampled_by_one(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64, lle.downsample = 1 : i64} {
  lle.output %x : tensor<1xf32>
}

// -----

// expected-error @below {{'lle.network' op [C8] lle.downsample must be an i64 above 1, got 2 : i32}}
lle.network @downsampled_by_i32(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64, lle.downsample = 2 : i32} {
  lle.output %x : tensor<1xf32>
}

// -----

// expected-error @below {{'lle.network' op [C8] lle.downsample must be an i64 above 1, got "two"}}
lle.network @downsampled_by_text(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64, lle.downsample = "two"} {
  lle.output %x : tensor<1xf32>
}

// -----

// C8: a mean is what an input is without the attribute.
// expected-error @below {{'lle.network' op [C8] argument 0 has lle.downsample_by = "mean", expected "sum"}}
lle.network @downsampled_by_mean(%x: tensor<1xf32> {lle.downsample_by = "mean"}) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  lle.output %x : tensor<1xf32>
}

// -----

// expected-error @below {{'lle.network' op [C8] result 0 has lle.downsample_by, which is for arguments}}
lle.network @downsampled_result(%x: tensor<1xf32>) -> (tensor<1xf32> {lle.downsample_by = "sum"}) attributes {dt = 1.0 : f64} {
  lle.output %x : tensor<1xf32>
}

// -----

// C9: what packages and C code cannot carry is refused where it stands.
lle.network @net(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.0e-03 : f64} {
  // expected-error @below {{'lle.delay' op [C9] the name has a control character}}
  %y = lle.delay "a\0Ab" %x {initial = 0.0 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

// -----

lle.network @net(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.0e-03 : f64} {
  // expected-error @below {{'lle.delay' op [C9] the name is empty}}
  %y = lle.delay "" %x {initial = 0.0 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
  lle.output %y : tensor<3xf32>
}
