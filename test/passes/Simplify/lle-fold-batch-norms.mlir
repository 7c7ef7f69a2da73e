// RUN: lle-opt --lle-fold-batch-norms --canonicalize %s | FileCheck %s

// a = (1/2, 2), c = (-1/2, 4).
// CHECK-LABEL: lle.network @norm
// CHECK-DAG: [[W:%.*]] = lle.weight dense<{{\[\[}}5.000000e-01, 1.000000e+00], [6.000000e+00, 8.000000e+00]]> : tensor<2x2xf32>
// CHECK-DAG: [[B:%.*]] = lle.weight dense<[-5.000000e-01, 4.000000e+00]> : tensor<2xf32>
// CHECK: [[Y:%.*]] = lle.affine %arg0, [[W]], [[B]] {name = "fc1"} : (tensor<2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT: lle.output [[Y]]
lle.network @norm(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.000000e+00 : f64} {
  %w = lle.weight dense<[[1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
  %y = lle.linear %x, %w {name = "fc1"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %n = lle.batch_norm %y {channel_dim = 0 : i64, epsilon = 0.000000e+00 : f64,
      mean = dense<[1.000000e+00, -2.000000e+00]> : tensor<2xf32>,
      variance = dense<[4.000000e+00, 2.500000e-01]> : tensor<2xf32>} : (tensor<2xf32>) -> tensor<2xf32>
  lle.output %n : tensor<2xf32>
}

// Weights of any number type, in a resource too; attributes of the synapse stay. Twice in a row: 3 (2 x + 1) + 1.
// CHECK-LABEL: lle.network @convolutions
// CHECK-DAG: [[W1:%.*]] = lle.weight dense<{{.*}}2.400000e+01{{.*}}6.000000e+00{{.*}}> : tensor<1x2x1xf32>
// CHECK-DAG: [[W2:%.*]] = lle.weight dense<{{\[\[\[\[}}1.000000e+00{{\]\]\], \[\[\[}}4.000000e+00{{\]\]\]\]}}> : tensor<2x1x1x1xf32>
// CHECK-DAG: [[B1:%.*]] = lle.weight dense<1.000000e+00> : tensor<1xf32>
// CHECK-DAG: [[B2:%.*]] = lle.weight dense<[3.500000e+00, 1.000000e+01]> : tensor<2xf32>
// CHECK: lle.conv1d %arg0, [[W1]], [[B1]] {{{.*}}lle.activity = 2.500000e-01 : f64, name = "c1", {{.*}}}
// CHECK: lle.conv2d %arg1, [[W2]], [[B2]]
// CHECK-NOT: lle.batch_norm
// CHECK: lle.output
lle.network @convolutions(%t: tensor<2x4xi1>, %m: tensor<1x2x2xf32>) -> (tensor<1x4xf32>, tensor<2x2x2xf32>)
    attributes {dt = 1.0 : f64} {
  %w1 = lle.weight dense<[[[4], [1]]]> : tensor<1x2x1xi8>
  %b1 = lle.weight dense<0.0> : tensor<1xf64>
  %w2 = lle.weight dense_resource<kernel> : tensor<2x1x1x1xf32>
  %b2 = lle.weight dense<[3.0, 2.0]> : tensor<2xf32>
  %a = lle.conv1d %t, %w1, %b1 {dilation = array<i64: 1>, groups = 1 : i64, lle.activity = 0.25 : f64, name = "c1",
      padding = array<i64: 0>, stride = array<i64: 1>} : (tensor<2x4xi1>, tensor<1x2x1xi8>, tensor<1xf64>) -> tensor<1x4xf32>
  %an = lle.batch_norm %a {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<0.5> : tensor<1xf32>,
      scale = dense<2.0> : tensor<1xf32>, shift = dense<1.0> : tensor<1xf32>, variance = dense<1.0> : tensor<1xf32>}
    : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %ann = lle.batch_norm %an {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<0.0> : tensor<1xf32>,
      scale = dense<3.0> : tensor<1xf32>, shift = dense<1.0> : tensor<1xf32>, variance = dense<1.0> : tensor<1xf32>}
    : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %c = lle.conv2d %m, %w2, %b2 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x2x2xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<2x2x2xf32>
  %cn = lle.batch_norm %c {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<[-0.5, -3.0]> : tensor<2xf32>,
      variance = dense<[1.0, 0.25]> : tensor<2xf32>} : (tensor<2x2x2xf32>) -> tensor<2x2x2xf32>
  lle.output %ann, %cn : tensor<1x4xf32>, tensor<2x2x2xf32>
}

// Where the synapse has another reader, where it gives another type, where channels are another dimension, where there
// are several matrices, and where there is no synapse.
// CHECK-LABEL: lle.network @stay
// CHECK-COUNT-5: lle.batch_norm
lle.network @stay(%x: tensor<2xf32>, %m: tensor<2x2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf64>, tensor<2x2xf32>,
    tensor<2x2xf32>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %ws = lle.weight dense<1.0> : tensor<2x2x2xf32>
  %a = lle.linear %x, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %an = lle.batch_norm %a {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<1.0> : tensor<2xf32>,
      variance = dense<1.0> : tensor<2xf32>} : (tensor<2xf32>) -> tensor<2xf32>
  %b = lle.linear %x, %w {name = "b"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %bn = lle.batch_norm %b {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<1.0> : tensor<2xf32>,
      variance = dense<1.0> : tensor<2xf32>} : (tensor<2xf32>) -> tensor<2xf64>
  %c = lle.linear %m, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %cn = lle.batch_norm %c {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<1.0> : tensor<2xf32>,
      variance = dense<1.0> : tensor<2xf32>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %d = lle.linear %m, %ws : (tensor<2x2xf32>, tensor<2x2x2xf32>) -> tensor<2x2xf32>
  %dn = lle.batch_norm %d {channel_dim = 1 : i64, epsilon = 0.0 : f64, mean = dense<1.0> : tensor<2xf32>,
      variance = dense<1.0> : tensor<2xf32>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %e = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 0.0 : f64, mean = dense<1.0> : tensor<2xf32>,
      variance = dense<1.0> : tensor<2xf32>} : (tensor<2xf32>) -> tensor<2xf32>
  lle.output %a, %an, %bn, %cn, %dn, %e : tensor<2xf32>, tensor<2xf32>, tensor<2xf64>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2xf32>
}

{-#
  dialect_resources: {
    builtin: {
      kernel: "0x040000000000803F00000040"
    }
  }
#-}
