// Each named pipeline can be run alone, and their sequence is lle-cpu.
// RUN: lle-opt %s --lle-to-tensors | FileCheck %s --check-prefix=TENSORS
// RUN: lle-opt %s --lle-to-tensors --lle-bufferize | FileCheck %s --check-prefix=BUFFERS
// RUN: lle-opt %s --lle-to-tensors --lle-bufferize --lle-to-llvm > %t.staged
// RUN: lle-opt %s --lle-cpu > %t.whole
// RUN: diff %t.staged %t.whole
// RUN: FileCheck %s --check-prefix=LLVM < %t.whole

// TENSORS-LABEL: func.func @n_step
// TENSORS: vector.transfer_read {{.*}} : tensor<20xf32>, vector<16xf32>
// BUFFERS-LABEL: func.func @n_step
// BUFFERS-NOT: memref.alloc
// BUFFERS-NOT: memref.copy
// BUFFERS: vector.transfer_read {{.*}} : memref<20xf32>, vector<16xf32>
// LLVM-NOT: builtin.unrealized_conversion_cast
// LLVM: llvm.func @n_arena_step(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr)
// LLVM-NOT: llvm.call @mem
// LLVM-NOT: llvm.call @malloc
lle.network @n(%x: tensor<20xf32>) -> tensor<20xi1> attributes {dt = 1.0e-3 : f64} {
  %z = spk.if "if" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {v_init = dense<0.0> : tensor<20xf32>, v_reset = dense<0.0> : tensor<20xf32>,
       v_threshold = dense<1.0> : tensor<20xf32>} : tensor<20xf32> -> tensor<20xi1>
  lle.output %z : tensor<20xi1>
}
