// RUN: not lle-opt %s --spk-to-neuro=target=rpi4b 2>&1 | FileCheck %s --check-prefix=BOARD
// RUN: not lle-opt %s --spk-to-neuro=target=loihi9 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// BOARD: error: the target 'rpi4b' is no neuromorphic chip
// UNKNOWN: error: unknown target 'loihi9'; known: {{.*}}loihi2
