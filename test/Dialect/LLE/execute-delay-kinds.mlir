// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// The same delay of several steps everywhere, of counts: a ring that wraps around.
lle.network @counts(%n: tensor<1xsi16>) -> tensor<1xsi16> attributes {dt = 1.0 : f64} {
  %y = lle.delay "ring" %n {initial = 9.0 : f64, steps = dense<2> : tensor<1xi64>} : tensor<1xsi16>
  lle.output %y : tensor<1xsi16>
}

func.func @ring_of_counts() {
  %i = check.instantiate @counts
  %a = arith.constant dense<-300> : tensor<1xsi16>
  %b = arith.constant dense<200> : tensor<1xsi16>
  %y0 = check.step %i(%a) : (tensor<1xsi16>) -> tensor<1xsi16>
  check.expect_eq %y0 dense<9> : tensor<1xsi16>
  %y1 = check.step %i(%b) : (tensor<1xsi16>) -> tensor<1xsi16>
  check.expect_eq %y1 dense<9> : tensor<1xsi16>
  %y2 = check.step %i(%b) : (tensor<1xsi16>) -> tensor<1xsi16>
  check.expect_eq %y2 dense<-300> : tensor<1xsi16>
  // Slot 0 was read and written; slot 1 is next.
  %head = check.state %i "ring" "head" : tensor<1xsi32>
  check.expect_eq %head dense<1> : tensor<1xsi32>
  %y3 = check.step %i(%a) : (tensor<1xsi16>) -> tensor<1xsi16>
  check.expect_eq %y3 dense<200> : tensor<1xsi16>
  return
}

// One step for some elements, none for the others: still a ring, of one slot.
lle.network @some(%x: tensor<2xf64>) -> tensor<2xf64> attributes {dt = 1.0 : f64} {
  %y = lle.delay "some" %x {initial = 0.5 : f64, steps = dense<[0, 1]> : tensor<2xi64>} : tensor<2xf64>
  lle.output %y : tensor<2xf64>
}

func.func @some_elements() {
  %i = check.instantiate @some
  %x = arith.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %a = check.step %i(%x) : (tensor<2xf64>) -> tensor<2xf64>
  check.expect_eq %a dense<[1.0, 0.5]> : tensor<2xf64>
  %buffer = check.state %i "some" "buffer" : tensor<1x2xf64>
  check.expect_eq %buffer dense<[[1.0, 2.0]]> : tensor<1x2xf64>
  %b = check.step %i(%x) : (tensor<2xf64>) -> tensor<2xf64>
  check.expect_eq %b dense<[1.0, 2.0]> : tensor<2xf64>
  return
}

// No step at all: the signal itself.
lle.network @none(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y = lle.delay "none" %x {initial = 0.5 : f64, steps = dense<0> : tensor<2xi64>} : tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

func.func @no_step() {
  %i = check.instantiate @none
  %x = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %y = check.step %i(%x) : (tensor<2xf32>) -> tensor<2xf32>
  check.expect_eq %y dense<[1.0, 2.0]> : tensor<2xf32>
  return
}

// A feature map with delays that differ between channels, rows and columns, and one with the same delay everywhere.
lle.network @maps(%x: tensor<2x1x2xf32>, %z: tensor<2x1x2xi1>) -> (tensor<2x1x2xf32>, tensor<2x1x2xi1>)
    attributes {dt = 1.0 : f64} {
  %y = lle.delay "each" %x {initial = 0.0 : f64, steps = dense<[[[0, 1]], [[2, 3]]]> : tensor<2x1x2xi64>} :
      tensor<2x1x2xf32>
  %w = lle.delay "all" %z {initial = 0.0 : f64, steps = dense<1> : tensor<2x1x2xi64>} : tensor<2x1x2xi1>
  lle.output %y, %w : tensor<2x1x2xf32>, tensor<2x1x2xi1>
}

func.func @feature_maps() {
  %i = check.instantiate @maps
  %x = arith.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>
  %none = arith.constant dense<0.0> : tensor<2x1x2xf32>
  %z = arith.constant dense<[[[1, 0]], [[0, 1]]]> : tensor<2x1x2xi1>
  %a:2 = check.step %i(%x, %z) : (tensor<2x1x2xf32>, tensor<2x1x2xi1>) -> (tensor<2x1x2xf32>, tensor<2x1x2xi1>)
  check.expect_eq %a#0 dense<[[[1.0, 0.0]], [[0.0, 0.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %a#1 dense<0> : tensor<2x1x2xi1>
  // States have the layout of the signal, whatever the code does.
  %buffer = check.state %i "each" "buffer" : tensor<3x2x1x2xf32>
  check.expect_eq %buffer dense<[[[[1.0, 2.0]], [[3.0, 4.0]]], [[[0.0, 0.0]], [[0.0, 0.0]]], [[[0.0, 0.0]], [[0.0, 0.0]]]]> : tensor<3x2x1x2xf32>
  %value = check.state %i "all" "value" : tensor<2x1x2xi1>
  check.expect_eq %value dense<[[[1, 0]], [[0, 1]]]> : tensor<2x1x2xi1>
  %b:2 = check.step %i(%none, %z) : (tensor<2x1x2xf32>, tensor<2x1x2xi1>) -> (tensor<2x1x2xf32>, tensor<2x1x2xi1>)
  check.expect_eq %b#0 dense<[[[0.0, 2.0]], [[0.0, 0.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %b#1 dense<[[[1, 0]], [[0, 1]]]> : tensor<2x1x2xi1>
  %c:2 = check.step %i(%none, %z) : (tensor<2x1x2xf32>, tensor<2x1x2xi1>) -> (tensor<2x1x2xf32>, tensor<2x1x2xi1>)
  check.expect_eq %c#0 dense<[[[0.0, 0.0]], [[3.0, 0.0]]]> : tensor<2x1x2xf32>
  %d:2 = check.step %i(%none, %z) : (tensor<2x1x2xf32>, tensor<2x1x2xi1>) -> (tensor<2x1x2xf32>, tensor<2x1x2xi1>)
  check.expect_eq %d#0 dense<[[[0.0, 0.0]], [[0.0, 4.0]]]> : tensor<2x1x2xf32>
  return
}

// Two delays in a row, and two that swap their values: all are written at the end of the step.
lle.network @swap(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %first = lle.delay "first" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  %second = lle.delay "second" %first {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  %a = lle.delay "a" %b {initial = 1.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  %b = lle.delay "b" %a {initial = 2.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output %second, %a : tensor<1xf32>, tensor<1xf32>
}

func.func @in_a_row_and_in_a_ring() {
  %i = check.instantiate @swap
  %x = arith.constant dense<4.0> : tensor<1xf32>
  %y0:2 = check.step %i(%x) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  check.expect_eq %y0#0 dense<0.0> : tensor<1xf32>
  check.expect_eq %y0#1 dense<1.0> : tensor<1xf32>
  %y1:2 = check.step %i(%x) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  check.expect_eq %y1#0 dense<0.0> : tensor<1xf32>
  check.expect_eq %y1#1 dense<2.0> : tensor<1xf32>
  %y2:2 = check.step %i(%x) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  check.expect_eq %y2#0 dense<4.0> : tensor<1xf32>
  check.expect_eq %y2#1 dense<1.0> : tensor<1xf32>
  return
}
