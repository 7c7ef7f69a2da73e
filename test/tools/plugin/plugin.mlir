// The distribution's own mlir-opt reads networks and lowers them through the plugin.
// UNSUPPORTED: sanitizers
// (the distribution's mlir-opt is not instrumented, so it cannot load a plugin that is)
// RUN: mlir-opt --load-dialect-plugin=%lle_lib_dir/LLEPlugin.so --load-pass-plugin=%lle_lib_dir/LLEPlugin.so \
// RUN:   %s --canonicalize | FileCheck %s
// RUN: mlir-opt --load-dialect-plugin=%lle_lib_dir/LLEPlugin.so --load-pass-plugin=%lle_lib_dir/LLEPlugin.so \
// RUN:   %s --pass-pipeline='builtin.module(lle-cpu{lanes=8})' | FileCheck %s --check-prefix=NATIVE
// RUN: not mlir-opt %s 2>&1 | FileCheck %s --check-prefix=WITHOUT

// CHECK-LABEL: lle.network @none
// CHECK-NOT: lle.delay
// CHECK: lle.output %arg0 : tensor<3xf32>
// NATIVE: llvm.func @none_arena_step
// WITHOUT: Dialect `lle' not found
lle.network @none(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
  %y = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<0> : tensor<3xi64>} : tensor<3xf32>
  lle.output %y : tensor<3xf32>
}
