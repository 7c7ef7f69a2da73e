// RUN: lle-opt --lle-materialize-state="lanes=4 registers=8" %s | FileCheck %s
// RUN: lle-opt --lle-to-tensors --lle-bufferize %s | FileCheck %s --check-prefix=MEMORY

// 18 units are four and a half registers. Two heads and operands leave three of eight for the sums of each head, so the
// units are cut into panels of three and two registers: the last stores half of one. What a panel overwrites another one
// still reads, so the gates go to buffers of their own.
// CHECK-LABEL: func.func @panels_step
// CHECK: %[[FIRST:.*]]:6 = scf.for {{.*}} -> (vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>)
// CHECK: vector.transfer_write {{.*}} : vector<4xf32>, tensor<18xf32>
// CHECK: %[[REST:.*]]:4 = scf.for {{.*}} -> (vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>)
// CHECK: vector.transfer_write {{.*}} : vector<2xf32>, tensor<18xf32>
lle.network @panels(%x: tensor<3xf32>) -> tensor<18xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<before>, w_in = dense<0.25> : tensor<54x3xf32>,
      w_rec = dense<0.5> : tensor<54x18xf32>, bias_in = dense<0.0> : tensor<54xf32>,
      bias_rec = dense<0.0> : tensor<54xf32>} : (tensor<3xf32>) -> tensor<18xf32>
  lle.output %h : tensor<18xf32>
}

// Six inputs in turn, each with a sum of its own, that are added at the end: additions need not wait for each other.
// CHECK-LABEL: func.func @parts_step
// CHECK: %[[PARTS:.*]]:6 = scf.for
// CHECK: arith.addf %[[PARTS]]#0, %[[PARTS]]#3
// CHECK: arith.addf %[[PARTS]]#1, %[[PARTS]]#4
// CHECK: arith.addf %[[PARTS]]#2, %[[PARTS]]#5
lle.network @parts(%x: tensor<12xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %v = ltc.ctrnn_cell "euler" %x {activation = #lle.activation<tanh>, unfolds = 1 : i64, elapsed = 1.0 : f64,
      tau = dense<1.0> : tensor<4xf32>, w_in = dense<0.25> : tensor<4x12xf32>, w_rec = dense<0.0> : tensor<4x4xf32>,
      bias = dense<0.0> : tensor<4xf32>} : (tensor<12xf32>) -> tensor<4xf32>
  lle.output %v : tensor<4xf32>
}

// All is read before h' replaces h: the cell needs no buffer.
// MEMORY-LABEL: func.func @in_place_step
// MEMORY-SAME: lle.scratch_bytes = 0
lle.network @in_place(%x: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "cell" %x {mode = #ltc.mode<pure>, elapsed = 1.0 : f64,
      ff1_weight = dense<0.5> : tensor<4x5xf32>, ff1_bias = dense<0.0> : tensor<4xf32>,
      w_tau = dense<1.0> : tensor<4xf32>, a = dense<1.0> : tensor<4xf32>} : (tensor<1xf32>) -> tensor<4xf32>
  lle.output %h : tensor<4xf32>
}

// Spikes are few: their bits are walked, and each adds a row of weights.
// CHECK-LABEL: func.func @spikes_step
// CHECK: scf.while
// CHECK: math.cttz
lle.network @spikes(%z: tensor<64xi1>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.lstm_cell "lstm" %z {w_in = dense<0.25> : tensor<16x64xf32>, w_rec = dense<0.5> : tensor<16x4xf32>,
      bias = dense<0.0> : tensor<16xf32>} : (tensor<64xi1>) -> tensor<4xf32>
  lle.output %h : tensor<4xf32>
}
