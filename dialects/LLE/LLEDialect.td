//===- LLEDialect.td - networks, time and linear synapses ---*- tablegen -*-===//
#ifndef LLE_DIALECTS_LLE_LLEDIALECT_TD
#define LLE_DIALECTS_LLE_LLEDIALECT_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"

def LLE_Dialect : Dialect {
  let name = "lle";
  let cppNamespace = "::lle";
  let summary = "networks as synchronous circuits, and the linear synapses that all of them share";
  let description = [{
    A network is a set of stateful operations (neurons, delays) joined by stateless ones (synapses, pooling). All of
    it is evaluated once per time step, as a synchronous circuit is evaluated once per clock. State is implicit: a
    stateful operation declares what it remembers through `StatefulOpInterface`, and `lle-materialize-state` makes
    the state explicit when a network becomes functions. README.md in this folder gives the rationale.

    Signals are tensors of static shape without a batch or time dimension, channels first, and never empty. Their
    element type says what they carry: a float type for real values, `i1` for spikes (0 or 1), `si8`, `si16` or `si32`
    for spike counts; `si32` is also what integer synapses deliver and integer neurons hold.
  }];
  let useDefaultAttributePrinterParser = 1;
  let dependentDialects = ["::mlir::quant::QuantDialect"];
}

/// A tensor of static shape that holds something.
class LLE_TensorOf<list<Type> elements, string summary>
    : ConfinedType<
          StaticShapeTensorOf<elements>, [CPred<"::llvm::cast<::mlir::ShapedType>($_self).getNumElements() != 0">],
          summary>;

/// What flows along an edge of a network.
def LLE_Signal : LLE_TensorOf<[F32, F64, I1, SI8, SI16, SI32],
                              "signal (tensor of static shape, not empty, of f32, f64, i1, si8, si16 or si32)">;
/// A real-valued signal.
def LLE_Current : LLE_TensorOf<[F32, F64], "real-valued signal (tensor of static shape, not empty, of f32 or f64)">;
/// What synapses, pooling and sums deliver: an integer sum is exact, modulo 2^32.
def LLE_Sum : LLE_TensorOf<[F32, F64, SI32], "sum (tensor of static shape, not empty, of f32, f64 or si32)">;
/// Factors of a real-valued result.
def LLE_Factor : LLE_TensorOf<[AnyFloat, AnySignlessInteger],
                              "factor (tensor of static shape, not empty, of floats or integers)">;
/// Integers with a scale that gives them a real value: upstream's types, per tensor or per channel.
def LLE_Quantized : Type<CPred<"::llvm::isa<::mlir::quant::UniformQuantizedType,"
                               " ::mlir::quant::UniformQuantizedPerAxisType>($_self)">, "uniformly quantised type">;
/// Weights keep the element type of the file they came from.
def LLE_Weights : LLE_TensorOf<[AnyFloat, AnySignlessInteger, SI8, SI16, SI32, LLE_Quantized],
                               "weights (tensor of static shape, not empty, of floats, integers or quantised)">;

class LLE_Op<string mnemonic, list<Trait> traits = []> : Op<LLE_Dialect, mnemonic, traits>;

#endif
