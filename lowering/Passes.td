//===- Passes.td - from networks to machine code -------------*- tablegen -*-===//
#ifndef LLE_LOWERING_PASSES_TD
#define LLE_LOWERING_PASSES_TD

include "mlir/Pass/PassBase.td"

def MaterializeState : Pass<"lle-materialize-state", "::mlir::ModuleOp"> {
  let summary = "turn networks into functions with explicit state";
  let description = [{
    Each `lle.network @n` becomes `func.func @n_init` and `func.func @n_step` on tensors. `n_step` takes the inputs,
    destinations for the outputs, and the states; it returns the outputs and the new states, each written to its
    destination, so that bufferization updates states in place. Argument attributes say what each argument is
    (`lle.port`, `lle.state`, ...). Every operation is lowered by its `StepLoweringOpInterface`.

    Preconditions: networks verify; every operation implements `StepLoweringOpInterface`.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::bufferization::BufferizationDialect", "::mlir::func::FuncDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect"];
  let options = [
    Option<"lanes", "lanes", "int64_t", "16", "f32 elements of one vector register of the target">,
    Option<"registers", "registers", "int64_t", "32", "vector registers of the target">];
}

def VectorizeElementwise : Pass<"lle-vectorize-elementwise", "::mlir::func::FuncOp"> {
  let summary = "tile element-wise operations by vector registers and vectorise them";
  let description = [{
    Each `linalg.generic` on one-dimensional tensors whose maps are all the identity becomes a loop over vectors of
    `lanes` elements (several for short bodies), and a tail of the length that remains; both of static shape, so that
    no mask is needed.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect", "::mlir::tensor::TensorDialect"];
  let options = [Option<"lanes", "lanes", "int64_t", "16", "f32 elements of one vector register of the target">];
}

def PolynomialMath : Pass<"lle-polynomial-math", "::mlir::func::FuncOp"> {
  let summary = "replace exp, tanh and the like by polynomials";
  let description = [{
    No call of a math library is left for f32: MLIR's polynomial and rational approximations are used (tanh 2 eps
    relative, exp 0.6 eps). For f64, where there is none, an operation that would become a library call is an error.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::vector::VectorDialect"];
}

def ExpandCopies : Pass<"lle-expand-copies", "::mlir::func::FuncOp"> {
  let summary = "turn memref.copy into linalg.copy";
  let description = [{
    A `memref.copy` would become a call of memcpy, which a bare machine does not have; a `linalg.copy` becomes a loop.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def PlanArena : Pass<"lle-plan-arena", "::mlir::func::FuncOp"> {
  let summary = "give every buffer a place in one arena of known size";
  let description = [{
    Each `memref.alloc` of static shape becomes a view of one new argument, the scratch arena. Buffers whose lifetimes
    do not overlap share memory (first fit by decreasing size). The size is put on the function as `lle.scratch_bytes`.

    Precondition: the function is bufferized, and frees nothing.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect"];
  let options = [Option<"alignment", "alignment", "int64_t", "64", "alignment of each buffer in bytes">];
}

def EmitABI : Pass<"lle-emit-abi", "::mlir::ModuleOp"> {
  let summary = "wrap the step and init functions in the C ABI of the runtime";
  let description = [{
    For each network `n`: `void n_init(void *arena)` and `void n_step(void *arena, const void *const *inputs, void
    *const *outputs)`, as runtime/core/lle_core.h declares them. States come first in the arena, then scratch. The
    functions on memrefs become internal.

    Precondition: functions were lowered to the LLVM dialect with bare pointers.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif
