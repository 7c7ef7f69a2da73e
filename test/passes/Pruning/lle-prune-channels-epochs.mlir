// The pruned network is trained on what the whole one gives, with inputs of its own: the classes of the others are
// those of the whole network again.
// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; r = np.random.default_rng(3); np.save("%t/x.npy", (r.random((256, 16, 6)) < 0.4).astype(np.uint8)); np.save("%t/more.npy", (r.random((1024, 16, 6)) < 0.4).astype(np.uint8))'
// DEFINE: %{prune} = lle-opt %t/chain.mlir --lle-prune-channels
// DEFINE: %{bad} = dataset=%t/x.npy ratio=0.5 importance=magnitude correct=false
// RUN: %{prune}="%{bad}" | FileCheck %s --check-prefix=PRUNED
// PRUNED: lle.pruning = {after = {{5[.][0-9]+e-01|0[.]5[0-9]*,? }}
// RUN: %{prune}="%{bad} epochs=20 rate=1 training-dataset=%t/more.npy" | FileCheck %s
// CHECK: lle.pruning = {after = {{8[.][5-9][0-9]*e-01|0[.]8[5-9][0-9]*}} {{.*}}epochs = 20 : i64
// CHECK: lle.linear {{.*}} : (tensor<6xi1>, tensor<4x6xsi8>) -> tensor<4xsi32>
// CHECK: spk.fixed_cuba_lif "hidden" {{.*}}bias_exp = dense<0> : tensor<4xi32>, bias_mant = dense<[{{.*}}]> : tensor<4xi32>, {{.*}}v_threshold = dense<48> : tensor<4xi32>
// Without biases to train, neurons get none.
// RUN: %{prune}="%{bad} epochs=2 train-biases=false" | FileCheck %s --check-prefix=NOBIAS
// NOBIAS-NOT: bias_mant
// Left out events make another network, the same one for the same seed.
// RUN: %{prune}="%{bad} epochs=2" -o %t/all.mlir && %{prune}="%{bad} epochs=2 dropout=0.1" -o %t/some.mlir
// RUN: not diff -q %t/all.mlir %t/some.mlir && %{prune}="%{bad} epochs=2 dropout=0.1" | diff %t/some.mlir -
// A teacher that errs is put right: the classes of this data are one further than the network says.
// RUN: lle-run %t/chain.mlir --input=%t/x.npy --output=%t/o.npy > %t/run.txt
// RUN: %python -c 'import numpy as np; np.save("%t/wrong.npy", (np.load("%t/o.npy").sum(1).argmax(1) + 1) % 3)'
// RUN: %{prune}="dataset=%t/x.npy labels=%t/wrong.npy ratio=0.5 epochs=20 rate=1 training-labels=%t/wrong.npy" | FileCheck %s --check-prefix=LABELS
// LABELS: lle.pruning = {after = {{[5-9][.][0-9]+e-01|0[.][5-9][0-9]*}} {{.*}}before = 0.0
// The number of threads makes no difference.
// RUN: %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 epochs=2" --mlir-disable-threading -o %t/one.mlir
// RUN: %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 epochs=2" -o %t/many.mlir && diff %t/one.mlir %t/many.mlir
// RUN: not %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 epochs=-1" 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: lle-prune-channels: epochs must not be negative, got -1
// RUN: not %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 epochs=1 rate=0" 2>&1 | FileCheck %s --check-prefix=RATE
// RATE: error: lle-prune-channels: rate must be positive and finite, got 0
// RUN: not %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 epochs=1 dropout=1" 2>&1 | FileCheck %s --check-prefix=DROPOUT
// DROPOUT: error: lle-prune-channels: dropout must be at least 0 and below 1, got 1
// RUN: %python -c 'import numpy as np; np.save("%t/few.npy", np.zeros(3, int))'
// RUN: not %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 epochs=1 training-labels=%t/few.npy" 2>&1 | FileCheck %s --check-prefix=FEW
// FEW: error: lle-prune-channels: {{.*}}few.npy: expected the shape (256) {{.*}}got labels of shape (3)
// RUN: not %{prune}="dataset=%t/x.npy metric=mse epochs=1" 2>&1 | FileCheck %s --check-prefix=RATIO
// RATIO: error: lle-prune-channels: epochs need a ratio
// RUN: not %{prune}="dataset=%t/x.npy metric=mse ratio=0.5 epochs=1 training-dataset=%t/none.npy" 2>&1 | FileCheck %s --check-prefix=FILE
// FILE: error: lle-prune-channels: {{.*}}none.npy
// RUN: not lle-opt %t/other.mlir --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.5 epochs=1" 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: other.mlir:1:1: error: lle-prune-channels: epochs: 'lle.linear' has no weights of si8 in two dimensions, or no neurons of its own; only chains of lle.linear and spk.fixed_cuba_lif are trained

//--- chain.mlir
lle.network @chain(%x: tensor<6xi1>) -> tensor<3xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[20, -9, 14, 3, -6, 11], [-7, 22, 5, -12, 16, 2], [13, 8, -15, 19, -4, 6], [-5, 12, 17, -8, 21, -10],
    [9, -14, 18, 7, 3, 15], [16, 4, -6, 20, -11, 8], [-3, 17, 10, 5, 14, -13], [11, -8, 6, -2, 19, 12]]> : tensor<8x6xsi8>
  %v = lle.weight dense<[[30, -22, 14, 9, -16, 25, 8, -12], [-11, 27, -18, 21, 13, -7, 19, 5], [17, 6, 23, -14, 20, 10, -25, 15]]> : tensor<3x8xsi8>
  %a = lle.linear %x, %w : (tensor<6xi1>, tensor<8x6xsi8>) -> tensor<8xsi32>
  %z = spk.fixed_cuba_lif "hidden" %a loihi {du = dense<2047> : tensor<8xi32>, dv = dense<1024> : tensor<8xi32>,
    v_threshold = dense<48> : tensor<8xi32>} : tensor<8xsi32> -> tensor<8xi1>
  %b = lle.linear %z, %v : (tensor<8xi1>, tensor<3x8xsi8>) -> tensor<3xsi32>
  %y = spk.fixed_cuba_lif "out" %b loihi {du = dense<2047> : tensor<3xi32>, dv = dense<1024> : tensor<3xi32>,
    v_threshold = dense<48> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output %y : tensor<3xi1>
}
//--- other.mlir
lle.network @other(%x: tensor<6xf32>) -> tensor<1xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1.0> : tensor<2x6xf32>
  %v = lle.weight dense<1.0> : tensor<1x2xf32>
  %a = lle.linear %x, %w {name = "hidden"} : (tensor<6xf32>, tensor<2x6xf32>) -> tensor<2xf32>
  %y = lle.linear %a, %v {name = "out"} : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
