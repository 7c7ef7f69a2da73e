// RUN: lle-opt %s --lle-emit-c-interface --split-input-file --verify-diagnostics > %t.mlir
// RUN: FileCheck %s --check-prefix=IR < %t.mlir
// RUN: mlir-translate --mlir-to-cpp --split-input-file %t.mlir | FileCheck %s --match-full-lines

// What the arguments were is an attribute of the function that users see.
// IR: func @n_arena_step({{.*}}) attributes {lle.interface = [{lle.kind = "input", lle.port = "x", {{.*}}lle.network = "n"
// CHECK: #include "n.h"
// CHECK: #error "compile without -ffast-math: {{.*}}"
// CHECK: void n_arena_init(void *const v1) {
// CHECK-NEXT: {{ *}}(void)v1;
// CHECK: void n_arena_step(void *const v1, const void *const *const v2, void *const *const v3) {
// CHECK-NEXT: {{ *}}(void)v1;
// CHECK-NEXT: {{ *}}const void *const [[X:v[0-9]+]] = v2[0U];
// CHECK-NEXT: {{ *}}const float *const [[FX:v[0-9]+]] = (const float *const) [[X]];
// CHECK-NEXT: {{ *}}void *const [[Y:v[0-9]+]] = v3[0U];
// CHECK-NEXT: {{ *}}float *const [[FY:v[0-9]+]] = (float *const) [[Y]];
// CHECK-NEXT: {{ *}}n_step_kernel([[FX]], [[FY]]);
// CHECK: void n_arena_run(void *const v1, const size_t v2, const void *const *const v3, void *const *const v4) {
// CHECK: {{ *}}for (size_t [[T:i[0-9]+]] = 0U; [[T]] < {{v[0-9]+}}; [[T]] += 1U) {
// CHECK: {{ *}}size_t {{v[0-9]+}} = [[T]] * 4U;
emitc.func @n_init_kernel() {
  emitc.return
}
emitc.func @n_step_kernel(
    %x: !emitc.opaque<"const float *restrict"> {lle.kind = "input", lle.port = "x", lle.type = tensor<4xf32>},
    %y: !emitc.opaque<"float *restrict"> {lle.kind = "output", lle.port = "y", lle.type = tensor<4xf32>})
    attributes {lle.network = "n", lle.scratch_bytes = 0 : i64, lle.state_bytes = 0 : i64, specifiers = ["static"]} {
  emitc.return
}

// -----

// States lie at their places in the arena, and scratch behind them.
// CHECK: void m_arena_init(void *const v1) {
// CHECK-NEXT: {{ *}}uint8_t *const [[B:v[0-9]+]] = (uint8_t *const) v1;
// CHECK-NEXT: {{ *}}double *const [[V:v[0-9]+]] = (double *const) ((void *const) ([[B]] + 64U));
// CHECK-NEXT: {{ *}}m_init_kernel([[V]]);
// CHECK: void m_arena_step({{.*}}
// CHECK: {{ *}}double *const [[V:v[0-9]+]] = (double *const) ((void *const) ({{v[0-9]+}} + 64U));
// CHECK: {{ *}}int8_t *const [[S:v[0-9]+]] = (int8_t *const) ((void *const) ({{v[0-9]+}} + 128U));
// CHECK: {{ *}}m_step_kernel([[V]], [[S]]);
emitc.func @m_init_kernel(%v: !emitc.opaque<"double *restrict">) {
  emitc.return
}
emitc.func @m_step_kernel(
    %v: !emitc.opaque<"double *restrict"> {lle.kind = "state", lle.node = "a", lle.offset = 64 : i64,
                                           lle.order = array<i64: 0>, lle.state = "v", lle.type = tensor<2xf64>},
    %s: !emitc.opaque<"int8_t *restrict"> {lle.kind = "scratch"})
    attributes {lle.network = "m", lle.scratch_bytes = 64 : i64, lle.state_bytes = 128 : i64, specifiers = ["static"]} {
  emitc.return
}

// -----

// expected-error@+1 {{'emitc.func' op is not the step of a materialised network}}
emitc.func @n_step_kernel() attributes {lle.network = "n"} {
  emitc.return
}
