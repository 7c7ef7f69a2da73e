// RUN: lle-opt %s --lle-split-empties | FileCheck %s
// RUN: lle-opt %s --lle-bufferize | FileCheck %s --check-prefix=ARENA

// CHECK-LABEL: func.func @apart(
// CHECK-DAG: %[[A:.*]] = tensor.empty()
// CHECK-DAG: %[[B:.*]] = tensor.empty()
// CHECK: linalg.fill {{.*}} outs(%[[A]] :
// CHECK: linalg.fill {{.*}} outs(%[[B]] :
func.func @apart(%x: f32) -> (tensor<4xf32>, tensor<4xf32>) {
  %empty = tensor.empty() : tensor<4xf32>
  %a = linalg.fill ins(%x : f32) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
  %b = linalg.fill ins(%x : f32) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

// The halves of one value.
// CHECK-LABEL: func.func @halves(
// CHECK: %[[WHOLE:.*]] = tensor.empty()
// CHECK-NOT: tensor.empty()
// CHECK: tensor.extract_slice %[[WHOLE]]
// CHECK: tensor.insert_slice {{.*}} into %[[WHOLE]]
func.func @halves(%x: f32) -> tensor<8xf32> {
  %empty = tensor.empty() : tensor<8xf32>
  %half = tensor.extract_slice %empty[0] [4] [1] : tensor<8xf32> to tensor<4xf32>
  %filled = linalg.fill ins(%x : f32) outs(%half : tensor<4xf32>) -> tensor<4xf32>
  %whole = tensor.insert_slice %filled into %empty[0] [4] [1] : tensor<4xf32> into tensor<8xf32>
  return %whole : tensor<8xf32>
}

// What a branch leaves as it was.
// CHECK-LABEL: func.func @branch(
// CHECK: tensor.empty()
// CHECK-NOT: tensor.empty()
// CHECK: return
func.func @branch(%some: i1, %x: f32, %i: index) -> tensor<4xf32> {
  %empty = tensor.empty() : tensor<4xf32>
  %list = scf.if %some -> tensor<4xf32> {
    %one = tensor.insert %x into %empty[%i] : tensor<4xf32>
    scf.yield %one : tensor<4xf32>
  } else {
    scf.yield %empty : tensor<4xf32>
  }
  return %list : tensor<4xf32>
}

// Two lists that branches fill: with one buffer the second would be a copy, within its branch.
// CHECK-LABEL: func.func @branches(
// CHECK-DAG: %[[A:.*]] = tensor.empty()
// CHECK-DAG: %[[B:.*]] = tensor.empty()
// CHECK: tensor.insert {{.*}} into %[[A]]
// CHECK: scf.yield %[[A]]
// CHECK: tensor.insert {{.*}} into %[[B]]
// CHECK: scf.yield %[[B]]
// ARENA-LABEL: func.func @branches(
// ARENA-SAME: lle.scratch_bytes = 16 : i64
func.func @branches(%some: i1, %x: f32, %i: index) -> (f32, f32) attributes {lle.alignment = 8 : i64} {
  %empty = tensor.empty() : tensor<2xf32>
  %a = scf.if %some -> tensor<2xf32> {
    %one = tensor.insert %x into %empty[%i] : tensor<2xf32>
    scf.yield %one : tensor<2xf32>
  } else {
    scf.yield %empty : tensor<2xf32>
  }
  %b = scf.if %some -> tensor<2xf32> {
    %y = tensor.extract %a[%i] : tensor<2xf32>
    %one = tensor.insert %y into %empty[%i] : tensor<2xf32>
    scf.yield %one : tensor<2xf32>
  } else {
    scf.yield %empty : tensor<2xf32>
  }
  %f = tensor.extract %a[%i] : tensor<2xf32>
  %g = tensor.extract %b[%i] : tensor<2xf32>
  return %f, %g : f32, f32
}

// Two values of 32 bytes, of which one ends before the other begins, leave their memory to the 64 bytes in between.
// ARENA-LABEL: func.func @between(
// ARENA-SAME: lle.scratch_bytes = 64 : i64
func.func @between(%x: f32, %y: tensor<8xf32>) -> tensor<8xf32>
    attributes {lle.alignment = 8 : i64, lle.destinations = array<i64: 1>} {
  %i = arith.constant 3 : index
  %empty = tensor.empty() : tensor<8xf32>
  %wide = tensor.empty() : tensor<16xf32>
  %a = linalg.fill ins(%x : f32) outs(%empty : tensor<8xf32>) -> tensor<8xf32>
  %f = tensor.extract %a[%i] : tensor<8xf32>
  %b = linalg.fill ins(%f : f32) outs(%wide : tensor<16xf32>) -> tensor<16xf32>
  %g = tensor.extract %b[%i] : tensor<16xf32>
  %c = linalg.fill ins(%g : f32) outs(%wide : tensor<16xf32>) -> tensor<16xf32>
  %h = tensor.extract %c[%i] : tensor<16xf32>
  %d = linalg.fill ins(%h : f32) outs(%empty : tensor<8xf32>) -> tensor<8xf32>
  return %d : tensor<8xf32>
}
