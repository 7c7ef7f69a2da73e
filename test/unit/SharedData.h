//===- SharedData.h - Where unit tests find golden data ---------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#ifndef LLE_TEST_UNIT_SHAREDDATA_H
#define LLE_TEST_UNIT_SHAREDDATA_H

#include "gtest/gtest.h"
#include <cstdlib>
#include <string>
#include <sys/stat.h>

namespace lle::test {

/// The path of `relative` in the golden data: the environment variable LLE_TEST_DATA if it is set,
/// else the CMake variable of that name.
inline std::string sharedData(const std::string &relative) {
  const char *root = std::getenv("LLE_TEST_DATA");
  return std::string(root ? root : LLE_TEST_DATA_DEFAULT) + "/" + relative;
}

inline bool sharedDataExists(const std::string &relative) {
  struct stat status;
  return ::stat(sharedData(relative).c_str(), &status) == 0;
}

} // namespace lle::test

/// Skips the test where the golden file is absent; with LLE_REQUIRE_DATA=1 that is a failure. First
/// statement of a TEST.
#define LLE_NEEDS_SHARED_DATA(relative)                                                                                \
  if (!lle::test::sharedDataExists(relative)) {                                                                        \
    const char *required = std::getenv("LLE_REQUIRE_DATA");                                                            \
    if (required && std::string(required) == "1")                                                                      \
      FAIL() << lle::test::sharedData(relative) << " is absent and LLE_REQUIRE_DATA is set";                           \
    GTEST_SKIP() << "needs " << lle::test::sharedData(relative) << " (LLE_TEST_DATA)";                                 \
  }

#endif // LLE_TEST_UNIT_SHAREDDATA_H
