// RUN: split-file %s %t
// RUN: lle-opt %t/self.mlir --spk-to-neuro=target=loihi2 | FileCheck %s --check-prefix=SELF
// RUN: not lle-opt %t/pair.mlir --spk-to-neuro=target=loihi2 2>&1 | FileCheck %s --check-prefix=PAIR
// RUN: lle-opt %t/pair.mlir --spk-to-neuro='target=loihi2 insert-delays' 2>%t/warning | FileCheck %s --check-prefix=INSERTED
// RUN: FileCheck %s --check-prefix=WARNING < %t/warning

//--- self.mlir

// A population may send to itself with a delay of one step; two steps are two ticks.
// SELF: neuro.population @a cuba_lif start 1
// SELF: neuro.synapses @a -> @a {{.*}} delays = dense<[1, 2]>
lle.network @self(%x: tensor<2xsi32>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[1, 2], [3, 4]]> : tensor<2x2xsi8>
  %d = lle.delay "back" %y {initial = 0.0 : f64, steps = dense<[1, 2]> : tensor<2xi64>} : tensor<2xi1>
  %m = lle.weight dense<[[1, 0], [0, 4]]> : tensor<2x2xsi8>
  %r = lle.linear %d, %m : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %i = lle.linear %x, %w : (tensor<2xsi32>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %s = lle.add %i, %r : (tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
  %y = spk.fixed_cuba_lif "a" %s loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

//--- pair.mlir

// A loop through two populations needs two steps of delay, and has one.
// PAIR: error: 'lle.network' op the loop '{{a|b}}' -> '{{a|b}}' -> '{{a|b}}' takes 2 ticks on the chip, but the network has 1 steps of delay on it: it lacks 1, which --insert-delays adds and which makes it another network
// WARNING: warning: the loop {{.*}} lacks 1 steps of delay: synapses from 'b' to 'a' have them now, which is another network
// INSERTED: neuro.population @a cuba_lif start 1
// INSERTED: neuro.population @b cuba_lif start 2
// INSERTED: neuro.synapses @a -> @b {{.*}} delays = dense<1>
// INSERTED: neuro.synapses @b -> @a {{.*}} delays = dense<1>
lle.network @pair(%x: tensor<2xsi32>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[1, 2], [3, 4]]> : tensor<2x2xsi8>
  %d = lle.delay "back" %b {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xi1>
  %r = lle.linear %d, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %s = lle.add %x, %r : (tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
  %a = spk.fixed_cuba_lif "a" %s loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  %i = lle.linear %a, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %b = spk.fixed_cuba_lif "b" %i loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %b : tensor<2xi1>
}
