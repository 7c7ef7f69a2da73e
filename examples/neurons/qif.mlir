// Quadratic integrate-and-fire: tau dv/dt = a0 (v - v_rest) (v - v_c) + x, time in ms. W. Gerstner, W. M. Kistler,
// R. Naud, L. Paninski, Neuronal Dynamics (2014), section 5.3.
lle.network @qif(%x: tensor<16xf32>) -> tensor<16xi1> attributes {dt = 1.0e-03 : f64} {
  %z = spk.ode_neuron "qif" %x ge {crossing = false, initial = [dense<-0.1> : tensor<16xf64>],
      parameter_names = ["tau", "a0", "v_rest", "v_c", "v_reset"],
      parameter_values = [dense<2.0> : tensor<16xf64>, dense<1.0> : tensor<16xf64>, dense<0.0> : tensor<16xf64>,
                          dense<0.8> : tensor<16xf64>, dense<-0.1> : tensor<16xf64>],
      solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0e-03 : f64,
      v_threshold = dense<1.0> : tensor<16xf32>} : tensor<16xf32> -> tensor<16xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %tau: f32, %a0: f32, %rest: f32, %critical: f32, %reset: f32):
    %0 = arith.subf %v, %rest : f32
    %1 = arith.subf %v, %critical : f32
    %2 = arith.mulf %a0, %0 : f32
    %3 = arith.mulf %2, %1 : f32
    %4 = arith.addf %i, %3 : f32
    %dv = arith.divf %4, %tau : f32
    spk.yield %dv : f32
  } reset {
  ^bb0(%v: f32, %tau: f32, %a0: f32, %rest: f32, %critical: f32, %reset: f32):
    spk.yield %reset : f32
  }
  lle.output %z : tensor<16xi1>
}
