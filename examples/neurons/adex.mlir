// Adaptive exponential integrate-and-fire: C dV/dt = -g (V - E) + g D exp((V - V_T) / D) - w + I,
// tau_w dw/dt = a (V - E) - w; mV, ms, nS, pA and pF. R. Brette, W. Gerstner, Journal of Neurophysiology 94 (2005), with
// its parameters of a regularly bursting cell.
lle.network @adex(%x: tensor<16xf32>) -> tensor<16xi1> attributes {dt = 1.0e-04 : f64} {
  %z = spk.ode_neuron "adex" %x gt {crossing = false,
      initial = [dense<-70.6> : tensor<16xf64>, dense<0.0> : tensor<16xf64>],
      parameter_names = ["C", "g", "E", "V_T", "D", "a", "tau_w", "b"],
      parameter_values = [dense<281.0> : tensor<16xf64>, dense<30.0> : tensor<16xf64>, dense<-70.6> : tensor<16xf64>,
                          dense<-50.4> : tensor<16xf64>, dense<2.0> : tensor<16xf64>, dense<4.0> : tensor<16xf64>,
                          dense<144.0> : tensor<16xf64>, dense<80.5> : tensor<16xf64>],
      solver = #spk.solver<euler>, state_names = ["v", "w"], substeps = 1 : i64, time_unit = 1.0e-03 : f64,
      v_threshold = dense<20.0> : tensor<16xf32>} : tensor<16xf32> -> tensor<16xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %w: f32, %C: f32, %g: f32, %E: f32, %VT: f32, %D: f32, %a: f32, %tau: f32, %b: f32):
    %above = arith.subf %v, %E : f32
    %leak = arith.mulf %g, %above : f32
    %0 = arith.subf %v, %VT : f32
    %1 = arith.divf %0, %D : f32
    %2 = math.exp %1 : f32
    %3 = arith.mulf %g, %D : f32
    %upstroke = arith.mulf %3, %2 : f32
    %4 = arith.subf %upstroke, %leak : f32
    %5 = arith.subf %4, %w : f32
    %6 = arith.addf %5, %i : f32
    %dv = arith.divf %6, %C : f32
    %7 = arith.mulf %a, %above : f32
    %8 = arith.subf %7, %w : f32
    %dw = arith.divf %8, %tau : f32
    spk.yield %dv, %dw : f32, f32
  } reset {
  ^bb0(%v: f32, %w: f32, %C: f32, %g: f32, %E: f32, %VT: f32, %D: f32, %a: f32, %tau: f32, %b: f32):
    %0 = arith.addf %w, %b : f32
    spk.yield %E, %0 : f32, f32
  }
  lle.output %z : tensor<16xi1>
}
