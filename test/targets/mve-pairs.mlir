// Vectors of two elements on Cortex-M55: numbers made of 54 integers, of which the last pair would be converted and
// scaled by one instruction with a wrong scale (see mve-conversions.mlir), and spikes of seven neurons as bits, for which
// LLVM 22 has no instructions to select.
// REQUIRES: make, qemu-system-arm
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy; numpy.save("%t/x.npy", numpy.random.default_rng(1).uniform(0, 1, (2, 9, 54)))'
// RUN: %python -c 'import numpy; numpy.save("%t/y.npy", numpy.random.default_rng(2).uniform(0, 3, (2, 9, 7)))'
// RUN: lle-run %s --engine=reference --input=x=%t/x.npy --input=y=%t/y.npy --output=rate=%t/rate.npy --output=sum=%t/sum.npy
// RUN: %python %lle_src/scripts/run-on-board.py mps3-an547 %s --input=x=%t/x.npy --input=y=%t/y.npy --output=rate=%t/rate-board.npy --output=sum=%t/sum-board.npy
// RUN: %python -c 'import numpy, sys; sys.exit(any((numpy.load(f"%t/{y}.npy") != numpy.load(f"%t/{y}-board.npy")).any() for y in ("rate", "sum")))'
lle.network @pairs(%x: tensor<54xf32> {lle.name = "x"}, %y: tensor<7xf32> {lle.name = "y"})
    -> (tensor<54xi1> {lle.name = "rate"}, tensor<2xf32> {lle.name = "sum"}) attributes {dt = 5.0e-03 : f64} {
  %rate = spk.encode.rate "rate" %x {gain = 0.5 : f64, key = 603 : i64, offset = 0.125 : f64} : tensor<54xf32> -> tensor<54xi1>
  %spikes = spk.if "neurons" %y dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {v_init = dense<0.0> : tensor<7xf32>, v_threshold = dense<1.5> : tensor<7xf32>} : tensor<7xf32> -> tensor<7xi1>
  %weight = lle.weight dense<[[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0], [0.5, 0.0, -1.0, 0.0, 0.25, 0.0, 2.0]]> : tensor<2x7xf64>
  %sum = lle.linear %spikes, %weight {name = "sum"} : (tensor<7xi1>, tensor<2x7xf64>) -> tensor<2xf32>
  lle.output %rate, %sum : tensor<54xi1>, tensor<2xf32>
}
