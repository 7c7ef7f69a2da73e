//===- Passes.td - from buffers to C -------------------------*- tablegen -*-===//
#ifndef LLE_LOWERING_C_PASSES_TD
#define LLE_LOWERING_C_PASSES_TD

include "mlir/Pass/PassBase.td"

def Scalarize : Pass<"lle-scalarize", "::mlir::func::FuncOp"> {
  let summary = "replace vectors by their elements";
  let description = [{
    Every value of vector type becomes one scalar for each of its elements. Loops and conditions that carry vectors
    carry the elements. Sums keep their order, so that results are the same bit for bit.

    Preconditions: vectors have a fixed length; transfers access memory without masks and within its bounds.

    ```mlir
    func.func @twice(%x: memref<4xf32>, %y: memref<4xf32>) {
      %i = arith.constant 0 : index
      %padding = arith.constant 0.0 : f32
      %0 = vector.transfer_read %x[%i], %padding {in_bounds = [true]} : memref<4xf32>, vector<2xf32>
      %1 = arith.addf %0, %0 : vector<2xf32>
      vector.transfer_write %1, %y[%i] {in_bounds = [true]} : vector<2xf32>, memref<4xf32>
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect"];
}

def ExpandRounding : Pass<"lle-expand-rounding", "::mlir::func::FuncOp"> {
  let summary = "replace floor, ceil and the like by arithmetic";
  let description = [{
    `math.floor`, `math.ceil`, `math.trunc`, `math.round`, `math.roundeven`, `math.absf` and `math.copysign` of f32 and
    f64 become arithmetic on the number and on its bits: no call of a math library is left, and no conversion to an
    integer out of its range. Results are equal bit for bit, infinities and the sign of zero included; NaN stays NaN.

    ```mlir
    func.func @whole(%x: f32) -> f32 {
      %y = math.floor %x : f32
      return %y : f32
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def ConvertToEmitC : Pass<"lle-convert-to-emitc", "::mlir::ModuleOp"> {
  let summary = "convert functions on buffers to C in the emitc dialect";
  let description = [{
    Functions become static functions on pointers, constants become static const arrays. Every operation is a statement
    of its own, so that no C compiler fuses a multiplication with an addition. Signed sums wrap: they are computed in
    unsigned types. A buffer is a pointer to its first element; what views add is computed where they are made.

    An operation without a form in C is an error.

    Preconditions: `lle-plan-arena`, `lle-scalarize`; shapes are static; no affine operations.

    ```mlir
    func.func @n_step(%x: memref<4xf32> {lle.kind = "input"}, %y: memref<4xf32> {lle.kind = "output"}) {
      %zero = arith.constant 0 : index
      %one = arith.constant 1 : index
      %four = arith.constant 4 : index
      scf.for %i = %zero to %four step %one {
        %0 = memref.load %x[%i] : memref<4xf32>
        %1 = arith.mulf %0, %0 : f32
        memref.store %1, %y[%i] : memref<4xf32>
      }
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::emitc::EmitCDialect"];
}

def EmitCInterface : Pass<"lle-emit-c-interface", "::mlir::ModuleOp"> {
  let summary = "add the C functions of the runtime, and what a C file begins with";
  let description = [{
    For each network `n`: `n_arena_init`, `n_arena_step` and `n_arena_run`, as `lle-emit-abi` makes them for machine
    code. The file begins with the includes, with checks of what the code takes for granted, and with the few helper
    functions that it calls; `header` is the name of the header it includes, by default `n.h`.

    Precondition: `lle-convert-to-emitc`.

    ```mlir
    emitc.func @n_init_kernel() {
      emitc.return
    }
    emitc.func @n_step_kernel(
        %x: !emitc.opaque<"const float *restrict"> {lle.kind = "input", lle.port = "x", lle.type = tensor<4xf32>},
        %y: !emitc.opaque<"float *restrict"> {lle.kind = "output", lle.port = "y", lle.type = tensor<4xf32>})
        attributes {lle.network = "n", lle.scratch_bytes = 0 : i64, lle.state_bytes = 0 : i64, specifiers = ["static"]} {
      emitc.return
    }
    ```
  }];
  let dependentDialects = ["::mlir::emitc::EmitCDialect"];
  let options = [Option<"header", "header", "std::string", [{""}], "name of the header of the file">];
}

#endif
