//===- ExpandRoots.cpp - no calls of sqrtf and sqrt -----------------------===//
#include "targets/Native/ExpandRoots.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/AsmParser/Parser.h"
#include "llvm/CodeGen/TargetLowering.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;

/// {0}: float or double; {1}: the integer of its bits; {2}: explicit mantissa bits; {3}: exponent bias; {4}: bits of
/// infinity; {5}: bits of NaN; {6}: {2} + 1, the digits of a root before the one that rounds it; {7}: zeros before the
/// hidden bit. What it calls, an intrinsic, is not declared: the module may have done so.
static constexpr const char *kRoot = R"(
define internal {0} @lle.sqrt.{0}({0} %x) nounwind willreturn memory(none) {{
entry:
  %bits = bitcast {0} %x to {1}
  %positive = fcmp ogt {0} %x, 0.0
  %finite = icmp ult {1} %bits, {4}
  %regular = and i1 %positive, %finite
  br i1 %regular, label %normalise, label %special

special:
  %negative = fcmp olt {0} %x, 0.0
  %nan = bitcast {1} {5} to {0}
  %same = select i1 %negative, {0} %nan, {0} %x
  ret {0} %same

normalise:
  %hidden = shl {1} 1, {2}
  %below = sub {1} %hidden, 1
  %fraction = and {1} %bits, %below
  %field = lshr {1} %bits, {2}
  %subnormal = icmp eq {1} %field, 0
  %leading = call {1} @llvm.ctlz.{1}({1} %fraction, i1 false)
  %missing = sub {1} %leading, {7}
  %shifted = shl {1} %fraction, %missing
  %whole = or {1} %fraction, %hidden
  %mantissa = select i1 %subnormal, {1} %shifted, {1} %whole
  %lower = sub {1} 1, %missing
  %biased = select i1 %subnormal, {1} %lower, {1} %field
  %exponent = sub {1} %biased, {3}
  %odd = and {1} %exponent, 1
  %places = add {1} %odd, 1
  %start = shl {1} %mantissa, %places
  br label %digits

digits:
  %place = phi {1} [ {6}, %normalise ], [ %next.place, %digits ]
  %rest = phi {1} [ %start, %normalise ], [ %next.rest, %digits ]
  %root = phi {1} [ 0, %normalise ], [ %next.root, %digits ]
  %digit = shl {1} 1, %place
  %both = shl {1} %root, 1
  %trial = add {1} %both, %digit
  %fits = icmp ule {1} %trial, %rest
  %taken = select i1 %fits, {1} %trial, {1} 0
  %left = sub {1} %rest, %taken
  %next.rest = shl {1} %left, 1
  %set = select i1 %fits, {1} %digit, {1} 0
  %next.root = or {1} %root, %set
  %next.place = sub {1} %place, 1
  %done = icmp eq {1} %place, 0
  br i1 %done, label %round, label %digits

round:
  %last = and {1} %next.root, 1
  %rounded = add {1} %next.root, %last
  %result = lshr {1} %rounded, 1
  %half = ashr {1} %exponent, 1
  %bias = sub {1} {3}, 1
  %field.of.root = add {1} %half, %bias
  %above = shl {1} %field.of.root, {2}
  %bits.of.root = add {1} %result, %above
  %value = bitcast {1} %bits.of.root to {0}
  ret {0} %value
}
)";

/// The function of the type, made where it is first needed, for the processor of its caller.
static Function *getRoot(Function &caller, bool isDouble) {
  Module &module = *caller.getParent();
  StringRef name = isDouble ? "lle.sqrt.double" : "lle.sqrt.float";
  if (Function *root = module.getFunction(name))
    return root;
  std::string text =
      isDouble ? formatv(kRoot, "double", "i64", 52, 1023, "9218868437227405312", "9221120237041090560", 53, 11).str()
               : formatv(kRoot, "float", "i32", 23, 127, "2139095040", "2143289344", 24, 8).str();
  SMDiagnostic error;
  if (parseAssemblyInto(MemoryBufferRef(text, name), &module, nullptr, error))
    llvm_unreachable("the text above is LLVM IR");
  Function *root = module.getFunction(name);
  root->addFnAttrs(AttrBuilder(module.getContext(), caller.getAttributes().getFnAttrs()));
  return root;
}

void lle::expandRoots(Module &module, TargetMachine &machine) {
  SmallVector<IntrinsicInst *> calls;
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    const TargetLowering &lowering = *machine.getSubtargetImpl(function)->getTargetLowering();
    for (Instruction &instruction : instructions(function))
      if (auto *call = dyn_cast<IntrinsicInst>(&instruction);
          call && call->getIntrinsicID() == Intrinsic::sqrt &&
          !lowering.isOperationLegalOrCustom(ISD::FSQRT, MVT::getVT(call->getType()->getScalarType())))
        calls.push_back(call);
  }
  for (IntrinsicInst *call : calls) {
    IRBuilder<> b(call);
    Function *root = getRoot(*call->getFunction(), call->getType()->getScalarType()->isDoubleTy());
    Value *operand = call->getArgOperand(0), *result;
    if (auto *vector = dyn_cast<FixedVectorType>(call->getType())) {
      result = PoisonValue::get(vector);
      for (unsigned i = 0; i < vector->getNumElements(); ++i)
        result = b.CreateInsertElement(result, b.CreateCall(root, b.CreateExtractElement(operand, i)), i);
    } else {
      result = b.CreateCall(root, operand);
    }
    call->replaceAllUsesWith(result);
    call->eraseFromParent();
  }
}
