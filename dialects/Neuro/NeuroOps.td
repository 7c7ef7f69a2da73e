//===- NeuroOps.td - networks on the cores of a chip --------*- tablegen -*-===//
#ifndef LLE_DIALECTS_NEURO_NEUROOPS_TD
#define LLE_DIALECTS_NEURO_NEUROOPS_TD

include "dialects/LLE/LLEDialect.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"

def Neuro_Dialect : Dialect {
  let name = "neuro";
  let cppNamespace = "::lle::neuro";
  let summary = "networks on the cores of a neuromorphic chip, in the chip's own integers";
  let description = [{
    Populations of neurons send spikes to each other along synapses, each with a delay in ticks of the chip. There are no
    operations between them: what a network does to a signal on its way is in the weights. README.md in this folder gives
    the rationale.
  }];
  let dependentDialects = ["::lle::LLEDialect"];
}

class Neuro_Op<string mnemonic, list<Trait> traits = []> : Op<Neuro_Dialect, mnemonic, traits> {
  let hasVerifier = 1;
}

def Neuro_Model : I32Enum<"Model", "what a neuron computes in a tick", [
  I32EnumCase<"cuba_lif", 0>, // spk.fixed_cuba_lif, or the discrete spk.cuba_lif
  I32EnumCase<"cuba_li", 1>   // spk.fixed_cuba_li, or the discrete spk.cuba_li: it sends nothing, its membrane is read
]> {
  let cppNamespace = "::lle::neuro";
}

/// What a port sends in a tick.
def Neuro_Signal : LLE_TensorOf<[I1, SI8, SI16, SI32],
                                "integer signal (tensor of static shape, not empty, of i1, si8, si16 or si32)">;

def Neuro_Result : LLE_TensorOf<[I1, SI32, F32], "spikes or membranes (tensor of static shape, not empty, of i1, si32 or f32)">;

def Neuro_MapOp : Neuro_Op<"map", [
    IsolatedFromAbove, Symbol, SymbolTable, SingleBlock, NoTerminator, NoRegionArguments]> {
  let summary = "a network for a chip, placed on its cores or not yet";
  let description = [{
    All populations work in ticks of the chip. A population that starts in tick s computes in tick s + t what the network
    computes in step t, and before tick s it is in its initial state and silent. The latency of an output is the start of
    its population.

    `dt` is the length of a step of the network in seconds, `steps` the usual length of a sample. `limits` has the target's
    limits by their names in its file, as integers: how many neurons a core holds, for example.

    Constraints:
    * C1: the body holds only operations of the dialect `neuro`.
    * C2: dt is positive and finite; steps, where given, is positive; limits are positive integers.
    * C3: cores are numbered 0, 1, ... in the order of the text.
    * C4: either all cores have a place or none, and no two have the same.
    * C5: all populations have cores or none has, their cores exist, and no core is without neurons.
    * C6: no two ports of a direction have the same name, and no two `neuro.synapses` the same ends.

    ```mlir
    neuro.map @relay target "loihi2" attributes {dt = 1.000000e-03 : f64, limits = {core_neurons = 8192 : i64}} {
      neuro.input @x "x" : tensor<2xi1>
      neuro.population @lif cuba_lif start 1 {parameters = {du = dense<4095> : tensor<3xi32>,
        dv = dense<410> : tensor<3xi32>, v_threshold = dense<64> : tensor<3xi32>}} : tensor<3xi1>
      neuro.synapses @x -> @lif {rows = dense<[0, 1]> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
        row_begin = dense<[0, 3, 5]> : tensor<3xi64>, offsets = dense<[0, 1, 2, 0, 2]> : tensor<5xi32>,
        weights = dense<[3, -2, 1, 4, 4]> : tensor<5xi16>, delays = dense<1> : tensor<5xi8>}
      neuro.output "y" @lif
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$target, F64Attr:$dt, OptionalAttr<I64Attr>:$steps,
                       OptionalAttr<DictionaryAttr>:$limits, OptionalAttr<StrAttr>:$sym_visibility);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `target` $target attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The limit of that name; nothing where the target has none.
    std::optional<int64_t> getLimit(::llvm::StringRef name);
    /// The number of cores, 0 before the network is partitioned.
    int64_t countCores();
  }];
}

def Neuro_InputOp : Neuro_Op<"input", [Symbol, HasParent<"MapOp">]> {
  let summary = "a port whose spikes, or numbers, the host sends to the cores";
  let description = [{
    What is not 0 is sent: a spike, or a payload where the elements are wider than a bit. It starts in tick 0. `rate` is the mean
    number of messages of an element in a step, where it was measured.

    ```mlir
    neuro.input @x "x" : tensor<2xi1>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$port, OptionalAttr<F64Attr>:$rate,
                       TypeAttrOf<Neuro_Signal>:$type, OptionalAttr<StrAttr>:$sym_visibility);
  let assemblyFormat = "$sym_name $port attr-dict `:` $type";
  let hasVerifier = 0;
}

def Neuro_PopulationOp : Neuro_Op<"population", [Symbol, HasParent<"MapOp">]> {
  let summary = "neurons of one node of a network";
  let description = [{
    Neurons are numbered row-major in the shape. On a chip of integers `parameters` are those of `spk.fixed_cuba_lif`:
    `du`, `dv`, `v_threshold` (not of a `cuba_li`), and where there is one `bias`, which is bias_mant and bias_exp in one;
    `weight_exp`, `reset_interval` and `reset_offset` as there. On a chip with states of f32 they are those of a discrete
    `spk.cuba_lif`: `decay_v`, `v_threshold`, and where they are not 0 `decay_i`, `bias` and `v_reset` (a `cuba_li` has
    neither threshold nor reset); with `subtract` a neuron that fires loses the threshold. `rate` is the mean number of spikes of a neuron in a step, where it was
    measured. `cores` are pairs (core, count): the core of the first neurons and how
    many they are, of the next ones, and so on.

    Constraints:
    * C1: start is not negative.
    * C2: parameters are of the shape, and just those of the model: i32 of integers, or f32 (there is a decay_v). Only a
      cuba_lif of f32 has subtract, and no population of f32 has weight_exp or reset_interval.
    * C3: a cuba_lif gives i1, a cuba_li its membranes: si32, or f32.
    * C4: weight_exp is 0 to 7; reset_interval and reset_offset come together, and 0 <= reset_offset < reset_interval.
    * C5: cores are pairs of i32; their counts are positive and add up to the neurons.

    ```mlir
    neuro.population @lif cuba_lif start 1 {cores = dense<[[0, 2], [1, 1]]> : tensor<2x2xi32>, parameters = {
      du = dense<409> : tensor<3xi32>, dv = dense<410> : tensor<3xi32>, v_threshold = dense<64> : tensor<3xi32>}}
      : tensor<3xi1>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, EnumProp<Neuro_Model>:$model, I64Attr:$start,
                       DictionaryAttr:$parameters, OptionalAttr<I64Attr>:$weight_exp,
                       OptionalAttr<I64Attr>:$reset_interval, OptionalAttr<I64Attr>:$reset_offset,
                       UnitAttr:$subtract, OptionalAttr<F64Attr>:$rate, OptionalAttr<ElementsAttr>:$cores,
                       TypeAttrOf<Neuro_Result>:$type, OptionalAttr<StrAttr>:$sym_visibility);
  let assemblyFormat = "$sym_name $model `start` custom<Number>($start) attr-dict `:` $type";
  let extraClassDeclaration = [{
    /// Whether states are f32, and not integers.
    bool hasRealStates() { return getParameters().contains("decay_v"); }
  }];
}

def Neuro_SynapsesOp : Neuro_Op<"synapses", [
    HasParent<"MapOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "all synapses from one population to another";
  let description = [{
    Source s reaches, with the synapses i of row `rows[s]`, the targets `bases[s] + offsets[i]`; row r has the synapses
    `row_begin[r]` to `row_begin[r + 1]`. A target adds `weights[i]`, times the payload where there is one, in the tick
    `delays[i]` after the source fired. Several sources may have the same row, each with its own base: this is how the
    kernel of a convolution is stored once.

    Constraints:
    * C1: rows and bases are i32, one for each neuron of the source; row_begin is i64, and offsets, weights and delays are
      i32, i16 and i8 with as many elements as there are synapses.
    * C2: row_begin starts with 0, does not descend, and ends with the number of synapses.
    * C3: rows exist; offsets start with 0 in each row and do not descend; targets exist.
    * C4: delays are positive, and not less than the start of the target minus that of the source.
    * C5: the source sends spikes: it is an input or a cuba_lif; the target is a population.

    ```mlir
    neuro.synapses @x -> @lif {rows = dense<[0, 0]> : tensor<2xi32>, bases = dense<[0, 1]> : tensor<2xi32>,
      row_begin = dense<[0, 2]> : tensor<2xi64>, offsets = dense<[0, 1]> : tensor<2xi32>,
      weights = dense<[3, -2]> : tensor<2xi16>, delays = dense<1> : tensor<2xi8>}
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$source, FlatSymbolRefAttr:$target, ElementsAttr:$rows, ElementsAttr:$bases,
                       ElementsAttr:$row_begin, ElementsAttr:$offsets, ElementsAttr:$weights, ElementsAttr:$delays);
  let assemblyFormat = "$source `->` $target attr-dict";
}

def Neuro_OutputOp : Neuro_Op<"output", [HasParent<"MapOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a port that gives the spikes of a population, or its membranes";
  let description = [{
    Constraints:
    * C1: the symbol is a population.

    ```mlir
    neuro.output "y" @lif
    ```
  }];
  let arguments = (ins StrAttr:$port, FlatSymbolRefAttr:$population);
  let assemblyFormat = "$port $population attr-dict";
  let hasVerifier = 0;
}

def Neuro_CoreOp : Neuro_Op<"core", [HasParent<"MapOp">]> {
  let summary = "a core of the chip that holds neurons";
  let description = [{
    `place` is (chip, x, y, slot): the router in the grid of the chip, and the core of that router. `memory` has the
    regions of the core by name, each as (offset, bytes). `power` is the level at which the core runs while it works, and
    `busy` the mean share of a tick for which it does; for the rest it sleeps.

    Constraints:
    * C1: the place has four elements that are not negative.
    * C2: regions of memory are pairs of i64 that are not negative.
    * C3: busy is 0 to 1.

    ```mlir
    neuro.core 0 at [0, 3, 1, 2] {memory = {neurons = array<i64: 0, 24>, synapses = array<i64: 24, 16>}}
    ```
  }];
  let arguments = (ins I64Attr:$number, OptionalAttr<DenseI64ArrayAttr>:$place, OptionalAttr<DictionaryAttr>:$memory,
                       OptionalAttr<StrAttr>:$power, OptionalAttr<F64Attr>:$busy);
  let builders = [OpBuilder<(ins "uint64_t":$number), [{ build($_builder, $_state, number, {}, {}, {}, {}); }]>];
  let assemblyFormat = "custom<Number>($number) (`at` $place^)? attr-dict";
}

def Neuro_RouteOp : Neuro_Op<"route", [HasParent<"MapOp">]> {
  let summary = "where the packets of a core go";
  let description = [{
    `targets` are the cores that some neuron of `source` sends to. The host, which sends what the inputs get, has the
    number behind the last core. Without a key a packet goes to one core, along x and then along y. On a chip with
    multicast routers neuron n sends `key` + n, and (key + n) & mask = key for all of them.

    Constraints:
    * C1: the source is a core or the host; targets are cores and ascend; no two routes have the same source.
    * C2: key and mask come together, have 32 bits, and key & mask = key.

    ```mlir
    neuro.route 0 -> [1, 2] {key = 256 : i64, mask = 4294967040 : i64}
    ```
  }];
  let arguments = (ins I64Attr:$source, DenseI64ArrayAttr:$targets, OptionalAttr<I64Attr>:$key,
                       OptionalAttr<I64Attr>:$mask);
  let assemblyFormat = "custom<Number>($source) `->` $targets attr-dict";
}

def Neuro_RouterOp : Neuro_Op<"router", [HasParent<"MapOp">]> {
  let summary = "the multicast table of a chip";
  let description = [{
    The chip is at `place` (x, y) of the board. A packet goes by the first entry with packet & masks[i] = keys[i]: out by
    `links[i]` (bit d is direction d of E, NE, N, W, SW, S) and to `cores[i]`. Without an entry it goes straight on.

    Constraints:
    * C1: the place has two elements.
    * C2: there are as many masks, links and lists of cores as keys.
    * C3: keys and masks have 32 bits and links 6; cores exist.

    ```mlir
    neuro.router 0 at [0, 0] {keys = array<i64: 256>, masks = array<i64: 4294967040>, links = array<i64: 1>,
      cores = [array<i64: 0>]}
    ```
  }];
  let arguments = (ins I64Attr:$chip, DenseI64ArrayAttr:$place, DenseI64ArrayAttr:$keys, DenseI64ArrayAttr:$masks,
                       DenseI64ArrayAttr:$links, TypedArrayAttrBase<DenseI64ArrayAttr, "lists of cores">:$cores);
  let assemblyFormat = "custom<Number>($chip) `at` $place attr-dict";
}

#endif
