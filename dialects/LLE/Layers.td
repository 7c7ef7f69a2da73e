//===- Layers.td - layers that are not spiking --------------*- tablegen -*-===//
#ifndef LLE_DIALECTS_LLE_LAYERS_TD
#define LLE_DIALECTS_LLE_LAYERS_TD

include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// Spikes that are there or not.
def LLE_BinarySpikes : LLE_TensorOf<[I1], "binary spikes (tensor of static shape, not empty, of i1)">;

class LLE_LayerOp<string mnemonic, list<Trait> traits = []> : LLE_Op<mnemonic, !listconcat(traits, [Pure,
    DeclareOpInterfaceMethods<LLE_CostOpInterface>])> {
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Pooling and normalisation
//===----------------------------------------------------------------------===//

def LLE_MaxPool2dOp : LLE_LayerOp<"max_pool2d"> {
  let summary = "largest element of windows of each channel";
  let description = [{
    Input (C, H, W); kernel, stride and padding as (height, width). What lies outside does not count. Of spikes it is
    whether any neuron of the window fires. A three-dimensional pooling of one step in time is the same.

    Constraints:
    * C1 and C2 of `lle.sum_pool2d`.
    * C3: the result has the element type of the input.

    ```mlir
    %y = lle.max_pool2d %x {kernel = array<i64: 3, 3>, padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
      : (tensor<1x4x4xi1>) -> tensor<1x2x2xi1>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, DenseI64ArrayAttr:$kernel, DenseI64ArrayAttr:$stride,
                       DenseI64ArrayAttr:$padding, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, $result)";
}

def LLE_BatchNormOp : LLE_LayerOp<"batch_norm"> {
  let summary = "normalisation of each channel by constants (inference)";
  let description = [{
    `y = a x + c` with `a = scale / sqrt(variance + epsilon)` and `c = shift - a mean`, where each index of dimension
    `channel_dim` has numbers of its own. `a` and `c` are computed in double precision and rounded once, to the element
    type of the result. An absent scale is 1, an absent shift 0. `lle-fold-batch-norms` makes it part of the synapse
    before it. S. Ioffe, C. Szegedy: Batch Normalization, ICML 2015.

    Constraints:
    * C1: input and result have the same shape, which has dimension channel_dim.
    * C2: mean, variance, scale and shift are dense floats, one for each channel.
    * C3: epsilon is finite and not negative; variance plus epsilon is positive.

    ```mlir
    %y = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 1.000000e-05 : f64,
        mean = dense<[1.000000e+00, -1.000000e+00]> : tensor<2xf32>, scale = dense<2.000000e+00> : tensor<2xf32>,
        shift = dense<5.000000e-01> : tensor<2xf32>, variance = dense<1.000000e+00> : tensor<2xf32>}
      : (tensor<2x4xf32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, ElementsAttr:$mean, ElementsAttr:$variance,
                       OptionalAttr<ElementsAttr>:$scale, OptionalAttr<ElementsAttr>:$shift, F64Attr:$epsilon,
                       I64Attr:$channel_dim, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Current:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, $result)";
}

//===----------------------------------------------------------------------===//
// Element by element
//===----------------------------------------------------------------------===//

def LLE_MulOp : LLE_LayerOp<"mul"> {
  let summary = "product of signals, left to right";
  let description = [{
    Gates and masks: what one signal lets through of another. Spikes count as their number. A product of
    si8 or si16 is clipped to the range of the type after each factor, one of si32 is taken modulo 2^32. The product of
    binary spikes is `lle.and`.

    Constraints:
    * C1: at least two operands; all have the shape of the result.
    * C2: an integer result is si8, si16 or si32 and needs integer operands.

    ```mlir
    %y = lle.mul %x, %z : (tensor<3xf32>, tensor<3xi1>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<LLE_Signal>:$inputs);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$inputs attr-dict `:` functional-type($inputs, $result)";
}

class LLE_LogicOp<string mnemonic> : LLE_LayerOp<mnemonic, [Commutative, AllTypesMatch<["lhs", "rhs", "result"]>]> {
  let arguments = (ins LLE_BinarySpikes:$lhs, LLE_BinarySpikes:$rhs);
  let results = (outs LLE_BinarySpikes:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
  let hasFolder = 1;
  let hasVerifier = 0;
}

def LLE_AndOp : LLE_LogicOp<"and"> {
  let summary = "spikes that both signals have";
  let description = [{
    ```mlir
    %y = lle.and %a, %b : tensor<3xi1>
    ```
  }];
}

def LLE_OrOp : LLE_LogicOp<"or"> {
  let summary = "spikes that either signal has";
  let description = [{
    ```mlir
    %y = lle.or %a, %b : tensor<3xi1>
    ```
  }];
}

def LLE_NotOp : LLE_LayerOp<"not", [AllTypesMatch<["input", "result"]>]> {
  let summary = "a spike where there is none";
  let description = [{
    With `lle.and` it makes the connection IAND of SEW-ResNet, `(not a) and b`: W. Fang et al., Deep Residual Learning in
    Spiking Neural Networks, NeurIPS 2021.

    ```mlir
    %y = lle.not %a : tensor<3xi1>
    ```
  }];
  let arguments = (ins LLE_BinarySpikes:$input);
  let results = (outs LLE_BinarySpikes:$result);
  let assemblyFormat = "$input attr-dict `:` type($result)";
  let hasFolder = 1;
  let hasVerifier = 0;
}

//===----------------------------------------------------------------------===//
// Dimensions
//===----------------------------------------------------------------------===//

def LLE_Reduction : I32Enum<"Reduction", "what becomes of the elements along a dimension", [
  I32EnumCase<"sum", 0>, I32EnumCase<"mean", 1>, I32EnumCase<"max", 2>
]> {
  let cppNamespace = "::lle";
}

def LLE_ReduceOp : LLE_LayerOp<"reduce"> {
  let summary = "sum, mean or largest element along a dimension";
  let description = [{
    Over the tokens of a transformer, or the neurons of a class. Elements are added in the order of their index, and a
    mean is the sum divided by their number. A sum of si8 or si16 is exact, then clipped to the range of the type; one of
    si32 is taken modulo 2^32.

    Constraints:
    * C1: dim is a dimension of the input.
    * C2: the result has the shape of the input without that dimension.
    * C3: max keeps the element type; a mean is real-valued; a sum is real-valued, or si8, si16 or si32 if the input is
      integer.

    ```mlir
    %y = lle.reduce sum %x {dim = 1 : i64} : (tensor<8x64xi1>) -> tensor<8xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, EnumProp<LLE_Reduction>:$reduction, I64Attr:$dim,
                       OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$reduction $input attr-dict `:` functional-type(operands, $result)";
}

def LLE_BroadcastOp : LLE_LayerOp<"broadcast"> {
  let summary = "a signal repeated along a new dimension";
  let description = [{
    Dimension `dim` of the result is new: all its indices have the same elements.

    Constraints:
    * C1: dim is a dimension of the result.
    * C2: the result without that dimension has the type of the input.

    ```mlir
    %y = lle.broadcast %x {dim = 1 : i64} : (tensor<8xi1>) -> tensor<8x64xi1>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, I64Attr:$dim, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, $result)";
}

def LLE_ReshapeOp : LLE_LayerOp<"reshape"> {
  let summary = "the same elements in other dimensions, row-major";
  let description = [{
    Splits channels into heads, joins them again, makes tokens of the pixels of a feature map.

    Constraints:
    * C1: the result has as many elements as the input, and its element type.

    ```mlir
    %y = lle.reshape %x : (tensor<8x64xi1>) -> tensor<2x4x64xi1>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, $result)";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

//===----------------------------------------------------------------------===//
// Products of matrices
//===----------------------------------------------------------------------===//

def LLE_MatMulOp : LLE_LayerOp<"matmul"> {
  let summary = "product of matrices that are both signals";
  let description = [{
    `y[..., m, n] = sum over k of a[..., m, k] * b[..., k, n]`, for each leading index by itself; with transpose_a the
    first operand is given as (..., k, m), with transpose_b the second as (..., n, k). Products are added in the order of
    k. Spikes count as their number: binary matrices give the number of coincidences. A result of si8 or si16 is exact, then
    clipped to the range of the type; one of si32 is taken modulo 2^32.

    Constraints:
    * C1: operands and result have the same rank, at least 2, and the same leading dimensions.
    * C2: the inner dimensions agree, and the result is m by n.
    * C3: an integer result is si8, si16 or si32 and needs operands of i1, si8 or si16.

    ```mlir
    %y = lle.matmul %a, %b {transpose_b} : (tensor<2x4x8xi1>, tensor<2x4x8xi1>) -> tensor<2x4x4xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$lhs, LLE_Signal:$rhs, UnitAttr:$transpose_a, UnitAttr:$transpose_b,
                       OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` functional-type(operands, $result)";
  let extraClassDeclaration = [{
    /// The lengths of the dimensions: matrices, rows and columns of the result, and the inner one.
    struct Dims {
      int64_t batch, rows, columns, inner;
    };
    Dims getDims();
  }];
}

#endif
