//===- Quantise.cpp - networks as SpiNNaker2 computes them ------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Quantise.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include <cmath>

using namespace llvm;

namespace lle::nir {

/// Of 8 bits, of either sign.
static constexpr int kMaxWeight = 127;

namespace {
class Quantiser {
public:
  Quantiser(const FlatGraph &flat, const Wiring &wiring, const Profile &profile, double dt, Report &report)
      : flat(flat), wiring(wiring), profile(profile), dt(dt), report(report) {}

  QuantisedNetwork run();

private:
  void complain(const FlatNode &node, const Twine &message) {
    report.error("node '" + node.path + "' (" + node.node->type + "): profile 'spinnaker2': " + message);
  }
  void collect(unsigned index, SetVector<unsigned> &found);
  void quantisePopulation(unsigned index);
  void addBias(const FlatNode &synapse, const FlatNode &population, std::vector<double> &offset);

  const FlatGraph &flat;
  const Wiring &wiring;
  const Profile &profile;
  double dt;
  Report &report;
  QuantisedNetwork network;
};
} // namespace

static bool isSynapse(NodeKind kind) {
  return kind == NodeKind::Affine || kind == NodeKind::Linear || kind == NodeKind::Conv1d || kind == NodeKind::Conv2d;
}
static bool isPopulation(NodeKind kind) {
  return kind == NodeKind::I || kind == NodeKind::LI || kind == NodeKind::CubaLI || firesOnIntegral(kind);
}
/// Nodes that only collect or rearrange what arrives.
static bool isPassive(NodeKind kind) { return kind == NodeKind::Flatten || kind == NodeKind::SumPool2d; }

static double number(const FlatNode &node, StringRef param, size_t i, double absent) {
  const Array *array = node.node->find(param);
  return !array ? absent : array->number(array->size() == 1 ? 0 : i);
}

/// The nodes behind `index`, through those that are passive.
void Quantiser::collect(unsigned index, SetVector<unsigned> &found) {
  for (const Connection &connection : wiring.sources[index]) {
    if (isPassive(getKind(*flat.nodes[connection.source].node)))
      collect(connection.source, found);
    else
      found.insert(connection.source);
  }
}

/// A bias adds w_in bias to the current for good, which makes as much of the membrane's input as
/// tau_syn / dt times that.
void Quantiser::addBias(const FlatNode &synapse, const FlatNode &population, std::vector<double> &offset) {
  const Array *bias = synapse.node->find("bias");
  if (!bias)
    return;
  // Channels are first, except in the last dimension of a matrix.
  bool isMatrix = getKind(*synapse.node) == NodeKind::Affine;
  size_t channels = bias->size(), spatial = isMatrix ? 1 : offset.size() / channels;
  for (size_t i = 0; i < offset.size(); ++i)
    offset[i] += bias->number(i / spatial % channels) * number(population, "tau_syn", i, dt) / dt;
}

void Quantiser::quantisePopulation(unsigned index) {
  const FlatNode &population = flat.nodes[index];
  SetVector<unsigned> synapses;
  collect(index, synapses);
  double largest = 0;
  for (unsigned source : synapses) {
    const FlatNode &synapse = flat.nodes[source];
    if (!isSynapse(getKind(*synapse.node)))
      return complain(population, "'" + synapse.path + "' reaches it without weights");
    if (network.weights.count(&synapse))
      return complain(synapse, "it reaches more than one population, which scale weights apart");
    const Array &weight = *synapse.node->find("weight");
    network.weights.insert({&synapse, weight});
    for (size_t i = 0; i < weight.size(); ++i)
      largest = std::max(largest, std::abs(weight.number(i)));
  }
  if (largest == 0)
    return complain(population, "no weight that reaches it differs from 0");

  double scale = profile.weightScale.value_or(kMaxWeight / largest);
  // As in single precision, in which the chip's host computes it.
  auto toInteger = [&](double weight) { return std::trunc(float(weight) * float(scale)); };
  if (toInteger(largest) > kMaxWeight)
    return complain(population, "a weight becomes " + Twine(int64_t(toInteger(largest))) + ", more than " +
                                    Twine(kMaxWeight) + ": 'weight_scale' must be smaller");
  size_t neurons = 1;
  for (int64_t dim : population.outputShape)
    neurons *= dim;
  std::vector<double> offset(neurons, 0);
  for (unsigned source : synapses) {
    Array &weight = network.weights.at(&flat.nodes[source]);
    std::vector<float> integers;
    for (size_t i = 0; i < weight.size(); ++i)
      integers.push_back(toInteger(weight.number(i)));
    weight = Array::of<float>(weight.getShape(), integers);
    addBias(flat.nodes[source], population, offset);
  }

  NodeKind kind = getKind(*population.node);
  bool hasCurrent = kind == NodeKind::CubaLIF || kind == NodeKind::CubaLI;
  bool leaks = kind != NodeKind::IF && kind != NodeKind::I;
  std::vector<float> decaySyn, decayMem, bias, threshold, reset;
  for (size_t i = 0; i < neurons; ++i) {
    double r = number(population, "r", i, 1);
    double rateSyn = hasCurrent ? dt / number(population, "tau_syn", i, 1) : 1;
    double rateMem = leaks ? dt / number(population, hasCurrent ? "tau_mem" : "tau", i, 1) : 0;
    // What one unit of weight adds to the potential.
    double gain = (leaks ? rateMem * r : r) * rateSyn * number(population, "w_in", i, 1);
    if (!(gain > 0))
      return complain(population, "'r' and 'w_in' must be above 0");
    double unit = scale / gain;
    decaySyn.push_back(1 - rateSyn);
    decayMem.push_back(1 - rateMem);
    bias.push_back(offset[i] * scale + rateMem * number(population, "v_leak", i, 0) * unit);
    threshold.push_back(number(population, "v_threshold", i, 0) * unit);
    reset.push_back(number(population, "v_reset", i, 0) * unit);
  }
  auto wrap = [&](ArrayRef<float> values) { return Array::of(population.outputShape, values); };
  ArrayMap &params = network.populations[&population];
  params.insert({hasCurrent ? "decay_mem" : "decay", wrap(decayMem)});
  if (hasCurrent)
    params.insert({"decay_syn", wrap(decaySyn)});
  params.insert({"bias", wrap(bias)});
  if (!firesOnIntegral(kind))
    return;
  params.insert({"v_threshold", wrap(threshold)});
  if (profile.getRule(kind).reset == spk::Reset::to_value)
    params.insert({"v_reset", wrap(reset)});
}

QuantisedNetwork Quantiser::run() {
  for (auto [index, node] : enumerate(flat.nodes)) {
    NodeKind kind = getKind(*node.node);
    if (kind == NodeKind::Input || kind == NodeKind::Output || isPassive(kind) || isSynapse(kind))
      continue;
    if (isPopulation(kind))
      quantisePopulation(index);
    else
      complain(node, "the chip's tools have no such node");
  }
  for (auto [index, node] : enumerate(flat.nodes)) {
    if (!isSynapse(getKind(*node.node)))
      continue;
    if (!report.failed() && !network.weights.count(&node))
      complain(node, "it reaches no population");
    SetVector<unsigned> sources;
    collect(index, sources);
    for (unsigned source : sources)
      if (isSynapse(getKind(*flat.nodes[source].node)))
        complain(node, "'" + flat.nodes[source].path + "' comes right before it: two weights in a row");
  }
  return std::move(network);
}

QuantisedNetwork quantise(const FlatGraph &flat, const Wiring &wiring, const Profile &profile, double dt,
                          Report &report) {
  return Quantiser(flat, wiring, profile, dt, report).run();
}

} // namespace lle::nir
