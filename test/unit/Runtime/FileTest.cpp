//===- FileTest.cpp - Reading and replacing whole files -------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/File.h"
#include "gmock/gmock.h"
#include <cstdlib>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace lle::runtime;
using testing::HasSubstr;

namespace {

class File : public testing::Test {
protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "/lle_file_XXXXXX";
    ASSERT_TRUE(mkdtemp(pattern.data()));
    folder = pattern;
  }
  void TearDown() override {
    for (const std::string &name : names())
      ::unlink((folder + "/" + name).c_str());
    ::rmdir(folder.c_str());
  }
  std::vector<std::string> names() {
    std::vector<std::string> result;
    DIR *dir = ::opendir(folder.c_str());
    while (dirent *entry = ::readdir(dir))
      if (entry->d_name[0] != '.')
        result.push_back(entry->d_name);
    ::closedir(dir);
    return result;
  }
  std::string folder;
};

} // namespace

TEST_F(File, WriteReplacesAndLeavesNothingElse) {
  std::string path = folder + "/a";
  Bytes large(300000, 7);
  ASSERT_TRUE(bool(writeFile(path, "old", 3)));
  ASSERT_TRUE(bool(writeFile(path, large.data(), large.size())));
  Result<Bytes> read = readFile(path, 1 << 20);
  ASSERT_TRUE(bool(read)) << read.error().message;
  EXPECT_EQ(*read, large);
  EXPECT_EQ(names(), std::vector<std::string>{"a"});
}

TEST_F(File, WhatIsNoFileIsWrittenDirectly) {
  EXPECT_TRUE(bool(writeFile("/dev/null", "x", 1)));
  struct stat status;
  ASSERT_EQ(::stat("/dev/null", &status), 0);
  EXPECT_TRUE(S_ISCHR(status.st_mode));
}

TEST_F(File, FailuresAreNamed) {
  EXPECT_THAT(writeFile(folder + "/no/a", "x", 1).error().message, HasSubstr("/no/a: cannot write"));
  EXPECT_THAT(readFile(folder, 10).error().message, HasSubstr("is a directory"));
  ASSERT_TRUE(bool(writeFile(folder + "/a", "12345", 5)));
  EXPECT_TRUE(bool(readFile(folder + "/a", 5)));
  EXPECT_THAT(readFile(folder + "/a", 4).error().message, HasSubstr("is longer than the limit of 4 bytes"));
}

TEST_F(File, EmptyFiles) {
  ASSERT_TRUE(bool(writeFile(folder + "/a", "", 0)));
  Result<Bytes> read = readFile(folder + "/a", 0);
  ASSERT_TRUE(bool(read));
  EXPECT_TRUE(read->empty());
}
