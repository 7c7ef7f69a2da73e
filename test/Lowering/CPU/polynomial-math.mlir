// RUN: lle-opt %s --lle-polynomial-math --split-input-file --verify-diagnostics | FileCheck %s --check-prefixes=CHECK,PORTABLE
// RUN: lle-opt %s --lle-polynomial-math="accuracy=fast" --split-input-file --verify-diagnostics | FileCheck %s --check-prefixes=CHECK,FAST
// RUN: lle-opt %s --lle-polynomial-math="simd=avx512" --split-input-file --verify-diagnostics | FileCheck %s --check-prefixes=CHECK,WIDE

// Five multiply-adds, which are fused where the target can, and the exponent is added as an integer.
// CHECK-LABEL: func.func @decay(
// CHECK-NOT: math.
// PORTABLE-COUNT-5: arith.addf {{.*}} fastmath<contract>
// FAST-COUNT-4: arith.addf {{.*}} fastmath<contract>
// FAST-NOT: fastmath<contract>
// CHECK: arith.shli
// CHECK: arith.addi
func.func @decay(%x: vector<8xf32>) -> vector<8xf32> {
  %y = math.exp %x : vector<8xf32>
  return %y : vector<8xf32>
}

// -----

// AVX-512 has instructions for the fraction and for the exponent. Neighbours are expanded side by side.
// CHECK-LABEL: func.func @neighbours(
// WIDE: llvm.call_intrinsic "llvm.x86.avx512.mask.reduce.ps.512"
// WIDE: llvm.call_intrinsic "llvm.x86.avx512.mask.reduce.ps.512"
// WIDE: llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"
// WIDE: llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"
// PORTABLE-NOT: llvm.call_intrinsic
func.func @neighbours(%x: vector<16xf32>, %y: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>) {
  %a = math.exp2 %x : vector<16xf32>
  %b = math.exp2 %y : vector<16xf32>
  return %a, %b : vector<16xf32>, vector<16xf32>
}

// -----

// One that needs the other's result is not its neighbour.
// CHECK-LABEL: func.func @chain(
// WIDE: mask.reduce
// WIDE: mask.scalef
// WIDE: mask.reduce
// WIDE: mask.scalef
func.func @chain(%x: vector<16xf32>) -> vector<16xf32> {
  %a = math.exp2 %x : vector<16xf32>
  %b = math.exp2 %a : vector<16xf32>
  return %b : vector<16xf32>
}

// -----

// A reciprocal takes the place of a division that allows it, and of no other.
// CHECK-LABEL: func.func @divide(
// WIDE-COUNT-2: llvm.call_intrinsic "llvm.x86.avx512.rcp14.ps.512"
// WIDE: arith.divf
// WIDE-NOT: arith.divf
// PORTABLE-COUNT-2: arith.divf
func.func @divide(%x: vector<32xf32>, %y: vector<32xf32>) -> (vector<32xf32>, vector<32xf32>) {
  %a = arith.divf %x, %y fastmath<arcp> : vector<32xf32>
  %b = arith.divf %x, %y : vector<32xf32>
  return %a, %b : vector<32xf32>, vector<32xf32>
}

// -----

// A target without fused multiply-add would call a library.
// CHECK-LABEL: func.func @softplus_tail(
// CHECK-NOT: math.
// CHECK: return
func.func @softplus_tail(%x: vector<8xf32>) -> vector<8xf32> {
  %y = math.log1p %x : vector<8xf32>
  return %y : vector<8xf32>
}

// -----

// What an instruction does stays.
// CHECK-LABEL: func.func @whole(
// CHECK: math.floor
func.func @whole(%x: f64) -> f64 {
  %y = math.floor %x : f64
  return %y : f64
}

// -----

func.func @library(%x: f64) -> f64 {
  // expected-error @below {{'math.tanh' op has no polynomial approximation for 'f64'}}
  %y = math.tanh %x : f64
  return %y : f64
}

// -----

// An argument that is known to be in range is not clamped, and is no neighbour of one that is.
// CHECK-LABEL: func.func @bounded(
// PORTABLE-NOT: arith.select
// PORTABLE: arith.shli
// PORTABLE: arith.cmpf
// PORTABLE: arith.select
// PORTABLE: return
func.func @bounded(%x: vector<8xf32>, %y: vector<8xf32>) -> (vector<8xf32>, vector<8xf32>) {
  %a = math.exp2 %x {lle.bounded} : vector<8xf32>
  %b = math.exp2 %y : vector<8xf32>
  return %a, %b : vector<8xf32>, vector<8xf32>
}
