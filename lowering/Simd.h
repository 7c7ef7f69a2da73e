//===- Simd.h - what a machine computes with several numbers at once ------===//
#ifndef LLE_LOWERING_SIMD_H
#define LLE_LOWERING_SIMD_H

#include "llvm/Support/CommandLine.h"

namespace lle {

/// Instructions that generated code names, where LLVM would not find them in vectors of `lanes` elements.
enum class Simd {
  none,
  dsp,   ///< Arm's DSP extension: two numbers of 16 bits in an integer register (Cortex-M4, M7, M33).
  mve,   ///< Arm's M-profile vector extension: eight registers, integers and floats (Cortex-M55, M85).
  avx512 ///< AVX-512 F, DQ and VL.
};

/// The values of an option `simd`.
inline auto getSimdValues() {
  return llvm::cl::values(clEnumValN(Simd::none, "none", "nothing that LLVM does not find"),
                          clEnumValN(Simd::dsp, "dsp", "Arm's DSP extension"),
                          clEnumValN(Simd::mve, "mve", "Arm's M-profile vector extension"),
                          clEnumValN(Simd::avx512, "avx512", "AVX-512 F, DQ and VL"));
}

} // namespace lle

#endif
