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

    Signals are tensors of static shape without a batch or time dimension, channels first. Their element type says
    what they carry: a float type for real values, `i1` for spikes (0 or 1), `si8`, `si16` or `si32` for spike counts.
  }];
}

/// What flows along an edge of a network.
def LLE_SignalElement : AnyTypeOf<[F32, F64, I1, SI8, SI16, SI32]>;
def LLE_Signal : StaticShapeTensorOf<[F32, F64, I1, SI8, SI16, SI32]> {
  let summary = "signal (tensor of static shape of f32, f64, i1, si8, si16 or si32)";
}
/// A real-valued signal: what a synapse delivers.
def LLE_Current : StaticShapeTensorOf<[F32, F64]> {
  let summary = "real-valued signal (tensor of static shape of f32 or f64)";
}
/// Weights keep the element type of the file they came from.
def LLE_Weights : StaticShapeTensorOf<[AnyFloat, AnySignlessInteger]> {
  let summary = "weights (tensor of static shape of floats or integers)";
}

class LLE_Op<string mnemonic, list<Trait> traits = []> : Op<LLE_Dialect, mnemonic, traits>;

#endif
