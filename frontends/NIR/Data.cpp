//===- Data.cpp - recordings of nodes: NIRData ------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Data.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>
#include <limits>

using namespace llvm;

namespace lle::nir {

/// A grid of more bytes is refused: a recording of long silence need not be large itself.
static constexpr uint64_t maxGridBytes = uint64_t(1) << 31;
/// How much earlier a step begins, in steps: times are rounded multiples of dt.
static constexpr double slack = 1e-6;

std::string describe(const Observable &observable) {
  return "node '" + observable.node + "', '" + observable.name + "'";
}

/// Steps of dt in a recording that lasts tMax.
static double countSteps(double tMax, double dt) { return std::floor(tMax / dt + slack); }

Expected<Observable> toTimeGrid(const Observable &observable, double dt, EventMerge merge) {
  if (observable.kind == ObservableKind::TimeGridded) {
    if (std::abs(observable.dt - dt) > 1e-6 * dt)
      return createStringError(describe(observable) + " has steps of " + toString(observable.dt) + " s, not of " +
                               toString(dt) + " s");
    return observable;
  }
  double count = countSteps(observable.tMax, dt);
  uint64_t perStep = uint64_t(observable.samples) * observable.neurons * sizeof(float);
  if (!(count >= 1))
    return createStringError(describe(observable) + " lasts " + toString(observable.tMax) + " s, less than a step of " +
                             toString(dt) + " s");
  if (count * perStep > maxGridBytes)
    return createStringError(describe(observable) + " lasts " + toString(observable.tMax) + " s: on a grid of " +
                             toString(dt) + " s it is larger than 2 GiB");
  Observable grid;
  grid.node = observable.node;
  grid.name = observable.name;
  grid.samples = observable.samples;
  grid.neurons = observable.neurons;
  grid.dt = dt;
  int64_t steps = count, perSample = observable.samples ? observable.idx.size() / observable.samples : 0;
  std::vector<float> values(observable.samples * steps * observable.neurons);
  for (size_t i = 0; i < observable.idx.size(); ++i) {
    int64_t neuron = *observable.idx.integer(i);
    if (neuron < 0)
      continue;
    int64_t step = std::min<int64_t>(std::floor(observable.time.number(i) / dt + slack), steps - 1);
    float &element = values[(i / perSample * steps + step) * observable.neurons + neuron];
    if (observable.kind == ObservableKind::ValuedEvent)
      element = observable.value.number(i);
    else
      element = merge == EventMerge::Binary ? 1 : element + 1;
  }
  grid.data = Array::f32({observable.samples, steps, observable.neurons}, values);
  return grid;
}

Observable toEvents(const Observable &grid) {
  Observable events;
  events.node = grid.node;
  events.name = grid.name;
  events.kind = ObservableKind::Event;
  events.samples = grid.samples;
  events.neurons = grid.neurons;
  int64_t steps = grid.data.getShape()[1], perSample = steps * grid.neurons, most = 0;
  events.tMax = steps * grid.dt;
  for (int64_t sample = 0; sample < grid.samples; ++sample) {
    int64_t count = 0;
    for (int64_t i = 0; i < perSample; ++i) {
      double value = grid.data.number(sample * perSample + i);
      count += value != 0;
      if (value != 0 && value != 1)
        events.kind = ObservableKind::ValuedEvent;
    }
    most = std::max(most, count);
  }
  std::vector<int64_t> idx(grid.samples * most, -1);
  std::vector<double> time(grid.samples * most, std::numeric_limits<double>::infinity()), value(grid.samples * most);
  for (int64_t sample = 0; sample < grid.samples; ++sample) {
    int64_t at = sample * most;
    for (int64_t i = 0; i < perSample; ++i) {
      double element = grid.data.number(sample * perSample + i);
      if (element == 0)
        continue;
      idx[at] = i % grid.neurons;
      time[at] = (i / grid.neurons) * grid.dt;
      value[at++] = element;
    }
  }
  events.idx = Array::of<int64_t>({grid.samples, most}, idx);
  events.time = Array::f64({grid.samples, most}, time);
  if (events.kind == ObservableKind::ValuedEvent)
    events.value = Array::f64({grid.samples, most}, value);
  return events;
}

} // namespace lle::nir
