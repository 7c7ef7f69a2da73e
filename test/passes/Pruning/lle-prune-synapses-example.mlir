// What the description shows.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; x = np.random.default_rng(0).random((8, 4, 3)); x[..., 1] = x[..., 0]; np.save("%t/x.npy", x)'
// RUN: lle-opt %s --lle-prune-synapses="dataset=%t/x.npy metric=mse ratio=0.34 ridge=1e-9" --remarks-filter=pruning 2>&1 | FileCheck %s
// CHECK: remark{{.*}}Pruned{{.*}}Function=lle.linear{{.*}}Error={{.*}}, Synapses=2, SynapsesBefore=3
// CHECK: remark{{.*}}Thinned{{.*}}Metric=mse, Network=twins, Samples=8, Synapses=2, SynapsesBefore=3
// CHECK: lle.network @twins{{.*}}lle.sparsity = {after = {{.*}}, before = 0.000000e+00 : f64, corrected = true, dataset = "x.npy", engine = "native", metric = "mse", samples = 8 : i64, synapses = 2 : i64, synapses_before = 3 : i64}
// CHECK: lle.weight {lle.sparsity = {value = {error = {{.*}}, synapses = 2 : i64, synapses_before = 3 : i64}}} dense<{{\[\[}}0.000000e+00, {{4.0000|3.9999|4}}{{[0-9e+]*}}, {{8.0000|7.9999|8}}{{[0-9e+]*}}]]> : tensor<1x3xf32>
lle.network @twins(%x: tensor<3xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<[[1.000000e+00, 3.000000e+00, 8.000000e+00]]> : tensor<1x3xf32>
  %y = lle.linear %x, %w : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
