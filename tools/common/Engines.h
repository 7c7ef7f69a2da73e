//===- Engines.h - engines for passes that run networks ---------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_ENGINES_H
#define LLE_TOOLS_COMMON_ENGINES_H

namespace lle {

/// Registers `native` (compiled in this process), `reference` (f32) and `reference-f64` with passes/Analysis/Engines.h.
void registerEngines();

} // namespace lle

#endif
