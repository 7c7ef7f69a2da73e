lle.network @net(%x: tensor<20xi1>) -> tensor<16xi1> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<7> : tensor<16x20xsi8>
  %c = lle.linear %x, %w : (tensor<20xi1>, tensor<16x20xsi8>) -> tensor<16xsi32>
  %z = spk.q15_lif "lif" %c subtract {decay = dense<29491> : tensor<16xi32>, v_threshold = dense<64> : tensor<16xi32>}
    : tensor<16xsi32> -> tensor<16xi1>
  lle.output %z : tensor<16xi1>
}
