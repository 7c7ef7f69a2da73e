//===- Data.h - recordings of nodes: NIRData ----------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The files that nir.write_data makes: what was recorded of nodes of a network, on a grid of time or as events. Of node
// and observable they give names; the shape of a node's result is flattened.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_DATA_H
#define LLE_FRONTENDS_NIR_DATA_H

#include "frontends/NIR/Graph.h"
#include "frontends/NIR/Read.h"
#include "llvm/Support/Error.h"

namespace lle::nir {

enum class ObservableKind : uint8_t { TimeGridded, Event, ValuedEvent };

/// What was recorded of one quantity of a node.
struct Observable {
  std::string node; ///< "a/b" is the node b of the nested graph a.
  std::string name; ///< "spikes", "v", ...
  ObservableKind kind = ObservableKind::TimeGridded;
  int64_t samples = 0, neurons = 0;

  Array data;    ///< TimeGridded: (samples, steps, neurons).
  double dt = 0; ///< TimeGridded: seconds of a step.

  /// Events: (samples, events); idx -1 is no event.
  Array idx, time, value;
  double tMax = 0; ///< Events: seconds that were recorded.
};

/// "node 'lif1', 'spikes'", for messages.
std::string describe(const Observable &observable);

/// Reads a NIRData file, through the process that decodes HDF5 (Read.h). What a file must hold: shapes that agree,
/// indices of neurons, times from 0 up to t_max.
std::optional<std::vector<Observable>> readData(llvm::StringRef path, Report &report, const ReadOptions &options = {});

/// What an element of a step is where several events fall into it. ValuedEventData always has the last one's value.
enum class EventMerge { Count, Binary };

/// Events on a grid of steps of `dt` seconds, as a TimeGridded observable: an event at t is in step floor(t / dt),
/// where a step begins a millionth of its length early, so that t = k dt, rounded, is in step k; one at t_max is in the
/// last step. An observable that is on a grid comes back as it is, and must have that dt.
llvm::Expected<Observable> toTimeGrid(const Observable &observable, double dt, EventMerge merge);

/// The elements of a grid that are not 0 as events at the beginnings of their steps: ValuedEventData where one is not
/// 1, else EventData.
Observable toEvents(const Observable &grid);

/// Writes a NIRData file; observables of one node stand together. The file appears under its name only when it is
/// complete; the same observables give the same bytes.
llvm::Error writeData(llvm::ArrayRef<Observable> observables, llvm::StringRef path);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_DATA_H
