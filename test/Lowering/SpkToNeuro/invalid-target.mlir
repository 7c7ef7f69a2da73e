// RUN: not lle-opt %s --spk-to-neuro=target=spinnaker2 2>&1 | FileCheck %s --check-prefix=ARITHMETIC
// RUN: not lle-opt %s --spk-to-neuro=target=rpi4b 2>&1 | FileCheck %s --check-prefix=BOARD
// RUN: not lle-opt %s --spk-to-neuro=target=loihi9 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// ARITHMETIC: error: 'spinnaker2' does not compute the integers of spk.fixed_cuba_lif
// BOARD: error: the target 'rpi4b' is no neuromorphic chip
// UNKNOWN: error: unknown target 'loihi9'; known: {{.*}}loihi2
