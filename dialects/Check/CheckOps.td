//===- CheckOps.td - executed tests of networks -------------*- tablegen -*-===//
#ifndef LLE_DIALECTS_CHECK_CHECKOPS_TD
#define LLE_DIALECTS_CHECK_CHECKOPS_TD

include "dialects/LLE/LLEDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"

def Check_Dialect : Dialect {
  let name = "check";
  let cppNamespace = "::lle::check";
  let summary = "assertions and simulation, so that one test runs on every engine";
  let description = [{
    A test is a `func.func` without arguments that instantiates networks, steps them and states what it expects.
    `lle-check --engine=reference` and `lle-check --engine=native` run the same file. Operations are executed in the
    order of the text.
  }];
  let useDefaultTypePrinterParser = 1;
  let dependentDialects = ["::lle::LLEDialect"];
}

def Check_Instance : TypeDef<Check_Dialect, "Instance"> {
  let mnemonic = "instance";
  let summary = "a network with its states";
}

class Check_Op<string mnemonic, list<Trait> traits = []> : Op<Check_Dialect, mnemonic, traits>;

def Check_InstantiateOp : Check_Op<"instantiate", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a fresh instance of a network, with initial states";
  let description = [{
    Constraints:
    * C1: the symbol is an `lle.network`.

    ```mlir
    %i = check.instantiate @relay
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$network);
  let results = (outs Check_Instance:$instance);
  let assemblyFormat = "$network attr-dict";
}

def Check_StepOp : Check_Op<"step", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "advance an instance by one time step";
  let description = [{
    Constraints:
    * C1: operands and results have the types of the network's arguments and results.

    ```mlir
    %y = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins Check_Instance:$instance, Variadic<LLE_Signal>:$inputs);
  let results = (outs Variadic<LLE_Signal>:$outputs);
  let assemblyFormat = "$instance `(` $inputs `)` attr-dict `:` functional-type($inputs, $outputs)";
}

def Check_StateOp : Check_Op<"state"> {
  let summary = "read a state of an instance";
  let description = [{
    ```mlir
    %v = check.state %i "hold" "value" : tensor<3xf32>
    ```
  }];
  let arguments = (ins Check_Instance:$instance, StrAttr:$node, StrAttr:$state);
  let results = (outs LLE_Signal:$result);
  let assemblyFormat = "$instance $node $state attr-dict `:` type($result)";
}

def Check_ExpectEqOp : Check_Op<"expect_eq", [AllTypesMatch<["value", "expected"]>]> {
  let summary = "the value equals the expected one, element by element";
  let description = [{
    Constraints:
    * C1: value and expected have the same type.

    ```mlir
    check.expect_eq %y dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$value, ElementsAttr:$expected);
  let assemblyFormat = "$value $expected attr-dict";
}

def Check_ExpectCloseOp : Check_Op<"expect_close", [AllTypesMatch<["value", "expected"]>]> {
  let summary = "the value is within an absolute tolerance of the expected one";
  let description = [{
    Constraints:
    * C1: value and expected have the same type.
    * C2: tolerance is not negative.

    ```mlir
    check.expect_close %y dense<[1.0, 2.0, 3.0]> : tensor<3xf32> within 1.0e-6
    ```
  }];
  let arguments = (ins LLE_Current:$value, ElementsAttr:$expected, F64Attr:$tolerance);
  let assemblyFormat = "$value $expected `within` $tolerance attr-dict";
  let hasVerifier = 1;
}

#endif
