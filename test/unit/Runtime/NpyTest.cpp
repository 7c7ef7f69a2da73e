//===- NpyTest.cpp - NumPy files ------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Npy.h"
#include "gmock/gmock.h"
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <random>
#include <unistd.h>

using namespace lle::runtime;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

template <typename T>
Array makeArray(DType type, std::vector<int64_t> shape, const std::vector<T> &values) {
  Array array{type, std::move(shape), Bytes(values.size() * sizeof(T))};
  if (!values.empty())
    std::memcpy(array.data.data(), values.data(), array.data.size());
  return array;
}

template <typename T>
std::vector<T> valuesOf(const Array &array) {
  std::vector<T> values(array.data.size() / sizeof(T));
  if (!values.empty())
    std::memcpy(values.data(), array.data.data(), array.data.size());
  return values;
}

void expectEqual(const Array &a, const Array &b) {
  EXPECT_EQ(a.type, b.type);
  EXPECT_EQ(a.shape, b.shape);
  EXPECT_EQ(a.data, b.data);
}

/// A file with that header and `dataBytes` bytes 0, 1, 2, ...
Bytes npy(const std::string &header, size_t dataBytes, uint8_t major = 1) {
  Bytes bytes = {0x93, 'N', 'U', 'M', 'P', 'Y', major, 0};
  for (unsigned i = 0; i < (major == 1 ? 2u : 4u); ++i)
    bytes.push_back(static_cast<uint8_t>(header.size() >> 8 * i));
  bytes.insert(bytes.end(), header.begin(), header.end());
  for (size_t i = 0; i < dataBytes; ++i)
    bytes.push_back(static_cast<uint8_t>(i));
  return bytes;
}

std::string refusal(const Bytes &bytes) {
  Result<Array> array = parseNpy(bytes.data(), bytes.size(), "a.npy");
  return array ? "accepted" : array.error().message;
}

std::string temporary(const char *name) {
  return testing::TempDir() + "/lle_npy_" + std::to_string(getpid()) + "_" + name;
}

/// Runs Python with NumPy as np; the file is argument 1.
bool python(const std::string &code, const std::string &path) {
  std::string command = LLE_PYTHON " -c 'import sys, numpy as np; f = sys.argv[1]; " + code + "' " + path;
  return std::system(command.c_str()) == 0;
}

constexpr DType kAll[] = {DType::Bool, DType::U8,  DType::I8,  DType::U16, DType::I16,
                          DType::U32,  DType::I32, DType::I64, DType::F32, DType::F64};

} // namespace

TEST(Npy, RoundTripOfEveryType) {
  for (DType type : kAll)
    for (std::vector<int64_t> shape : {std::vector<int64_t>{}, {1}, {3, 2}, {0, 5}, {2, 1, 2}}) {
      size_t bytes = dtypeBytes(type);
      for (int64_t dim : shape)
        bytes *= static_cast<size_t>(dim);
      Array array{type, shape, Bytes(bytes, 1)};
      Bytes file = formatNpy(array);
      EXPECT_EQ((file.size() - bytes) % 64, 0u);
      Result<Array> read = parseNpy(file.data(), file.size(), "a.npy");
      ASSERT_TRUE(bool(read)) << read.error().message;
      expectEqual(*read, array);
    }
}

TEST(Npy, AllVersions) {
  for (uint8_t major = 1; major <= 3; ++major) {
    Bytes bytes = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }\n", 4, major);
    Result<Array> array = parseNpy(bytes.data(), bytes.size(), "a.npy");
    ASSERT_TRUE(bool(array)) << array.error().message;
    EXPECT_EQ(array->data, (Bytes{0, 1, 2, 3}));
  }
}

TEST(Npy, FortranOrderBecomesC) {
  Bytes bytes = npy("{\"shape\":(2,3),'fortran_order':True,'descr':'|i1'}", 6);
  Result<Array> array = parseNpy(bytes.data(), bytes.size(), "a.npy");
  ASSERT_TRUE(bool(array)) << array.error().message;
  EXPECT_EQ(array->data, (Bytes{0, 2, 4, 1, 3, 5}));
}

TEST(Npy, RefusalsSayWhy) {
  auto header = [](const char *descr, const char *shape) {
    return std::string("{'descr': ") + descr + ", 'fortran_order': False, 'shape': " + shape + ", }";
  };
  EXPECT_EQ(refusal({}), "a.npy: is no .npy file (the magic string is missing)");
  EXPECT_EQ(refusal({0x93, 'N', 'U', 'M', 'P', 'Y'}), "a.npy: the header is truncated");
  EXPECT_EQ(refusal({0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 9, 0}), "a.npy: the header is truncated");
  EXPECT_EQ(refusal(npy(header("'|u1'", "(4,)"), 4, 4)), "a.npy: format version 4.0 is unknown, expected 1.0 to 3.0");
  EXPECT_EQ(refusal(npy(header("'<f2'", "(2,)"), 4)), "a.npy: header: dtype '<f2' is not supported");
  EXPECT_EQ(refusal(npy(header("'>f4'", "(1,)"), 4)), "a.npy: header: dtype '>f4' is not supported");
  EXPECT_EQ(refusal(npy(header("'|O'", "(1,)"), 8)), "a.npy: header: dtype '|O' is not supported");
  EXPECT_EQ(refusal(npy(header("[('a', '<f4')]", "(1,)"), 4)), "a.npy: header: structured dtypes are not supported");
  EXPECT_EQ(refusal(npy(header("'<f4'", "(2,)"), 7)), "a.npy: 7 bytes of data do not match shape and dtype float32");
  EXPECT_EQ(refusal(npy(header("'<f4'", "(2,)"), 9)), "a.npy: 9 bytes of data do not match shape and dtype float32");
  EXPECT_THAT(refusal(npy(header("'<f4'", "(4611686018427387904, 4, 4)"), 0)), HasSubstr("do not match"));
  EXPECT_THAT(refusal(npy(header("'<f4'", "(99999999999999999999,)"), 0)), HasSubstr("dimension is too large"));
  EXPECT_THAT(refusal(npy(header("'<f4'", "(-1,)"), 4)), HasSubstr("expected a dimension"));
  std::string deep = "(";
  for (int i = 0; i < 40; ++i)
    deep += "1,";
  EXPECT_THAT(refusal(npy(header("'<f4'", (deep + ")").c_str()), 4)), HasSubstr("too many dimensions"));
  EXPECT_THAT(refusal(npy("{'descr': '<f4'}", 4)), HasSubstr("are required"));
  EXPECT_THAT(refusal(npy("{'colour': 1}", 4)), HasSubstr("unknown key"));
  EXPECT_THAT(refusal(npy(header("'<f4'", "(1,)") + "x", 4)), HasSubstr("unexpected text"));
  EXPECT_THAT(refusal(npy("{'descr': '<f4', 'descr': '<f4'}", 4)), HasSubstr("expected one dtype"));
  EXPECT_THAT(refusal(npy("{'descr': '<f4' 'shape': ()}", 4)), HasSubstr("expected ',' or '}'"));
}

TEST(Npy, MutationsNeverCrash) {
  const Bytes file = formatNpy(makeArray<float>(DType::F32, {2, 3}, {1, 2, 3, 4, 5, 6}));
  std::mt19937 random(1);
  unsigned accepted = 0;
  for (unsigned round = 0; round < 20000; ++round) {
    Bytes mutated = file;
    mutated[random() % file.size()] = static_cast<uint8_t>(random());
    if (round % 3 == 0)
      mutated[8 + random() % 60] = static_cast<uint8_t>(random());
    if (round % 5 == 0)
      mutated.resize(random() % file.size());
    Result<Array> array = parseNpy(mutated.data(), mutated.size(), "a.npy");
    accepted += bool(array);
    if (!array)
      EXPECT_THAT(array.error().message, StartsWith("a.npy: "));
  }
  EXPECT_GT(accepted, 100u);
  EXPECT_LT(accepted, 19000u);
}

TEST(Npy, Conversions) {
  Array spikes = makeArray<float>(DType::F32, {4}, {0, 1, 1, 0});
  Result<Array> bytes = convertArray(spikes, DType::I8, "x");
  ASSERT_TRUE(bool(bytes));
  EXPECT_EQ(bytes->data, (Bytes{0, 1, 1, 0}));
  EXPECT_EQ(bytes->shape, spikes.shape);
  Result<Array> bools = convertArray(spikes, DType::Bool, "x");
  ASSERT_TRUE(bool(bools));
  EXPECT_EQ(bools->data, (Bytes{0, 1, 1, 0}));
  Result<Array> doubles = convertArray(makeArray<int64_t>(DType::I64, {2}, {-3, 1ll << 40}), DType::F64, "x");
  ASSERT_TRUE(bool(doubles));
  EXPECT_EQ(valuesOf<double>(*doubles), (std::vector<double>{-3, 1099511627776.0}));

  auto refused = [](Array array, DType type) {
    Result<Array> result = convertArray(array, type, "x");
    return result ? "accepted" : result.error().message;
  };
  EXPECT_EQ(refused(makeArray<float>(DType::F32, {2}, {0, 0.5}), DType::I8),
            "x: element 1 is no int8 value (the array is float32)");
  EXPECT_EQ(refused(makeArray<double>(DType::F64, {1}, {NAN}), DType::I32),
            "x: element 0 is no int32 value (the array is float64)");
  EXPECT_EQ(refused(makeArray<double>(DType::F64, {1}, {0x1p63}), DType::I64),
            "x: element 0 is no int64 value (the array is float64)");
  EXPECT_EQ(refused(makeArray<int16_t>(DType::I16, {1}, {-1}), DType::U8),
            "x: element 0 is no uint8 value (the array is int16)");
  EXPECT_EQ(refused(makeArray<int32_t>(DType::I32, {1}, {128}), DType::I8),
            "x: element 0 is no int8 value (the array is int32)");
  EXPECT_EQ(refused(makeArray<int32_t>(DType::I32, {1}, {2}), DType::Bool),
            "x: element 0 is no bool value (the array is int32)");
}

TEST(Npz, RoundTripIsDeterministic) {
  Arrays arrays;
  arrays["lif1/v"] = makeArray<float>(DType::F32, {2, 2}, {1, 2, 3, 4});
  arrays["n"] = makeArray<int32_t>(DType::I32, {}, {7});
  std::string path = temporary("a.npz");
  ASSERT_TRUE(bool(writeNpz(path, arrays)));
  Result<Bytes> first = readFile(path, 1 << 20);
  Result<Arrays> read = readNpz(path);
  ASSERT_TRUE(bool(read)) << read.error().message;
  ASSERT_EQ(read->size(), 2u);
  expectEqual((*read)["lif1/v"], arrays["lif1/v"]);
  expectEqual((*read)["n"], arrays["n"]);
  ASSERT_TRUE(bool(writeNpz(path, *read)));
  EXPECT_EQ(*readFile(path, 1 << 20), *first);
  ASSERT_TRUE(bool(writeNpz(path, {})));
  Result<Arrays> none = readNpz(path);
  ASSERT_TRUE(bool(none)) << none.error().message;
  EXPECT_TRUE(none->empty());
  std::remove(path.c_str());
}

TEST(Npz, NumPyAgrees) {
  std::string path = temporary("numpy.npz");
  if (!python("", path))
    GTEST_SKIP() << "needs NumPy in " LLE_PYTHON;
  for (const char *save : {"np.savez", "np.savez_compressed"}) {
    ASSERT_TRUE(python(std::string(save) + "(f, a=np.arange(6, dtype=\"f8\").reshape(2, 3), "
                                           "b=np.asfortranarray(np.arange(6, dtype=\"i2\").reshape(2, 3)), "
                                           "c=np.array([True, False]), z=np.zeros(5000))",
                       path));
    Result<Arrays> arrays = readNpz(path);
    ASSERT_TRUE(bool(arrays)) << arrays.error().message;
    expectEqual((*arrays)["a"], makeArray<double>(DType::F64, {2, 3}, {0, 1, 2, 3, 4, 5}));
    expectEqual((*arrays)["b"], makeArray<int16_t>(DType::I16, {2, 3}, {0, 1, 2, 3, 4, 5}));
    expectEqual((*arrays)["c"], makeArray<uint8_t>(DType::Bool, {2}, {1, 0}));
    EXPECT_EQ((*arrays)["z"].data, Bytes(40000));
  }
  Arrays ours;
  ours["n/v"] = makeArray<float>(DType::F32, {1, 2}, {1.5, -2});
  ASSERT_TRUE(bool(writeNpz(path, ours)));
  EXPECT_TRUE(python("a = np.load(f)[\"n/v\"]; "
                     "assert a.dtype == np.float32 and a.tolist() == [[1.5, -2]]",
                     path));
  ASSERT_TRUE(bool(writeNpy(path, ours["n/v"])));
  EXPECT_TRUE(python("assert np.load(f).tolist() == [[1.5, -2]]", path));
  std::remove(path.c_str());
}

TEST(Npz, MutationsNeverCrash) {
  Arrays arrays;
  arrays["a"] = makeArray<float>(DType::F32, {2, 2}, {1, 2, 3, 4});
  arrays["b"] = makeArray<int32_t>(DType::I32, {1}, {7});
  std::string path = temporary("mutated.npz");
  ASSERT_TRUE(bool(writeNpz(path, arrays)));
  Bytes file = *readFile(path, 1 << 20);
  std::mt19937 random(1);
  unsigned accepted = 0;
  for (unsigned round = 0; round < 3000; ++round) {
    Bytes mutated = file;
    mutated[random() % file.size()] = static_cast<uint8_t>(random());
    if (round % 4 == 0)
      mutated.resize(random() % file.size());
    ASSERT_TRUE(bool(writeFile(path, mutated.data(), mutated.size())));
    Result<Arrays> read = readNpz(path);
    accepted += bool(read);
    if (!read)
      EXPECT_THAT(read.error().message, StartsWith(path + ": "));
  }
  EXPECT_LT(accepted, 2000u);
  std::remove(path.c_str());
}

TEST(Npz, OtherFilesAreRefused) {
  std::string path = temporary("other.npz");
  ASSERT_TRUE(bool(writeFile(path, "hello", 5)));
  EXPECT_THAT(readNpz(path).error().message, HasSubstr("is no .npz archive"));
  if (python("import zipfile; zipfile.ZipFile(f, \"w\").writestr(\"a.txt\", \"x\")", path))
    EXPECT_THAT(readNpz(path).error().message, HasSubstr("a.txt: the entry's name does not end in"));
  std::remove(path.c_str());
}
