// Means of three steps, and sums of what passes in them; what three does not divide is refused.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.arange(6.).reshape(1, 6, 1); np.save("%t/x.npy", x); np.save("%t/t.npy", np.ones((1, 6, 1))); np.save("%t/odd.npy", x[:, :5]); np.save("%t/odd_t.npy", np.ones((1, 5, 1)))'
// RUN: lle-run %s --downsample=3 --input=x=%t/x.npy --timespans=%t/t.npy --output=y=%t/y.npy --output=s=%t/s.npy
// RUN: %python -c 'import numpy as np; print(np.load("%t/y.npy").ravel(), np.load("%t/s.npy").ravel())' | FileCheck %s
// CHECK: [1. 4.] [3. 3.]
// RUN: lle-run %s --downsample=3 --steps=1 --input=x=%t/x.npy --timespans=%t/t.npy | FileCheck %s --check-prefix=ONE
// ONE: 1 sample{{s?}} of 1 step
// RUN: not lle-run %s --downsample=3 --input=x=%t/odd.npy --timespans=%t/odd_t.npy 2>&1 | FileCheck %s --check-prefix=ODD
// ODD: --downsample=3: does not divide the 5 steps of {{.*}}odd
lle.network @pass(%x: tensor<1xf32> {lle.name = "x"}, %t: tensor<1xf32> {lle.name = "timespans"})
    -> (tensor<1xf32> {lle.name = "y"}, tensor<1xf32> {lle.name = "s"}) attributes {dt = 1.000000e-03 : f64} {
  %y = lle.activation <linear> %x : tensor<1xf32>
  %s = lle.activation <linear> %t : tensor<1xf32>
  lle.output %y, %s : tensor<1xf32>, tensor<1xf32>
}
