//===- Activity.cpp - what an emulated chip did ---------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Activity.h"
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

using namespace lle::runtime;

CoreActivity &CoreActivity::operator+=(const CoreActivity &other) {
  synapticOperations += other.synapticOperations;
  neuronUpdates += other.neuronUpdates;
  wordsRead += other.wordsRead;
  packetsIn += other.packetsIn;
  spikes += other.spikes;
  firings += other.firings;
  packetsOut += other.packetsOut;
  hopsX += other.hopsX;
  hopsY += other.hopsY;
  chipCrossings += other.chipCrossings;
  return *this;
}

CoreActivity Activity::total() const {
  CoreActivity sum;
  for (const CoreActivity &core : cores)
    sum += core;
  return sum;
}

Activity &Activity::operator+=(const Activity &other) {
  samples += other.samples;
  steps += other.steps;
  ticks += other.ticks;
  cores.resize(other.cores.size());
  for (size_t i = 0; i < cores.size(); ++i)
    cores[i] += other.cores[i];
  std::map<std::tuple<int32_t, int32_t, uint32_t>, uint64_t> packets;
  for (const std::vector<LinkActivity> *list : {&std::as_const(links), &other.links})
    for (const LinkActivity &link : *list)
      packets[{link.y, link.x, link.direction}] += link.packets;
  links.clear();
  for (const auto &[place, count] : packets)
    links.push_back({std::get<1>(place), std::get<0>(place), std::get<2>(place), count});
  for (size_t term = 0; term < kTickTerms; ++term) {
    sums[term] += other.sums[term];
    peaks[term] = std::max(peaks[term], other.peaks[term]);
    ticksBoundBy[term] += other.ticksBoundBy[term];
  }
  nanoseconds += other.nanoseconds;
  return *this;
}

const ChipFigure *lle::runtime::findFigure(const CoreMap &map, const std::string &name) {
  for (const ChipFigure &figure : map.figures)
    if (figure.name == name)
      return &figure;
  return nullptr;
}

static double getFigure(const CoreMap &map, const std::string &name) {
  const ChipFigure *figure = findFigure(map, name);
  return figure ? figure->value : 0;
}

double lle::runtime::computeEnergy(const CoreMap &map, const CoreActivity &activity) {
  return double(activity.synapticOperations) * getFigure(map, "unit_pj.synaptic_operation") +
         double(activity.neuronUpdates) * getFigure(map, "unit_pj.neuron_update") +
         double(activity.firings) * getFigure(map, "unit_pj.firing") +
         double(activity.packetsOut) * getFigure(map, "unit_pj.spike") +
         double(activity.hopsX) * getFigure(map, "unit_pj.hop_x") +
         double(activity.hopsY) * getFigure(map, "unit_pj.hop_y") +
         double(activity.chipCrossings) * getFigure(map, "unit_pj.chip_crossing");
}

std::array<double, kTickTerms> lle::runtime::getTickCosts(const CoreMap &map) {
  return {getFigure(map, "unit_ns.synaptic_operation"), getFigure(map, "unit_ns.neuron_update"),
          getFigure(map, "unit_ns.spike"), getFigure(map, "unit_ns.link"), getFigure(map, "unit_ns.step")};
}
