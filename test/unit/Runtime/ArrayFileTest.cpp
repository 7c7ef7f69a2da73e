//===- ArrayFileTest.cpp - Arrays of files of several formats -------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/ArrayFile.h"
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

TEST(ArrayFile, SaysWhatIsCompressed) {
  EXPECT_THAT(readArray(write("x.gz", {0x1f, 0x8b, 8, 0})).error().message,
              HasSubstr("x.gz: is compressed by gzip; decompress it first"));
}
