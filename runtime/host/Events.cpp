//===- Events.cpp - recordings of event sensors ---------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Events.h"

#include <algorithm>
#include <string_view>

using namespace lle::runtime;

namespace {

constexpr size_t kEventBytes = 5;
constexpr size_t kMaxRecordingBytes = size_t(1) << 30;
/// The sensor (ATIS) has rows 0 to 239.
constexpr uint8_t kOverflowRow = 240;
constexpr uint64_t kOverflowMicroseconds = uint64_t(1) << 13;
/// Of a row or column; positions in a frame then fit 32 bits.
constexpr int64_t kMaxPixels = 1 << 15;

/// A decimal number as digits and how many of them stand behind the point. No exponent, no sign.
struct Decimal {
  uint64_t digits = 0;
  unsigned fraction = 0;
};

/// Takes a number from the front of the text; nothing if there is none, or one of more than 15 digits.
std::optional<Decimal> takeDecimal(std::string_view &text) {
  Decimal number;
  size_t at = 0;
  unsigned count = 0;
  bool isFraction = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !isFraction) {
      isFraction = true;
      continue;
    }
    if (text[at] < '0' || text[at] > '9')
      break;
    number.digits = number.digits * 10 + static_cast<uint64_t>(text[at] - '0');
    number.fraction += isFraction;
    if (++count > 15)
      return std::nullopt;
  }
  if (count == 0)
    return std::nullopt;
  text.remove_prefix(at);
  return number;
}

} // namespace

Result<std::vector<Event>> lle::runtime::parseEvents(const uint8_t *data, size_t size, const std::string &name) {
  if (size == 0)
    return makeError(name, ": is empty: a recording has at least one event");
  constexpr std::string_view kAedat = "#!AER-DAT";
  if (std::string_view(reinterpret_cast<const char *>(data), size).substr(0, kAedat.size()) == kAedat)
    return makeError(name, ": is an AEDAT recording; write its events as ", kEventBytes,
                     " bytes each, as docs/formats.md says");
  if (size % kEventBytes != 0)
    return makeError(name, ": ", size, " bytes are no whole number of events of ", kEventBytes,
                     " bytes: the file is cut, or is no recording");
  std::vector<Event> events;
  events.reserve(size / kEventBytes);
  uint64_t overflow = 0;
  for (const uint8_t *at = data; at != data + size; at += kEventBytes) {
    if (at[1] == kOverflowRow) {
      overflow += kOverflowMicroseconds;
      continue;
    }
    uint64_t time = uint64_t(at[2] & 127) << 16 | uint64_t(at[3]) << 8 | at[4];
    events.push_back({time + overflow, at[0], at[1], static_cast<uint8_t>(at[2] >> 7)});
  }
  if (events.empty())
    return makeError(name, ": has marks of time but no event");
  return events;
}

Result<std::vector<Event>> lle::runtime::readEvents(const std::string &path) {
  Result<Bytes> bytes = readFile(path, kMaxRecordingBytes);
  if (!bytes)
    return bytes.error();
  return parseEvents(bytes->data(), bytes->size(), path);
}

Result<uint64_t> lle::runtime::parseDuration(std::string_view text, const std::string &option) {
  std::string_view unit = text;
  std::optional<Decimal> number = takeDecimal(unit);
  int exponent = unit == "us" ? 0 : unit == "ms" ? 3 : unit == "s" ? 6 : -1;
  if (!number || exponent < 0)
    return makeError(option, "=", text, ": expected a number and its unit, us, ms or s, as in 1ms");
  // At most 15 digits and 6 zeros more fit 64 bits only where the digits are few.
  uint64_t microseconds = number->digits;
  int shift = exponent - static_cast<int>(number->fraction);
  for (; shift > 0; --shift)
    if (__builtin_mul_overflow(microseconds, uint64_t(10), &microseconds))
      return makeError(option, "=", text, ": is too long");
  for (; shift < 0; ++shift, microseconds /= 10)
    if (microseconds % 10 != 0)
      return makeError(option, "=", text, ": is no whole number of microseconds, the unit of recordings");
  if (microseconds == 0)
    return makeError(option, "=", text, ": must be above 0");
  return microseconds;
}

Result<EventFrames> lle::runtime::binEvents(const std::vector<Event> &events, const Binning &binning,
                                            const std::string &name) {
  EventFrames frames;
  if (events.empty())
    return makeError(name, ": has no event");
  if (binning.channels < 1 || binning.channels > 2 || binning.height < 1 || binning.height > kMaxPixels ||
      binning.width < 1 || binning.width > kMaxPixels)
    return makeError(name, ": frames have 1 or 2 channels of 1 to ", kMaxPixels, " rows and columns, not ",
                     binning.channels, " of ", binning.height, " and ", binning.width);
  // Sensors write in the order of time, but for a few events; what counts is the earliest.
  auto isEarlier = [](const Event &a, const Event &b) { return a.microseconds < b.microseconds; };
  auto [first, last] = std::minmax_element(events.begin(), events.end(), isEarlier);
  uint64_t start = first->microseconds, duration = last->microseconds - start;
  uint64_t steps = binning.bins ? static_cast<uint64_t>(binning.bins) : duration / binning.microseconds + 1;
  if (steps > kMaxEventSteps)
    return makeError(name, ": lasts ", duration, " us, which is ", steps, " steps; at most ", kMaxEventSteps,
                     " are read: choose longer ones");
  auto getStep = [&](const Event &event) {
    uint64_t time = event.microseconds - start;
    if (!binning.bins)
      return time / binning.microseconds;
    // A file of 2^30 bytes has times below 2^42 us, and steps fit 20 bits: no overflow.
    return duration == 0 ? 0 : std::min(time * steps / duration, steps - 1);
  };

  // Counting sort by step: stable, so that a step's events stay in the order of the file.
  frames.ends.assign(steps, 0);
  for (const Event &event : events) {
    if (event.x >= binning.width || event.y >= binning.height)
      return makeError(name, ": event ", &event - events.data(), " is at x = ", event.x, ", y = ", event.y,
                       ", outside ", binning.height, " rows of ", binning.width, " pixels");
    ++frames.ends[getStep(event)];
  }
  uint64_t before = 0;
  for (uint64_t &end : frames.ends) {
    uint64_t count = end;
    end = before;
    before += count;
  }
  frames.positions.resize(events.size());
  for (const Event &event : events) {
    int64_t channel = binning.channels == 1 ? 0 : event.polarity;
    int64_t position = (channel * binning.height + event.y) * binning.width + event.x;
    frames.positions[frames.ends[getStep(event)]++] = static_cast<uint32_t>(position);
  }
  return frames;
}
