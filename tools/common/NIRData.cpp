//===- NIRData.cpp - recordings in NIRData files as arrays ----------------===//
#include "tools/common/NIRData.h"
#include "frontends/NIR/Read.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace lle;
using llvm::Expected;
using llvm::StringRef;
using nir::ElementType;
using runtime::DType;

bool lle::isHDF5(const runtime::Bytes &bytes) {
  static constexpr uint8_t kSignature[] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  return bytes.size() >= sizeof(kSignature) && std::equal(std::begin(kSignature), std::end(kSignature), bytes.begin());
}

bool lle::isNIRDataName(StringRef path) {
  StringRef extension = llvm::sys::path::extension(path);
  return extension == ".nir" || extension == ".h5" || extension == ".hdf5";
}

Expected<std::vector<nir::Observable>> lle::readNIRData(const std::string &path) {
  nir::Report report(path);
  std::optional<std::vector<nir::Observable>> observables = nir::readData(path, report);
  if (!observables)
    return report.takeError();
  return std::move(*observables);
}

Expected<nir::Observable> lle::selectObservable(std::vector<nir::Observable> observables, StringRef node,
                                                StringRef name, const std::string &path) {
  bool hasNode = llvm::any_of(observables, [&](const nir::Observable &each) { return each.node == node; });
  std::string all;
  std::vector<nir::Observable *> fitting;
  for (nir::Observable &each : observables) {
    all += (all.empty() ? "" : "; ") + nir::describe(each);
    if ((name.empty() || each.name == name) && (hasNode ? each.node == node : observables.size() == 1))
      fitting.push_back(&each);
  }
  if (fitting.size() == 1)
    return std::move(*fitting.front());
  return llvm::createStringError(
      llvm::Twine(path) + ": " + (fitting.empty() ? "no" : "more than one") + " recording of node '" + node + "'" +
      (name.empty() ? "" : llvm::Twine(" by the name '") + name + "'").str() + "; the file has: " + all);
}

/// The runtime has no unsigned numbers of 64 bits: they become f64.
static DType getDType(ElementType type) {
  switch (type) {
  case ElementType::I8:
    return DType::I8;
  case ElementType::I16:
    return DType::I16;
  case ElementType::I32:
    return DType::I32;
  case ElementType::I64:
    return DType::I64;
  case ElementType::U8:
    return DType::U8;
  case ElementType::U16:
    return DType::U16;
  case ElementType::U32:
    return DType::U32;
  case ElementType::F32:
    return DType::F32;
  case ElementType::Bool:
    return DType::Bool;
  case ElementType::U64:
  case ElementType::F64:
  case ElementType::String:
    return DType::F64;
  }
  llvm_unreachable("unknown element type");
}

static ElementType getElementType(DType type) {
  for (ElementType candidate : {ElementType::I8, ElementType::I16, ElementType::I32, ElementType::I64, ElementType::U8,
                                ElementType::U16, ElementType::U32, ElementType::F32, ElementType::Bool})
    if (getDType(candidate) == type)
      return candidate;
  return ElementType::F64;
}

static runtime::Array toArray(const nir::Array &numbers) {
  runtime::Array array;
  array.type = getDType(numbers.getType());
  array.shape.assign(numbers.getShape().begin(), numbers.getShape().end());
  if (numbers.getType() != ElementType::U64) {
    array.data.assign(numbers.getBytes().begin(), numbers.getBytes().end());
    return array;
  }
  std::vector<double> values(numbers.size());
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = numbers.number(i);
  auto *begin = reinterpret_cast<const uint8_t *>(values.data());
  array.data.assign(begin, begin + values.size() * sizeof(double));
  return array;
}

Expected<runtime::Array> lle::toArray(const nir::Observable &grid, const std::string &path) {
  return ::toArray(grid.data);
}

Expected<runtime::Array> lle::readHDF5Array(const std::string &path, const std::string &dataset) {
  nir::Report report(path);
  std::optional<nir::Array> array = nir::readDataset(path, dataset, report);
  if (!array)
    return report.takeError();
  return ::toArray(*array);
}

Expected<nir::Observable> lle::toTimeGrid(const runtime::Array &array, double dt, std::string node, std::string name,
                                          const std::string &path) {
  if (array.shape.size() < 3)
    return llvm::createStringError(path + ": NIRData holds arrays (samples, steps, features...), this one has rank " +
                                   llvm::Twine(array.shape.size()));
  nir::Observable grid;
  grid.node = std::move(node);
  grid.name = std::move(name);
  grid.dt = dt;
  grid.samples = array.shape[0];
  grid.neurons = 1;
  for (int64_t dim : llvm::ArrayRef(array.shape).drop_front(2))
    grid.neurons *= dim;
  grid.data = nir::Array::raw(getElementType(array.type), {grid.samples, array.shape[1], grid.neurons},
                              std::vector<char>(array.data.begin(), array.data.end()));
  return grid;
}
