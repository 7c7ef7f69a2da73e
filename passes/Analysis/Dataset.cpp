//===- Dataset.cpp - recorded inputs for passes that run networks ---------===//
#include "passes/Analysis/Dataset.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>
#include <cstring>

using namespace lle;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::Twine;

static std::string formatShape(ArrayRef<int64_t> shape, llvm::StringRef before = "") {
  auto numbers = llvm::map_range(shape, [](int64_t dim) { return std::to_string(dim); });
  return "(" + before.str() + llvm::join(numbers, ", ") + ")";
}

Expected<Dataset> Dataset::read(const std::string &path, NetworkOp network) {
  if (network.getNumArguments() != 1)
    return llvm::createStringError("a data set is for networks with one input; this one has " +
                                   Twine(network.getNumArguments()));
  runtime::Result<runtime::Array> array = runtime::readNpy(path);
  if (!array)
    return llvm::createStringError(array.error().message);
  ArrayRef<int64_t> expected = cast<mlir::RankedTensorType>(network.getArgumentTypes()[0]).getShape();
  ArrayRef<int64_t> shape = array->shape;
  if (shape.size() != expected.size() + 2 || shape.drop_front(2) != expected)
    return llvm::createStringError(path + ": expected an array of shape " + formatShape(expected, "samples, steps, ") +
                                   ", got " + formatShape(shape));
  if (shape[0] == 0 || shape[1] == 0)
    return llvm::createStringError(path + ": holds no sample or no step");
  runtime::Result<runtime::Array> converted = runtime::convertArray(*array, runtime::DType::F64, path);
  if (!converted)
    return llvm::createStringError(converted.error().message);
  Dataset dataset;
  dataset.path = path;
  dataset.samples = shape[0];
  dataset.steps = shape[1];
  dataset.elements = 1;
  for (int64_t dim : expected)
    dataset.elements *= dim;
  dataset.array = std::move(*converted);
  return std::move(dataset);
}

Expected<Values> Dataset::getStep(int64_t sample, int64_t step) const {
  Values values(elements);
  std::memcpy(values.data(), array.data.data() + (sample * steps + step) * elements * sizeof(double),
              elements * sizeof(double));
  if (!llvm::all_of(values, [](double value) { return std::isfinite(value); }))
    return llvm::createStringError(path + ": sample " + Twine(sample) + ", step " + Twine(step) +
                                   ": an element is not finite");
  return values;
}
