// RUN: lle-opt %s --lle-convert-to-emitc --split-input-file --verify-diagnostics > %t.mlir
// RUN: mlir-translate --mlir-to-cpp --split-input-file %t.mlir | FileCheck %s --match-full-lines

// CHECK: static void n_step_kernel(const float *restrict v1, float *restrict v2) {
// CHECK: {{ *}}for (size_t [[I:i[0-9]+]] = 0U; [[I]] < 4U; [[I]] += 1U) {
// CHECK: {{ *}}float [[A:v[0-9]+]] = v1{{\[}}[[I]]];
// CHECK: {{ *}}v2{{\[}}[[I]]] = [[A]] * [[A]];
func.func @n_step(%x: memref<4xf32> {lle.kind = "input"}, %y: memref<4xf32> {lle.kind = "output"}) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %four = arith.constant 4 : index
  scf.for %i = %zero to %four step %one {
    %0 = memref.load %x[%i] : memref<4xf32>
    %1 = arith.mulf %0, %0 : f32
    memref.store %1, %y[%i] : memref<4xf32>
  }
  return
}

// -----

// Signed sums wrap; short ones are cast back. A shift is by fewer bits than there are.
// CHECK-LABEL: static void wrap_kernel(int8_t *restrict v1, int32_t *restrict v2) {
// CHECK: {{ *}}int8_t [[S:v[0-9]+]] = (int8_t) ((uint32_t) [[X:v[0-9]+]] + (uint32_t) [[X]]);
// CHECK: {{ *}}uint32_t [[N:v[0-9]+]] = (uint32_t) [[Y:v[0-9]+]] & 31U;
// CHECK: {{ *}}v2[0U] = (int32_t) ((uint32_t) [[Y]] << [[N]]);
func.func @wrap(%a: memref<1xi8>, %b: memref<1xi32>) {
  %zero = arith.constant 0 : index
  %x = memref.load %a[%zero] : memref<1xi8>
  %y = memref.load %b[%zero] : memref<1xi32>
  %s = arith.addi %x, %x : i8
  memref.store %s, %a[%zero] : memref<1xi8>
  memref.store %s, %a[%zero] : memref<1xi8>
  %n = arith.shli %y, %y : i32
  memref.store %n, %b[%zero] : memref<1xi32>
  return
}

// -----

// A view of the arena is a pointer; a view of part of a buffer adds to it; a table is constant, whatever its numbers.
// CHECK: static const float lle_table0[4] = {
// CHECK-NEXT: {{ *}}0.1F, (-2.0F), (1.0F / 0.0F), 1e-45F
// CHECK-NEXT: };
// CHECK: static void views_kernel(int8_t *restrict v1, float *restrict v2) {
// CHECK: {{ *}}float *const [[V:v[0-9]+]] = (float *const) ((void *const) (v1 + 64U));
// CHECK: {{ *}}float *const [[ROW:v[0-9]+]] = [[V]] + 2U;
// CHECK: {{ *}}size_t [[AT:v[0-9]+]] = [[I:i[0-9]+]] * 2U + 1U;
// CHECK: {{ *}}float [[W:v[0-9]+]] = lle_table0{{\[}}[[AT]]];
// CHECK: {{ *}}[[ROW]]{{\[}}[[I]]] = [[W]];
memref.global "private" constant @w : memref<2x2xf32> = dense<[[0.1, -2.0], [0x7F800000, 0x00000001]]>
func.func @views(%arena: memref<128xi8>, %y: memref<4xf32>) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %two = arith.constant 2 : index
  %place = arith.constant 64 : index
  %v = memref.view %arena[%place][] : memref<128xi8> to memref<2x2xf32>
  %row = memref.subview %v[1, 0] [1, 2] [1, 1] : memref<2x2xf32> to memref<2xf32, strided<[1], offset: 2>>
  %w = memref.get_global @w : memref<2x2xf32>
  scf.for %i = %zero to %two step %one {
    %0 = memref.load %w[%i, %one] : memref<2x2xf32>
    memref.store %0, %row[%i] : memref<2xf32, strided<[1], offset: 2>>
  }
  return
}

// -----

// The events of a word: the condition is in the loop.
// CHECK-LABEL: static void events_kernel(int32_t *restrict v1, float *restrict v2) {
// CHECK: {{ *}}if ([[W:v[0-9]+]] != 0) {
// CHECK-NEXT: {{ *}}do {
// CHECK: {{ *}}uint32_t {{v[0-9]+}} = lle_trailing_zeros32({{v[0-9]+}});
// CHECK: {{ *}}} while ([[W]] != 0);
func.func @events(%words: memref<1xi32>, %y: memref<32xf32>) {
  %zero = arith.constant 0 : index
  %none = arith.constant 0 : i32
  %last = arith.constant 1 : i32
  %number = arith.constant 1.0 : f32
  %word = memref.load %words[%zero] : memref<1xi32>
  %r = scf.while (%w = %word) : (i32) -> i32 {
    %more = arith.cmpi ne, %w, %none : i32
    scf.condition(%more) %w : i32
  } do {
  ^bb0(%w: i32):
    %bit = math.cttz %w : i32
    %i = arith.index_castui %bit : i32 to index
    memref.store %number, %y[%i] : memref<32xf32>
    %less = arith.subi %w, %last : i32
    %rest = arith.andi %w, %less : i32
    scf.yield %rest : i32
  }
  return
}

// -----

// Any other loop: what its condition computes stands before the body. Variables are read before one is written.
// CHECK-LABEL: static void swap_kernel(float *restrict v1) {
// CHECK: {{ *}}do {
// CHECK-NEXT: {{ *}}float [[A:v[0-9]+]] = [[VA:v[0-9]+]];
// CHECK-NEXT: {{ *}}float [[B:v[0-9]+]] = [[VB:v[0-9]+]];
// CHECK: {{ *}}if ([[C:v[0-9]+]]) {
// CHECK-NEXT: {{ *}}[[VA]] = [[B]];
// CHECK-NEXT: {{ *}}[[VB]] = [[A]];
// CHECK: {{ *}}} while ({{v[0-9]+}});
func.func @swap(%x: memref<2xf32>) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %limit = arith.constant 1.0 : f32
  %a0 = memref.load %x[%zero] : memref<2xf32>
  %b0 = memref.load %x[%one] : memref<2xf32>
  %r:2 = scf.while (%a = %a0, %b = %b0) : (f32, f32) -> (f32, f32) {
    %sum = arith.addf %a, %b : f32
    %more = arith.cmpf olt, %sum, %limit : f32
    scf.condition(%more) %a, %b : f32, f32
  } do {
  ^bb0(%a: f32, %b: f32):
    scf.yield %b, %a : f32, f32
  }
  memref.store %r#0, %x[%zero] : memref<2xf32>
  memref.store %r#1, %x[%one] : memref<2xf32>
  return
}

// -----

// expected-error@+1 {{'func.func' op has no form in C: argument 0 is 'memref<?xf32>'}}
func.func @dynamic(%x: memref<?xf32>) {
  return
}

// -----

// expected-error@+1 {{'func.func' op has no form in C: argument 1 is 'f16'}}
func.func @half(%x: memref<1xf32>, %y: f16) {
  return
}

// -----

func.func @vectors(%x: memref<4xf32>) {
  %i = arith.constant 0 : index
  // expected-error@+1 {{'vector.load' op has no form in C}}
  %v = vector.load %x[%i] : memref<4xf32>, vector<4xf32>
  vector.store %v, %x[%i] : memref<4xf32>, vector<4xf32>
  return
}

// -----

func.func @library(%x: memref<1xf32>) {
  %i = arith.constant 0 : index
  %v = memref.load %x[%i] : memref<1xf32>
  // expected-error@+1 {{'math.exp' op has no form in C}}
  %y = math.exp %v : f32
  memref.store %y, %x[%i] : memref<1xf32>
  return
}

// -----

// A bf16 is widened before anything is computed.
func.func @bfloat(%x: memref<1xbf16>) {
  %i = arith.constant 0 : index
  %v = memref.load %x[%i] : memref<1xbf16>
  // expected-error@+1 {{'arith.addf' op has no form in C}}
  %y = arith.addf %v, %v : bf16
  memref.store %y, %x[%i] : memref<1xbf16>
  return
}

// -----

// expected-error@+1 {{'memref.global' op has no form in C: it needs to be constant, of numbers}}
memref.global "private" @w : memref<2xf32> = dense<0.0>
func.func @writable(%x: memref<2xf32>) {
  %i = arith.constant 0 : index
  %w = memref.get_global @w : memref<2xf32>
  %v = memref.load %w[%i] : memref<2xf32>
  memref.store %v, %x[%i] : memref<2xf32>
  return
}

// -----

func.func @allocation(%x: memref<2xf32>) {
  // expected-error@+1 {{'memref.alloc' op has no form in C}}
  %a = memref.alloc() : memref<2xf32>
  memref.dealloc %a : memref<2xf32>
  return
}
