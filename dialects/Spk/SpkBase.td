//===- SpkBase.td - what all neurons have in common ----------*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_SPKBASE_TD
#define LLE_DIALECTS_SPK_SPKBASE_TD

include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "dialects/Spk/SpkAttrs.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// A result that carries spikes.
def Spk_Spikes
    : LLE_TensorOf<[I1, SI8, SI16, SI32], "spikes (tensor of static shape, not empty, of i1, si8, si16 or si32)">;

class Spk_NeuronOp<string mnemonic, list<Trait> traits = []> : Op<Spk_Dialect, mnemonic, !listconcat(traits, [
    DeclareOpInterfaceMethods<LLE_NeuronOpInterface>, DeclareOpInterfaceMethods<LLE_CostOpInterface>])> {
  let hasVerifier = 1;
}

/// A neuron with state. Its first argument is its name, its second the input current.
class Spk_StatefulOp<string mnemonic, list<Trait> traits = []> : Spk_NeuronOp<mnemonic, !listconcat(traits, [
    DeclareOpInterfaceMethods<LLE_StatefulOpInterface, ["isCombinational"]>])>;

class Spk_SpikingOp<string mnemonic> : Spk_StatefulOp<mnemonic> {
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = [{
    $name $input `dynamics` `` $dynamics `firing` `` $firing attr-dict `:` type($input) `->` type($result)
  }];
}

class Spk_LeakyOp<string mnemonic> : Spk_StatefulOp<mnemonic, [AllTypesMatch<["input", "result"]>]> {
  let results = (outs LLE_Current:$result);
  let assemblyFormat = "$name $input `dynamics` `` $dynamics attr-dict `:` type($result)";
}

#endif
