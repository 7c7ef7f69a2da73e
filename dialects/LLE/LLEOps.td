//===- LLEOps.td - networks, time and linear synapses -------*- tablegen -*-===//
#ifndef LLE_DIALECTS_LLE_LLEOPS_TD
#define LLE_DIALECTS_LLE_LLEOPS_TD

include "dialects/LLE/LLEAttrs.td"
include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/Interfaces/CallInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

//===----------------------------------------------------------------------===//
// Networks and time
//===----------------------------------------------------------------------===//

def LLE_NetworkOp : LLE_Op<"network", [
    IsolatedFromAbove, SingleBlockImplicitTerminator<"OutputOp">, FunctionOpInterface, HasOnlyGraphRegion,
    DeclareOpInterfaceMethods<RegionKindInterface>]> {
  let summary = "one time step of a network, as a circuit";
  let description = [{
    The body is a graph region: the order of the operations means nothing, and a value may be used before it is
    defined. Within a step values flow in topological order; `lle.delay`, and neurons that emit from the state of the
    step before, break cycles. Inference of one sample is: set all states to their initial values, then evaluate the
    body `steps` times. A stream never resets.

    `dt` is the length of a step in seconds. `steps` is the usual length of a sample. `profile` names the semantics
    that the importer chose, for reports. Arguments and results carry the name of the port in `lle.name`. A result with
    `lle.emit = "last"` counts only in the last step of a sample.

    Constraints:
    * C1: the body holds only operations of the dialects `lle`, `ltc` and `spk`.
    * C2: the operands of `lle.output` have the types of the results.
    * C3: no two operations with state have the same name.
    * C4: every cycle passes a delay, or a neuron that emits from its old state.
    * C5: dt is positive and finite; steps, where given, is positive.
    * C6: arguments and results are signals.
    * C7: lle.emit is on a result, and is "last".
    * C8: lle.downsample, the steps of a recording that are one of the network, is an i64 above 1; lle.downsample_by is on
      an argument, and is "sum".
    * C9: names of operations have 1 to 1024 bytes, none of them a control character.

    ```mlir
    lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
      %y = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
      lle.output %y : tensor<3xf32>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypeAttrOf<FunctionType>:$function_type,
                       F64Attr:$dt,
                       OptionalAttr<I64Attr>:$steps,
                       OptionalAttr<StrAttr>:$profile,
                       OptionalAttr<StrAttr>:$sym_visibility,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name, "::mlir::FunctionType":$type, "double":$dt)>];
  let extraClassDeclaration = [{
    static constexpr ::llvm::StringLiteral kPortNameAttr = "lle.name";
    static constexpr ::llvm::StringLiteral kEmitAttr = "lle.emit";

    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() { return getFunctionType().getInputs(); }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() { return getFunctionType().getResults(); }
    ::mlir::Region *getCallableRegion() { return &getBody(); }

    /// The name of an input or output port: `lle.name`, else `input<i>` or `output<i>`.
    std::string getInputName(unsigned index);
    std::string getOutputName(unsigned index);
    /// Whether a result counts only in the last step of a sample.
    bool emitsLast(unsigned index);

    /// The operations of the body in an order in which each comes after the operations that it depends on within
    /// the step. Only defined for a network that verifies. Ties are broken by the order of the text.
    ::llvm::SmallVector<::mlir::Operation *> getTopologicalOrder();
  }];
}

def LLE_OutputOp : LLE_Op<"output", [Terminator, Pure, HasParent<"NetworkOp">]> {
  let summary = "the values that a network gives in this step";
  let description = [{
    ```mlir
    lle.output %y : tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<LLE_Signal>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), [{ /* nothing to set */ }]>];
}

def LLE_WeightOp : LLE_Op<"weight", [ConstantLike, Pure]> {
  let summary = "constant weights";
  let description = [{
    The value keeps the element type and the shape of the file that it came from; who uses it converts it to the
    element type of its own result. Large weights are `dense_resource`. Quantised weights are written as the integers
    that are stored, with the type that says what they mean.

    Constraints:
    * C1: a resource holds whole bytes for each element, as many elements as the type says.
    * C2: the result has the type of the value; a quantised result has its shape, and the value its storage type.
    * C3: quantised weights are signed, of 8 or 16 bits, with zero point 0, and express f32.

    ```mlir
    %w = lle.weight dense<[[1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
    ```

    ```mlir
    %q = lle.weight dense<[[1, -2], [3, 127]]> : tensor<2x2xi8> as tensor<2x2x!quant.uniform<i8:f32, 1.250000e-01>>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs LLE_Weights:$result);
  let assemblyFormat = "attr-dict custom<WeightValue>($value, type($result))";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
  let hasVerifier = 1;
}

def LLE_DelayOp : LLE_Op<"delay", [
    AllTypesMatch<["input", "result"]>,
    DeclareOpInterfaceMethods<LLE_StatefulOpInterface, ["isCombinational"]>,
    DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let summary = "the signal of some steps before";
  let description = [{
    `result[t] = input[t - steps]`, and `initial` while `t < steps`. `steps` is given for each element. States: for a
    delay of one step everywhere `value`, of the shape of the signal; else `buffer`, of shape (depth, shape...) with
    depth the largest delay, and `head`, the slot that is written next (a ring).

    Constraints:
    * C1: steps is dense, has the shape of the signal and no negative element.
    * C2: a delay of a spike signal starts with 0 or a value that the element type holds.

    ```mlir
    %y = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Signal:$input, ElementsAttr:$steps, F64Attr:$initial);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$name $input attr-dict `:` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The largest delay.
    int64_t getDepth();
    /// True if every element is delayed by the same number of steps.
    bool isUniform();
  }];
}

def LLE_AddOp : LLE_Op<"add", [Pure, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let summary = "sum of signals, left to right";
  let description = [{
    Fan-in: what several edges bring to one node. Spikes count as their number. With one operand it converts spikes
    to a real-valued signal. A sum of si8 or si16 is exact, then clipped to the range of the type: residual connections
    of spiking transformers add up to few spikes. A sum of si32 is taken modulo 2^32, as synapses take it.

    Constraints:
    * C1: at least one operand; all have the shape of the result.
    * C2: an integer result is si8, si16 or si32 and needs integer operands.

    ```mlir
    %s = lle.add %a, %z : (tensor<3xf32>, tensor<3xi1>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins Variadic<LLE_Signal>:$inputs);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$inputs attr-dict `:` functional-type($inputs, $result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Synapses
//===----------------------------------------------------------------------===//

class LLE_SynapseOp<string mnemonic> : LLE_Op<mnemonic, [Pure,
    DeclareOpInterfaceMethods<LLE_SynapseOpInterface, ["getFanIn", "getFanOut", "getOutputChannelDim"]>,
    DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let hasVerifier = 1;
}

def LLE_LinearOp : LLE_SynapseOp<"linear"> {
  let summary = "fully connected synapses: y = W x";
  let description = [{
    `y[..., o] = sum over i of W[..., o, i] * x[..., i]`. Weights of more than two dimensions hold one matrix for
    each leading index. `name` is the node's name in the imported file.

    What is computed depends on the element types; README.md in this folder says why:
    * result of f32 or f64, weights of floats or signless integers: weights are converted to the type of the result.
    * result of si32, weights of si8, si16 or si32, input of integers: integers, modulo 2^32.
    * result of f32, quantised weights, input of i1, si8 or si16: `scale * (sum of integers) + bias`; the sum is taken
      in 32 bits modulo 2^32, then converted to f32.

    Constraints:
    * C1: weights have at least two dimensions.
    * C2: the last dimension of the input equals the last dimension of the weights.
    * C3: the leading dimensions of the input end with the leading dimensions of the weights.
    * C4: the result has the input's shape with the last dimension replaced by the outputs of the weights.
    * C5: the element types are one of the rows above.
    * C6: scales of quantised weights are given for the whole tensor, or for each output.

    ```mlir
    %y = lle.linear %x, %w {name = "fc1"} : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
    ```

    ```mlir
    %a = lle.linear %z, %n : (tensor<2xi1>, tensor<3x2xsi8>) -> tensor<3xsi32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, LLE_Weights:$weights, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Sum:$result);
  let assemblyFormat = "$input `,` $weights attr-dict `:` functional-type(operands, $result)";
}

def LLE_AffineOp : LLE_SynapseOp<"affine"> {
  let summary = "fully connected synapses with bias: y = W x + b";
  let description = [{
    As `lle.linear`, and `bias` is added at the end.

    Constraints:
    * C1 to C4 of `lle.linear`.
    * C5: the bias has the leading dimensions of the weights and one element for each output.
    * C6, C7: C5 and C6 of `lle.linear`. The bias of a result of si32 has si8, si16 or si32; else it has floats or
      signless integers.

    ```mlir
    %y = lle.affine %x, %w, %b {name = "fc1"} : (tensor<2xf32>, tensor<3x2xf32>, tensor<3xf32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, LLE_Weights:$weights, LLE_Weights:$bias, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Sum:$result);
  let assemblyFormat = "$input `,` $weights `,` $bias attr-dict `:` functional-type(operands, $result)";
}

/// Explicit padding (one number for each spatial dimension, on both sides), or "same" or "valid".
def LLE_PaddingAttr : AnyAttrOf<[DenseI64ArrayAttr, StrAttr]> {
  let summary = "array of 64-bit integers, or \"same\" or \"valid\"";
}

def LLE_Conv1dOp : LLE_SynapseOp<"conv1d"> {
  let summary = "one-dimensional convolution (cross-correlation) with bias";
  let description = [{
    PyTorch's convention: `y[o, l] = b[o] + sum over (c, k) of W[o, c, k] * x[g(o) C/groups + c, l stride + k dilation -
    padding]`, zero outside. Input (C, L), weights (O, C / groups, K), bias (O). Padding "same" keeps the length and
    pads `dilation (K - 1)`, the smaller half before; it requires stride 1. "valid" does not pad.

    Constraints:
    * C1: input, weights and bias have ranks 2, 3 and 1; bias has one element for each output channel.
    * C2: stride, dilation and groups are positive, explicit padding is not negative.
    * C3: groups divides input and output channels, and weights have C / groups input channels.
    * C4: "same" has stride 1; a string is "same" or "valid".
    * C5: the result has the shape that the formula gives, and no dimension is empty.
    * C6, C7: those of `lle.affine`.

    ```mlir
    %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 1>, stride = array<i64: 1>}
      : (tensor<2x8xf32>, tensor<3x2x3xf32>, tensor<3xf32>) -> tensor<3x8xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, LLE_Weights:$weights, LLE_Weights:$bias, DenseI64ArrayAttr:$stride,
                       LLE_PaddingAttr:$padding, DenseI64ArrayAttr:$dilation, I64Attr:$groups,
                       OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Sum:$result);
  let assemblyFormat = "$input `,` $weights `,` $bias attr-dict `:` functional-type(operands, $result)";
}

def LLE_Conv2dOp : LLE_SynapseOp<"conv2d"> {
  let summary = "two-dimensional convolution (cross-correlation) with bias";
  let description = [{
    As `lle.conv1d` with two spatial dimensions. Input (C, H, W), weights (O, C / groups, KH, KW), bias (O). Stride,
    padding and dilation are given as (height, width).

    Constraints:
    * C1: input, weights and bias have ranks 3, 4 and 1; bias has one element for each output channel.
    * C2 to C7 of `lle.conv1d`.

    ```mlir
    %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
      : (tensor<1x4x4xi1>, tensor<2x1x3x3xf32>, tensor<2xf32>) -> tensor<2x4x4xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, LLE_Weights:$weights, LLE_Weights:$bias, DenseI64ArrayAttr:$stride,
                       LLE_PaddingAttr:$padding, DenseI64ArrayAttr:$dilation, I64Attr:$groups,
                       OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Sum:$result);
  let assemblyFormat = "$input `,` $weights `,` $bias attr-dict `:` functional-type(operands, $result)";
}

def LLE_ScaleOp : LLE_Op<"scale", [Pure, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let summary = "element-wise factor: y = s x";
  let description = [{
    Constraints:
    * C1: input, factor and result have the same shape.

    ```mlir
    %y = lle.scale %x, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, LLE_Factor:$factor, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Current:$result);
  let assemblyFormat = "$input `,` $factor attr-dict `:` functional-type(operands, $result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

class LLE_PoolOp<string mnemonic, Type resultType>
    : LLE_Op<mnemonic, [Pure, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let arguments = (ins LLE_Signal:$input, DenseI64ArrayAttr:$kernel, DenseI64ArrayAttr:$stride,
                       DenseI64ArrayAttr:$padding, OptionalAttr<StrAttr>:$name);
  let results = (outs resultType:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, $result)";
  let hasVerifier = 1;
}

def LLE_SumPool2dOp : LLE_PoolOp<"sum_pool2d", LLE_Sum> {
  let summary = "sum over windows of each channel";
  let description = [{
    Input (C, H, W); kernel, stride and padding as (height, width); zero outside.

    Constraints:
    * C1: the input has rank 3; kernel, stride and padding have two elements, the first two positive, padding not
      negative and at most half of the kernel.
    * C2: the result has the shape `floor((n + 2 p - k) / s) + 1` for each spatial dimension, and is not empty.
    * C3: the input of a result of si32 is integers. The sum is taken modulo 2^32.

    ```mlir
    %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x4x4xi1>) -> tensor<1x2x2xf32>
    ```
  }];
}

def LLE_AvgPool2dOp : LLE_PoolOp<"avg_pool2d", LLE_Current> {
  let summary = "mean over windows of each channel, padding counted";
  let description = [{
    As `lle.sum_pool2d`, divided by the number of elements of the kernel (padding counts, PyTorch's default).

    Constraints:
    * C1 and C2 of `lle.sum_pool2d`.

    ```mlir
    %y = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
    ```
  }];
}

def LLE_FlattenOp : LLE_Op<"flatten", [Pure, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let summary = "merge dimensions start to end, row-major";
  let description = [{
    Dimensions `start_dim` to `end_dim` (inclusive, negative ones count from the end) become one.

    Constraints:
    * C1: 0 <= start_dim <= end_dim < rank, after counting negative ones from the end.
    * C2: the result has the merged shape and the element type of the input.

    ```mlir
    %y = lle.flatten %x {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x4x4xi1>) -> tensor<32xi1>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, I64Attr:$start_dim, I64Attr:$end_dim, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, $result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Signals: functions and arrangement
//===----------------------------------------------------------------------===//

class LLE_SignalOp<string mnemonic, list<Trait> traits = []> : LLE_Op<mnemonic, !listconcat(traits, [Pure,
    DeclareOpInterfaceMethods<LLE_CostOpInterface>])> {
  let hasFolder = 1;
  let hasVerifier = 1;
}

def LLE_ActivationOp : LLE_SignalOp<"activation", [AllTypesMatch<["input", "result"]>]> {
  let summary = "a function of each element";
  let description = [{
    `linear`, `tanh`, `lecun_tanh` (1.7159 tanh(0.666 x)), `relu`, `silu` (x / (1 + exp(-x))), `gelu` (x / 2 (1 + erf(x /
    sqrt(2)))), `softplus` (log(1 + exp(x))) or `sigmoid`.

    ```mlir
    %y = lle.activation <relu> %x {name = "act1"} : tensor<3xf32>
    ```
  }];
  let arguments = (ins LLE_Current:$input, LLE_ActivationAttr:$function, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Current:$result);
  let assemblyFormat = "$function $input attr-dict `:` type($result)";
}

def LLE_ConcatOp : LLE_SignalOp<"concat"> {
  let summary = "signals one after the other";
  let description = [{
    The operands joined along their first dimension.

    Constraints:
    * C1: at least one operand; all have the rank of the result, at least 1, and its shape but for the first dimension,
      whose lengths add up to that of the result.
    * C2: operands have the element type of the result.

    ```mlir
    %y = lle.concat %a, %b : (tensor<3xf32>, tensor<2xf32>) -> tensor<5xf32>
    ```
  }];
  let arguments = (ins Variadic<LLE_Signal>:$inputs, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$inputs attr-dict `:` functional-type($inputs, $result)";
}

def LLE_SliceOp : LLE_SignalOp<"slice"> {
  let summary = "neighbouring elements of a signal";
  let description = [{
    Elements `offset`, `offset + 1`, ... of the first dimension, as many as the result has.

    Constraints:
    * C1: the result has the type of the input but for the first dimension.
    * C2: offset is not negative, and offset plus the length of the result is at most that of the input.

    ```mlir
    %y = lle.slice %x {offset = 1 : i64} : (tensor<5xf32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, I64Attr:$offset, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, $result)";
}

def LLE_TransposeOp : LLE_SignalOp<"transpose"> {
  let summary = "dimensions in another order";
  let description = [{
    Dimension i of the result is dimension `permutation[i]` of the input: images that come as (H, W, C) become (C, H, W)
    by [2, 0, 1].

    Constraints:
    * C1: permutation holds each dimension of the input once.
    * C2: the result has the permuted shape and the element type of the input.

    ```mlir
    %y = lle.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<4x6x3xf32>) -> tensor<3x4x6xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, DenseI64ArrayAttr:$permutation, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, $result)";
}

#endif
