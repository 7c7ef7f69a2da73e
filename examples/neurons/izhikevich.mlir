// E. M. Izhikevich, Simple model of spiking neurons, IEEE Transactions on Neural Networks 14 (2003), as its published
// code computes it: v in two half steps of a millisecond, then u once from the new v; v in mV. The parameters are those
// of regular spiking.
lle.network @izhikevich(%x: tensor<16xf32>) -> tensor<16xi1> attributes {dt = 1.0e-03 : f64} {
  %z = spk.ode_neuron "izhikevich" %x ge {crossing = false,
      initial = [dense<-65.0> : tensor<16xf32>, dense<-13.0> : tensor<16xf32>],
      parameter_names = ["a", "b", "c", "d"],
      parameter_values = [dense<0.02> : tensor<16xf64>, dense<0.2> : tensor<16xf64>, dense<-65.0> : tensor<16xf64>,
                          dense<8.0> : tensor<16xf64>],
      solver = #spk.solver<next>, state_names = ["v", "u"], substeps = 1 : i64, time_unit = 1.0e-03 : f64,
      v_threshold = dense<30.0> : tensor<16xf32>} : tensor<16xf32> -> tensor<16xi1> dynamics {
  ^bb0(%i: f32, %v: f32, %u: f32, %a: f32, %b: f32, %c: f32, %d: f32):
    %half = arith.constant 0.5 : f32
    %k2 = arith.constant 0.04 : f32
    %k1 = arith.constant 5.0 : f32
    %k0 = arith.constant 140.0 : f32
    // v1 = v + 0.5 (((0.04 v + 5) v + 140) - u + i)
    %0 = arith.mulf %k2, %v : f32
    %1 = arith.addf %0, %k1 : f32
    %2 = arith.mulf %1, %v : f32
    %3 = arith.addf %2, %k0 : f32
    %4 = arith.subf %3, %u : f32
    %5 = arith.addf %4, %i : f32
    %6 = arith.mulf %half, %5 : f32
    %v1 = arith.addf %v, %6 : f32
    // the same again
    %7 = arith.mulf %k2, %v1 : f32
    %8 = arith.addf %7, %k1 : f32
    %9 = arith.mulf %8, %v1 : f32
    %10 = arith.addf %9, %k0 : f32
    %11 = arith.subf %10, %u : f32
    %12 = arith.addf %11, %i : f32
    %13 = arith.mulf %half, %12 : f32
    %v2 = arith.addf %v1, %13 : f32
    // u' = u + a (b v2 - u)
    %14 = arith.mulf %b, %v2 : f32
    %15 = arith.subf %14, %u : f32
    %16 = arith.mulf %a, %15 : f32
    %u1 = arith.addf %u, %16 : f32
    spk.yield %v2, %u1 : f32, f32
  } reset {
  ^bb0(%v: f32, %u: f32, %a: f32, %b: f32, %c: f32, %d: f32):
    %0 = arith.addf %u, %d : f32
    spk.yield %c, %0 : f32, f32
  }
  lle.output %z : tensor<16xi1>
}
