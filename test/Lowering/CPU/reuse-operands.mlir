// RUN: lle-opt --lle-reuse-operands %s | FileCheck %s
// RUN: lle-opt --lle-reuse-operands --one-shot-bufferize="bufferize-function-boundaries allow-return-allocs-from-loops" %s | FileCheck %s --check-prefix=BUFFERS

// A sum takes the place of its first term, which ends there.
// CHECK-LABEL: func.func @both
// CHECK: %[[TWICE:.*]] = linalg.add
// CHECK: linalg.generic {{.*}} ins(%{{.*}} : tensor<38xf32>) outs(%[[TWICE]] : tensor<38xf32>)
// CHECK-NEXT: ^bb0(%[[B:.*]]: f32, %[[A:.*]]: f32):
// CHECK-NEXT: arith.addf %[[A]], %[[B]]
// BUFFERS-LABEL: func.func @both
// BUFFERS-COUNT-1: memref.alloc
// BUFFERS-NOT: memref.alloc
// BUFFERS: return
func.func @both(%x: tensor<38xf32>, %y: tensor<38xf32>) -> tensor<38xf32> {
  %empty = tensor.empty() : tensor<38xf32>
  %twice = linalg.add ins(%x, %x : tensor<38xf32>, tensor<38xf32>) outs(%empty : tensor<38xf32>) -> tensor<38xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]}
      ins(%twice, %y : tensor<38xf32>, tensor<38xf32>) outs(%empty : tensor<38xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %sum = arith.addf %a, %b : f32
    linalg.yield %sum : f32
  } -> tensor<38xf32>
  return %0 : tensor<38xf32>
}

// What an argument holds is not overwritten, nor what somebody else reads, nor what is of another type.
// CHECK-LABEL: func.func @kept
// CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<8xf32>
// CHECK: %[[NARROW:.*]] = tensor.empty() : tensor<8xi8>
// CHECK: linalg.generic {{.*}} ins(%{{.*}} : tensor<8xf32>) outs(%[[EMPTY]] : tensor<8xf32>)
// CHECK: %[[TWICE:.*]] = linalg.add
// CHECK: linalg.generic {{.*}} ins(%[[TWICE]] : tensor<8xf32>) outs(%[[EMPTY]] : tensor<8xf32>)
// CHECK: %[[ONCE:.*]] = linalg.mul
// CHECK: linalg.generic {{.*}} ins(%[[ONCE]] : tensor<8xf32>) outs(%[[NARROW]] : tensor<8xi8>)
#map = affine_map<(i) -> (i)>
func.func @kept(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xi8>) {
  %empty = tensor.empty() : tensor<8xf32>
  %narrow = tensor.empty() : tensor<8xi8>
  %0 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]}
      ins(%x : tensor<8xf32>) outs(%empty : tensor<8xf32>) {
  ^bb0(%a: f32, %out: f32):
    %negative = arith.negf %a : f32
    linalg.yield %negative : f32
  } -> tensor<8xf32>
  %twice = linalg.add ins(%x, %x : tensor<8xf32>, tensor<8xf32>) outs(%empty : tensor<8xf32>) -> tensor<8xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]}
      ins(%twice : tensor<8xf32>) outs(%empty : tensor<8xf32>) {
  ^bb0(%a: f32, %out: f32):
    %negative = arith.negf %a : f32
    linalg.yield %negative : f32
  } -> tensor<8xf32>
  %once = linalg.mul ins(%x, %x : tensor<8xf32>, tensor<8xf32>) outs(%empty : tensor<8xf32>) -> tensor<8xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]}
      ins(%once : tensor<8xf32>) outs(%narrow : tensor<8xi8>) {
  ^bb0(%a: f32, %out: i8):
    %whole = arith.fptosi %a : f32 to i8
    linalg.yield %whole : i8
  } -> tensor<8xi8>
  return %0, %1, %twice, %2 : tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xi8>
}

// In a loop, a value from outside is read again.
// CHECK-LABEL: func.func @loop
// CHECK: %[[OUTSIDE:.*]] = linalg.add
// CHECK: scf.for
// CHECK: linalg.generic {{.*}} ins(%[[OUTSIDE]] : tensor<8xf32>)
func.func @loop(%x: tensor<8xf32>, %from: index, %to: index, %step: index) -> tensor<8xf32> {
  %empty = tensor.empty() : tensor<8xf32>
  %outside = linalg.add ins(%x, %x : tensor<8xf32>, tensor<8xf32>) outs(%empty : tensor<8xf32>) -> tensor<8xf32>
  %last = scf.for %i = %from to %to step %step iter_args(%before = %x) -> tensor<8xf32> {
    %0 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]}
        ins(%outside : tensor<8xf32>) outs(%empty : tensor<8xf32>) {
    ^bb0(%a: f32, %out: f32):
      %negative = arith.negf %a : f32
      linalg.yield %negative : f32
    } -> tensor<8xf32>
    scf.yield %0 : tensor<8xf32>
  }
  return %last : tensor<8xf32>
}
