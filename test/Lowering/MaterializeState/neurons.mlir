// RUN: lle-opt %s --lle-materialize-state | FileCheck %s

// One sweep reads the current and the old state and writes the new state and the spikes. Coefficients that are uniform
// are scalars, those that differ between neurons are an input; 1 - dt/tau = 0.5, and the threshold is in the unit of
// the input, 0.25 / (r dt/tau).
// CHECK-LABEL: func.func @lif_step(
// CHECK-DAG: %[[LEVELS:.*]] = arith.constant dense<[5.000000e-01, 1.000000e+00]> : tensor<2xf32>
// CHECK: linalg.generic
// CHECK-SAME: ins(%{{.*}}, %[[LEVELS]]
// CHECK: %[[HALF:.*]] = arith.constant 5.000000e-01 : f32
// CHECK: arith.mulf %[[HALF]]
// CHECK: arith.cmpf ogt
// CHECK: arith.extui {{.*}} : i1 to i8
lle.network @lif(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.0e-3 : f64} {
  %z = spk.lif "lif" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
      firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {r = dense<1.0> : tensor<2xf32>, tau = dense<2.0e-3> : tensor<2xf64>, v_init = dense<0.0> : tensor<2xf32>,
       v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<[0.25, 0.5]> : tensor<2xf32>}
      : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}

// Spikes that a synapse reads are words of bits, and no bytes are stored. 40 neurons are a word, and one of 8 bits.
// CHECK-LABEL: func.func @words_step(
// CHECK: tensor.empty() : tensor<2xi32>
// CHECK: linalg.generic
// CHECK: %[[FIRED:.*]] = arith.cmpf oge
// CHECK-NOT: arith.extui
// CHECK: linalg.yield %[[FIRED]] : i1
// CHECK: vector.bitcast %{{.*}} : vector<32xi1> to vector<1xi32>
// CHECK: tensor.insert {{.*}} : tensor<2xi32>
// CHECK: vector.bitcast %{{.*}} : vector<8xi1> to vector<1xi8>
// CHECK: tensor.insert {{.*}} : tensor<2xi32>
// CHECK: math.cttz
lle.network @words(%x: tensor<40xf32>) -> tensor<3xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<3x40xf32>
  %z = spk.threshold %x ge dense<1.0> : tensor<40xf32> : tensor<40xf32> -> tensor<40xi1>
  %y = lle.linear %z, %w : (tensor<40xi1>, tensor<3x40xf32>) -> tensor<3xf32>
  lle.output %y : tensor<3xf32>
}
