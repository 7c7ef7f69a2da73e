// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

lle.network @counts(%z: tensor<3xi1>, %n: tensor<3xsi8>, %m: tensor<1x1x3xi1>)
    -> (tensor<3xsi32>, tensor<3xf32>, tensor<1x1x3xf64>, tensor<3xsi32>, tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %a = spk.decode.spike_count "count" %z : tensor<3xi1> -> tensor<3xsi32>
  %b = spk.decode.spike_count "graded" %n : tensor<3xsi8> -> tensor<3xf32>
  %c = spk.decode.spike_count "map" %m : tensor<1x1x3xi1> -> tensor<1x1x3xf64>
  %d = spk.decode.first_spike "first" %z {never = 2 : i64} : tensor<3xi1> -> tensor<3xsi32>
  %e = spk.decode.first_spike "real" %n {never = -1 : i64} : tensor<3xsi8> -> tensor<3xf32>
  lle.output %a, %b, %c, %d, %e : tensor<3xsi32>, tensor<3xf32>, tensor<1x1x3xf64>, tensor<3xsi32>, tensor<3xf32>
}

func.func @spikes_and_times() {
  %i = check.instantiate @counts
  %z1 = arith.constant dense<[1, 0, 0]> : tensor<3xi1>
  %n1 = arith.constant dense<[0, -2, 0]> : tensor<3xsi8>
  %m1 = arith.constant dense<[[[1, 0, 0]]]> : tensor<1x1x3xi1>
  %a:5 = check.step %i(%z1, %n1, %m1) : (tensor<3xi1>, tensor<3xsi8>, tensor<1x1x3xi1>)
      -> (tensor<3xsi32>, tensor<3xf32>, tensor<1x1x3xf64>, tensor<3xsi32>, tensor<3xf32>)
  check.expect_eq %a#0 dense<[1, 0, 0]> : tensor<3xsi32>
  check.expect_eq %a#1 dense<[0.0, -2.0, 0.0]> : tensor<3xf32>
  check.expect_eq %a#2 dense<[[[1.0, 0.0, 0.0]]]> : tensor<1x1x3xf64>
  check.expect_eq %a#3 dense<[0, 2, 2]> : tensor<3xsi32>
  check.expect_eq %a#4 dense<[-1.0, 0.0, -1.0]> : tensor<3xf32>
  %z2 = arith.constant dense<[1, 1, 0]> : tensor<3xi1>
  %n2 = arith.constant dense<[0, 5, 3]> : tensor<3xsi8>
  %b:5 = check.step %i(%z2, %n2, %m1) : (tensor<3xi1>, tensor<3xsi8>, tensor<1x1x3xi1>)
      -> (tensor<3xsi32>, tensor<3xf32>, tensor<1x1x3xf64>, tensor<3xsi32>, tensor<3xf32>)
  check.expect_eq %b#0 dense<[2, 1, 0]> : tensor<3xsi32>
  check.expect_eq %b#1 dense<[0.0, 3.0, 3.0]> : tensor<3xf32>
  check.expect_eq %b#3 dense<[0, 1, 2]> : tensor<3xsi32>
  check.expect_eq %b#4 dense<[-1.0, 0.0, 1.0]> : tensor<3xf32>
  // A spike at the step that `never` names is a spike like any other: a later one does not move it.
  %z3 = arith.constant dense<[0, 0, 1]> : tensor<3xi1>
  %c:5 = check.step %i(%z3, %n1, %m1) : (tensor<3xi1>, tensor<3xsi8>, tensor<1x1x3xi1>)
      -> (tensor<3xsi32>, tensor<3xf32>, tensor<1x1x3xf64>, tensor<3xsi32>, tensor<3xf32>)
  %d:5 = check.step %i(%z3, %n1, %m1) : (tensor<3xi1>, tensor<3xsi8>, tensor<1x1x3xi1>)
      -> (tensor<3xsi32>, tensor<3xf32>, tensor<1x1x3xf64>, tensor<3xsi32>, tensor<3xf32>)
  check.expect_eq %d#3 dense<[0, 1, 2]> : tensor<3xsi32>
  check.expect_eq %d#2 dense<[[[4.0, 0.0, 0.0]]]> : tensor<1x1x3xf64>
  %time = check.state %i "first" "time" : tensor<3xsi32>
  check.expect_eq %time dense<[0, 1, 2]> : tensor<3xsi32>
  return
}

lle.network @membranes(%v: tensor<2xf32>, %m: tensor<2x1x1xf32>)
    -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2x1x1xf32>) attributes {dt = 1.0 : f64} {
  %last = spk.decode.membrane last "last" %v : tensor<2xf32>
  %max = spk.decode.membrane max "max" %v : tensor<2xf32>
  %sum = spk.decode.membrane sum "sum" %v : tensor<2xf32>
  %mean = spk.decode.membrane mean "mean" %m : tensor<2x1x1xf32>
  lle.output %last, %max, %sum, %mean : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2x1x1xf32>
}

func.func @potentials() {
  %i = check.instantiate @membranes
  %v1 = arith.constant dense<[-1.0, 2.0]> : tensor<2xf32>
  %m1 = arith.constant dense<[[[-1.0]], [[2.0]]]> : tensor<2x1x1xf32>
  %a:4 = check.step %i(%v1, %m1) : (tensor<2xf32>, tensor<2x1x1xf32>)
      -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2x1x1xf32>)
  check.expect_eq %a#1 dense<[-1.0, 2.0]> : tensor<2xf32>
  check.expect_eq %a#3 dense<[[[-1.0]], [[2.0]]]> : tensor<2x1x1xf32>
  %v2 = arith.constant dense<[-3.0, 1.0]> : tensor<2xf32>
  %m2 = arith.constant dense<[[[-3.0]], [[1.0]]]> : tensor<2x1x1xf32>
  %b:4 = check.step %i(%v2, %m2) : (tensor<2xf32>, tensor<2x1x1xf32>)
      -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2x1x1xf32>)
  check.expect_eq %b#0 dense<[-3.0, 1.0]> : tensor<2xf32>
  check.expect_eq %b#1 dense<[-1.0, 2.0]> : tensor<2xf32>
  check.expect_eq %b#2 dense<[-4.0, 3.0]> : tensor<2xf32>
  check.expect_eq %b#3 dense<[[[-2.0]], [[1.5]]]> : tensor<2x1x1xf32>
  return
}

// Three classes of two neurons; a class of one.
lle.network @classes(%z: tensor<6xi1>, %x: tensor<2xf64>) -> (tensor<3xf32>, tensor<3xf32>, tensor<2xf64>)
    attributes {dt = 1.0 : f64} {
  %mean = spk.decode.population %z {mean} : tensor<6xi1> -> tensor<3xf32>
  %sum = spk.decode.population %z {name = "votes"} : tensor<6xi1> -> tensor<3xf32>
  %one = spk.decode.population %x : tensor<2xf64> -> tensor<2xf64>
  lle.output %mean, %sum, %one : tensor<3xf32>, tensor<3xf32>, tensor<2xf64>
}

func.func @populations() {
  %i = check.instantiate @classes
  %z = arith.constant dense<[1, 1, 0, 1, 0, 0]> : tensor<6xi1>
  %x = arith.constant dense<[0.5, -1.0]> : tensor<2xf64>
  %y:3 = check.step %i(%z, %x) : (tensor<6xi1>, tensor<2xf64>) -> (tensor<3xf32>, tensor<3xf32>, tensor<2xf64>)
  check.expect_eq %y#0 dense<[1.0, 0.5, 0.0]> : tensor<3xf32>
  check.expect_eq %y#1 dense<[2.0, 1.0, 0.0]> : tensor<3xf32>
  check.expect_eq %y#2 dense<[0.5, -1.0]> : tensor<2xf64>
  return
}
