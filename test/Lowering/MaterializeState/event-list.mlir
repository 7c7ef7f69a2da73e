// RUN: lle-opt --lle-materialize-state="lanes=1 registers=32 simd=dsp" --canonicalize %s | FileCheck %s --check-prefixes=CHECK,DSP
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=8 simd=mve" --canonicalize %s | FileCheck %s --check-prefixes=CHECK,MVE
// RUN: lle-opt --lle-materialize-state="lanes=1 registers=16" --canonicalize %s | FileCheck %s --check-prefixes=CHECK,NONE
// RUN: lle-opt --lle-materialize-state="lanes=8 registers=16" --canonicalize %s | FileCheck %s --check-prefix=WIDE

// The events of a layer are listed once, four spikes at a time without a branch for each, and walked once for each
// panel of outputs. With the DSP extension a panel is 8 registers of two sums: 16 outputs, so 20 take two panels. A
// word holds the weights of two registers: the second takes its upper bytes by a rotation.
// CHECK-LABEL: func.func @small_step
// CHECK: vector.bitcast {{.*}} : vector<4xi8> to vector<1xi32>
// CHECK: scf.if
// CHECK-COUNT-4: tensor.insert {{.*}} : tensor<10xi8>
// DSP: scf.for {{.*}} -> (tensor<24xi32>) {
// DSP: scf.for {{.*}} -> (i32, i32, i32, i32, i32, i32) {
// DSP: llvm.call_intrinsic "llvm.arm.sxtab16"
// DSP: llvm.call_intrinsic "llvm.fshl.i32"
// DSP: llvm.call_intrinsic "llvm.arm.sxtab16"
// MVE: scf.for {{.*}} -> (vector<8xi16>, vector<8xi16>, vector<8xi16>) {
// MVE: arith.extsi {{.*}} : vector<8xi8> to vector<8xi16>
// MVE: arith.extsi {{.*}} : vector<4xi16> to vector<4xi32>
// NONE: arith.extsi {{.*}} : vector<1xi8> to vector<1xi32>
// WIDE-LABEL: func.func @small_step
// WIDE-NOT: tensor.insert
// WIDE: return
lle.network @small(%x: tensor<10xi1>) -> tensor<20xsi32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<7> : tensor<20x10xsi8>
  %y = lle.linear %x, %w : (tensor<10xi1>, tensor<20x10xsi8>) -> tensor<20xsi32>
  lle.output %y : tensor<20xsi32>
}

// Sums of 16 bits could overflow after four inputs: the rest is added to sums of 32 bits.
// DSP-LABEL: func.func @large_step
// DSP: "llvm.arm.sadd16"
// DSP: "llvm.arm.sadd16"
// DSP: arith.addi {{.*}} : i32
lle.network @large(%x: tensor<6xi1>) -> tensor<2xsi32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<8000> : tensor<2x6xsi16>
  %y = lle.linear %x, %w : (tensor<6xi1>, tensor<2x6xsi16>) -> tensor<2xsi32>
  lle.output %y : tensor<2xsi32>
}

// Floats keep their order, and have no pairs.
// DSP-LABEL: func.func @floats_step
// DSP-NOT: call_intrinsic
// DSP: arith.addf {{.*}} : vector<1xf32>
// DSP: return
lle.network @floats(%x: tensor<6xi1>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<0.5> : tensor<2x6xf32>
  %y = lle.linear %x, %w : (tensor<6xi1>, tensor<2x6xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

// Where sums are added to others that nothing else reads, they are added in the memory of those. A list of more than 256
// inputs has places of 16 bits. What lies between is computed elsewhere: spikes take less memory than sums.
// CHECK-LABEL: func.func @both_step
// CHECK: tensor.insert {{.*}} : tensor<300xi16>
// DSP: %[[SUMS:.*]] = scf.for {{.*}} -> (tensor<24xi32>)
// CHECK: tensor.insert {{.*}} : tensor<10xi8>
// DSP: scf.for {{.*}} iter_args(%[[TARGET:.*]] = %[[SUMS]]) -> (tensor<24xi32>)
// DSP: %[[OTHER:.*]] = tensor.extract %[[TARGET]]
// DSP-NEXT: %[[SUM:.*]] = arith.addi %[[OTHER]]
// DSP-NEXT: tensor.insert %[[SUM]] into %[[TARGET]]
// CHECK: tensor.insert {{.*}} : tensor<12xi8>
// CHECK-NOT: linalg.generic
// CHECK: return
// WIDE-LABEL: func.func @both_step
// WIDE: linalg.generic
lle.network @both(%x: tensor<300xi1>, %y: tensor<10xi1>, %z: tensor<12xi1>) -> (tensor<20xsi32>, tensor<2xsi32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<20x300xsi8>
  %u = lle.weight dense<2> : tensor<20x10xsi8>
  %v = lle.weight dense<3> : tensor<2x12xsi8>
  %a = lle.linear %x, %w : (tensor<300xi1>, tensor<20x300xsi8>) -> tensor<20xsi32>
  %c = lle.linear %z, %v : (tensor<12xi1>, tensor<2x12xsi8>) -> tensor<2xsi32>
  %b = lle.linear %y, %u : (tensor<10xi1>, tensor<20x10xsi8>) -> tensor<20xsi32>
  %s = lle.add %a, %b : (tensor<20xsi32>, tensor<20xsi32>) -> tensor<20xsi32>
  lle.output %s, %c : tensor<20xsi32>, tensor<2xsi32>
}
