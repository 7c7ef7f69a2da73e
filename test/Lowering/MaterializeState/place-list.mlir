// RUN: lle-opt %s --split-input-file --lle-materialize-state="lanes=8 registers=16" --canonicalize | FileCheck %s
// RUN: lle-opt %s --split-input-file --lle-materialize-state="lanes=1 registers=1" --canonicalize | FileCheck %s --check-prefix=SMALL

// Events of more than a mask are listed first: for each mask of 64 inputs as many places as its activity makes likely (of
// one event in a hundred, 64 x 0.01 and two standard deviations: 3), and the others of a mask that has more. Then there is
// one loop, and no branch for each mask. Microcontrollers have a list of their own (event-list.mlir).
// CHECK-LABEL: func.func @linear_step(
// CHECK-DAG: %[[THREE:.*]] = arith.constant 3 : index
// CHECK: %[[PLACES:.*]] = memref.alloc() {{.*}} : memref<160xi16>
// CHECK: %[[COUNT:.*]] = scf.for
// CHECK: %[[FOUND:.*]] = math.ctpop
// CHECK-COUNT-3: memref.store {{.*}}, %[[PLACES]]
// CHECK: scf.for {{.*}} = %[[THREE]] to
// CHECK: memref.store {{.*}}, %[[PLACES]]
// CHECK-NOT: scf.while
// CHECK: scf.for %[[NEXT:.*]] = %{{.*}} to %[[COUNT]]
// CHECK-NEXT: memref.load %[[PLACES]][%[[NEXT]]]
// CHECK: arith.addf {{.*}} : vector<8xf32>
// SMALL-LABEL: func.func @linear_step(
// SMALL-NOT: math.ctpop
lle.network @linear(%x: tensor<128xi1>) -> tensor<8xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<8x128xf32>
  %y = lle.linear %x, %w {lle.activity = 0.01 : f64, lle.synapse = "event"} : (tensor<128xi1>, tensor<8x128xf32>) -> tensor<8xf32>
  lle.output %y : tensor<8xf32>
}

// -----

// A map that is flattened for such a synapse stays where it is, and spikes stay bits: they are listed channel by channel,
// which is the order that sums are defined in.
// CHECK-LABEL: func.func @map_step(
// CHECK-NOT: linalg.transpose
// CHECK: memref.alloc() {{.*}} : memref<1x25xi16>
// CHECK: memref.alloc() {{.*}} : memref<107xi16>
// CHECK-NOT: linalg.transpose
// SMALL-LABEL: func.func @map_step(
// SMALL: linalg.transpose {{.*}} permutation = [2, 0, 1]
lle.network @map(%x: tensor<3x5x5xf32>) -> tensor<8xf32> attributes {dt = 1.0e-3 : f64} {
  %k = lle.weight dense<1.0> : tensor<3x3x1x1xf32>
  %b = lle.weight dense<0.0> : tensor<3xf32>
  %w = lle.weight dense<1.0> : tensor<8x75xf32>
  %c = lle.conv2d %x, %k, %b {stride = array<i64: 1, 1>, padding = "same", dilation = array<i64: 1, 1>, groups = 1 : i64}
    : (tensor<3x5x5xf32>, tensor<3x3x1x1xf32>, tensor<3xf32>) -> tensor<3x5x5xf32>
  %z = spk.if "n" %c dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<3x5x5xf32>, v_init = dense<0.0> : tensor<3x5x5xf32>, v_reset = dense<0.0> : tensor<3x5x5xf32>,
     v_threshold = dense<1.0> : tensor<3x5x5xf32>} : tensor<3x5x5xf32> -> tensor<3x5x5xi1>
  %f = lle.flatten %z {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<3x5x5xi1>) -> tensor<75xi1>
  %y = lle.linear %f, %w {lle.synapse = "event"} : (tensor<75xi1>, tensor<8x75xf32>) -> tensor<8xf32>
  lle.output %y : tensor<8xf32>
}

// -----

// A synapse that visits every input reads them in logical order.
// CHECK-LABEL: func.func @dense_step(
// CHECK: linalg.transpose {{.*}} permutation = [2, 0, 1]
lle.network @dense(%x: tensor<3x5x5xf32>) -> tensor<8xf32> attributes {dt = 1.0e-3 : f64} {
  %k = lle.weight dense<1.0> : tensor<3x3x1x1xf32>
  %b = lle.weight dense<0.0> : tensor<3xf32>
  %w = lle.weight dense<1.0> : tensor<8x75xf32>
  %c = lle.conv2d %x, %k, %b {stride = array<i64: 1, 1>, padding = "same", dilation = array<i64: 1, 1>, groups = 1 : i64}
    : (tensor<3x5x5xf32>, tensor<3x3x1x1xf32>, tensor<3xf32>) -> tensor<3x5x5xf32>
  %f = lle.flatten %c {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<3x5x5xf32>) -> tensor<75xf32>
  %y = lle.linear %f, %w {lle.synapse = "dense"} : (tensor<75xf32>, tensor<8x75xf32>) -> tensor<8xf32>
  lle.output %y : tensor<8xf32>
}
