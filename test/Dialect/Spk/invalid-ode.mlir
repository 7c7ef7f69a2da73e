// RUN: lle-opt %s -split-input-file -verify-diagnostics -allow-unregistered-dialect

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xi1>'}}
  %z = spk.ode_neuron "n" %y ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<3xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C1] result must be i1, got 'tensor<2xsi8>'}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C1] parameter p has type 'tensor<3xf32>', expected the shape of 'tensor<2xi1>'}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<3xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C1] parameter v_init must be dense numbers of at most 64 bits, got "zero"}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = ["zero"], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C2] has no state}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = [], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C2] has 1 names of states and 0 initial values}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C2] has 1 names of parameters and 0 values}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C2] name "v" is used twice}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["v"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C3] region dynamics has 2 arguments, expected 3}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C3] argument 1 of region dynamics must be 'f32', got 'f64'}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f64, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C3] region reset has 1 arguments, expected 2}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  } reset {
  ^bb0(%v: f32):
    spk.yield %v : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C3] region dynamics must end in spk.yield}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    "another.terminator"() : () -> ()
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C5] substeps must be from 1 to 64, got 0}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 0 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C5] substeps must be from 1 to 64, got 65}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 65 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C5] solver next has one substep, got 2}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<next>, state_names = ["v"], substeps = 2 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C5] time_unit must be positive and finite, got 0.000000e+00}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 0.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C6] solver exponential_euler needs the derivative of "v" to be linear in it}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<exponential_euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    %0 = arith.mulf %v, %v : f32
    spk.yield %0 : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C6] solver exponential_euler needs the derivative of "v" to be linear in it}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<exponential_euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    %0 = arith.divf %p, %v : f32
    spk.yield %0 : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ode_neuron' op [C6] solver exponential_euler needs the derivative of "v" to be linear in it}}
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<exponential_euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    %0 = math.tanh %v : f32
    spk.yield %0 : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    // expected-error @below {{'spk.yield' op [C3] gives 2 values for 1 states}}
    spk.yield %i, %i : f32, f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    %0 = arith.extf %i : f32 to f64
    // expected-error @below {{'spk.yield' op [C3] gives 'f64', expected 'f32'}}
    spk.yield %0 : f64
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    // expected-error @below {{'arith.remf' op [C4] is not allowed in a neuron's state equations}}
    %0 = arith.remf %i, %v : f32
    spk.yield %0 : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    // expected-error @below {{'arith.constant' op [C4] must give 'f32' or i1, got 'index'}}
    %0 = arith.constant 1 : index
    spk.yield %i : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    // expected-error @below {{'arith.addf' op [C4] has fast-math flags: the order and rounding of operations are defined}}
    %0 = arith.addf %i, %v fastmath<contract> : f32
    spk.yield %0 : f32
  }
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.ode_neuron "n" %x ge {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = ["p"], parameter_values = [dense<1.0> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %p: f32):
    // expected-error @below {{'math.exp' op [C4] has fast-math flags: the order and rounding of operations are defined}}
    %0 = math.exp %v fastmath<fast> : f32
    spk.yield %0 : f32
  }
  lle.output
}
