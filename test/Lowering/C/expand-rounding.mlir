// RUN: lle-opt %s --lle-expand-rounding --split-input-file | FileCheck %s
// What the code computes is compared with LLVM's in arithmetic.test.

// A number of 2^23 or more is whole: it is not converted to an integer.
// CHECK-LABEL: func.func @whole(
// CHECK-SAME: %[[X:.*]]: f32)
// CHECK-NOT: math
// CHECK: %[[LIMIT:.*]] = arith.constant 0x4B000000 : f32
// CHECK: %[[IS_SMALL:.*]] = arith.cmpf olt, %{{.*}}, %[[LIMIT]] : f32
// CHECK: %[[SMALL:.*]] = arith.select %[[IS_SMALL]], %[[X]], %{{.*}} : f32
// CHECK: %[[INTEGER:.*]] = arith.fptosi %[[SMALL]] : f32 to i32
// CHECK: arith.sitofp %[[INTEGER]] : i32 to f32
// CHECK: %[[RESULT:.*]] = arith.select %{{.*}}, %{{.*}}, %[[X]] : f32
// CHECK: return %[[RESULT]]
func.func @whole(%x: f32) -> f32 {
  %y = math.floor %x : f32
  return %y : f32
}

// -----

// The sum with 2^52 has no digits behind the point.
// CHECK-LABEL: func.func @nearest(
// CHECK: %[[SHIFT:.*]] = arith.constant 0x4330000000000000 : f64
// CHECK: %[[SUM:.*]] = arith.addf %{{.*}}, %[[SHIFT]] : f64
// CHECK: arith.subf %[[SUM]], %[[SHIFT]] : f64
func.func @nearest(%x: f64) -> f64 {
  %y = math.roundeven %x : f64
  return %y : f64
}

// -----

// Signs are bits.
// CHECK-LABEL: func.func @signs(
// CHECK: arith.andi
// CHECK: arith.ori
// CHECK-NOT: math
func.func @signs(%x: f32, %y: f32) -> f32 {
  %0 = math.copysign %x, %y : f32
  return %0 : f32
}

// -----

// Others stay.
// CHECK-LABEL: func.func @others(
// CHECK: math.sqrt
// CHECK: math.cttz
func.func @others(%x: f32, %n: i32) -> (f32, i32) {
  %0 = math.sqrt %x : f32
  %1 = math.cttz %n : i32
  return %0, %1 : f32, i32
}
