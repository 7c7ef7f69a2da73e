//===- FileTest.cpp - NIR files written, read and damaged -------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Read.h"
#include "frontends/NIR/Write.h"
#include "test/unit/NIR/TestGraphs.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"
#include <cstdlib>
#include <hdf5.h>

using namespace llvm;
using namespace lle::nir;
using namespace lle::nir::test;

// The tests are not next to the decoder.
static const int decoderIsNamed = setenv("LLE_NIR_DECODE", LLE_NIR_DECODE_DEFAULT, /*overwrite=*/0);

namespace {
/// A folder of its own for each test.
class NIRFile : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(sys::fs::createUniqueDirectory("lle-nir-test", folder));
    path = (folder + "/m.nir").str();
  }
  void TearDown() override { ASSERT_FALSE(sys::fs::remove_directories(folder)); }

  std::optional<Graph> read(const ReadOptions &options = {}) {
    Report report("m.nir");
    std::optional<Graph> graph = readGraph(path, report, options);
    errors = join(report.errors, "\n");
    warnings = join(report.warnings, "\n");
    return graph;
  }
  std::string bytes() { return (*MemoryBuffer::getFile(path))->getBuffer().str(); }
  void write(const Graph &graph) { ASSERT_EQ(llvm::toString(writeGraph(graph, path)), ""); }

  /// Changes the file through the C library.
  template <typename Change>
  void edit(Change change) {
    hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    ASSERT_GE(file, 0);
    change(file);
    ASSERT_GE(H5Fclose(file), 0);
  }

  SmallString<128> folder;
  std::string path, errors, warnings;
};

/// Puts a script in the place of the decoder.
class NIRDecoder : public NIRFile {
protected:
  void SetUp() override {
    NIRFile::SetUp();
    write(recurrent());
    ASSERT_EQ(decoderIsNamed, 0);
    previous = std::getenv("LLE_NIR_DECODE");
  }
  void TearDown() override {
    previous.empty() ? unsetenv("LLE_NIR_DECODE") : setenv("LLE_NIR_DECODE", previous.c_str(), 1);
    NIRFile::TearDown();
  }
  void install(StringRef body) {
    std::string script = (folder + "/decoder").str();
    {
      std::error_code error;
      raw_fd_ostream os(script, error);
      os << "#!/bin/sh\n" << body << "\n";
    }
    sys::fs::setPermissions(script, sys::fs::all_all);
    setenv("LLE_NIR_DECODE", script.c_str(), 1);
  }
  std::string previous;
};
} // namespace

TEST_F(NIRFile, RoundTrip) {
  Graph graph = nested();
  graph.version = "1.0.6";
  graph.metadata = {{"dt", Array::scalar(1e-3)},
                    {"deep/key", Array::text("größe")},
                    {"flag", Array::scalar(true)},
                    {"names", Array::texts({2}, {"a", ""})}};
  graph.find("fc")->metadata["note"] = Array::ints({1, 2, 3});
  graph.find("sub")->graph->metadata["inner"] = Array::scalar<uint8_t>(255);
  write(graph);
  std::optional<Graph> back = read();
  ASSERT_TRUE(back) << errors;
  EXPECT_EQ(warnings, "");
  EXPECT_EQ(back->version, "1.0.6");
  EXPECT_EQ(*back, graph);
}

TEST_F(NIRFile, EveryElementTypeKeepsItsBytes) {
  Graph graph = recurrent();
  ArrayMap &metadata = graph.metadata;
  metadata["i8"] = Array::full<int8_t>({2, 3}, -5);
  metadata["i16"] = Array::scalar<int16_t>(INT16_MIN);
  metadata["i32"] = Array::full<int32_t>({1}, INT32_MIN);
  metadata["i64"] = Array::full<int64_t>({1, 1, 1}, INT64_MIN);
  metadata["u16"] = Array::scalar<uint16_t>(UINT16_MAX);
  metadata["u32"] = Array::scalar<uint32_t>(UINT32_MAX);
  metadata["u64"] = Array::full<uint64_t>({2}, UINT64_MAX);
  metadata["f32"] = Array::f32({3}, {-0.0f, 1e-45f, 3.4e38f});
  metadata["f64"] = Array::f64({0, 4}, {});
  write(graph);
  std::optional<Graph> back = read();
  ASSERT_TRUE(back) << errors;
  EXPECT_EQ(back->metadata, metadata);
}

TEST_F(NIRFile, LargeArraysAreChunked) {
  // 3 MiB, in three chunks along the first dimension.
  std::vector<float> values(3 * 512 * 512);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(i);
  Graph graph = recurrent();
  graph.metadata["large"] = Array::f32({3, 512, 512}, values);
  write(graph);
  std::optional<Graph> back = read();
  ASSERT_TRUE(back) << errors;
  EXPECT_EQ(*back, graph);
  EXPECT_LT(bytes().size(), values.size() * sizeof(float));
}

TEST_F(NIRFile, SameGraphSameBytes) {
  write(nested());
  std::string first = bytes();
  write(nested());
  EXPECT_EQ(first, bytes());
}

TEST_F(NIRFile, OddNames) {
  Graph graph;
  for (StringRef name : {"0", "10", "2", "a b", "lif1.lif", "ünï", "δ"})
    graph.add(name.str(), "LIF", lif({1}));
  graph.chain({"0", "10", "2", "a b", "lif1.lif", "ünï", "δ"});
  write(graph);
  std::optional<Graph> back = read();
  ASSERT_TRUE(back) << errors;
  EXPECT_EQ(*back, graph);
}

TEST_F(NIRFile, NoEdges) {
  Graph graph;
  graph.add("lif", "LIF", lif({1}));
  write(graph);
  std::optional<Graph> back = read();
  ASSERT_TRUE(back) << errors;
  EXPECT_EQ(*back, graph);
}

TEST_F(NIRFile, FailedWriteLeavesNothing) {
  Graph graph = recurrent();
  graph.add("a/b", "LIF", lif({1}));
  graph.add("a", "LIF", lif({1}));
  EXPECT_NE(llvm::toString(writeGraph(graph, path)), "");
  std::error_code error;
  EXPECT_EQ(sys::fs::directory_iterator(folder, error), sys::fs::directory_iterator());
}

TEST_F(NIRFile, FixedLengthStrings) {
  write(recurrent());
  edit([](hid_t file) {
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, 8);
    H5Ldelete(file, "/node/nodes/lif/type", H5P_DEFAULT);
    hid_t dataset = H5Dcreate2(file, "/node/nodes/lif/type", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, "LIF\0\0\0\0\0");
    H5Dclose(dataset);
    H5Sclose(space);
    H5Tclose(type);
  });
  std::optional<Graph> back = read();
  ASSERT_TRUE(back) << errors;
  EXPECT_EQ(*back, recurrent());
}

TEST_F(NIRFile, BigEndianNumbers) {
  write(recurrent());
  edit([](hid_t file) {
    hsize_t dims[] = {2};
    double tau[] = {2e-3, 2e-3};
    hid_t space = H5Screate_simple(1, dims, nullptr);
    H5Ldelete(file, "/node/nodes/lif/tau", H5P_DEFAULT);
    hid_t dataset =
        H5Dcreate2(file, "/node/nodes/lif/tau", H5T_IEEE_F64BE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, tau);
    H5Dclose(dataset);
    H5Sclose(space);
  });
  std::optional<Graph> back = read();
  ASSERT_TRUE(back) << errors;
  EXPECT_EQ(*back, recurrent());
}

TEST_F(NIRFile, MissingParts) {
  for (auto [object, message] : {std::pair{"/node/edges", "m.nir: '/node/edges' is missing"},
                                 std::pair{"/node/nodes", "m.nir: '/node/nodes' is missing"},
                                 std::pair{"/node/nodes/lif/type", "m.nir: '/node/nodes/lif/type' is missing"},
                                 std::pair{"/node", "m.nir: '/node' is missing"}}) {
    write(recurrent());
    edit([name = object](hid_t file) { H5Ldelete(file, name, H5P_DEFAULT); });
    EXPECT_FALSE(read());
    EXPECT_EQ(errors, message);
  }
}

TEST_F(NIRFile, UnknownPartsAreWarnings) {
  write(recurrent());
  edit([](hid_t file) {
    H5Gclose(H5Gcreate2(file, "/node/nodes/lif/extra", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Ldelete(file, "/version", H5P_DEFAULT);
  });
  EXPECT_TRUE(read());
  EXPECT_EQ(warnings, "m.nir: there is no '/version': the file says not which version of NIR it follows\n"
                      "m.nir: group '/node/nodes/lif/extra' is not known for a node and is ignored");
}

TEST_F(NIRFile, LinksOutOfTheFileAreRefused) {
  write(recurrent());
  edit([](hid_t file) {
    H5Lcreate_external("/etc/passwd", "/x", file, "/node/nodes/lif/r2", H5P_DEFAULT, H5P_DEFAULT);
  });
  EXPECT_FALSE(read());
  EXPECT_EQ(errors, "m.nir: '/node/nodes/lif/r2' is a soft or external link, which NIR files do not have");
}

TEST_F(NIRFile, ExternalStorageIsRefused) {
  write(recurrent());
  edit([](hid_t file) {
    hsize_t dims[] = {2};
    hid_t space = H5Screate_simple(1, dims, nullptr), properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_external(properties, "/etc/passwd", 0, 16);
    H5Dclose(H5Dcreate2(file, "/node/nodes/lif/v_reset", H5T_IEEE_F64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
    H5Pclose(properties);
    H5Sclose(space);
  });
  EXPECT_FALSE(read());
  EXPECT_EQ(errors, "m.nir: dataset '/node/nodes/lif/v_reset' keeps its data in another file, "
                    "which NIR files do not");
}

TEST_F(NIRFile, HugeDatasetsAreRefused) {
  write(recurrent());
  edit([](hid_t file) {
    hsize_t dims[] = {hsize_t(1) << 16, hsize_t(1) << 16};
    hid_t space = H5Screate_simple(2, dims, nullptr);
    H5Dclose(H5Dcreate2(file, "/node/nodes/lif/v_reset", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
  });
  EXPECT_FALSE(read());
  EXPECT_EQ(errors, "m.nir: dataset '/node/nodes/lif/v_reset' holds more than 1 GiB");
}

TEST_F(NIRFile, GroupsThatHoldThemselvesEnd) {
  write(nested());
  edit([](hid_t file) {
    H5Lcreate_hard(file, "/node/nodes/sub", file, "/node/nodes/sub/nodes/again", H5P_DEFAULT, H5P_DEFAULT);
  });
  EXPECT_FALSE(read());
  EXPECT_NE(errors.find("is nested deeper than 16 levels"), std::string::npos) << errors;
}

TEST_F(NIRFile, NoHDF5) {
  {
    std::error_code error;
    raw_fd_ostream(path, error) << "a text\n";
  }
  EXPECT_FALSE(read());
  EXPECT_EQ(errors, "m.nir: this is not an HDF5 file, which a NIR or NetX file is");
  path = folder.str().str();
  EXPECT_FALSE(read());
  EXPECT_EQ(errors, "m.nir: this is not a file");
  path += "/absent.nir";
  EXPECT_FALSE(read());
  EXPECT_EQ(errors, "m.nir: the file cannot be read: No such file or directory");
}

TEST_F(NIRFile, TruncatedFilesAreRefused) {
  write(recurrent());
  std::string whole = bytes();
  for (size_t size = 0; size < whole.size(); size += whole.size() / 16) {
    {
      std::error_code error;
      raw_fd_ostream(path, error) << StringRef(whole).take_front(size);
    }
    EXPECT_FALSE(read());
    EXPECT_EQ(errors.substr(0, 7), "m.nir: ");
  }
}

TEST_F(NIRFile, FlippedBitsAreRefusedOrRead) {
  write(nested());
  std::string whole = bytes();
  uint64_t random = 1;
  unsigned refused = 0;
  for (int i = 0; i < 100; ++i) {
    std::string damaged = whole;
    for (int flips = 0; flips < 4; ++flips) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      damaged[(random >> 33) % damaged.size()] ^= 1 << ((random >> 20) % 8);
    }
    {
      std::error_code error;
      raw_fd_ostream(path, error) << damaged;
    }
    std::optional<Graph> graph = read();
    EXPECT_NE(graph.has_value(), !errors.empty());
    refused += !graph;
    if (graph)
      findings(*graph);
  }
  EXPECT_GT(refused, 0u);
}

TEST_F(NIRDecoder, ItsDeathIsADiagnostic) {
  install("kill -SEGV $$");
  EXPECT_FALSE(read());
  EXPECT_EQ(errors, "m.nir: the HDF5 decoder died (segmentation fault): the file is damaged");
}

TEST_F(NIRDecoder, ItIsStoppedAtTheTimeLimit) {
  install("exec sleep 60");
  ReadOptions options;
  options.seconds = 1;
  EXPECT_FALSE(read(options));
  EXPECT_EQ(errors, "m.nir: the HDF5 decoder was stopped after 1 s: the file is damaged or too large");
}

TEST_F(NIRDecoder, ItsOutputIsVerified) {
  for (StringRef output : {"", "12345678", "\\377\\377\\377\\377\\377\\377\\377\\377",
                           "abcdefghabcdefghabcdefghabcdefgh\\040\\000\\000\\000\\000\\000\\000\\000"}) {
    install(("printf '" + output + "' > \"$2\"").str());
    EXPECT_FALSE(read());
    EXPECT_EQ(errors, "m.nir: the HDF5 decoder's output is not usable");
  }
}

TEST_F(NIRDecoder, ItsMemoryIsLimited) {
  if (LLVM_ADDRESS_SANITIZER_BUILD)
    GTEST_SKIP() << "the sanitizer needs the address space";
  ReadOptions options;
  options.memoryMiB = 1;
  EXPECT_FALSE(read(options));
  EXPECT_NE(errors, "");
}

TEST_F(NIRDecoder, ItsAbsenceIsADiagnostic) {
  setenv("LLE_NIR_DECODE", "/nowhere/decoder", 1);
  EXPECT_FALSE(read());
  EXPECT_EQ(errors, "m.nir: the HDF5 decoder '/nowhere/decoder' was not found; LLE_NIR_DECODE can name it");
}
