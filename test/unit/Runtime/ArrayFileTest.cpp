//===- ArrayFileTest.cpp - Arrays of files of several formats -------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/ArrayFile.h"
#include "runtime/host/Gzip.h"
#include "gmock/gmock.h"
#include <cstring>

using namespace lle::runtime;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// Two rows of three numbers of 16 bits: 1, -2, 256, 0, 5, 6.
const Bytes kIdx = {0, 0, 0x0b, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 0xff, 0xfe, 1, 0, 0, 0, 0, 5, 0, 6};

Result<Array> parse(const Bytes &bytes) { return parseIdx(bytes.data(), bytes.size(), "x.idx"); }

std::string write(const std::string &name, const Bytes &bytes) {
  std::string path = testing::TempDir() + "/" + name;
  EXPECT_TRUE(bool(writeFile(path, bytes.data(), bytes.size())));
  return path;
}

std::vector<int16_t> getValues(const Array &array) {
  std::vector<int16_t> values(array.data.size() / 2);
  std::memcpy(values.data(), array.data.data(), array.data.size());
  return values;
}

Array makeLabels() { return {DType::U8, {3}, {7, 8, 9}}; }

} // namespace

TEST(ArrayFile, ReadsIdx) {
  Result<Array> array = readArray(write("x.idx", kIdx));
  ASSERT_TRUE(bool(array)) << array.error().message;
  EXPECT_EQ(array->type, DType::I16);
  EXPECT_THAT(array->shape, ElementsAre(2, 3));
  EXPECT_THAT(getValues(*array), ElementsAre(1, -2, 256, 0, 5, 6));
}

TEST(ArrayFile, EveryTruncationOfIdxIsRefused) {
  for (size_t size = 0; size < kIdx.size(); ++size) {
    Result<Array> array = parse(Bytes(kIdx.begin(), kIdx.begin() + size));
    ASSERT_FALSE(bool(array)) << size;
    EXPECT_THAT(array.error().message, HasSubstr("x.idx: "));
  }
  Bytes longer = kIdx;
  longer.push_back(0);
  EXPECT_EQ(parse(longer).error().message, "x.idx: expected 12 bytes of data, got 13");
}

TEST(ArrayFile, SizesThatOverflowAreRefused) {
  Bytes bytes = {0, 0, 8, 4};
  bytes.insert(bytes.end(), 16, 0xff);
  EXPECT_EQ(parse(bytes).error().message, "x.idx: its dimensions are too large");
  bytes[2] = 0x0a; // no type
  EXPECT_EQ(parse(bytes).error().message, "x.idx: is no IDX file");
}

TEST(ArrayFile, ReadsAMemberOfNpz) {
  std::string path = testing::TempDir() + "/two.npz";
  ASSERT_TRUE(bool(writeNpz(path, {{"x", {DType::U8, {1}, {1}}}, {"y", makeLabels()}})));
  Result<Array> array = readArray(path + ":y");
  ASSERT_TRUE(bool(array)) << array.error().message;
  EXPECT_THAT(array->data, ElementsAre(7, 8, 9));
  EXPECT_THAT(readArray(path).error().message, HasSubstr("two.npz: has 2 arrays; name one as "));
  EXPECT_THAT(readArray(path + ":z").error().message, HasSubstr("z"));
  path = testing::TempDir() + "/one.npz";
  ASSERT_TRUE(bool(writeNpz(path, {{"y", makeLabels()}})));
  array = readArray(path);
  ASSERT_TRUE(bool(array)) << array.error().message;
  EXPECT_THAT(array->shape, ElementsAre(3));
}

TEST(ArrayFile, ReadsNpy) {
  std::string path = testing::TempDir() + "/y.npy";
  ASSERT_TRUE(bool(writeNpy(path, makeLabels())));
  Result<Array> array = readArray(path);
  ASSERT_TRUE(bool(array)) << array.error().message;
  EXPECT_THAT(array->data, ElementsAre(7, 8, 9));
  EXPECT_FALSE(bool(readArray(testing::TempDir() + "/absent.npy")));
}

/// kIdx, compressed by gzip.
static const Bytes kGzip = {31, 139, 8,   0,   0,  0,   0,  0, 2,  3, 99, 96, 224, 102, 98, 96,  96, 0, 97, 102,
                            6,  198, 255, 255, 24, 129, 12, 6, 86, 6, 54, 0,  136, 203, 55, 243, 24, 0, 0,  0};

TEST(ArrayFile, ReadsWhatGzipCompressed) {
  Result<Array> array = readArray(write("x.idx.gz", kGzip));
  ASSERT_TRUE(bool(array)) << array.error().message;
  EXPECT_THAT(getValues(*array), ElementsAre(1, -2, 256, 0, 5, 6));
}

// As by `cat a.gz b.gz`.
TEST(ArrayFile, ReadsAllMembersOfGzip) {
  Bytes twice = kGzip;
  twice.insert(twice.end(), kGzip.begin(), kGzip.end());
  Result<Bytes> bytes = inflateGzip(twice.data(), twice.size(), 1000, "x.gz");
  ASSERT_TRUE(bool(bytes)) << bytes.error().message;
  EXPECT_EQ(bytes->size(), 2 * kIdx.size());
}

TEST(ArrayFile, EveryTruncationOfGzipIsRefused) {
  for (size_t size = 0; size < kGzip.size(); ++size) {
    Result<Bytes> bytes = inflateGzip(kGzip.data(), size, 1000, "x.gz");
    ASSERT_FALSE(bool(bytes)) << size;
    EXPECT_THAT(bytes.error().message, HasSubstr("x.gz: what gzip compressed is cut after "));
  }
}

TEST(ArrayFile, EveryDamageOfGzipIsRefusedOrHarmless) {
  unsigned refused = 0;
  for (size_t place = 0; place < kGzip.size(); ++place)
    for (unsigned bit = 0; bit < 8; ++bit) {
      Bytes damaged = kGzip;
      damaged[place] ^= uint8_t(1u << bit);
      Result<Bytes> bytes = inflateGzip(damaged.data(), damaged.size(), 1000, "x.gz");
      refused += !bytes;
      if (bytes)
        EXPECT_EQ(*bytes, kIdx) << place; // A date, or another field that says nothing of the contents.
    }
  EXPECT_GT(refused, 8 * kIdx.size());
}

TEST(ArrayFile, GzipOfMoreThanTheLimitIsRefused) {
  EXPECT_EQ(inflateGzip(kGzip.data(), kGzip.size(), 23, "x.gz").error().message, "x.gz: holds more than 23 bytes");
  EXPECT_TRUE(bool(inflateGzip(kGzip.data(), kGzip.size(), 24, "x.gz")));
}
