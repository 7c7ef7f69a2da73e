//===- Quantization.td - signals and layers in fixed point --*- tablegen -*-===//
#ifndef LLE_DIALECTS_LLE_QUANTIZATION_TD
#define LLE_DIALECTS_LLE_QUANTIZATION_TD

include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// The functions of `lle.fixed_affine`, on a number z of 16 bits.
def LLE_FixedFunction : I32EnumAttr<"FixedFunction", "a function of numbers in fixed point", [
  I32EnumAttrCase<"linear", 0>,  // z
  I32EnumAttrCase<"relu", 1>,    // max(z, 0)
  I32EnumAttrCase<"sigmoid", 2>, // by table: z in 2^-11, result in 2^-15
  I32EnumAttrCase<"tanh", 3>,    // by table: z in 2^-12, result in 2^-15
  I32EnumAttrCase<"silu", 4>     // (z sigmoid(z) + 2^14) >> 15: z and result in 2^-11
]> {
  let cppNamespace = "::lle";
}

/// Numbers in fixed point.
def LLE_FixedSignal : LLE_TensorOf<[SI8, SI16], "numbers in fixed point (tensor of static shape, not empty, of si8 or si16)">;

class LLE_QuantizationOp<string mnemonic> : LLE_Op<mnemonic, [Pure, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let hasVerifier = 1;
}

def LLE_QuantizeOp : LLE_QuantizationOp<"quantize"> {
  let summary = "real values as multiples of a unit";
  let description = [{
    `y = clip(round(x / scale))`: computed as the product of x and `1 / scale`, which is rounded once to the element type
    of x; rounded half to even, and clipped to the range of the result. A NaN gives the smallest number.

    Constraints:
    * C1: input and result have the same shape.
    * C2: scale is dense, of f64, positive and finite, and so is its inverse in the element type of the input; it has
      one element, or one for each of the first dimension of the input.

    ```mlir
    %q = lle.quantize %x {scale = dense<1.250000e-01> : tensor<1xf64>} : tensor<3xf32> -> tensor<3xsi16>
    ```
  }];
  let arguments = (ins LLE_Current:$input, ElementsAttr:$scale);
  let results = (outs LLE_FixedSignal:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def LLE_DequantizeOp : LLE_QuantizationOp<"dequantize"> {
  let summary = "multiples of a unit as real values";
  let description = [{
    `y = x scale`, with scale rounded once to the element type of the result.

    Constraints:
    * C1 and C2 of `lle.quantize`, with result for input.

    ```mlir
    %y = lle.dequantize %q {scale = dense<1.250000e-01> : tensor<1xf64>} : tensor<3xsi16> -> tensor<3xf32>
    ```
  }];
  let arguments = (ins LLE_FixedSignal:$input, ElementsAttr:$scale);
  let results = (outs LLE_Current:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def LLE_RescaleOp : LLE_QuantizationOp<"rescale"> {
  let summary = "numbers in fixed point, in another unit";
  let description = [{
    `y = clip((x multiplier + 2^(shift - 1)) >> shift)` in 64 bits: `>>` rounds down, so that the whole rounds half up;
    clip is to the range of the result.

    Constraints:
    * C1: input and result have the same shape.
    * C2: multiplier is dense, of i32, 1 to 2^31 - 1; shift is dense, of i8, 1 to 62; each has one element, or one for
      each of the first dimension of the input.

    ```mlir
    // From multiples of 1/100 to multiples of 2^-10: times 10.24.
    %y = lle.rescale %x {multiplier = dense<1374389535> : tensor<1xi32>, shift = dense<27> : tensor<1xi8>}
      : tensor<3xsi8> -> tensor<3xsi16>
    ```
  }];
  let arguments = (ins LLE_FixedSignal:$input, ElementsAttr:$multiplier, ElementsAttr:$shift);
  let results = (outs LLE_FixedSignal:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def LLE_FixedAffineOp : LLE_QuantizationOp<"fixed_affine"> {
  let summary = "fully connected layer in fixed point, with a function";
  let description = [{
    For each output o, with `>>` rounding down, products of 64 bits in z, and clip to 16 bits:

        sum_o = bias_o + sum over i of weights_oi x_i
        z_o   = clip((sum_o multiplier_o + 2^(shift_o - 1)) >> shift_o)
        y_o   = f(z_o), clipped to the range of the result

    | function | f(z) | z is in | y is in |
    |---|---|---|---|
    | linear | z | any unit | the same |
    | relu | max(z, 0) | any unit | the same |
    | sigmoid | table s | 2^-11 | 2^-15 |
    | tanh | table t | 2^-12 | 2^-15 |
    | silu | (z s(z) + 2^14) >> 15 | 2^-11 | 2^-11 |

    A table T has 513 nodes, of h = 1/16 for s and 1/32 for t: node n, at x = (n - 256) h, is `2^15 (f(x) - h^2 / 16
    f''(x))`, rounded half up and clipped to 32767 in magnitude. Between nodes it is linear: with `u = z + 2^15`, `n = u
    >> 7` and `r = u mod 2^7`, `T(z) = (T_n (128 - r) + T_(n+1) r + 64) >> 7`. The largest error is 5.2e-5 for sigmoid
    and 6.9e-5 for tanh, against f at the same z. Subtracting `h^2 / 16 f''` halves the error of interpolation, which is
    up to `h^2 / 8 f''` to one side.

    Constraints:
    * C1: input and result have rank 1; a function other than linear and relu gives si16.
    * C2: weights are dense, of i8 or i16, one row for each output and one column for each input; bias is dense, of i32,
      one for each output; multiplier and shift are those of `lle.rescale`, one for each output or one for all.
    * C3: no sum overflows: `|bias_o| + 2^(bits - 1) sum over i of |weights_oi|` is below 2^31, with bits of the input.

    The form of quantised layers that TensorFlow Lite uses, with one rounding: B. Jacob et al., Quantization and training
    of neural networks for efficient integer-arithmetic-only inference, CVPR 2018.

    ```mlir
    %y = lle.fixed_affine %x tanh {bias = dense<[100, -7]> : tensor<2xi32>, multiplier = dense<1073741824> : tensor<1xi32>,
      shift = dense<[33, 34]> : tensor<2xi8>, weights = dense<[[1, -2, 3], [127, 0, -127]]> : tensor<2x3xi8>}
      : tensor<3xsi16> -> tensor<2xsi16>
    ```
  }];
  let arguments = (ins LLE_FixedSignal:$input, LLE_FixedFunction:$function, ElementsAttr:$weights, ElementsAttr:$bias,
                       ElementsAttr:$multiplier, ElementsAttr:$shift, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_FixedSignal:$result);
  let assemblyFormat = "$input $function attr-dict `:` type($input) `->` type($result)";
}

#endif
