//===- Elements.cpp - doubles as elements of ports ------------------------===//
#include "targets/Native/Elements.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <cstring>

using namespace lle;

/// Calls `visit` with a value of the C++ type of the element.
template <typename Visitor>
static void visitElement(lle_element element, Visitor visit) {
  switch (element) {
  case LLE_F32:
    return visit(float());
  case LLE_F64:
    return visit(double());
  case LLE_I8:
    return visit(int8_t());
  case LLE_I16:
    return visit(int16_t());
  case LLE_I32:
    return visit(int32_t());
  default:
    llvm_unreachable("packages are verified");
  }
}

void lle::storeElements(llvm::ArrayRef<double> values, lle_element element, runtime::Bytes &bytes) {
  visitElement(element, [&](auto typed) {
    assert(bytes.size() == values.size() * sizeof(typed) && "values of another size");
    for (auto [index, value] : llvm::enumerate(values)) {
      typed = static_cast<decltype(typed)>(value);
      std::memcpy(bytes.data() + index * sizeof(typed), &typed, sizeof(typed));
    }
  });
}

void lle::loadElements(const runtime::Bytes &bytes, lle_element element, Values &values) {
  visitElement(element, [&](auto typed) {
    values.resize(bytes.size() / sizeof(typed));
    for (auto [index, value] : llvm::enumerate(values)) {
      std::memcpy(&typed, bytes.data() + index * sizeof(typed), sizeof(typed));
      value = static_cast<double>(typed);
    }
  });
}
