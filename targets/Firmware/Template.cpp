//===- Template.cpp - texts with words to fill in -------------------------===//
#include "targets/Firmware/Template.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;
using namespace lle;

namespace {
struct EmbeddedFile {
  StringLiteral name, text;
};
} // namespace

static constexpr EmbeddedFile kFiles[] = {
#include "targets/Firmware/Templates.inc"
};

/// These are our own files: a word that nothing stands for is a bug.
[[noreturn]] static void fail(const Twine &reason) { report_fatal_error("firmware templates: " + reason); }

static std::string fillIn(StringRef name, StringRef text, const TemplateWords &words) {
  std::string filled;
  while (!text.empty()) {
    auto [before, behind] = text.split('@');
    filled += before;
    if (before.size() == text.size())
      break;
    StringRef word = behind.take_while([](char c) { return isUpper(c) || c == '_'; });
    if (word.empty() || !behind.substr(word.size()).starts_with("@")) { // an '@' of a Makefile
      filled += '@';
      text = behind;
      continue;
    }
    auto value = words.find(word);
    if (value == words.end())
      fail(name + ": nothing stands for '" + word + "'");
    filled += value->second;
    text = behind.substr(word.size() + 1);
  }
  return filled;
}

std::string lle::fillTemplate(StringRef name, const TemplateWords &words) {
  for (const EmbeddedFile &file : kFiles) {
    if (file.name == name)
      return file.text.str();
    if (file.name == (name + ".in").str())
      return fillIn(file.name, file.text, words);
  }
  fail("there is no " + name);
}
