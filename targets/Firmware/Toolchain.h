//===- Toolchain.h - how other compilers call a target ----------*- C++ -*-===//
#ifndef LLE_TARGETS_FIRMWARE_TOOLCHAIN_H
#define LLE_TARGETS_FIRMWARE_TOOLCHAIN_H

#include "targets/Target.h"

namespace lle {

/// What a person's build of C files passes to compilers, so that they agree with LLE's code.
struct Toolchain {
  std::string clangFlags; ///< Besides --target.
  std::string gccPrefix;  ///< "arm-none-eabi-"; empty for the machine's own gcc.
  std::string gccFlags;
};

Toolchain getToolchain(const Target &target);

} // namespace lle

#endif
