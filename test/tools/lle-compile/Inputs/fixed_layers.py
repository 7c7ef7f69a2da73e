"""fixed_layers.py FOLDER: layers in fixed point, 64 to 64: weights and inputs of 8 and 16, 16 and 16, 8 and 8 bits."""
import os
import sys

SIZE = 64
for name, weight_bits, input_bits in (("narrow", 8, 16), ("wide", 16, 16), ("bytes", 8, 8)):
    rows = ", ".join(str([(7 * i + 11 * o) % 251 - 125 for i in range(SIZE)]) for o in range(SIZE))
    with open(os.path.join(sys.argv[1], name + ".mlir"), "w") as file:
        file.write(f"""lle.network @layer(%x: tensor<{SIZE}xsi{input_bits}>) -> tensor<{SIZE}xsi16> attributes {{dt = 1.0 : f64}} {{
  %y = lle.fixed_affine %x linear {{bias = dense<100> : tensor<{SIZE}xi32>, multiplier = dense<1> : tensor<1xi32>,
    shift = dense<12> : tensor<1xi8>, weights = dense<[{rows}]> : tensor<{SIZE}x{SIZE}xi{weight_bits}>}}
    : tensor<{SIZE}xsi{input_bits}> -> tensor<{SIZE}xsi16>
  lle.output %y : tensor<{SIZE}xsi16>
}}
""")
