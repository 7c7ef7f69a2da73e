//===- CpuFeatures.cpp - What this machine can execute --------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The kernel is asked, not the processor: it also knows whether the operating system saves the
// registers. Its names differ here and there from LLVM's.
//
//===----------------------------------------------------------------------===//

#include "runtime/host/CpuFeatures.h"
#include "runtime/host/File.h"
#include <algorithm>
#include <set>

using namespace lle::runtime;

namespace {

struct Feature {
  std::string_view llvm;
  std::string_view kernel;
};

#if defined(__x86_64__)
constexpr std::string_view kArchitecture = "x86_64";
constexpr std::string_view kFlagsKey = "flags";
constexpr Feature kFeatures[] = {
    {"64bit", "lm"},
    {"adx", "adx"},
    {"aes", "aes"},
    {"amx-bf16", "amx_bf16"},
    {"amx-fp16", "amx_fp16"},
    {"amx-int8", "amx_int8"},
    {"amx-tile", "amx_tile"},
    {"avx", "avx"},
    {"avx2", "avx2"},
    {"avx512bf16", "avx512_bf16"},
    {"avx512bitalg", "avx512_bitalg"},
    {"avx512bw", "avx512bw"},
    {"avx512cd", "avx512cd"},
    {"avx512dq", "avx512dq"},
    {"avx512f", "avx512f"},
    {"avx512fp16", "avx512_fp16"},
    {"avx512ifma", "avx512ifma"},
    {"avx512vbmi", "avx512vbmi"},
    {"avx512vbmi2", "avx512_vbmi2"},
    {"avx512vl", "avx512vl"},
    {"avx512vnni", "avx512_vnni"},
    {"avx512vp2intersect", "avx512_vp2intersect"},
    {"avx512vpopcntdq", "avx512_vpopcntdq"},
    {"avxvnni", "avx_vnni"},
    {"bmi", "bmi1"},
    {"bmi2", "bmi2"},
    {"cldemote", "cldemote"},
    {"clflushopt", "clflushopt"},
    {"clwb", "clwb"},
    {"clzero", "clzero"},
    {"cmov", "cmov"},
    {"crc32", "sse4_2"},
    {"cx16", "cx16"},
    {"cx8", "cx8"},
    {"f16c", "f16c"},
    {"fma", "fma"},
    {"fma4", "fma4"},
    {"fsgsbase", "fsgsbase"},
    {"fxsr", "fxsr"},
    {"gfni", "gfni"},
    {"invpcid", "invpcid"},
    {"lwp", "lwp"},
    {"lzcnt", "abm"},
    {"mmx", "mmx"},
    {"movbe", "movbe"},
    {"movdir64b", "movdir64b"},
    {"movdiri", "movdiri"},
    {"mwaitx", "mwaitx"},
    {"pclmul", "pclmulqdq"},
    {"pku", "ospke"},
    {"popcnt", "popcnt"},
    {"prfchw", "3dnowprefetch"},
    {"rdpid", "rdpid"},
    {"rdpru", "rdpru"},
    {"rdrnd", "rdrand"},
    {"rdseed", "rdseed"},
    {"rtm", "rtm"},
    {"sahf", "lahf_lm"},
    {"serialize", "serialize"},
    {"sha", "sha_ni"},
    {"shstk", "user_shstk"},
    {"sse", "sse"},
    {"sse2", "sse2"},
    {"sse3", "pni"},
    {"sse4.1", "sse4_1"},
    {"sse4.2", "sse4_2"},
    {"sse4a", "sse4a"},
    {"ssse3", "ssse3"},
    {"tbm", "tbm"},
    {"vaes", "vaes"},
    {"vpclmulqdq", "vpclmulqdq"},
    {"waitpkg", "waitpkg"},
    {"wbnoinvd", "wbnoinvd"},
    {"x87", "fpu"},
    {"xop", "xop"},
    {"xsave", "xsave"},
    {"xsavec", "xsavec"},
    {"xsaveopt", "xsaveopt"},
    {"xsaves", "xsaves"},
};
#elif defined(__aarch64__)
constexpr std::string_view kArchitecture = "aarch64";
constexpr std::string_view kFlagsKey = "Features";
constexpr Feature kFeatures[] = {
    {"aes", "aes"},          {"bf16", "bf16"}, {"crc", "crc32"},   {"dotprod", "asimddp"}, {"fp-armv8", "fp"},
    {"fullfp16", "asimdhp"}, {"i8mm", "i8mm"}, {"lse", "atomics"}, {"neon", "asimd"},      {"rdm", "asimdrdm"},
    {"sha2", "sha2"},        {"sve", "sve"},   {"sve2", "sve2"},
};
#else
#error "the host runtime knows x86-64 and AArch64; other processors use runtime/core"
#endif

/// The words of the first line of /proc/cpuinfo whose key is kFlagsKey.
Result<std::set<std::string>> readFlags() {
  Result<Bytes> bytes = readFile("/proc/cpuinfo", size_t(1) << 26);
  if (!bytes)
    return bytes.error();
  std::string_view text(reinterpret_cast<const char *>(bytes->data()), bytes->size());
  std::set<std::string> flags;
  while (!text.empty() && flags.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    size_t colon = line.find(':');
    if (colon == line.npos || line.substr(0, line.find_first_of(" \t:")) != kFlagsKey)
      continue;
    line.remove_prefix(colon + 1);
    while (!line.empty()) {
      std::string_view word = line.substr(0, line.find(' '));
      if (!word.empty())
        flags.emplace(word);
      line.remove_prefix(std::min(line.size(), word.size() + 1));
    }
  }
  return flags;
}

} // namespace

std::string_view lle::runtime::hostArchitecture() { return kArchitecture; }

Status lle::runtime::checkCpuFeatures(const std::vector<std::string> &features) {
  if (features.empty())
    return {};
  static const Result<std::set<std::string>> flags = readFlags();
  if (!flags)
    return flags.error();
  for (const std::string &name : features) {
    auto *known =
        std::find_if(std::begin(kFeatures), std::end(kFeatures), [&](const Feature &f) { return f.llvm == name; });
    if (known == std::end(kFeatures))
      return makeError("the CPU feature '", name, "' is unknown to this runtime");
    if (!flags->count(std::string(known->kernel)))
      return makeError("this machine lacks the CPU feature '", name, "'");
  }
  return {};
}
