// Fifteen bytes are stored as vectors of 8, 4 and 3 elements. LLVM 22 loses the second of three bytes that come from
// 64-bit numbers on AArch64 (llvm/llvm-project#202039).
// REQUIRES: make, qemu-aarch64
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy; numpy.save("%t/x.npy", numpy.random.default_rng(1).integers(-3000, 3000, (2, 5, 15)))'
// RUN: %python -c 'import numpy; numpy.save("%t/y.npy", numpy.random.default_rng(2).uniform(-1, 1, (2, 5, 5)))'
// RUN: %python -c 'import numpy; numpy.save("%t/count.npy", numpy.random.default_rng(3).integers(-3, 3, (2, 5, 5)))'
// RUN: lle-run %s --engine=reference --input=x=%t/x.npy --input=y=%t/y.npy --input=count=%t/count.npy --output=z=%t/reference.npy
// RUN: %python %lle_src/scripts/run-on-board.py aarch64 %s --input=x=%t/x.npy --input=y=%t/y.npy --input=count=%t/count.npy --output=z=%t/board.npy
// RUN: cmp %t/board.npy %t/reference.npy
lle.network @bytes(%x: tensor<15xsi16> {lle.name = "x"}, %y: tensor<5xf32> {lle.name = "y"},
    %count: tensor<5xsi8> {lle.name = "count"})
    -> (tensor<5xf32> {lle.name = "sum"}, tensor<15xsi8> {lle.name = "z"}) attributes {dt = 1.0e-03 : f64} {
  %0 = lle.rescale %x {multiplier = dense<[1, 1275631245, 1519841914, 1309437324, 1509476744, 1290575031, 1694537181,
      2099706161, 1623547146, 2055469861, 1329095466, 1158329350, 2147483647, 1217605403, 1498438196]> : tensor<15xi32>,
      shift = dense<32> : tensor<1xi8>} : tensor<15xsi16> -> tensor<15xsi8>
  %1 = lle.delay "delay" %y {initial = 0.2 : f64, steps = dense<[2, 3, 2, 3, 1]> : tensor<5xi64>} : tensor<5xf32>
  %2 = lle.add %count, %1 : (tensor<5xsi8>, tensor<5xf32>) -> tensor<5xf32>
  lle.output %2, %0 : tensor<5xf32>, tensor<15xsi8>
}
