//===- EventsTest.cpp - recordings of event sensors -----------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Events.h"
#include "test/unit/SharedData.h"
#include "gmock/gmock.h"
#include <random>

using namespace lle::runtime;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

/// An event as it lies in the file.
Bytes encode(uint8_t x, uint8_t y, unsigned polarity, uint32_t time) {
  return {x, y, static_cast<uint8_t>(polarity << 7 | time >> 16), static_cast<uint8_t>(time >> 8),
          static_cast<uint8_t>(time)};
}

Bytes join(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes &part : parts)
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

Result<std::vector<Event>> parse(const Bytes &bytes) { return parseEvents(bytes.data(), bytes.size(), "a.bin"); }

std::string refusal(const Bytes &bytes) {
  Result<std::vector<Event>> events = parse(bytes);
  return events ? "accepted" : events.error().message;
}

std::string refusal(const std::vector<Event> &events, const Binning &binning) {
  Result<EventFrames> frames = binEvents(events, binning, "a.bin");
  return frames ? "accepted" : frames.error().message;
}

uint64_t microseconds(const char *text) {
  Result<uint64_t> duration = parseDuration(text, "--bin");
  return duration ? *duration : 0;
}

std::string durationRefusal(const char *text) {
  Result<uint64_t> duration = parseDuration(text, "--bin");
  return duration ? "accepted" : duration.error().message;
}

} // namespace

TEST(Events, FieldsOfAnEvent) {
  Result<std::vector<Event>> events = parse(join({encode(33, 7, 1, 0x7fffff), encode(0, 239, 0, 0x010203)}));
  ASSERT_TRUE(bool(events)) << events.error().message;
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ((*events)[0].x, 33);
  EXPECT_EQ((*events)[0].y, 7);
  EXPECT_EQ((*events)[0].polarity, 1);
  EXPECT_EQ((*events)[0].microseconds, 0x7fffffu);
  EXPECT_EQ((*events)[1].y, 239);
  EXPECT_EQ((*events)[1].polarity, 0);
  EXPECT_EQ((*events)[1].microseconds, 0x010203u);
}

TEST(Events, MarksMoveTheTimesAfterThem) {
  Bytes mark = encode(0, 240, 0, 0);
  Result<std::vector<Event>> events =
      parse(join({encode(1, 1, 0, 5), mark, encode(1, 1, 0, 6), mark, mark, encode(1, 1, 0, 7)}));
  ASSERT_TRUE(bool(events)) << events.error().message;
  ASSERT_EQ(events->size(), 3u);
  EXPECT_EQ((*events)[0].microseconds, 5u);
  EXPECT_EQ((*events)[1].microseconds, 8192u + 6);
  EXPECT_EQ((*events)[2].microseconds, 3 * 8192u + 7);
  EXPECT_EQ(refusal(mark), "a.bin: has marks of time but no event");
}

TEST(Events, DamagedFilesAreRefused) {
  EXPECT_EQ(refusal(Bytes()), "a.bin: is empty: a recording has at least one event");
  Bytes good = join({encode(1, 2, 0, 3), encode(1, 2, 0, 4)});
  good.pop_back();
  EXPECT_EQ(refusal(good),
            "a.bin: 9 bytes are no whole number of events of 5 bytes: the file is cut, or is no recording");
  std::string aedat = "#!AER-DAT4.0\r\nxx";
  EXPECT_THAT(refusal(Bytes(aedat.begin(), aedat.end())), StartsWith("a.bin: is an AEDAT recording"));
  EXPECT_THAT(readEvents("/nonexistent/a.bin").error().message, StartsWith("/nonexistent/a.bin: cannot open"));
}

TEST(Events, AnyBytesAreAnswered) {
  std::mt19937 random(1);
  unsigned binned = 0;
  for (unsigned round = 0; round < 3000; ++round) {
    Bytes bytes(random() % 4 ? random() % 40 * 5 : random() % 200);
    for (uint8_t &byte : bytes)
      byte = static_cast<uint8_t>(random() % 200 ? random() % 34 : random());
    Result<std::vector<Event>> events = parse(bytes);
    if (!events)
      continue;
    Binning binning{static_cast<int64_t>(1 + random() % 2), 34, 34, 0, 0};
    if (random() % 2)
      binning.bins = 1 + random() % 5000;
    else
      binning.microseconds = 1 + random() % 5000;
    Result<EventFrames> frames = binEvents(*events, binning, "a.bin");
    if (!frames)
      continue;
    ++binned;
    ASSERT_EQ(frames->ends.back(), events->size());
    for (uint32_t position : frames->positions)
      ASSERT_LT(position, binning.channels * 34 * 34);
  }
  EXPECT_GT(binned, 500u);
  EXPECT_LT(binned, 2500u);
}

TEST(Events, StepsCountFromTheEarliestEvent) {
  std::vector<Event> events{{1200, 1, 0, 1}, {1000, 0, 0, 0}, {1999, 2, 1, 0}, {2000, 2, 1, 1}, {4100, 0, 0, 0}};
  Result<EventFrames> frames = binEvents(events, {2, 2, 3, 1000, 0}, "a.bin");
  ASSERT_TRUE(bool(frames)) << frames.error().message;
  EXPECT_THAT(frames->ends, ElementsAre(3, 4, 4, 5));
  // Channel, then row, then column; within a step in the order of the file.
  EXPECT_THAT(frames->positions, ElementsAre(6 + 1, 0, 3 + 2, 6 + 3 + 2, 0));

  // One channel takes both polarities.
  frames = binEvents(events, {1, 2, 3, 1000, 0}, "a.bin");
  ASSERT_TRUE(bool(frames)) << frames.error().message;
  EXPECT_THAT(frames->positions, ElementsAre(1, 0, 3 + 2, 3 + 2, 0));
}

TEST(Events, EqualStepsEndWithTheLastEvent) {
  std::vector<Event> events;
  for (uint64_t time : {100, 149, 150, 199, 200})
    events.push_back({time, 0, 0, 0});
  Result<EventFrames> frames = binEvents(events, {1, 1, 1, 0, 2}, "a.bin");
  ASSERT_TRUE(bool(frames)) << frames.error().message;
  EXPECT_THAT(frames->ends, ElementsAre(2, 5));
  // All at one time: all in the first step.
  frames = binEvents({{7, 0, 0, 0}, {7, 0, 0, 1}}, {1, 1, 1, 0, 3}, "a.bin");
  ASSERT_TRUE(bool(frames)) << frames.error().message;
  EXPECT_THAT(frames->ends, ElementsAre(2, 2, 2));
}

TEST(Events, WhatDoesNotFitIsRefused) {
  EXPECT_EQ(refusal({{0, 1, 1, 0}, {0, 34, 3, 0}}, {2, 34, 34, 1, 0}),
            "a.bin: event 1 is at x = 34, y = 3, outside 34 rows of 34 pixels");
  EXPECT_EQ(refusal({{0, 1, 34, 0}}, {2, 34, 40, 1, 0}),
            "a.bin: event 0 is at x = 1, y = 34, outside 34 rows of 40 pixels");
  EXPECT_EQ(refusal({{0, 1, 1, 0}, {8'000'000, 1, 1, 0}}, {2, 34, 34, 1, 0}),
            "a.bin: lasts 8000000 us, which is 8000001 steps; at most 1000000 are read: choose longer ones");
  EXPECT_EQ(refusal({{0, 1, 1, 0}}, {2, 34, 34, 0, 1'000'001}),
            "a.bin: lasts 0 us, which is 1000001 steps; at most 1000000 are read: choose longer ones");
  EXPECT_EQ(refusal({{0, 1, 1, 0}}, {3, 34, 34, 1, 0}),
            "a.bin: frames have 1 or 2 channels of 1 to 32768 rows and columns, not 3 of 34 and 34");
  EXPECT_EQ(refusal({}, {2, 34, 34, 1, 0}), "a.bin: has no event");
}

TEST(Events, Durations) {
  EXPECT_EQ(microseconds("1ms"), 1000u);
  EXPECT_EQ(microseconds("250us"), 250u);
  EXPECT_EQ(microseconds("0.5s"), 500'000u);
  EXPECT_EQ(microseconds("1.5ms"), 1500u);
  EXPECT_EQ(microseconds("2.000us"), 2u);
  EXPECT_EQ(microseconds(".25s"), 250'000u);
  for (const char *text : {"", "1", "ms", "1 ms", "-1ms", "1e3us", "1m", "1msx", "1..5ms", ".s", "1234567890123456us"})
    EXPECT_THAT(durationRefusal(text), HasSubstr("expected a number and its unit, us, ms or s, as in 1ms")) << text;
  EXPECT_EQ(durationRefusal("0.5us"), "--bin=0.5us: is no whole number of microseconds, the unit of recordings");
  EXPECT_EQ(durationRefusal("0ms"), "--bin=0ms: must be above 0");
  EXPECT_EQ(durationRefusal("999999999999999s"), "--bin=999999999999999s: is too long");
}

/// The frames of an N-MNIST recording are those that NumPy makes of it: their number and some sums of them.
TEST(Events, RecordingOfNMNIST) {
  LLE_NEEDS_SHARED_DATA("spiking/nmnist/0.bin");
  Result<std::vector<Event>> events = readEvents(lle::test::sharedData("spiking/nmnist/0.bin"));
  ASSERT_TRUE(bool(events)) << events.error().message;
  ASSERT_EQ(events->size(), 4508u);
  Result<EventFrames> frames = binEvents(*events, {2, 34, 34, 1000, 0}, "0.bin");
  ASSERT_TRUE(bool(frames)) << frames.error().message;
  EXPECT_EQ(frames->steps(), (308951 - 716) / 1000 + 1);
  EXPECT_EQ(frames->ends.back(), 4508u);
  size_t brighter = 0;
  for (uint32_t position : frames->positions)
    brighter += position >= 34 * 34;
  EXPECT_EQ(brighter, 2223u);
}
