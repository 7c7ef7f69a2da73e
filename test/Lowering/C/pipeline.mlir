// The pipelines to C leave nothing but emitc, and what is printed is C99 for the compiler at hand.
// RUN: lle-opt %s --lle-to-tensors=lanes=1 --lle-bufferize --lle-to-emitc=header=stdint.h > %t.mlir
// RUN: FileCheck %s --check-prefix=IR < %t.mlir
// RUN: mlir-translate --mlir-to-cpp %t.mlir > %t.c && FileCheck %s < %t.c
// RUN: %cc -std=c99 -Wall -Wextra -Wconversion -pedantic -Werror -Wno-missing-prototypes -fsyntax-only %t.c

// IR-NOT: func.func
// IR-NOT: arith.
// IR-NOT: memref.
// IR: emitc.func @n_step_kernel
// IR: emitc.func @n_arena_step

// CHECK: #include "stdint.h"
// CHECK: #pragma GCC optimize("fp-contract=off")
// CHECK: static void n_step_kernel(const float *restrict v1, int8_t *restrict v2, float *restrict v3
// A product is a statement of its own.
// CHECK: float [[P:v[0-9]+]] = {{v[0-9]+}} * 0.01F;
// CHECK: float {{v[0-9]+}} = {{v[0-9]+}} + [[P]];
// CHECK: void n_arena_run(
lle.network @n(%x: tensor<20xf32>) -> tensor<20xi1> attributes {dt = 1.0e-2 : f64} {
  %z = spk.if "if" %x dynamics<integrator = euler, order = decay_first, gain = per_step, scale = membrane>
      firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {r = dense<1.0> : tensor<20xf32>, v_init = dense<0.0> : tensor<20xf32>, v_reset = dense<0.0> : tensor<20xf32>,
       v_threshold = dense<1.0> : tensor<20xf32>} : tensor<20xf32> -> tensor<20xi1>
  lle.output %z : tensor<20xi1>
}
