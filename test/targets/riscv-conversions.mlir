// Counts of spikes are whole numbers, converted by rounding them, which takes one instruction on RISC-V as cutting off does.
// QEMU 7.2 fails to translate the latter where it is the first instruction on floats behind a vsetvli.
// REQUIRES: make, qemu-riscv64
// RUN: lle-compile %s --target=rv64gcv --emit=asm -o - | FileCheck %s --implicit-check-not=vfcvt.rtz
// CHECK: vfcvt.x.f.v
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy; numpy.save("%t/x.npy", numpy.random.default_rng(1).uniform(-2, 6, (2, 20, 16)))'
// RUN: %python %lle_src/scripts/run-on-board.py rv64gcv %s --input=%t/x.npy --output=%t/board.npy
// RUN: lle-run %s --engine=reference --input=%t/x.npy --output=%t/reference.npy
// RUN: cmp %t/board.npy %t/reference.npy
// RUN: %python -c 'import numpy, sys; sys.exit(int(numpy.load("%t/board.npy").max() < 4))'
lle.network @several(%x: tensor<16xf32> {lle.name = "x"}) -> (tensor<16xsi16> {lle.name = "y"}) attributes {dt = 1.0 : f64} {
  %y = spk.if "neurons" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 32767>
      {v_init = dense<0.0> : tensor<16xf32>, v_threshold = dense<1.0> : tensor<16xf32>, v_min = dense<-1.0> : tensor<16xf32>} : tensor<16xf32> -> tensor<16xsi16>
  lle.output %y : tensor<16xsi16>
}
