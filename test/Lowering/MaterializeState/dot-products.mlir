// RUN: lle-opt --lle-materialize-state="lanes=1 registers=32 simd=dsp" --canonicalize %s | FileCheck %s --check-prefix=DSP
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=8 simd=mve" --canonicalize %s | FileCheck %s --check-prefix=MVE
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=32 simd=dotprod" --canonicalize %s | FileCheck %s --check-prefix=DOTPROD
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=32 simd=i8mm" --canonicalize %s | FileCheck %s --check-prefix=I8MM
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=16 simd=sse2" --canonicalize %s | FileCheck %s --check-prefix=SSE2
// RUN: lle-opt --lle-materialize-state="lanes=8 registers=16 simd=avx2" --canonicalize %s | FileCheck %s --check-prefix=AVX2
// RUN: lle-opt --lle-materialize-state="lanes=8 registers=16 simd=avxvnni" --canonicalize %s | FileCheck %s --check-prefix=AVXVNNI
// RUN: lle-opt --lle-materialize-state="lanes=16 registers=32 simd=avx512" --canonicalize %s | FileCheck %s --check-prefix=AVX512
// RUN: lle-opt --lle-materialize-state="lanes=16 registers=32 simd=avx512vnni" --canonicalize %s | FileCheck %s --check-prefix=VNNI
// RUN: lle-opt --lle-materialize-state="lanes=1 registers=32" --canonicalize %s | FileCheck %s --check-prefix=NONE
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=32" --canonicalize %s | FileCheck %s --check-prefix=COLUMN

// Inputs of 16 bits and weights of 8. Bytes 0 and 2 of a word are the first pair of weights, so they change places.
// I8MM multiplies the high and the low bytes of eight inputs at once: weights of a unit are four rows. What the low bytes
// lack, 128 times the sum of a row (10, 26), is in the bias. VNNI has high bytes without a sign instead, 32768 times.
// DSP-LABEL: func.func @narrow_step
// DSP-DAG: arith.constant dense<[1, 3, 2, 4, 5, 7, 6, 8]> : tensor<8xi8>
// DSP: vector.bitcast {{.*}} : vector<2xi16> to vector<1xi32>
// DSP: vector.bitcast {{.*}} : vector<2xi16> to vector<1xi32>
// DSP: llvm.call_intrinsic "llvm.fshr.i32"
// DSP: llvm.call_intrinsic "llvm.arm.sxtb16"
// DSP: llvm.call_intrinsic "llvm.arm.sxtb16"
// DSP: llvm.call_intrinsic "llvm.arm.smlad"
// DSP: llvm.call_intrinsic "llvm.arm.smlad"
// MVE-LABEL: func.func @narrow_step
// MVE: arith.extsi {{.*}} : vector<8xi8> to vector<8xi16>
// MVE: "llvm.arm.mve.vmldava"({{.*}}) : (i32, i32, i32, i32, vector<8xi16>, vector<8xi16>) -> i32
// DOTPROD-LABEL: func.func @narrow_step
// DOTPROD-DAG: arith.constant dense<[1380, 3128, 0, 0]> : tensor<4xi32>
// DOTPROD: vector.shuffle {{.*}} [1, 3, 5, 7, 0, 2, 4, 6, 9, 11, 13, 15, 8, 10, 12, 14]
// DOTPROD: arith.xori
// DOTPROD-COUNT-2: "llvm.aarch64.neon.sdot.v4i32.v16i8"
// DOTPROD: arith.shli
// I8MM-LABEL: func.func @narrow_step
// I8MM-DAG: arith.constant dense<[1380, 3128, 0, 0]> : tensor<4xi32>
// I8MM: vector.shuffle {{.*}} [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 14]
// I8MM-COUNT-2: "llvm.aarch64.neon.smmla.v4i32.v16i8"
// SSE2-LABEL: func.func @narrow_step
// SSE2: vector.broadcast {{.*}} : i32 to vector<4xi32>
// SSE2: arith.extsi {{.*}} : vector<8xi8> to vector<8xi16>
// SSE2: "llvm.x86.sse2.pmadd.wd"
// AVX2-LABEL: func.func @narrow_step
// AVX2: "llvm.x86.avx2.pmadd.wd"
// AVXVNNI-LABEL: func.func @narrow_step
// AVXVNNI-DAG: arith.constant dense<[-327580, -852168, 0, 0, 0, 0, 0, 0]> : tensor<8xi32>
// AVXVNNI-COUNT-2: "llvm.x86.avx512.vpdpbusd.256"
// AVX512-LABEL: func.func @narrow_step
// AVX512: "llvm.x86.avx512.pmaddw.d.512"
// VNNI-LABEL: func.func @narrow_step
// VNNI-COUNT-2: "llvm.x86.avx512.vpdpbusd.512"
// NONE-LABEL: func.func @narrow_step
// NONE: scf.for {{.*}} -> (i32, i32) {{.*}} {
// NONE: arith.muli {{.*}} : i32
// NONE-NOT: vector
// COLUMN-LABEL: func.func @narrow_step
// COLUMN: scf.for {{.*}} -> (vector<2xi32>)
// COLUMN: arith.extsi {{.*}} : vector<2xi8> to vector<2xi32>
lle.network @narrow(%x: tensor<4xsi16>) -> tensor<2xsi16> attributes {dt = 1.0 : f64} {
  %y = lle.fixed_affine %x linear {bias = dense<[100, -200]> : tensor<2xi32>, multiplier = dense<1> : tensor<1xi32>,
    shift = dense<4> : tensor<1xi8>, weights = dense<[[1, 2, 3, 4], [5, 6, 7, 8]]> : tensor<2x4xi8>}
    : tensor<4xsi16> -> tensor<2xsi16>
  lle.output %y : tensor<2xsi16>
}

// Weights of 16 bits. Five inputs make two turns of four, three of two and one of eight: a copy ends in zeros.
// DSP-LABEL: func.func @wide_step
// DSP: tensor.empty() : tensor<8xi16>
// DSP-NOT: sxtb16
// DSP-COUNT-2: "llvm.arm.smlad"
// MVE-LABEL: func.func @wide_step
// MVE-NOT: extsi {{.*}} vector<8xi16>
// MVE: "llvm.arm.mve.vmldava"
// DOTPROD-LABEL: func.func @wide_step
// DOTPROD-NOT: sdot
// DOTPROD: return
// AVX2-LABEL: func.func @wide_step
// AVX2: "llvm.x86.avx2.pmadd.wd"
// VNNI-LABEL: func.func @wide_step
// VNNI: "llvm.x86.avx512.vpdpwssd.512"
lle.network @wide(%x: tensor<5xsi16>) -> tensor<1xsi16> attributes {dt = 1.0 : f64} {
  %y = lle.fixed_affine %x linear {bias = dense<7> : tensor<1xi32>, multiplier = dense<1> : tensor<1xi32>,
    shift = dense<4> : tensor<1xi8>, weights = dense<[[1000, -1001, 1002, -1003, 1004]]> : tensor<1x5xi16>}
    : tensor<5xsi16> -> tensor<1xsi16>
  lle.output %y : tensor<1xsi16>
}

// Bytes on both sides: nothing is split. VMLADAVA takes 16 of them; VPDPBUSD inputs that are more by 128.
// DSP-LABEL: func.func @bytes_step
// DSP-COUNT-2: "llvm.arm.sxtb16"
// DSP: scf.yield
// MVE-LABEL: func.func @bytes_step
// MVE: "llvm.arm.mve.vmldava"({{.*}}) : (i32, i32, i32, i32, vector<16xi8>, vector<16xi8>) -> i32
// I8MM-LABEL: func.func @bytes_step
// I8MM-NOT: arith.xori
// I8MM: "llvm.aarch64.neon.sdot.v4i32.v16i8"
// VNNI-LABEL: func.func @bytes_step
// VNNI: arith.xori
// VNNI: "llvm.x86.avx512.vpdpbusd.512"
// VNNI-NOT: "llvm.x86.avx512.vpdpbusd.512"
// VNNI: return
lle.network @bytes(%x: tensor<16xsi8>) -> tensor<1xsi16> attributes {dt = 1.0 : f64} {
  %y = lle.fixed_affine %x linear {bias = dense<7> : tensor<1xi32>, multiplier = dense<1> : tensor<1xi32>,
    shift = dense<4> : tensor<1xi8>, weights = dense<3> : tensor<1x16xi8>}
    : tensor<16xsi8> -> tensor<1xsi16>
  lle.output %y : tensor<1xsi16>
}
