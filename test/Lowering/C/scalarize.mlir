// RUN: lle-opt %s --lle-scalarize --canonicalize --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func @twice(
// CHECK-NOT: vector
// CHECK: %[[A:.*]] = memref.load %[[X:.*]][%c0]
// CHECK: %[[B:.*]] = memref.load %[[X]][%c1]
// CHECK: %[[C:.*]] = arith.addf %[[A]], %[[A]] : f32
// CHECK: %[[D:.*]] = arith.addf %[[B]], %[[B]] : f32
// CHECK: memref.store %[[C]], %[[Y:.*]][%c0]
// CHECK: memref.store %[[D]], %[[Y]][%c1]
func.func @twice(%x: memref<4xf32>, %y: memref<4xf32>) {
  %i = arith.constant 0 : index
  %padding = arith.constant 0.0 : f32
  %0 = vector.transfer_read %x[%i], %padding {in_bounds = [true]} : memref<4xf32>, vector<2xf32>
  %1 = arith.addf %0, %0 : vector<2xf32>
  vector.transfer_write %1, %y[%i] {in_bounds = [true]} : vector<2xf32>, memref<4xf32>
  return
}

// -----

// A loop carries the elements, among what it carried before, and keeps the order of a sum.
// CHECK-LABEL: func.func @carried(
// CHECK: %[[R:.*]]:3 = scf.for {{.*}} iter_args(%[[A:.*]] = {{.*}}, %[[N:.*]] = {{.*}}, %[[B:.*]] = {{.*}}) -> (f32, i32, f32)
// CHECK: scf.yield {{.*}} : f32, i32, f32
// CHECK: %[[S:.*]] = arith.addf %[[R]]#0, %cst
// CHECK: arith.addf %[[S]], %[[R]]#2
func.func @carried(%x: memref<8xf32>, %n: i32) -> (f32, i32) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %four = arith.constant 4 : index
  %none = arith.constant dense<0.0> : vector<1xf32>
  %r:3 = scf.for %i = %zero to %four step %one iter_args(%a = %none, %k = %n, %b = %none)
      -> (vector<1xf32>, i32, vector<1xf32>) {
    %v = vector.load %x[%i] : memref<8xf32>, vector<2xf32>
    %e = vector.extract_strided_slice %v {offsets = [0], sizes = [1], strides = [1]} : vector<2xf32> to vector<1xf32>
    %o = vector.extract_strided_slice %v {offsets = [1], sizes = [1], strides = [1]} : vector<2xf32> to vector<1xf32>
    %c = arith.addf %a, %e : vector<1xf32>
    %d = arith.mulf %b, %o : vector<1xf32>
    %m = arith.addi %k, %k : i32
    scf.yield %c, %m, %d : vector<1xf32>, i32, vector<1xf32>
  }
  %both = vector.interleave %r#0, %r#2 : vector<1xf32> -> vector<2xf32>
  %sum = vector.reduction <add>, %both : vector<2xf32> into f32
  return %sum, %r#1 : f32, i32
}

// -----

// The mask of what is not zero: element i is bit i.
// CHECK-LABEL: func.func @mask(
// CHECK-DAG: %[[C1:.*]] = arith.constant 1 : i8
// CHECK: %[[LOW:.*]] = arith.extui %{{.*}} : i1 to i8
// CHECK: %[[HIGH:.*]] = arith.extui %{{.*}} : i1 to i8
// CHECK: %[[UP:.*]] = arith.shli %[[HIGH]], %[[C1]] : i8
// CHECK: arith.ori %[[LOW]], %[[UP]] : i8
func.func @mask(%x: memref<2xi8>) -> i8 {
  %i = arith.constant 0 : index
  %none = arith.constant dense<0> : vector<8xi8>
  %two = vector.load %x[%i] : memref<2xi8>, vector<2xi8>
  %eight = vector.insert_strided_slice %two, %none {offsets = [0], strides = [1]} : vector<2xi8> into vector<8xi8>
  %is = arith.cmpi ne, %eight, %none : vector<8xi8>
  %bits = vector.bitcast %is : vector<8xi1> to vector<1xi8>
  %r = vector.extract %bits[0] : i8 from vector<1xi8>
  return %r : i8
}

// -----

// A gather loads element by element; where its mask is not known, if it is set.
// CHECK-LABEL: func.func @gather(
// CHECK: scf.if
// CHECK: memref.load
// CHECK: else
func.func @gather(%x: memref<8xf32>, %at: memref<1xi32>, %on: memref<1xi8>) -> f32 {
  %i = arith.constant 0 : index
  %none = arith.constant dense<0.0> : vector<1xf32>
  %place = vector.load %at[%i] : memref<1xi32>, vector<1xi32>
  %byte = vector.load %on[%i] : memref<1xi8>, vector<1xi8>
  %mask = arith.trunci %byte : vector<1xi8> to vector<1xi1>
  %v = vector.gather %x[%i] [%place], %mask, %none
      : memref<8xf32>, vector<1xi32>, vector<1xi1>, vector<1xf32> into vector<1xf32>
  %r = vector.extract %v[0] : f32 from vector<1xf32>
  return %r : f32
}

// -----

// A permutation map says along which dimension of the memory a vector runs.
// CHECK-LABEL: func.func @column(
// CHECK: memref.load %{{.*}}[%c0, %c1]
// CHECK: memref.load %{{.*}}[%c1, %c1]
func.func @column(%x: memref<2x2xf32>, %y: memref<2xf32>) {
  %i = arith.constant 0 : index
  %one = arith.constant 1 : index
  %padding = arith.constant 0.0 : f32
  %v = vector.transfer_read %x[%i, %one], %padding
      {in_bounds = [true], permutation_map = affine_map<(d0, d1) -> (d0)>} : memref<2x2xf32>, vector<2xf32>
  vector.store %v, %y[%i] : memref<2xf32>, vector<2xf32>
  return
}

// -----

func.func @beyond(%x: memref<?xf32>, %y: memref<2xf32>, %i: index) {
  %padding = arith.constant 0.0 : f32
  // expected-error@+1 {{'vector.transfer_read' op cannot be made scalar: it must access memory without a mask, within its bounds}}
  %v = vector.transfer_read %x[%i], %padding : memref<?xf32>, vector<2xf32>
  vector.store %v, %y[%i] : memref<2xf32>, vector<2xf32>
  return
}

// -----

func.func @computed(%v: memref<2xf32>, %i: index) -> f32 {
  %w = vector.load %v[%i] : memref<2xf32>, vector<2xf32>
  // expected-error@+1 {{'vector.extract' op cannot be made scalar: its position is not constant}}
  %r = vector.extract %w[%i] : f32 from vector<2xf32>
  return %r : f32
}

// -----

func.func @scalable(%v: memref<?xf32>, %i: index) {
  // expected-error@+1 {{'vector.load' op cannot be made scalar: the length of 'vector<[4]xf32>' is not known}}
  %w = vector.load %v[%i] : memref<?xf32>, vector<[4]xf32>
  vector.store %w, %v[%i] : memref<?xf32>, vector<[4]xf32>
  return
}

// -----

func.func @regrouped(%v: memref<2xf32>, %i: index) -> i64 {
  %w = vector.load %v[%i] : memref<2xf32>, vector<2xf32>
  // expected-error@+1 {{'vector.bitcast' op cannot be made scalar: it regroups the bits of 'f32' as 'i64'}}
  %b = vector.bitcast %w : vector<2xf32> to vector<1xi64>
  %r = vector.extract %b[0] : i64 from vector<1xi64>
  return %r : i64
}

// -----

func.func @matrix(%v: memref<2xf32>, %i: index) -> f32 {
  %w = vector.load %v[%i] : memref<2xf32>, vector<2xf32>
  %zero = arith.constant 0.0 : f32
  // expected-error@+1 {{'vector.multi_reduction' op cannot be made scalar}}
  %b = vector.multi_reduction <add>, %w, %zero [0] : vector<2xf32> to f32
  return %b : f32
}
