// RUN: lle-opt --lle-materialize-state="lanes=4 registers=16" %s | FileCheck %s --check-prefix=SSE
// RUN: lle-opt --lle-materialize-state="lanes=16 registers=32 simd=avx512" %s | FileCheck %s --check-prefix=AVX512
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=32 simd=neon" %s | FileCheck %s --check-prefix=NEON

// Every neuron has a synapse from every other: sources are read one by one, for all lanes.
// SSE-LABEL: func.func @dense_step
// SSE: scf.for
// SSE-NOT: vector.gather
// SSE-COUNT-4: vector.broadcast
// SSE: return
lle.network @dense(%x: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.25> : tensor<4xf32>, vleak = dense<4.0> : tensor<4xf32>,
      cm = dense<0.5> : tensor<4xf32>, sigma = dense<2.0> : tensor<4x4xf32>, mu = dense<0.5> : tensor<4x4xf32>,
      w = dense<0.25> : tensor<4x4xf32>, erev = dense<-1.0> : tensor<4x4xf32>,
      sensory_sigma = dense<2.0> : tensor<1x4xf32>, sensory_mu = dense<0.5> : tensor<1x4xf32>,
      sensory_w = dense<0.0> : tensor<1x4xf32>, sensory_erev = dense<-1.0> : tensor<1x4xf32>}
    : (tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  lle.output %y : tensor<4xf32>
}

// One synapse for each neuron: one slot. AVX-512 permutes registers, AArch64 moves lanes between them; without these,
// sources are gathered from memory. On AArch64, LLVM does not know where coefficients are read, and so loads them two at
// once.
// SSE-LABEL: func.func @sparse_step
// SSE: scf.for
// SSE: vector.gather
// SSE-NOT: vector.gather
// SSE: return
// NEON-LABEL: func.func @sparse_step
// NEON: scf.for {{.*}} -> (vector<4xf32>) {
// NEON-NOT: vector.gather
// NEON: llvm.inline_asm has_side_effects "", "=r,0"
// NEON-COUNT-4: vector.insert
// NEON: vector.transfer_read {{.*}}[%{{[0-9]+}}, %
// NEON: math.exp2
// NEON-NOT: vector.gather
// NEON: return
// AVX512-LABEL: func.func @sparse_step
// AVX512: scf.for {{.*}} -> (vector<16xf32>) {
// AVX512: vector.shuffle
// AVX512: math.exp2
// AVX512-NOT: math.exp2
// AVX512: return
lle.network @sparse(%x: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.25> : tensor<4xf32>, vleak = dense<4.0> : tensor<4xf32>,
      cm = dense<0.5> : tensor<4xf32>, sigma = dense<2.0> : tensor<4x4xf32>, mu = dense<0.5> : tensor<4x4xf32>,
      w = dense<0.25> : tensor<4x4xf32>, erev = dense<-1.0> : tensor<4x4xf32>,
      mask = dense<[[0, 1, 0, 0], [0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0]]> : tensor<4x4xi8>,
      sensory_sigma = dense<2.0> : tensor<1x4xf32>, sensory_mu = dense<0.5> : tensor<1x4xf32>,
      sensory_w = dense<0.0> : tensor<1x4xf32>, sensory_erev = dense<-1.0> : tensor<1x4xf32>}
    : (tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  lle.output %y : tensor<4xf32>
}

// RUN: not lle-opt --lle-materialize-state %S/Inputs/ltc-f64.mlir 2>&1 | FileCheck %s --check-prefix=F64
// F64: error: 'ltc.ltc_cell' op native code has exp and tanh for f32 only, got
