// Exponential integrate-and-fire: tau dv/dt = v_rest - v + delta exp((v - v_rh) / delta) + x, time in ms.
// N. Fourcaud-Trocme, D. Hansel, C. van Vreeswijk, N. Brunel, Journal of Neuroscience 23 (2003).
lle.network @eif(%x: tensor<16xf32>) -> tensor<16xi1> attributes {dt = 1.0e-03 : f64} {
  %z = spk.ode_neuron "eif" %x ge {crossing = false, initial = [dense<-0.1> : tensor<16xf64>],
      parameter_names = ["tau", "delta", "v_rest", "v_rh", "v_reset"],
      parameter_values = [dense<2.0> : tensor<16xf64>, dense<1.0> : tensor<16xf64>, dense<0.0> : tensor<16xf64>,
                          dense<0.8> : tensor<16xf64>, dense<-0.1> : tensor<16xf64>],
      solver = #spk.solver<euler>, state_names = ["v"], substeps = 1 : i64, time_unit = 1.0e-03 : f64,
      v_threshold = dense<1.0> : tensor<16xf32>} : tensor<16xf32> -> tensor<16xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %tau: f32, %delta: f32, %rest: f32, %rheobase: f32, %reset: f32):
    %0 = arith.subf %v, %rheobase : f32
    %1 = arith.divf %0, %delta : f32
    %2 = math.exp %1 : f32
    %3 = arith.mulf %delta, %2 : f32
    %4 = arith.addf %i, %rest : f32
    %5 = arith.subf %4, %v : f32
    %6 = arith.addf %5, %3 : f32
    %dv = arith.divf %6, %tau : f32
    spk.yield %dv : f32
  } reset {
  ^bb0(%v: f32, %tau: f32, %delta: f32, %rest: f32, %rheobase: f32, %reset: f32):
    spk.yield %reset : f32
  }
  lle.output %z : tensor<16xi1>
}
