// A network whose steps are three of a recording gets means of them, and sums where it says so, from every tool. Where a
// sample ends within three steps, silence follows.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.arange(6.).reshape(1, 6, 1); np.save("%t/x.npy", x); np.save("%t/t.npy", np.ones((1, 6, 1))); np.save("%t/odd.npy", x[:, :5]); np.save("%t/odd_t.npy", np.ones((1, 5, 1)))'
// DEFINE: %{data} = --input=x=%t/x.npy --input=passed=%t/t.npy
// DEFINE: %{odd} = --input=x=%t/odd.npy --input=passed=%t/odd_t.npy
// DEFINE: %{show} = %python -c 'import numpy as np; print(np.load("%t/y.npy").ravel(), np.load("%t/s.npy").ravel())'
// RUN: lle-run %s %{data} --output=y=%t/y.npy --output=s=%t/s.npy && %{show} | FileCheck %s
// A package says it as well.
// RUN: lle-compile %s -o %t/m.lle && lle-run %t/m.lle %{data} --output=y=%t/y.npy --output=s=%t/s.npy && %{show} | FileCheck %s
// CHECK: [1. 4.] [3. 3.]
// RUN: lle-run %s %{odd} --output=y=%t/y.npy --output=s=%t/s.npy && %{show} | FileCheck %s --check-prefix=ODD
// ODD: [1.        2.3333333] [3. 2.]
// RUN: lle-run %s --steps=1 %{data} | FileCheck %s --check-prefix=ONE
// ONE: 1 sample{{s?}} of 1 step
// RUN: not lle-run %s --steps=3 %{odd} 2>&1 | FileCheck %s --check-prefix=MORE
// MORE: lle-run: error: --steps=3: {{.*}}odd.npy has 2
// RUN: lle-run %s --downsample=1 %{data} | FileCheck %s --check-prefix=ALL
// ALL: 1 sample{{s?}} of 6 steps

// RUN: lle-verify %s %t/m.lle %{odd} | FileCheck %s --check-prefix=SAME
// SAME: no difference in 1 x 2 steps
// RUN: sed 's/, lle.downsample = 3 : i64//' %s > %t/fine.mlir
// RUN: not lle-verify %s %t/fine.mlir %{data} 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: lle-verify: error: steps of {{.*}}downsample.mlir stand for 3 of a recording, those of {{.*}}fine.mlir for 1
// RUN: lle-compile %s --activity-data=x=%t/odd.npy --activity-data=passed=%t/odd_t.npy --emit=mlir -o - | FileCheck %s --check-prefix=STEPS
// RUN: lle-opt %s --lle-profile-activity="dataset=x=%t/odd.npy,passed=%t/odd_t.npy" | FileCheck %s --check-prefix=STEPS
// STEPS: lle.activity_source = {{.*}}samples = 1 : i64, steps = 2 : i64}
lle.network @pass(%x: tensor<1xf32> {lle.name = "x"}, %t: tensor<1xf32> {lle.downsample_by = "sum", lle.name = "passed"})
    -> (tensor<1xf32> {lle.name = "y"}, tensor<1xf32> {lle.name = "s"}) attributes {dt = 3.000000e-03 : f64, lle.downsample = 3 : i64} {
  %y = lle.activation <linear> %x : tensor<1xf32>
  %s = lle.activation <linear> %t : tensor<1xf32>
  lle.output %y, %s : tensor<1xf32>, tensor<1xf32>
}
