// Both a division of fixed point and a square root of float count leading zeros, by an intrinsic that a module may declare
// once.
// RUN: lle-compile %s --target=esp32c3 --emit=llvm-ir -o - | FileCheck %s
// CHECK-COUNT-2: call range({{.*}}) i32 @llvm.ctlz.i32
lle.network @both(%x: tensor<1xsi16>, %i: tensor<1xf32>) -> (tensor<1xsi16>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<98304> : tensor<1xi32>, leak = dense<32768> : tensor<1xi32>,
      drive = dense<32768> : tensor<1xi32>, shift = 0 : i64, slope = dense<0> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<0> : tensor<1x1xi8>, current = dense<0> : tensor<1x1xi8>,
      sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<1x1xi16>, sensory_offset = dense<0> : tensor<1x1xi32>,
      sensory_conductance = dense<4> : tensor<1x1xi8>, sensory_current = dense<-4> : tensor<1x1xi8>}
    : tensor<1xsi16> -> tensor<1xsi16>
  %y = spk.ode_neuron "root" %i ge {crossing = false, initial = [dense<0.0> : tensor<1xf64>], parameter_names = [],
      parameter_values = [], solver = #spk.solver<next>, state_names = ["v"], substeps = 1 : i64,
      time_unit = 1.0e-03 : f64, v_threshold = dense<2.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1> dynamics {
  ^bb0(%current: f32, %v0: f32):
    %next = math.sqrt %current : f32
    spk.yield %next : f32
  }
  lle.output %v, %y : tensor<1xsi16>, tensor<1xi1>
}
