//===- Workers.h - trials in processes of their own -------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_WORKERS_H
#define LLE_TEST_FUZZ_WORKERS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace lle::fuzz {

/// Runs `trial` for the numbers 0 to count - 1 in `jobs` child processes, so that one that crashes or hangs harms no
/// other. A trial returns lines of text for the parent; `report` receives each line in the parent, and "crash REASON"
/// if the trial ended its process or took more than `timeoutSeconds`. Returns false if processes cannot be made.
bool runTrials(uint64_t count, unsigned jobs, unsigned timeoutSeconds, llvm::function_ref<std::string(uint64_t)> trial,
               llvm::function_ref<void(uint64_t, llvm::StringRef)> report);

} // namespace lle::fuzz

#endif
