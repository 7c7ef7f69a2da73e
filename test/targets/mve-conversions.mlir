// The sum of a window of spikes, an integer, times 1/4: LLVM 22 makes one instruction of the conversion and the product on
// Cortex-M55, and where 2 is needed elsewhere as well, takes the number of a register for its immediate. The test looks
// for both in the code, and for the result under QEMU.
// REQUIRES: make, qemu-system-arm
// RUN: lle-compile %s --target=mps3-an547 --emit=asm -o - | FileCheck %s --implicit-check-not='vcvt.{{.*}}, #' --implicit-check-not='vcvt.{{.*}}, {{[lr]}}'
// CHECK: vcvt.f32.s32 q{{[0-9]}}, q{{[0-9]$}}
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy; numpy.save("%t/x.npy", numpy.random.default_rng(1).integers(0, 2, (2, 5, 3, 8, 8)))'
// RUN: %python %lle_src/scripts/run-on-board.py mps3-an547 %s --input=%t/x.npy --output=%t/board.npy
// RUN: lle-run %s --engine=reference --input=%t/x.npy --output=%t/reference.npy
// RUN: cmp %t/board.npy %t/reference.npy
lle.network @pool(%x: tensor<3x8x8xi1> {lle.name = "x"}) -> (tensor<3x4x4xf32> {lle.name = "y"}) attributes {dt = 1.0 : f64} {
  %0 = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : (tensor<3x8x8xi1>) -> tensor<3x4x4xf32>
  lle.output %0 : tensor<3x4x4xf32>
}
