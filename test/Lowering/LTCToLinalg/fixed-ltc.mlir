// RUN: lle-opt --lle-materialize-state="lanes=4 registers=32 simd=neon" %s | FileCheck %s --check-prefix=NEON
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=8 simd=mve" %s | FileCheck %s --check-prefix=MVE

// Nearly all neurons have a synapse from each: sources are read one by one, for all lanes, and a synapse that is not there
// adds nothing. AArch64 has eight neurons side by side, whose sigmoids are numbers of 16 bits; it has no gathers, and loads
// each element of a table by itself.
// NEON-LABEL: func.func @all_step
// NEON: scf.for
// NEON: vector.broadcast {{.*}} : i32 to vector<8xi32>
// NEON-COUNT-8: vector.insert {{.*}} : i32 into vector<8xi32>
// NEON-NOT: vector.insert
// NEON: llvm.call_intrinsic "llvm.aarch64.neon.sqrdmulh.v8i16"
// NEON: return
// Cortex-M55 gathers from the table of the sigmoid alone.
// MVE-LABEL: func.func @all_step
// MVE: scf.for
// MVE: vector.broadcast {{.*}} : i32 to vector<4xi32>
// MVE: vector.gather
// MVE-NOT: vector.gather
// MVE: return
lle.network @all(%x: tensor<1xsi16>) -> tensor<8xsi16> attributes {dt = 1.0 : f64} {
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 6 : i64, capacitance = dense<3000000> : tensor<8xi32>, leak = dense<1000000> : tensor<8xi32>,
      drive = dense<200000> : tensor<8xi32>, shift = 14 : i64, slope = dense<4096> : tensor<8x8xi16>,
      offset = dense<-50000000> : tensor<8x8xi32>, conductance = dense<[[100, 100, 100, 100, 100, 100, 100, 100], [100, 100, 100, 100, 100, 100, 100, 100], [100, 100, 100, 100, 100, 0, 100, 100], [100, 100, 100, 100, 100, 100, 100, 100], [100, 100, 100, 100, 100, 100, 100, 100], [100, 100, 100, 100, 100, 100, 100, 100], [100, 100, 100, 100, 100, 100, 100, 100], [100, 100, 100, 100, 100, 100, 100, 100]]> : tensor<8x8xi8>,
      current = dense<[[-100, -100, -100, -100, -100, -100, -100, -100], [-100, -100, -100, -100, -100, -100, -100, -100], [-100, -100, -100, -100, -100, 0, -100, -100], [-100, -100, -100, -100, -100, -100, -100, -100], [-100, -100, -100, -100, -100, -100, -100, -100], [-100, -100, -100, -100, -100, -100, -100, -100], [-100, -100, -100, -100, -100, -100, -100, -100], [-100, -100, -100, -100, -100, -100, -100, -100]]> : tensor<8x8xi8>, sensory_shift = 14 : i64,
      sensory_slope = dense<4096> : tensor<1x8xi16>, sensory_offset = dense<0> : tensor<1x8xi32>,
      sensory_conductance = dense<0> : tensor<1x8xi8>, sensory_current = dense<0> : tensor<1x8xi8>}
    : tensor<1xsi16> -> tensor<8xsi16>
  lle.output %v : tensor<8xsi16>
}

// One synapse for each neuron: one slot, whose lanes look up a source each, on AArch64 in registers.
// NEON-LABEL: func.func @one_step
// NEON: scf.for
// NEON: llvm.call_intrinsic "llvm.aarch64.neon.tbl1.v16i8"
// NEON-COUNT-8: vector.insert {{.*}} : i32 into vector<8xi32>
// NEON-NOT: vector.gather
// NEON: return
// MVE-LABEL: func.func @one_step
// MVE: scf.for
// MVE-COUNT-2: vector.gather
// MVE-NOT: vector.gather
// MVE: return
lle.network @one(%x: tensor<1xsi16>) -> tensor<8xsi16> attributes {dt = 1.0 : f64} {
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 6 : i64, capacitance = dense<3000000> : tensor<8xi32>, leak = dense<1000000> : tensor<8xi32>,
      drive = dense<200000> : tensor<8xi32>, shift = 14 : i64, slope = dense<4096> : tensor<8x8xi16>,
      offset = dense<-50000000> : tensor<8x8xi32>, conductance = dense<[[0, 0, 0, 100, 0, 0, 0, 0], [0, 0, 0, 0, 100, 0, 0, 0], [0, 0, 0, 0, 0, 100, 0, 0], [0, 0, 0, 0, 0, 0, 100, 0], [0, 0, 0, 0, 0, 0, 0, 100], [100, 0, 0, 0, 0, 0, 0, 0], [0, 100, 0, 0, 0, 0, 0, 0], [0, 0, 100, 0, 0, 0, 0, 0]]> : tensor<8x8xi8>,
      current = dense<[[0, 0, 0, -100, 0, 0, 0, 0], [0, 0, 0, 0, -100, 0, 0, 0], [0, 0, 0, 0, 0, -100, 0, 0], [0, 0, 0, 0, 0, 0, -100, 0], [0, 0, 0, 0, 0, 0, 0, -100], [-100, 0, 0, 0, 0, 0, 0, 0], [0, -100, 0, 0, 0, 0, 0, 0], [0, 0, -100, 0, 0, 0, 0, 0]]> : tensor<8x8xi8>, sensory_shift = 14 : i64,
      sensory_slope = dense<4096> : tensor<1x8xi16>, sensory_offset = dense<0> : tensor<1x8xi32>,
      sensory_conductance = dense<0> : tensor<1x8xi8>, sensory_current = dense<0> : tensor<1x8xi8>}
    : tensor<1xsi16> -> tensor<8xsi16>
  lle.output %v : tensor<8xsi16>
}
