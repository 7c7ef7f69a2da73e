//===- Report.cpp - what reading and checking a file found ------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Report.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace lle::nir {

std::string Report::format(const Twine &message) const {
  std::string raw = (file + ": " + message).str(), text;
  for (char c : raw) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f)
      text += "\\x" + utohexstr(byte, /*LowerCase=*/true, /*Width=*/2);
    else
      text += c;
  }
  return text;
}

Error Report::takeError() const {
  if (errors.empty())
    return Error::success();
  return createStringError(join(errors, "\n"));
}

} // namespace lle::nir
