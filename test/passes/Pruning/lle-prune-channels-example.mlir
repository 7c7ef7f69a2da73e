// What the description shows.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(0).random((8, 4, 2)))'
// RUN: lle-opt %s --lle-prune-channels="dataset=%t/x.npy metric=mse ratio=0.34 ridge=1e-9" --remarks-filter=pruning 2>&1 | FileCheck %s
// CHECK: remark{{.*}}Pruned{{.*}}Function=hidden{{.*}}Channels=2, ChannelsBefore=3, Error={{.*}}e-
// CHECK: lle.network @twins{{.*}}lle.pruning = {after = {{.*[Ee]-.*}}, before = 0.000000e+00 : f64, channels = 2 : i64, channels_before = 3 : i64, corrected = true, dataset = "x.npy", engine = "native", epochs = 0 : i64, importance = "output-change", metric = "mse", parameters = 6 : i64, parameters_before = 9 : i64, rounds = 1 : i64, samples = 8 : i64}
// CHECK-DAG: lle.weight dense<{{\[\[}}0.000000e+00, 1.000000e+00], [1.000000e+00, 0.000000e+00]]> : tensor<2x2xf32>
// CHECK-DAG: lle.weight dense<{{\[\[}}{{2.0000|1.9999|2}}{{[0-9e+]*}}, {{4.0000|3.9999|4}}{{[0-9e+]*}}]]> : tensor<1x2xf32>
// CHECK: lle.activation <relu> %{{.*}} {lle.kept_channels = array<i64: 1, 2>, name = "hidden"} : tensor<2xf32>
lle.network @twins(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %w1 = lle.weight dense<[[1.000000e+00, 0.000000e+00], [0.000000e+00, 1.000000e+00], [1.000000e+00, 0.000000e+00]]> : tensor<3x2xf32>
  %w2 = lle.weight dense<[[1.000000e+00, 2.000000e+00, 3.000000e+00]]> : tensor<1x3xf32>
  %a = lle.linear %x, %w1 : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  %r = lle.activation <relu> %a {name = "hidden"} : tensor<3xf32>
  %y = lle.linear %r, %w2 : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
