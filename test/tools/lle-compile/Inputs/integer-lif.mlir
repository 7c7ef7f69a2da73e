lle.network @net(%x: tensor<8xi1>) -> tensor<4xi1> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<[[-15, -2, 11, -7, 6, -12, 1, 14], [-8, 5, -13, 0, 13, -5, 8, -10], [-1, 12, -6, 7, -11, 2, 15, -3], [6, -12, 1, 14, -4, 9, -9, 4]]>
    : tensor<4x8xsi8>
  %c = lle.linear %x, %w : (tensor<8xi1>, tensor<4x8xsi8>) -> tensor<4xsi32>
  %z = spk.q15_lif "lif" %c subtract {decay = dense<29491> : tensor<4xi32>, v_threshold = dense<64> : tensor<4xi32>}
    : tensor<4xsi32> -> tensor<4xi1>
  lle.output %z : tensor<4xi1>
}
