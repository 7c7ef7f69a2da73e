//===- FixedCells.td - liquid cells in fixed point ----------*- tablegen -*-===//
#ifndef LLE_DIALECTS_LTC_FIXEDCELLS_TD
#define LLE_DIALECTS_LTC_FIXEDCELLS_TD

include "dialects/LLE/LLEBounds.td"
include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "dialects/LTC/LTCDialect.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def LTC_FixedInput : LLE_TensorOf<[SI8, SI16], "numbers in fixed point (tensor of static shape, not empty, of si8 or si16)">;
def LTC_FixedState : LLE_TensorOf<[SI16], "numbers in fixed point (tensor of static shape, not empty, of si16)">;

/// The closed forms of `ltc.cfc_cell` that have a gate.
def LTC_FixedMode : I32EnumAttr<"FixedMode", "which closed form joins the heads of a CfC cell", [
  I32EnumAttrCase<"gated", 0, "default">, // f1 (1 - t) + t f2
  I32EnumAttrCase<"no_gate", 1>           // f1 + t f2
]> {
  let cppNamespace = "::lle::ltc";
}

def LTC_FixedLTCCellOp : Op<LTC_Dialect, "fixed_ltc_cell", [
    DeclareOpInterfaceMethods<LLE_StatefulOpInterface>, DeclareOpInterfaceMethods<LLE_CostOpInterface>,
    DeclareOpInterfaceMethods<LLE_BoundedStateOpInterface>]> {
  let summary = "liquid time-constant cell with the fused solver, in fixed point";
  let description = [{
    The fused `ltc.ltc_cell` in integers: H neurons, I inputs, matrices [source, target]. Potentials v are multiples of
    2^-15 of a range of each neuron; conductances, capacitance and leak of a neuron are multiples of a unit of its own,
    which the quotient cancels. `s` is the table of sigmoid of `lle.fixed_affine`, `clip` is to 16 bits, `>>` rounds
    down. Once per step, for each neuron j, with sums over inputs i:

        S_ij = s(clip((sensory_slope_ij x_i + sensory_offset_ij) >> sensory_shift))
        g_j  = capacitance_j + leak_j + sum sensory_conductance_ij S_ij
        d_j  = drive_j + sum sensory_current_ij S_ij

    and `unfolds` times, with sums over neurons i and v of the unfold before:

        A_ij  = s(clip((slope_ij v_i + offset_ij) >> shift))
        den_j = g_j + sum conductance_ij A_ij
        cur_j = d_j + sum current_ij A_ij
        e     = the largest number for which den_j 2^e is below 2^31
        q     = (den_j 2^e) >> 15
        num   = ((capacitance_j 2^e) >> 15) v_j + cur_j 2^e
        v_j'  = num / q, rounded to nearest, ties away from zero, clipped to 32767 in magnitude

    The result is v. All numbers fit 32 bits, by C4 and C5: `abs(num) <= den_j 2^e < 2^31`, since num is a mean of
    numbers of at most 2^15 with the weights of den_j. A synapse that does not conduct does not exist. State: `v`, zero
    at first. `lle-to-fixed-point` makes such a cell of an `ltc.ltc_cell`.

    Constraints:
    * C1: input and result have rank 1.
    * C2: parameters are dense integers of the shape that the formulas give them: capacitance, leak and drive of i32,
      offsets of i32, slopes, conductances and currents of i8 or i16.
    * C3: unfolds is 1 or more; shifts are 0 to 30.
    * C4: conductances, capacitance and leak are not negative; for each synapse `abs(current) <= conductance`, and for
      each neuron `abs(drive) <= leak` and `capacitance + leak >= 1`.
    * C5: `capacitance_j + leak_j + 2^15 sum over i of (conductance_ij + sensory_conductance_ij)` is below 2^31.
    * C6: `2^15 abs(slope_ij) + abs(offset_ij)` is below 2^31, and with an input of si8 `2^7 abs(sensory_slope_ij) +
      abs(sensory_offset_ij)`.

    R. Hasani et al., Liquid Time-constant Networks, AAAI 2021.

    ```mlir
    %v = ltc.fixed_ltc_cell "rnn" %x {
        unfolds = 6 : i64, capacitance = dense<3000000> : tensor<2xi32>, leak = dense<1000000> : tensor<2xi32>,
        drive = dense<[200000, -300000]> : tensor<2xi32>, shift = 14 : i64, slope = dense<4096> : tensor<2x2xi16>,
        offset = dense<-50000000> : tensor<2x2xi32>, conductance = dense<[[0, 100], [60, 127]]> : tensor<2x2xi8>,
        current = dense<[[0, 100], [-60, -127]]> : tensor<2x2xi8>, sensory_shift = 14 : i64,
        sensory_slope = dense<4096> : tensor<1x2xi16>, sensory_offset = dense<0> : tensor<1x2xi32>,
        sensory_conductance = dense<80> : tensor<1x2xi8>, sensory_current = dense<-40> : tensor<1x2xi8>}
      : tensor<1xsi16> -> tensor<2xsi16>
    ```
  }];
  let arguments = (ins StrAttr:$name, LTC_FixedInput:$input, I64Attr:$unfolds, ElementsAttr:$capacitance,
                       ElementsAttr:$leak, ElementsAttr:$drive, I64Attr:$shift, ElementsAttr:$slope,
                       ElementsAttr:$offset, ElementsAttr:$conductance, ElementsAttr:$current, I64Attr:$sensory_shift,
                       ElementsAttr:$sensory_slope, ElementsAttr:$sensory_offset, ElementsAttr:$sensory_conductance,
                       ElementsAttr:$sensory_current);
  let results = (outs LTC_FixedState:$result);
  let assemblyFormat = "$name $input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def LTC_FixedCfCGateOp : Op<LTC_Dialect, "fixed_cfc_gate", [
    Pure, AllTypesMatch<["f1", "f2", "t", "result"]>, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let summary = "closed form of a CfC cell in fixed point";
  let description = [{
    What joins the heads of an `ltc.cfc_cell`, element by element. The gate t is a sigmoid, in 2^-15; `>>` rounds down
    and clip is to 16 bits. f1 and f2 have one unit.

    | mode | h | h is in |
    |---|---|---|
    | default | `clip(f1 + (((f2 - f1) t + 2^14) >> 15))` | the unit of f1 |
    | no_gate | `clip((f1 + ((f2 t + 2^14) >> 15) + 1) >> 1)` | twice the unit of f1 |

    All numbers fit 32 bits. The layers of the cell are `lle.fixed_affine`, and an `lle.delay` holds its state. R. Hasani
    et al., Closed-form continuous-time neural networks, Nature Machine Intelligence 4 (2022) 992.

    ```mlir
    %h = ltc.fixed_cfc_gate default %f1, %f2, %t : tensor<3xsi16>
    ```
  }];
  let arguments = (ins LTC_FixedMode:$mode, LTC_FixedState:$f1, LTC_FixedState:$f2, LTC_FixedState:$t);
  let results = (outs LTC_FixedState:$result);
  let assemblyFormat = "$mode $f1 `,` $f2 `,` $t attr-dict `:` type($result)";
}

#endif
