//===- Multiversion.h - code for the machine it runs on ---------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal. Loops over integers that are compiled for several vector units, of which the loader chooses. Not where
// sanitizers are: the choice is made before they are ready.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_MULTIVERSION_H
#define LLE_RUNTIME_EMULATOR_MULTIVERSION_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LLE_IS_SANITIZED
#endif
#endif

#if defined(__x86_64__) && defined(__ELF__) && !defined(LLE_IS_SANITIZED) && !defined(__SANITIZE_ADDRESS__)
#define LLE_IS_MULTIVERSION 1
/// One text for all.
#define LLE_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
/// A text for processors that have these features; "default" is for all others.
#define LLE_VERSION(features) __attribute__((target(features)))
#else
#define LLE_IS_MULTIVERSION 0
#define LLE_MULTIVERSION
#define LLE_VERSION(features)
#endif

#define LLE_ALWAYS_INLINE __attribute__((always_inline)) inline

#endif // LLE_RUNTIME_EMULATOR_MULTIVERSION_H
