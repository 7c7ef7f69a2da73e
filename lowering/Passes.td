//===- Passes.td - from networks to machine code -------------*- tablegen -*-===//
#ifndef LLE_LOWERING_PASSES_TD
#define LLE_LOWERING_PASSES_TD

include "mlir/Pass/PassBase.td"

def MaterializeState : Pass<"lle-materialize-state", "::mlir::ModuleOp"> {
  let summary = "turn networks into functions with explicit state";
  let description = [{
    Each `lle.network @n` becomes `func.func @n_init` and `func.func @n_step` on tensors. `n_step` takes the inputs,
    destinations for the outputs, and the states; it returns the outputs and the new states, and `lle.destinations`
    names the argument that each result belongs in (`lle-store-results` puts it there). Argument attributes say what
    each argument is (`lle.port`, `lle.state`, ...). Every operation is lowered by its `StepLoweringOpInterface`.

    Preconditions: networks verify; every operation implements `StepLoweringOpInterface`.

    ```mlir
    lle.network @hold(%x: tensor<4xf32>) -> tensor<4xf32> attributes {dt = 1.0e-3 : f64} {
      %y = lle.delay "hold" %x {initial = 2.0 : f64, steps = dense<1> : tensor<4xi64>} : tensor<4xf32>
      lle.output %y : tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::bufferization::BufferizationDialect", "::mlir::func::FuncDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::LLVM::LLVMDialect", "::mlir::math::MathDialect",
    "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect"];
  let options = [
    Option<"lanes", "lanes", "int64_t", "16", "f32 elements of one vector register of the target">,
    Option<"registers", "registers", "int64_t", "32", "vector registers of the target">,
    Option<"simd", "simd", "::lle::Simd", "::lle::Simd::none", "instructions of the target on several numbers",
           "::lle::getSimdValues()">,
    Option<"alignment", "alignment", "int64_t", "64", "alignment of the arena and of each state in bytes">];
}

def ReuseOperands : Pass<"lle-reuse-operands", "::mlir::func::FuncOp"> {
  let summary = "put element-wise results where an operand ends";
  let description = [{
    An element-wise `linalg.generic` that would make a new tensor writes into that of an input of the same type instead,
    where nobody else reads it and it is scratch memory: a sum of two currents takes one buffer less.

    ```mlir
    func.func @both(%x: tensor<38xf32>, %y: tensor<38xf32>) -> tensor<38xf32> {
      %empty = tensor.empty() : tensor<38xf32>
      %twice = linalg.add ins(%x, %x : tensor<38xf32>, tensor<38xf32>) outs(%empty : tensor<38xf32>) -> tensor<38xf32>
      %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                           iterator_types = ["parallel"]}
          ins(%twice, %y : tensor<38xf32>, tensor<38xf32>) outs(%empty : tensor<38xf32>) {
      ^bb0(%a: f32, %b: f32, %out: f32):
        %sum = arith.addf %a, %b : f32
        linalg.yield %sum : f32
      } -> tensor<38xf32>
      return %0 : tensor<38xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def VectorizeElementwise : Pass<"lle-vectorize-elementwise", "::mlir::func::FuncOp"> {
  let summary = "tile element-wise operations by vector registers and vectorise them";
  let description = [{
    Each `linalg.generic` on one-dimensional tensors whose maps are all the identity becomes a loop over vectors of
    two registers of `lanes` elements, and a tail of the length that remains; both of static shape, so that no mask is
    needed.

    ```mlir
    func.func @twice(%x: tensor<38xf32>, %y: tensor<38xf32>) -> tensor<38xf32> {
      %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                           iterator_types = ["parallel"]} ins(%x : tensor<38xf32>) outs(%y : tensor<38xf32>) {
      ^bb0(%in: f32, %out: f32):
        %sum = arith.addf %in, %in : f32
        linalg.yield %sum : f32
      } -> tensor<38xf32>
      return %0 : tensor<38xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect", "::mlir::tensor::TensorDialect"];
  let options = [Option<"lanes", "lanes", "int64_t", "16", "f32 elements of one vector register of the target">];
}

def PolynomialMath : Pass<"lle-polynomial-math", "::mlir::func::FuncOp"> {
  let summary = "replace exp, tanh and the like by polynomials";
  let description = [{
    No call of a math library is left for f32. `math.exp`, `math.exp2` and `math.tanh` become a polynomial of the
    fraction and an exponent of the whole part. `accuracy` bounds the absolute error of tanh, of powers in [0, 1] and of
    `1 / (1 + exp(-x))`: `default` 2e-7, `fast` 1e-5. Powers saturate at 2^126 and vanish below 2^-125 (to 2^-125 or
    less), also those of infinite numbers; NaN stays NaN. A `math.exp2` with the attribute `lle.bounded` has an argument
    of at most 124 in magnitude, or NaN, and is not clamped. Operations of one kind that stand together are expanded side
    by side, so that their latencies overlap. Others take MLIR's approximations (erf, log1p, ...).

    With `simd=avx512`, vectors of 16 elements use vreduceps, vscalefps and, for an `arith.divf` that allows a reciprocal
    (`fastmath<arcp>`), vrcp14ps and a Newton step; such a divisor must be finite and not zero.

    For f64, where there is no polynomial, an operation that would become a library call is an error.

    ```mlir
    func.func @decay(%x: vector<8xf32>) -> vector<8xf32> {
      %y = math.exp %x : vector<8xf32>
      return %y : vector<8xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::vector::VectorDialect",
                           "::mlir::LLVM::LLVMDialect"];
  let options = [
    Option<"accuracy", "accuracy", "::lle::Accuracy", "::lle::Accuracy::standard", "bound of the absolute error",
           [{::llvm::cl::values(clEnumValN(::lle::Accuracy::standard, "default", "2e-7"),
                                clEnumValN(::lle::Accuracy::fast, "fast", "1e-5"))}]>,
    Option<"simd", "simd", "::lle::Simd", "::lle::Simd::none", "instructions of the target on several numbers",
           "::lle::getSimdValues()">];
}

def SplitEmpties : Pass<"lle-split-empties", "::mlir::func::FuncOp"> {
  let summary = "give each use of an empty tensor a tensor of its own";
  let description = [{
    Common subexpressions are eliminated among empty tensors, too. One that two values begin with becomes one buffer,
    which lives from the first use of one to the last use of the other; two buffers share memory where they can
    (`lle-plan-arena`), and leave it to others in between. Slices of an empty tensor stay together, and so do its
    uses within one operation.

    ```mlir
    func.func @apart(%x: f32) -> (tensor<4xf32>, tensor<4xf32>) {
      %empty = tensor.empty() : tensor<4xf32>
      %a = linalg.fill ins(%x : f32) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
      %b = linalg.fill ins(%x : f32) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
      return %a, %b : tensor<4xf32>, tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::tensor::TensorDialect"];
}

def StoreResults : Pass<"lle-store-results", "::mlir::func::FuncOp"> {
  let summary = "store results in the arguments that are their destinations";
  let description = [{
    Each result of a bufferized function that carries `lle.destinations` is copied to the argument named there, unless
    it already lies in it (a state that was updated in place), and the function returns nothing. A state that becomes
    the old value of another one is read before anything is written. An output, which overlaps nothing else, takes the
    place of the buffer that it is computed in, where the function says `lle.uses_outputs`.

    ```mlir
    func.func @swap(%a: memref<4xf32>, %b: memref<4xf32>) -> (memref<4xf32>, memref<4xf32>)
        attributes {lle.destinations = array<i64: 0, 1>} {
      return %b, %a : memref<4xf32>, memref<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect"];
}

def ExpandCopies : Pass<"lle-expand-copies", "::mlir::func::FuncOp"> {
  let summary = "turn memref.copy into linalg.copy";
  let description = [{
    A `memref.copy` would become a call of memcpy, which a bare machine does not have; a `linalg.copy` becomes a loop.

    ```mlir
    func.func @copy(%from: memref<8xf32>, %to: memref<8xf32>) {
      memref.copy %from, %to : memref<8xf32> to memref<8xf32>
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def PlanArena : Pass<"lle-plan-arena", "::mlir::func::FuncOp"> {
  let summary = "give every buffer a place in one arena of known size";
  let description = [{
    Each `memref.alloc` of static shape becomes a view of one new argument, the scratch arena. Buffers whose lifetimes
    do not overlap share memory (first fit by decreasing size). Each has the alignment that the function says as
    `lle.alignment`, or 64. The size is put on the function as `lle.scratch_bytes`. With `remark` it says where that is
    more than buffers need at the same time, or more than the largest two of them that live at the same time.

    Precondition: the function is bufferized, and frees nothing.

    ```mlir
    func.func @reuse(%x: f32) {
      %i = arith.constant 0 : index
      %a = memref.alloc() : memref<32xf32>
      memref.store %x, %a[%i] : memref<32xf32>
      %b = memref.alloc() : memref<16xf32>
      memref.store %x, %b[%i] : memref<16xf32>
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect"];
  let options = [Option<"remark", "remark", "bool", "false", "say where memory lies idle">];
}

def ConvertVectors : Pass<"lle-convert-vectors", "::mlir::ModuleOp"> {
  let summary = "vectors to the LLVM dialect, with indices as wide as the module's addresses";
  let description = [{
    Vector operations of rank 1 become those of LLVM. An index is as wide as the data layout of the module says
    (`dlti.dl_spec`), 64 bits where it says nothing.

    ```mlir
    module attributes {dlti.dl_spec = #dlti.dl_spec<index = 32 : i64>} {
      func.func @read(%m: memref<16xf32>, %i: index) -> vector<4xf32> {
        %x = vector.load %m[%i] : memref<16xf32>, vector<4xf32>
        return %x : vector<4xf32>
      }
    }
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect"];
}

def EmitABI : Pass<"lle-emit-abi", "::mlir::ModuleOp"> {
  let summary = "wrap the step and init functions in the C ABI of the runtime";
  let description = [{
    For each network `n`: `void n_init(void *arena)` and `void n_step(void *arena, const void *const *inputs, void
    *const *outputs)`, as runtime/core/lle_core.h declares them, and `n_run`, which is a loop around the step that moves
    each port's pointer by the size of the port. States come first in the arena, then scratch. The functions on memrefs
    become internal.

    Precondition: functions were lowered to the LLVM dialect with bare pointers.

    ```mlir
    llvm.func @n_init(%v: !llvm.ptr) {
      llvm.return
    }
    llvm.func @n_step(%x: !llvm.ptr {lle.kind = "input", lle.port = "x", lle.type = tensor<4xf32>},
                      %y: !llvm.ptr {lle.kind = "output", lle.port = "y", lle.type = tensor<3xi1>},
                      %v: !llvm.ptr {lle.kind = "state", lle.node = "a", lle.offset = 0 : i64,
                                     lle.order = array<i64: 0>, lle.state = "v", lle.type = tensor<4xf32>},
                      %s: !llvm.ptr {lle.kind = "scratch"})
        attributes {lle.network = "n", lle.scratch_bytes = 64 : i64, lle.state_bytes = 64 : i64} {
      llvm.return
    }
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif
