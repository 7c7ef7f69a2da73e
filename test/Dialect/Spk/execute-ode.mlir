// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// dv/dt = x - v from v = 1 with x = 0, in a step of 1/2 (0.5 s, or 0.5 ms of a step of a millisecond in two):
// * next: the region gives the next state, x - v = -1
// * euler: 1/2, and in two steps of 1/4: 9/16
// * exponential: exp(-1/2)
// * midpoint and heun: 1 - 1/2 + 1/8
// * rk4: 1 - 1/2 + 1/8 - 1/48 + 1/384
lle.network @solvers(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
    tensor<1xi1>, tensor<1xi1>) attributes {dt = 0.5 : f64} {
  %next = spk.ode_neuron "next" %x ge {crossing = false, initial = [dense<1.0> : tensor<1xf32>], parameter_names = [],
      parameter_values = [], solver = #spk.solver<next>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64,
      v_threshold = dense<9.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    %dv = arith.subf %i, %v : f32
    spk.yield %dv : f32
  }
  %euler = spk.ode_neuron "euler" %x ge {crossing = false, initial = [dense<1.0> : tensor<1xf32>], parameter_names = [],
      parameter_values = [], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64,
      v_threshold = dense<9.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    %dv = arith.subf %i, %v : f32
    spk.yield %dv : f32
  }
  %euler2 = spk.ode_neuron "euler2" %x ge {crossing = false, initial = [dense<1.0> : tensor<1xf32>],
      parameter_names = ["rate"], parameter_values = [dense<1.0e-03> : tensor<1xf64>], solver = #spk.solver<euler>,
      state_names = ["v"], substeps = 2 : i64, time_unit = 1.0e-03 : f64,
      v_threshold = dense<9.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %rate: f32):
    %0 = arith.subf %i, %v : f32
    %dv = arith.mulf %rate, %0 : f32
    spk.yield %dv : f32
  }
  %exponential = spk.ode_neuron "exponential" %x ge {crossing = false, initial = [dense<1.0> : tensor<1xf32>],
      parameter_names = [], parameter_values = [], solver = #spk.solver<exponential_euler>, state_names = ["v"],
      substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<9.0> : tensor<1xf32>}
      : tensor<1xf32> -> tensor<1xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    %dv = arith.subf %i, %v : f32
    spk.yield %dv : f32
  }
  %midpoint = spk.ode_neuron "midpoint" %x ge {crossing = false, initial = [dense<1.0> : tensor<1xf32>],
      parameter_names = [], parameter_values = [], solver = #spk.solver<midpoint>, state_names = ["v"],
      substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<9.0> : tensor<1xf32>}
      : tensor<1xf32> -> tensor<1xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    %dv = arith.subf %i, %v : f32
    spk.yield %dv : f32
  }
  %heun = spk.ode_neuron "heun" %x ge {crossing = false, initial = [dense<1.0> : tensor<1xf32>], parameter_names = [],
      parameter_values = [], solver = #spk.solver<heun>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64,
      v_threshold = dense<9.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    %dv = arith.subf %i, %v : f32
    spk.yield %dv : f32
  }
  %rk4 = spk.ode_neuron "rk4" %x ge {crossing = false, initial = [dense<1.0> : tensor<1xf32>], parameter_names = [],
      parameter_values = [], solver = #spk.solver<rk4>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0 : f64,
      v_threshold = dense<9.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    %dv = arith.subf %i, %v : f32
    spk.yield %dv : f32
  }
  lle.output %next, %euler, %euler2, %exponential, %midpoint, %heun, %rk4 : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
    tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @decay() {
  %i = check.instantiate @solvers
  %x = arith.constant dense<0.0> : tensor<1xf32>
  %z:7 = check.step %i(%x) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
    tensor<1xi1>, tensor<1xi1>)
  %next = check.state %i "next" "v" : tensor<1xf32>
  check.expect_eq %next dense<-1.0> : tensor<1xf32>
  %euler = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %euler dense<0.5> : tensor<1xf32>
  %euler2 = check.state %i "euler2" "v" : tensor<1xf32>
  check.expect_close %euler2 dense<0.5625> : tensor<1xf32> within 1.0e-06
  %exponential = check.state %i "exponential" "v" : tensor<1xf32>
  check.expect_close %exponential dense<0.6065306597126334> : tensor<1xf32> within 1.0e-06
  %midpoint = check.state %i "midpoint" "v" : tensor<1xf32>
  check.expect_eq %midpoint dense<0.625> : tensor<1xf32>
  %heun = check.state %i "heun" "v" : tensor<1xf32>
  check.expect_eq %heun dense<0.625> : tensor<1xf32>
  %rk4 = check.state %i "rk4" "v" : tensor<1xf32>
  check.expect_close %rk4 dense<0.6067708333333333> : tensor<1xf32> within 1.0e-06
  return
}

// v' = v + x, counted by n' = n + 1 in each step: threshold 1. With a reset v becomes -1/2 and n n + 10; without one, a
// neuron fires again only if it was below before.
lle.network @firing(%x: tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>) attributes {dt = 1.0 : f64} {
  %reset = spk.ode_neuron "reset" %x ge {crossing = false,
      initial = [dense<0.0> : tensor<2xf32>, dense<0.0> : tensor<2xf32>], parameter_names = ["v_reset"],
      parameter_values = [dense<[-0.5, -0.75]> : tensor<2xf32>], solver = #spk.solver<euler>, state_names = ["v", "n"],
      substeps = 1 : i64, time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>}
      : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %n: f32, %v_reset: f32):
    %one = arith.constant 1.0 : f32
    spk.yield %i, %one : f32, f32
  } reset {
  ^bb0(%v: f32, %n: f32, %v_reset: f32):
    %ten = arith.constant 10.0 : f32
    %0 = arith.addf %n, %ten : f32
    spk.yield %v_reset, %0 : f32, f32
  }
  %above = spk.ode_neuron "above" %x gt {crossing = false, initial = [dense<0.0> : tensor<2xf32>], parameter_names = [],
      parameter_values = [], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64,
      time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    spk.yield %i : f32
  }
  %crossing = spk.ode_neuron "crossing" %x ge {crossing = true, initial = [dense<0.0> : tensor<2xf32>],
      parameter_names = [], parameter_values = [], solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64,
      time_unit = 1.0 : f64, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1> dynamics {
  ^bb0(%i: f32, %v: f32):
    spk.yield %i : f32
  }
  lle.output %reset, %above, %crossing : tensor<2xi1>, tensor<2xi1>, tensor<2xi1>
}

func.func @spikes() {
  %i = check.instantiate @firing
  %x = arith.constant dense<[1.0, 0.5]> : tensor<2xf32>
  %a:3 = check.step %i(%x) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %a#0 dense<[1, 0]> : tensor<2xi1>
  check.expect_eq %a#1 dense<0> : tensor<2xi1>
  check.expect_eq %a#2 dense<[1, 0]> : tensor<2xi1>
  %b:3 = check.step %i(%x) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %b#0 dense<[0, 1]> : tensor<2xi1>
  check.expect_eq %b#1 dense<[1, 0]> : tensor<2xi1>
  check.expect_eq %b#2 dense<[0, 1]> : tensor<2xi1>
  %c:3 = check.step %i(%x) : (tensor<2xf32>) -> (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>)
  check.expect_eq %c#2 dense<0> : tensor<2xi1>
  %v = check.state %i "reset" "v" : tensor<2xf32>
  check.expect_eq %v dense<[-0.5, -0.25]> : tensor<2xf32>
  %n = check.state %i "reset" "n" : tensor<2xf32>
  check.expect_eq %n dense<[23.0, 13.0]> : tensor<2xf32>
  return
}
