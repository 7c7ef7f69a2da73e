// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | FileCheck %s --check-prefix=GENERIC

lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.0e-3 : f64} {
  %y = lle.delay "hold" %x {initial = 0.0 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

// CHECK-LABEL: func.func @simulation
// CHECK-NEXT: [[X:%.*]] = arith.constant
// CHECK-NEXT: [[I:%.*]] = check.instantiate @relay
// CHECK-NEXT: [[Y:%.*]] = check.step [[I]]([[X]]) : (tensor<3xf32>) -> tensor<3xf32>
// CHECK-NEXT: [[V:%.*]] = check.state [[I]] "hold" "value" : tensor<3xf32>
// CHECK-NEXT: check.expect_eq [[Y]] dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>
// CHECK-NEXT: check.expect_close [[Y]] dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32> within 9.{{9*}}
// GENERIC: "check.instantiate"() <{network = @relay}> : () -> !check.instance
// GENERIC: "check.step"({{%.*}}, {{%.*}}) : (!check.instance, tensor<3xf32>) -> tensor<3xf32>
// GENERIC: "check.state"({{%.*}}) <{node = "hold", state = "value"}> : (!check.instance) -> tensor<3xf32>
// GENERIC: "check.expect_eq"({{%.*}}) <{expected = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>}>
// GENERIC: "check.expect_close"({{%.*}}) <{{{.*}}tolerance = {{.*}} : f64}>
func.func @simulation() {
  %x = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %i = check.instantiate @relay
  %y = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xf32>
  %v = check.state %i "hold" "value" : tensor<3xf32>
  check.expect_eq %y dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  check.expect_close %y dense<[1.0, 2.0, 3.0]> : tensor<3xf32> within 1.0e-6
  return
}

// The bits of a number may be given, for infinities.
// CHECK-LABEL: func.func @infinity
// CHECK: check.expect_eq {{%.*}} dense<0x7F800000> : tensor<1xf32>
func.func @infinity() {
  %x = arith.constant dense<0x7F800000> : tensor<1xf32>
  check.expect_eq %x dense<0x7F800000> : tensor<1xf32>
  return
}
