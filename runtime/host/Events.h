//===- Events.h - recordings of event sensors -------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Address-event files of 5 bytes an event, as of N-MNIST and N-Caltech101 (Orchard et al., Frontiers in Neuroscience 9
// (2015) 437), and their division into steps. Files are not trusted.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_EVENTS_H
#define LLE_RUNTIME_HOST_EVENTS_H

#include "runtime/host/File.h"

namespace lle::runtime {

/// A change of brightness at a pixel. Time counts from when the sensor was started.
struct Event {
  uint64_t microseconds;
  uint16_t x, y;
  uint8_t polarity; ///< 1: brighter.
};

/// Bytes x, y, p (bit 7) and t[22:16], t[15:8], t[7:0]. An event with y = 240, a row that the sensor does not have, is
/// a mark: times from it on are 2^13 us later. Refuses bytes that are no whole number of events, and none at all.
Result<std::vector<Event>> parseEvents(const uint8_t *data, size_t size, const std::string &name);
Result<std::vector<Event>> readEvents(const std::string &path);

/// "250us", "1ms", "0.5s" in microseconds: above 0, and a whole number. `option` names it in messages.
Result<uint64_t> parseDuration(std::string_view text, const std::string &option);

/// How a recording becomes a sequence of frames. Exactly one of `microseconds` and `bins` is not 0.
struct Binning {
  /// Of a frame: channels, rows, columns. Two channels are the polarities; one takes both.
  int64_t channels = 0, height = 0, width = 0;
  uint64_t microseconds = 0; ///< Length of a step, counted from the first event.
  int64_t bins = 0;          ///< As many equal steps from the first to the last event, which is in the last step.
};

/// The events of each step, as positions in a frame (channel, row, column in row-major order), in the order of time;
/// a position occurs once for each event.
struct EventFrames {
  std::vector<uint64_t> ends; ///< Step i has the positions from ends[i - 1] (0 for the first) to ends[i].
  std::vector<uint32_t> positions;

  int64_t steps() const { return static_cast<int64_t>(ends.size()); }
};

/// A longer recording is refused: its bin is too short for it, or its times are damaged.
inline constexpr uint64_t kMaxEventSteps = 1'000'000;

/// Refuses events outside the frame, and recordings of more than kMaxEventSteps steps.
Result<EventFrames> binEvents(const std::vector<Event> &events, const Binning &binning, const std::string &name);

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_EVENTS_H
