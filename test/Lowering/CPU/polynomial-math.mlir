// RUN: lle-opt %s --lle-polynomial-math --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func @decay(
// CHECK-NOT: math.exp
// CHECK: math.fma
func.func @decay(%x: vector<8xf32>) -> vector<8xf32> {
  %y = math.exp %x : vector<8xf32>
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
