//===- FixedBase.td - what neurons in integers share --------*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_FIXEDBASE_TD
#define LLE_DIALECTS_SPK_FIXEDBASE_TD

include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "dialects/Spk/SpkDialect.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Spk_Arithmetic : I32EnumAttr<"Arithmetic", "rounding, overflow and widths of integers", [
  I32EnumAttrCase<"loihi", 0> // Loihi 2 as Lava's bit-accurate models compute it
]> {
  let cppNamespace = "::lle::spk";
}

def Spk_Integers : LLE_TensorOf<[SI32], "integer sums (tensor of static shape, not empty, of si32)">;
def Spk_BinarySpikes : LLE_TensorOf<[I1], "spikes (tensor of static shape, not empty, of i1)">;

#endif
