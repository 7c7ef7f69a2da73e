// A. L. Hodgkin, A. F. Huxley, Journal of Physiology 117 (1952), at a resting potential of -65 mV: mV, ms, mS/cm2,
// uA/cm2 and uF/cm2. Each equation is linear in its own state, so that exponential Euler needs no small steps. The
// opening rates have the form k f(u) with f(u) = u / (exp(u) - 1), which is 1 at 0.
lle.network @hodgkin_huxley(%x: tensor<16xf32>) -> tensor<16xi1> attributes {dt = 1.0e-04 : f64} {
  %z = spk.ode_neuron "hh" %x ge {crossing = true,
      initial = [dense<-65.0> : tensor<16xf64>, dense<0.0529> : tensor<16xf64>, dense<0.5961> : tensor<16xf64>,
                 dense<0.3177> : tensor<16xf64>],
      parameter_names = [], parameter_values = [], solver = #spk.solver<exponential_euler>,
      state_names = ["v", "m", "h", "n"], substeps = 2 : i64, time_unit = 1.0e-03 : f64,
      v_threshold = dense<0.0> : tensor<16xf32>} : tensor<16xf32> -> tensor<16xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %m: f32, %h: f32, %n: f32):
    %zero = arith.constant 0.0 : f32
    %one = arith.constant 1.0 : f32
    %tenth = arith.constant 0.1 : f32
    %g_na = arith.constant 120.0 : f32
    %e_na = arith.constant 50.0 : f32
    %g_k = arith.constant 36.0 : f32
    %e_k = arith.constant -77.0 : f32
    %g_l = arith.constant 0.3 : f32
    %e_l = arith.constant -54.387 : f32
    // dv/dt = i - g_na m^3 h (v - e_na) - g_k n^4 (v - e_k) - g_l (v - e_l)
    %m2 = arith.mulf %m, %m : f32
    %m3 = arith.mulf %m2, %m : f32
    %m3h = arith.mulf %m3, %h : f32
    %na = arith.mulf %g_na, %m3h : f32
    %v_na = arith.subf %v, %e_na : f32
    %i_na = arith.mulf %na, %v_na : f32
    %n2 = arith.mulf %n, %n : f32
    %n4 = arith.mulf %n2, %n2 : f32
    %k = arith.mulf %g_k, %n4 : f32
    %v_k = arith.subf %v, %e_k : f32
    %i_k = arith.mulf %k, %v_k : f32
    %v_l = arith.subf %v, %e_l : f32
    %i_l = arith.mulf %g_l, %v_l : f32
    %0 = arith.subf %i, %i_na : f32
    %1 = arith.subf %0, %i_k : f32
    %dv = arith.subf %1, %i_l : f32
    // alpha_m = f(-(v + 40) / 10), beta_m = 4 exp(-(v + 65) / 18)
    %m40 = arith.constant -40.0 : f32
    %am0 = arith.subf %m40, %v : f32
    %u_m = arith.mulf %tenth, %am0 : f32
    %em = math.expm1 %u_m : f32
    %at_m = arith.cmpf oeq, %u_m, %zero : f32
    %fm = arith.divf %u_m, %em : f32
    %alpha_m = arith.select %at_m, %one, %fm : f32
    %m65 = arith.constant -65.0 : f32
    %depth = arith.subf %m65, %v : f32
    %c18 = arith.constant 18.0 : f32
    %bm0 = arith.divf %depth, %c18 : f32
    %bm1 = math.exp %bm0 : f32
    %four = arith.constant 4.0 : f32
    %beta_m = arith.mulf %four, %bm1 : f32
    %shut_m = arith.subf %one, %m : f32
    %open_m = arith.mulf %alpha_m, %shut_m : f32
    %close_m = arith.mulf %beta_m, %m : f32
    %dm = arith.subf %open_m, %close_m : f32
    // alpha_h = 0.07 exp(-(v + 65) / 20), beta_h = 1 / (1 + exp(-(v + 35) / 10))
    %c20 = arith.constant 20.0 : f32
    %ah0 = arith.divf %depth, %c20 : f32
    %ah1 = math.exp %ah0 : f32
    %c007 = arith.constant 0.07 : f32
    %alpha_h = arith.mulf %c007, %ah1 : f32
    %m35 = arith.constant -35.0 : f32
    %bh0 = arith.subf %m35, %v : f32
    %bh1 = arith.mulf %tenth, %bh0 : f32
    %bh2 = math.exp %bh1 : f32
    %bh3 = arith.addf %one, %bh2 : f32
    %beta_h = arith.divf %one, %bh3 : f32
    %shut_h = arith.subf %one, %h : f32
    %open_h = arith.mulf %alpha_h, %shut_h : f32
    %close_h = arith.mulf %beta_h, %h : f32
    %dh = arith.subf %open_h, %close_h : f32
    // alpha_n = 0.1 f(-(v + 55) / 10), beta_n = 0.125 exp(-(v + 65) / 80)
    %m55 = arith.constant -55.0 : f32
    %an0 = arith.subf %m55, %v : f32
    %u_n = arith.mulf %tenth, %an0 : f32
    %en = math.expm1 %u_n : f32
    %at_n = arith.cmpf oeq, %u_n, %zero : f32
    %fn = arith.divf %u_n, %en : f32
    %fn1 = arith.select %at_n, %one, %fn : f32
    %alpha_n = arith.mulf %tenth, %fn1 : f32
    %c80 = arith.constant 80.0 : f32
    %bn0 = arith.divf %depth, %c80 : f32
    %bn1 = math.exp %bn0 : f32
    %eighth = arith.constant 0.125 : f32
    %beta_n = arith.mulf %eighth, %bn1 : f32
    %shut_n = arith.subf %one, %n : f32
    %open_n = arith.mulf %alpha_n, %shut_n : f32
    %close_n = arith.mulf %beta_n, %n : f32
    %dn = arith.subf %open_n, %close_n : f32
    spk.yield %dv, %dm, %dh, %dn : f32, f32, f32, f32
  }
  lle.output %z : tensor<16xi1>
}
