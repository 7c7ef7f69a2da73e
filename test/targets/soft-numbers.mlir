// Doubles on processors that have none, and square roots where no instruction makes them: firmware brings the functions,
// as libgcc names them or Arm's run-time ABI does, and the code has its own of square roots and of rounding.
// REQUIRES: make, qemu-system-arm, qemu-riscv32
// RUN: rm -rf %t && mkdir %t
// RUN: lle-compile %s --target=esp32c3 --emit=asm -o - | FileCheck %s --implicit-check-not='call{{.}}{{sqrt|floor}}'
// CHECK: call{{.*}}__muldf3
// RUN: %python -c 'import numpy; numpy.save("%t/x.npy", numpy.random.default_rng(1).uniform(-2, 9, (4, 25, 5)))'
// RUN: lle-run %s --engine=reference --input=single=%t/x.npy --input=double=%t/x.npy --output=y=%t/y.npy --output=z=%t/z.npy | FileCheck %s --check-prefix=SPIKES
// SPIKES: spikes of output y {{ *[1-9]}}
// SPIKES: spikes of output z {{ *[1-9]}}
// RUN: %python %lle_src/scripts/run-on-board.py mps2-an386 %s --input=single=%t/x.npy --input=double=%t/x.npy --output=y=%t/y-m4.npy --output=z=%t/z-m4.npy
// RUN: %python %lle_src/scripts/run-on-board.py esp32c3 %s --input=single=%t/x.npy --input=double=%t/x.npy --output=y=%t/y-c3.npy --output=z=%t/z-c3.npy
// RUN: %python %lle_src/scripts/run-on-board.py rv32imafc %s --input=single=%t/x.npy --input=double=%t/x.npy --output=y=%t/y-rv.npy --output=z=%t/z-rv.npy
// RUN: %python -c 'import numpy, sys; sys.exit(any((numpy.load(f"%t/{y}.npy") != numpy.load(f"%t/{y}-{board}.npy")).any() for y in "yz" for board in ("m4", "c3", "rv")))'
lle.network @roots(%a: tensor<5xf32> {lle.name = "single"}, %b: tensor<5xf64> {lle.name = "double"})
    -> (tensor<5xi1> {lle.name = "y"}, tensor<5xi1> {lle.name = "z"}) attributes {dt = 1.0e-03 : f64} {
  %y = spk.ode_neuron "single" %a ge {crossing = false, initial = [dense<0.0> : tensor<5xf64>], parameter_names = ["scale"],
      parameter_values = [dense<0.3> : tensor<5xf64>], solver = #spk.solver<next>, state_names = ["v"], substeps = 1 : i64,
      time_unit = 1.0e-03 : f64, v_threshold = dense<2.0> : tensor<5xf32>} : tensor<5xf32> -> tensor<5xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %scale: f32):
    %0 = math.absf %i : f32
    %1 = math.sqrt %0 : f32
    %2 = arith.mulf %scale, %i : f32
    %3 = math.exp %2 : f32
    %4 = arith.mulf %scale, %3 : f32
    %5 = arith.addf %1, %4 : f32
    %6 = arith.mulf %v, %scale : f32
    %next = arith.addf %5, %6 : f32
    spk.yield %next : f32
  }
  %z = spk.ode_neuron "double" %b ge {crossing = false, initial = [dense<0.0> : tensor<5xf64>], parameter_names = ["scale"],
      parameter_values = [dense<0.3> : tensor<5xf64>], solver = #spk.solver<next>, state_names = ["v"], substeps = 1 : i64,
      time_unit = 1.0e-03 : f64, v_threshold = dense<2.0> : tensor<5xf64>} : tensor<5xf64> -> tensor<5xi1> dynamics {
  ^bb0(%i: f64, %v: f64, %scale: f64):
    %0 = math.absf %i : f64
    %1 = math.sqrt %0 : f64
    %2 = arith.mulf %scale, %i : f64
    %3 = arith.divf %2, %1 : f64
    %5 = arith.addf %1, %3 : f64
    %6 = arith.mulf %v, %scale : f64
    %next = arith.addf %5, %6 : f64
    spk.yield %next : f64
  }
  lle.output %y, %z : tensor<5xi1>, tensor<5xi1>
}
