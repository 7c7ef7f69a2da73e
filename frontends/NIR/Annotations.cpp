//===- Annotations.cpp - what passes decided, kept in files -----------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Annotations.h"
#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Attributes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace llvm;
using namespace mlir;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;

/// "lle.bits" is "lle/bits/" in a file.
static std::string getPrefix(StringRef attribute) {
  std::string prefix = attribute.str() + "/";
  llvm::replace(prefix, '.', '/');
  return prefix;
}

Parts getParts(Operation *op) {
  static constexpr StringLiteral names[] = {"", "weight", "bias"};
  Parts parts{{"node", op}};
  for (auto [index, operand] : enumerate(op->getOperands().take_front(std::size(names))))
    if (auto weight = index > 0 ? operand.getDefiningOp<WeightOp>() : WeightOp())
      parts.push_back({isa<ScaleOp>(op) ? "scale" : names[index].str(), weight});
  return parts;
}

//===------------------------------------------------------------------------------------------===//
// Attributes and groups of datasets
//===------------------------------------------------------------------------------------------===//

static bool toGroup(Attribute attribute, const std::string &path, ArrayMap &arrays) {
  if (auto dictionary = dyn_cast<DictionaryAttr>(attribute))
    return all_of(dictionary, [&](NamedAttribute named) {
      return toGroup(named.getValue(), path + "/" + named.getName().str(), arrays);
    });
  if (auto list = dyn_cast<ArrayAttr>(attribute))
    return all_of(enumerate(list),
                  [&](auto each) { return toGroup(each.value(), path + "/" + std::to_string(each.index()), arrays); });
  if (auto number = dyn_cast<TypedAttr>(attribute); number && isa<IntegerAttr, FloatAttr>(attribute))
    attribute = DenseElementsAttr::get(RankedTensorType::get({}, number.getType()), attribute);
  std::optional<Array> array = toArray(attribute);
  if (array)
    arrays.insert_or_assign(path, std::move(*array));
  return array.has_value();
}

/// The inverse; keys are relative.
static Attribute fromGroup(const ArrayMap &arrays, MLIRContext *context) {
  Builder builder(context);
  if (auto leaf = arrays.find(""); leaf != arrays.end()) {
    Attribute attribute = toAttribute(leaf->second, context);
    auto elements = dyn_cast<DenseElementsAttr>(attribute);
    return elements && elements.getType().getRank() == 0 ? *elements.value_begin<Attribute>() : attribute;
  }
  std::map<std::string, ArrayMap> members;
  for (const auto &[path, array] : arrays) {
    auto [head, tail] = StringRef(path).split('/');
    members[head.str()].insert({tail.str(), array});
  }
  SmallVector<Attribute> list;
  for (auto it = members.find("0"); it != members.end(); it = members.find(std::to_string(list.size())))
    list.push_back(fromGroup(it->second, context));
  if (!members.empty() && list.size() == members.size())
    return builder.getArrayAttr(list);
  NamedAttrList dictionary;
  for (const auto &[name, member] : members)
    dictionary.set(name, fromGroup(member, context));
  return dictionary.getDictionary(context);
}

/// The datasets below a prefix, which they lose.
static ArrayMap getBelow(const ArrayMap &arrays, const std::string &prefix) {
  ArrayMap below;
  for (const auto &[key, array] : arrays)
    if (StringRef rest = key; rest.consume_front(prefix))
      below.insert({rest.str(), array});
  return below;
}

//===------------------------------------------------------------------------------------------===//
// Types of states
//===------------------------------------------------------------------------------------------===//

static constexpr StringLiteral bitsKey = "bits", scaleKey = "scale", zeroKey = "zero_point";

/// Of each state the numbers that its type has.
static Attribute describeStateTypes(DictionaryAttr types) {
  Builder builder(types.getContext());
  NamedAttrList states;
  for (NamedAttribute state : types) {
    auto type = cast<quant::UniformQuantizedType>(cast<TypeAttr>(state.getValue()).getValue());
    states.set(state.getName(),
               builder.getDictionaryAttr(
                   {builder.getNamedAttr(bitsKey, builder.getI64IntegerAttr(type.getStorageTypeIntegralWidth())),
                    builder.getNamedAttr(scaleKey, builder.getF64FloatAttr(type.getScale())),
                    builder.getNamedAttr(zeroKey, builder.getI64IntegerAttr(type.getZeroPoint()))}));
  }
  return states.getDictionary(types.getContext());
}

/// The inverse, for the states that the operation has; null where it has none of that name, or no such type of it.
static Attribute parseStateTypes(Attribute described, Operation *op) {
  auto stateful = dyn_cast<StatefulOpInterface>(op);
  auto states = dyn_cast<DictionaryAttr>(described);
  if (!stateful || !states)
    return {};
  NamedAttrList types;
  for (NamedAttribute named : states) {
    SmallVector<StateDescriptor> own = stateful.getStates();
    auto *state = find_if(own, [&](const StateDescriptor &each) { return each.name == named.getName().getValue(); });
    auto numbers = dyn_cast<DictionaryAttr>(named.getValue());
    auto bits = numbers ? numbers.getAs<IntegerAttr>(bitsKey) : IntegerAttr();
    auto scale = numbers ? numbers.getAs<FloatAttr>(scaleKey) : FloatAttr();
    auto zero = numbers ? numbers.getAs<IntegerAttr>(zeroKey) : IntegerAttr();
    if (state == own.end() || !bits || !scale || !zero || !isa<FloatType>(state->type.getElementType()))
      return {};
    const int64_t width = bits.getInt(), point = zero.getInt();
    const double step = scale.getValueAsDouble();
    if ((width != 8 && width != 16) || !isIntN(unsigned(width), point) || !(step > 0 && std::isfinite(step)))
      return {};
    types.set(named.getName(),
              TypeAttr::get(quant::UniformQuantizedType::get(
                  quant::QuantizationFlags::Signed, IntegerType::get(op->getContext(), unsigned(width)),
                  state->type.getElementType(), step, point, minIntN(width), maxIntN(width))));
  }
  return types.getDictionary(op->getContext());
}

//===------------------------------------------------------------------------------------------===//
// Operations and metadata
//===------------------------------------------------------------------------------------------===//

LogicalResult exportAnnotations(const Parts &parts, ArrayMap &metadata) {
  for (auto &[part, op] : parts)
    for (StringRef name : annotationAttrs) {
      Attribute attribute = op->getDiscardableAttr(name);
      if (!attribute)
        continue;
      if (name == kStateTypesAttr)
        attribute = describeStateTypes(cast<DictionaryAttr>(attribute));
      std::string prefix = getPrefix(name) + part;
      ArrayMap arrays;
      if (!toGroup(attribute, prefix, arrays) ||
          fromGroup(getBelow(arrays, prefix + "/"), op->getContext()) != attribute)
        return op->emitOpError("cannot be exported to NIR: '")
               << name << "' is no dictionary of numbers, text, tensors, and arrays and dictionaries of them";
      metadata.merge(arrays);
    }
  return success();
}

ArrayMap takeAnnotations(ArrayMap &metadata) {
  ArrayMap taken;
  for (StringRef name : annotationAttrs)
    for (auto it = metadata.begin(); it != metadata.end();) {
      auto own = it++;
      if (StringRef(own->first).starts_with(getPrefix(name)))
        taken.insert(metadata.extract(own));
    }
  return taken;
}

void setAnnotations(const ArrayMap &annotations, const Parts &parts, const Twine &where, Report &report) {
  ArrayMap unused = annotations;
  for (auto &[part, op] : parts)
    for (StringRef name : annotationAttrs) {
      std::string prefix = getPrefix(name) + part + "/";
      ArrayMap own = getBelow(annotations, prefix);
      if (own.empty())
        continue;
      Attribute attribute = fromGroup(own, op->getContext());
      if (name == kStateTypesAttr)
        attribute = parseStateTypes(attribute, op);
      if (attribute)
        op->setDiscardableAttr(name, attribute);
      else
        report.error(where + "metadata '" + prefix.substr(0, prefix.size() - 1) + "' needs for states of floats '" +
                     bitsKey + "' of 8 or 16, a '" + scaleKey + "' above 0, and a '" + zeroKey + "' of so many bits");
      for (const auto &[key, array] : own)
        unused.erase(prefix + key);
    }
  for (const auto &[key, array] : unused)
    report.warning(where + "metadata '" + key + "' is of no part of it, and is dropped");
}

} // namespace lle::nir
