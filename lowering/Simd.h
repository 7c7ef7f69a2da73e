//===- Simd.h - what a machine computes with several numbers at once ------===//
#ifndef LLE_LOWERING_SIMD_H
#define LLE_LOWERING_SIMD_H

#include "llvm/Support/CommandLine.h"

namespace lle {

/// Instructions that generated code names, where LLVM would not find them in vectors of `lanes` elements.
enum class Simd {
  none,
  dsp,       ///< Arm's DSP extension: two numbers of 16 bits in an integer register (Cortex-M4, M7, M33).
  mve,       ///< Arm's M-profile vector extension: eight registers, integers and floats (Cortex-M55, M85).
  neon,      ///< AArch64's vectors of 128 bits.
  dotprod,   ///< AArch64's sums of four products of 8 bits (Armv8.2-A: Cortex-A76).
  i8mm,      ///< These, and AArch64's products of matrices of 8 bits (Armv8.6-A).
  sse2,      ///< x86-64's sums of two products of 16 bits.
  avx2,      ///< The same in vectors of 256 bits.
  avxvnni,   ///< AVX2, and sums of four products of 8 bits.
  avx512,    ///< AVX-512 F, BW, DQ and VL.
  avx512vnni ///< AVX-512, and sums of four products of 8 bits.
};

inline bool hasAVX512(Simd simd) { return simd == Simd::avx512 || simd == Simd::avx512vnni; }
/// Lanes of code with exp, tanh or tables: AVX-512 has instructions for them that take 512 bits, also where a target's
/// vectors are shorter because its units are (Zen 4).
inline int64_t getMathsLanes(Simd simd, int64_t lanes) { return hasAVX512(simd) ? 16 : lanes; }
inline bool isAArch64(Simd simd) { return simd >= Simd::neon && simd <= Simd::i8mm; }
inline bool isX86(Simd simd) { return simd >= Simd::sse2; }
/// Sums of four products of 8 bits, one of them without a sign, and sums of two of 16 bits, both with an addend.
inline bool hasVNNI(Simd simd) { return simd == Simd::avxvnni || simd == Simd::avx512vnni; }

/// What a machine of x86-64 has, by LLVM's names of features.
template <typename HasFeature>
Simd getX86Simd(HasFeature has) {
  if (has("avx512f") && has("avx512bw") && has("avx512dq") && has("avx512vl"))
    return has("avx512vnni") ? Simd::avx512vnni : Simd::avx512;
  if (has("avx2"))
    return has("avxvnni") ? Simd::avxvnni : Simd::avx2;
  return Simd::sse2;
}

/// What a machine of AArch64 has, by LLVM's names of features.
template <typename HasFeature>
Simd getAArch64Simd(HasFeature has) {
  if (!has("dotprod"))
    return Simd::neon;
  return has("i8mm") ? Simd::i8mm : Simd::dotprod;
}

/// The values of an option `simd`.
inline auto getSimdValues() {
  return llvm::cl::values(clEnumValN(Simd::none, "none", "nothing that LLVM does not find"),
                          clEnumValN(Simd::dsp, "dsp", "Arm's DSP extension"),
                          clEnumValN(Simd::mve, "mve", "Arm's M-profile vector extension"),
                          clEnumValN(Simd::neon, "neon", "AArch64's vectors"),
                          clEnumValN(Simd::dotprod, "dotprod", "AArch64's dot products"),
                          clEnumValN(Simd::i8mm, "i8mm", "AArch64's dot products and products of matrices"),
                          clEnumValN(Simd::sse2, "sse2", "SSE2"), clEnumValN(Simd::avx2, "avx2", "AVX2"),
                          clEnumValN(Simd::avxvnni, "avxvnni", "AVX2 and VNNI"),
                          clEnumValN(Simd::avx512, "avx512", "AVX-512 F, BW, DQ and VL"),
                          clEnumValN(Simd::avx512vnni, "avx512vnni", "AVX-512 F, BW, DQ, VL and VNNI"));
}

} // namespace lle

#endif
