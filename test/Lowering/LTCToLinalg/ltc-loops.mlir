// RUN: lle-opt --lle-materialize-state="lanes=1 registers=32 simd=dsp" --canonicalize --cse %s | FileCheck %s
// RUN: lle-opt --lle-materialize-state="lanes=4 registers=8 simd=mve" --canonicalize --cse %s | FileCheck %s --check-prefix=MVE

// On microcontrollers, the code of a synapse stands twice, once for sensory synapses and once for recurrent ones, however
// many there are; tables say which sources they have, and what they do.
// CHECK-LABEL: func.func @loops_step
// CHECK-DAG: arith.constant dense<{{.*}}> : tensor<15x1xi8>
// CHECK-DAG: arith.constant dense<{{.*}}> : tensor<25x1xi8>
// CHECK-DAG: arith.constant dense<{{.*}}> : tensor<60x1xf32>
// CHECK-DAG: arith.constant dense<{{.*}}> : tensor<100x1xf32>
// CHECK: scf.for {{.*}} = %c0 to %c5
// CHECK: scf.for
// CHECK: vector.gather
// CHECK: math.exp2
// Six unfolds over five neurons.
// CHECK: scf.for {{.*}} = %c0 to %c6
// CHECK: scf.for {{.*}} = %c0 to %c5
// CHECK: scf.for
// CHECK: vector.gather
// CHECK: math.exp2
// CHECK-NOT: math.exp2
// CHECK: return

// Two registers of neurons, the second of which holds one.
// MVE-LABEL: func.func @loops_step
// MVE-DAG: arith.constant dense<{{.*}}> : tensor<10x4xi8>
// MVE-COUNT-2: math.exp2 {{.*}} : vector<4xf32>
// MVE-NOT: math.exp2
// MVE: return
lle.network @loops(%x: tensor<3xf32>) -> tensor<5xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.25> : tensor<5xf32>, vleak = dense<4.0> : tensor<5xf32>,
      cm = dense<0.5> : tensor<5xf32>, sigma = dense<4.0> : tensor<5x5xf32>, mu = dense<0.25> : tensor<5x5xf32>,
      w = dense<1.0> : tensor<5x5xf32>, erev = dense<-1.0> : tensor<5x5xf32>,
      sensory_sigma = dense<2.0> : tensor<3x5xf32>, sensory_mu = dense<0.5> : tensor<3x5xf32>,
      sensory_w = dense<1.0> : tensor<3x5xf32>, sensory_erev = dense<-1.0> : tensor<3x5xf32>}
    : (tensor<3xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  lle.output %y : tensor<5xf32>
}
