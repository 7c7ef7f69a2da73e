// RUN: lle-opt %s --lle-emit-abi | FileCheck %s

// CHECK: llvm.func @n_arena_init(%{{.*}}: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
// CHECK: llvm.call @n_init.memrefs
// CHECK: llvm.func internal @n_init.memrefs
llvm.func @n_init(%v: !llvm.ptr) {
  llvm.return
}

// The loop: the ports move by their size, states and scratch stay where they are.
// CHECK: llvm.func @n_arena_run(%[[ARENA:.*]]: !llvm.ptr, %[[STEPS:.*]]: i64, %[[IN:.*]]: !llvm.ptr, %[[OUT:.*]]: !llvm.ptr) attributes {passthrough
// CHECK: %[[X:.*]] = llvm.load
// CHECK: %[[Y:.*]] = llvm.load
// CHECK: %[[V:.*]] = llvm.getelementptr %[[ARENA]][0]
// CHECK: %[[S:.*]] = llvm.getelementptr %[[ARENA]][64]
// CHECK: llvm.br ^[[HEADER:.*]](%[[STEPS]], %[[X]], %[[Y]] :
// CHECK: ^[[HEADER]](%[[LEFT:.*]]: i64, %[[XT:.*]]: !llvm.ptr, %[[YT:.*]]: !llvm.ptr):
// CHECK: %[[MORE:.*]] = llvm.icmp "ne" %[[LEFT]]
// CHECK: llvm.cond_br %[[MORE]]
// CHECK: %[[NEXT:.*]] = llvm.sub %[[LEFT]]
// CHECK: %[[XN:.*]] = llvm.getelementptr %[[XT]][16]
// CHECK: %[[YN:.*]] = llvm.getelementptr %[[YT]][3]
// CHECK: llvm.call @n_step.memrefs(%[[XT]], %[[YT]], %[[V]], %[[S]])
// CHECK: llvm.br ^[[HEADER]](%[[NEXT]], %[[XN]], %[[YN]] :

// The state is at the head of the arena, scratch behind it; inputs and outputs come through tables of pointers.
// CHECK: llvm.func @n_arena_step(%[[ARENA:.*]]: !llvm.ptr, %[[IN:.*]]: !llvm.ptr, %[[OUT:.*]]: !llvm.ptr)
// CHECK-SAME: lle.interface = [{lle.kind = "input", lle.port = "x"
// CHECK: %[[X:.*]] = llvm.load
// CHECK: %[[Y:.*]] = llvm.load
// CHECK: %[[V:.*]] = llvm.getelementptr %[[ARENA]][0]
// CHECK: %[[S:.*]] = llvm.getelementptr %[[ARENA]][64]
// CHECK: llvm.call @n_step.memrefs(%[[X]], %[[Y]], %[[V]], %[[S]])
// CHECK: llvm.func internal @n_step.memrefs(%{{.*}}: !llvm.ptr {llvm.noalias}
llvm.func @n_step(%x: !llvm.ptr {lle.kind = "input", lle.port = "x", lle.type = tensor<4xf32>},
                  %y: !llvm.ptr {lle.kind = "output", lle.port = "y", lle.type = tensor<3xi1>},
                  %v: !llvm.ptr {lle.kind = "state", lle.node = "a", lle.offset = 0 : i64,
                                 lle.order = array<i64: 0>, lle.state = "v", lle.type = tensor<4xf32>},
                  %s: !llvm.ptr {lle.kind = "scratch"})
    attributes {lle.network = "n", lle.scratch_bytes = 64 : i64, lle.state_bytes = 64 : i64} {
  llvm.return
}
