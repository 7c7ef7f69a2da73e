//===- Signals.cpp - functions and arrangement of signals -----------------===//
#include "dialects/LLE/Cost.h"
#include "dialects/LLE/LLEOps.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace lle;

//===----------------------------------------------------------------------===//
// lle.activation
//===----------------------------------------------------------------------===//

LogicalResult ActivationOp::verify() { return success(); }

OpFoldResult ActivationOp::fold(FoldAdaptor) { return getFunction() == Activation::linear ? getInput() : Value(); }

OpCost ActivationOp::getCost(double) {
  OpCost cost = getTrafficCost(*this);
  double elements = getType().getNumElements();
  if (getFunction() != Activation::linear && getFunction() != Activation::relu)
    cost.transcendental = elements;
  return cost;
}

//===----------------------------------------------------------------------===//
// lle.concat
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::verify() {
  auto result = cast<RankedTensorType>(getType());
  if (getInputs().empty() || result.getRank() == 0)
    return emitOpError("[C1] expected at least one operand, and a result of rank 1 or more");
  int64_t length = 0;
  for (auto [index, operand] : llvm::enumerate(getInputs().getTypes())) {
    auto type = cast<RankedTensorType>(operand);
    if (type.getRank() != result.getRank() || type.getShape().drop_front() != result.getShape().drop_front())
      return emitOpError("[C1] operand ")
             << index << " has type " << type << ", expected the shape of " << result << " but for the first dimension";
    if (type.getElementType() != result.getElementType())
      return emitOpError("[C2] operand ")
             << index << " has element type " << type.getElementType() << ", expected " << result.getElementType();
    length += type.getDimSize(0);
  }
  if (length != result.getDimSize(0))
    return emitOpError("[C1] operands have ")
           << length << " elements in the first dimension, the result has " << result.getDimSize(0);
  return success();
}

OpFoldResult ConcatOp::fold(FoldAdaptor) { return getInputs().size() == 1 ? getInputs().front() : Value(); }

OpCost ConcatOp::getCost(double) { return getTrafficCost(*this); }

//===----------------------------------------------------------------------===//
// lle.slice
//===----------------------------------------------------------------------===//

LogicalResult SliceOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType()), result = cast<RankedTensorType>(getType());
  if (input.getRank() == 0 || input.getRank() != result.getRank() ||
      input.getShape().drop_front() != result.getShape().drop_front() ||
      input.getElementType() != result.getElementType())
    return emitOpError("[C1] result has type ")
           << result << ", expected that of " << input << " but for the first dimension";
  int64_t offset = getOffset();
  if (offset < 0 || offset > input.getDimSize(0) - result.getDimSize(0))
    return emitOpError("[C2] elements from ")
           << offset << " on, " << result.getDimSize(0) << " of them, do not exist in " << input;
  return success();
}

OpFoldResult SliceOp::fold(FoldAdaptor) { return getInput().getType() == getType() ? getInput() : Value(); }

OpCost SliceOp::getCost(double) {
  OpCost cost = getTrafficCost(*this);
  cost.bytesRead = cost.bytesWritten;
  return cost;
}

//===----------------------------------------------------------------------===//
// lle.transpose
//===----------------------------------------------------------------------===//

LogicalResult TransposeOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType()), result = cast<RankedTensorType>(getType());
  if (int64_t(getPermutation().size()) != input.getRank() || !isPermutationVector(getPermutation()))
    return emitOpError("[C1] permutation must hold each of the ")
           << input.getRank() << " dimensions once, got [" << getPermutation() << "]";
  auto expected = RankedTensorType::get(applyPermutation(input.getShape(), getPermutation()), input.getElementType());
  if (result != expected)
    return emitOpError("[C2] result must be ") << expected << ", got " << result;
  return success();
}

OpFoldResult TransposeOp::fold(FoldAdaptor) { return llvm::is_sorted(getPermutation()) ? getInput() : Value(); }

OpCost TransposeOp::getCost(double) { return getTrafficCost(*this); }
