//===- PackageVerifier.cpp - What must hold of a package ------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Package.h"
#include <algorithm>
#include <cmath>
#include <set>

using namespace lle::runtime;

namespace {

/// The first rule that does not hold ends the verification: each check returns false then, having
/// left its message in `failure`.
class Verifier {
public:
  Verifier(const Package &package, const std::string &file) : package(package), file(file) {}

  bool run() { return interface() && memory() && states() && variants() && evidence(); }
  Status failure;

private:
  template <typename... Reason>
  bool refuse(const std::string &field, const Reason &...reason) {
    failure = makeError(file, ": ", field, ": ", reason...);
    return false;
  }
  bool name(const std::string &field, const std::string &text);
  bool symbol(const std::string &field, const std::string &text);
  bool tensor(const std::string &field, const std::vector<int64_t> &shape, lle_element element);
  bool port(const std::string &field, const Port &port);
  bool interface();
  bool memory();
  bool state(const std::string &field, const State &state);
  bool states();
  bool variants();
  bool evidence();

  const Package &package;
  const std::string &file;
};

std::string item(const char *list, size_t index) { return std::string(list) + "[" + std::to_string(index) + "]"; }

} // namespace

std::optional<uint64_t> lle::runtime::tensorBytes(const std::vector<int64_t> &shape, lle_element element) {
  uint64_t bytes = lle_element_bytes(element);
  for (int64_t dim : shape) {
    if (dim <= 0 || static_cast<uint64_t>(dim) > kMaxTensorBytes / std::max<uint64_t>(bytes, 1))
      return std::nullopt;
    bytes *= static_cast<uint64_t>(dim);
  }
  return bytes == 0 ? std::nullopt : std::optional<uint64_t>(bytes);
}

Status lle::runtime::verifyName(const std::string &name) {
  if (name.empty())
    return makeError("is empty");
  if (name.size() > kMaxNameBytes)
    return makeError("has ", name.size(), " bytes, at most ", kMaxNameBytes, " are allowed");
  for (unsigned char c : name)
    if (c < 0x20 || c == 0x7f)
      return makeError("contains the control character ", unsigned(c));
  return {};
}

bool Verifier::name(const std::string &field, const std::string &text) {
  Status status = verifyName(text);
  return status || refuse(field, status.error().message);
}

bool Verifier::symbol(const std::string &field, const std::string &text) {
  auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  if (!name(field, text))
    return false;
  if (isDigit(text[0]) || !std::all_of(text.begin(), text.end(), [&](char c) { return isLetter(c) || isDigit(c); }))
    return refuse(field, "'", text, "' is no C identifier");
  return true;
}

bool Verifier::tensor(const std::string &field, const std::vector<int64_t> &shape, lle_element element) {
  if (element >= LLE_ELEMENT_COUNT)
    return refuse(field + ".element", "unknown element type ", element);
  if (shape.size() > LLE_MAX_RANK)
    return refuse(field + ".shape", "has ", shape.size(), " dimensions, at most ", LLE_MAX_RANK, " are allowed");
  for (int64_t dim : shape)
    if (dim <= 0)
      return refuse(field + ".shape", "dimension ", dim, " is not positive");
  if (!tensorBytes(shape, element))
    return refuse(field + ".shape", "the product of the dimensions is too large");
  return true;
}

bool Verifier::port(const std::string &field, const Port &port) {
  if (!name(field + ".name", port.name) || !tensor(field, port.shape, port.element))
    return false;
  if (!port.node.empty() && !name(field + ".node", port.node))
    return false;
  if (!std::isfinite(port.exitMargin) || port.exitMargin < 0)
    return refuse(field + ".exit_margin", "is negative or no finite number; 0 is none");
  if (!port.isSpike)
    return port.maxSpikes == 0 ||
           refuse(field + ".max_spikes", "is ", port.maxSpikes, " for a port without spikes, expected 0");
  if (port.element == LLE_F32 || port.element == LLE_F64)
    return refuse(field + ".element", "a spike port needs an integer type");
  if (port.maxSpikes < 1)
    return refuse(field + ".max_spikes", "is ", port.maxSpikes, ", expected at least 1");
  return true;
}

bool Verifier::interface() {
  if (package.formatVersion != kFormatVersion)
    return refuse("format_version", "is ", package.formatVersion, ", this runtime reads ", kFormatVersion);
  if (!name("name", package.name) || !name("profile", package.profile))
    return false;
  if (!std::isfinite(package.dt) || package.dt <= 0)
    return refuse("dt", "is not a positive finite number of seconds");
  if (package.steps < 0)
    return refuse("steps", "is ", package.steps, ", expected 0 (no fixed length) or more");
  if (package.downsampling < 1)
    return refuse("downsampling", "is ", package.downsampling, ", expected 1 (none) or more");
  if (package.outputs.empty())
    return refuse("outputs", "is empty");

  std::set<std::string> inputNames, outputNames, shown;
  for (size_t i = 0; i < package.inputs.size(); ++i) {
    const Port &input = package.inputs[i];
    if (!port(item("inputs", i), input))
      return false;
    if (!inputNames.insert(input.name).second)
      return refuse(item("inputs", i) + ".name", "'", input.name, "' occurs twice");
    if (!input.node.empty())
      return refuse(item("inputs", i) + ".node", "only an output shows a node");
  }
  for (size_t i = 0; i < package.outputs.size(); ++i) {
    const Port &output = package.outputs[i];
    if (!port(item("outputs", i), output))
      return false;
    if (!outputNames.insert(output.name).second)
      return refuse(item("outputs", i) + ".name", "'", output.name, "' occurs twice");
    shown.insert(output.node);
  }
  std::set<std::string> keptNames;
  for (size_t i = 0; i < package.kept.size(); ++i) {
    const std::string &node = package.kept[i];
    if (!name(item("kept", i), node))
      return false;
    if (!keptNames.insert(node).second)
      return refuse(item("kept", i), "'", node, "' occurs twice");
    if (!shown.count(node))
      return refuse(item("kept", i), "no output shows the node '", node, "'");
  }
  return true;
}

bool Verifier::memory() {
  uint32_t alignment = package.arenaAlignment;
  if (alignment < LLE_MIN_ALIGNMENT || alignment > 4096 || (alignment & (alignment - 1)) != 0)
    return refuse("arena_alignment", "is ", alignment, ", expected a power of two from ", LLE_MIN_ALIGNMENT,
                  " to 4096");
  if (package.arenaBytes > kMaxTensorBytes)
    return refuse("arena_bytes", "is ", package.arenaBytes, ", at most ", kMaxTensorBytes, " are allowed");
  if (package.stateBytes > package.arenaBytes)
    return refuse("state_bytes", "is ", package.stateBytes, ", more than arena_bytes ", package.arenaBytes);
  return true;
}

bool Verifier::state(const std::string &field, const State &state) {
  if (!name(field + ".node", state.node) || !name(field + ".name", state.name) ||
      !tensor(field, state.shape, state.element))
    return false;
  std::string label = field + " (" + state.node + "/" + state.name + ")";

  std::vector<bool> seen(state.shape.size());
  bool permutation = state.order.size() == seen.size();
  for (int32_t dim : state.order) {
    permutation = permutation && dim >= 0 && static_cast<size_t>(dim) < seen.size() && !seen[dim];
    if (!permutation)
      break;
    seen[dim] = true;
  }
  if (!permutation)
    return refuse(label + ".order", "is no permutation of the ", seen.size(), " dimensions");

  uint64_t expected = *tensorBytes(state.shape, state.element);
  if (state.bytes != expected)
    return refuse(label + ".bytes", "is ", state.bytes, ", shape and element make ", expected);
  if (state.offset % package.arenaAlignment != 0)
    return refuse(label + ".offset", "is ", state.offset, ", not a multiple of ", package.arenaAlignment);
  if (state.offset > package.stateBytes || state.bytes > package.stateBytes - state.offset)
    return refuse(label + ".offset", "is ", state.offset, ", with ", state.bytes,
                  " bytes that ends beyond state_bytes ", package.stateBytes);
  return true;
}

bool Verifier::states() {
  std::set<std::pair<std::string, std::string>> names;
  std::vector<const State *> sorted;
  for (size_t i = 0; i < package.states.size(); ++i) {
    const State &s = package.states[i];
    if (!state(item("states", i), s))
      return false;
    if (!names.insert({s.node, s.name}).second)
      return refuse(item("states", i) + ".name", "'", s.node, "/", s.name, "' occurs twice");
    sorted.push_back(&s);
  }
  std::sort(sorted.begin(), sorted.end(), [](const State *a, const State *b) { return a->offset < b->offset; });
  for (size_t i = 1; i < sorted.size(); ++i) {
    const State &before = *sorted[i - 1], &after = *sorted[i];
    if (after.offset - before.offset < before.bytes)
      return refuse("states", "'", before.node, "/", before.name, "' and '", after.node, "/", after.name,
                    "' overlap in the arena");
  }
  return true;
}

bool Verifier::variants() {
  if (package.variants.empty())
    return refuse("variants", "is empty");
  std::set<std::string> targets;
  for (size_t i = 0; i < package.variants.size(); ++i) {
    const Variant &variant = package.variants[i];
    std::string field = item("variants", i);
    if (!name(field + ".target", variant.target))
      return false;
    if (!targets.insert(variant.target).second)
      return refuse(field + ".target", "'", variant.target, "' occurs twice");
    if (variant.kind > VariantKind::CoreMap)
      return refuse(field + ".kind", "unknown kind ", unsigned(variant.kind));
    if (variant.code.empty())
      return refuse(field + ".code", "is empty");
    if (variant.kind == VariantKind::CoreMap) {
      if (!variant.triple.empty() || !variant.requiredFeatures.empty() || !variant.initSymbol.empty() ||
          !variant.stepSymbol.empty() || !variant.runSymbol.empty())
        return refuse(field + ".kind", "a core map has no triple, features or symbols");
      continue;
    }
    if (!name(field + ".triple", variant.triple))
      return false;
    for (size_t k = 0; k < variant.requiredFeatures.size(); ++k)
      if (!name(field + "." + item("required_features", k), variant.requiredFeatures[k]))
        return false;
    if (!symbol(field + ".init_symbol", variant.initSymbol) || !symbol(field + ".step_symbol", variant.stepSymbol) ||
        !symbol(field + ".run_symbol", variant.runSymbol))
      return false;
    if (variant.initSymbol == variant.stepSymbol)
      return refuse(field + ".step_symbol", "is the same as init_symbol");
    if (variant.runSymbol == variant.initSymbol || variant.runSymbol == variant.stepSymbol)
      return refuse(field + ".run_symbol", "is the same as ",
                    variant.runSymbol == variant.initSymbol ? "init_symbol" : "step_symbol");
  }
  return true;
}

bool Verifier::evidence() {
  const Provenance &origin = package.provenance;
  if (!name("provenance.source_name", origin.sourceName) || !name("provenance.tool_version", origin.toolVersion))
    return false;
  if (origin.sourceName.find_first_of("/\\") != std::string::npos)
    return refuse("provenance.source_name", "'", origin.sourceName, "' holds a path separator, expected a file name");
  for (size_t i = 0; i < package.metrics.size(); ++i) {
    const Metric &metric = package.metrics[i];
    std::string field = item("metrics", i);
    if (!name(field + ".name", metric.name) || !name(field + ".source", metric.source))
      return false;
    if (!std::isfinite(metric.value))
      return refuse(field + ".value", "is not finite");
    if (metric.provenance > Evidence::Derived)
      return refuse(field + ".provenance", "unknown kind ", unsigned(metric.provenance));
  }
  return true;
}

Status lle::runtime::verifyPackage(const Package &package, const std::string &file) {
  Verifier verifier(package, file);
  verifier.run();
  return verifier.failure;
}
