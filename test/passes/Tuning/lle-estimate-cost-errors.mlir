// What is asked wrongly, and work that a chip has no figure of.
// RUN: not lle-opt %s --lle-estimate-cost 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: lle-estimate-cost: target=NAME is missing
// RUN: not lle-opt %s --lle-estimate-cost="target=abacus" 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: error: unknown target 'abacus'; known: {{.*}}loihi2
// TARGET: error: lle-estimate-cost: there is no model of the target 'abacus'
// RUN: not lle-opt %s --lle-estimate-cost="target=loihi2 model=oracle" 2>&1 | FileCheck %s --check-prefix=MODEL
// MODEL: error: lle-estimate-cost: there is no cost model 'oracle'; there are: analytic, exact
// RUN: not lle-opt %s --lle-estimate-cost="target=loihi2 samples=-1" 2>&1 | FileCheck %s --check-prefix=SAMPLES
// SAMPLES: error: lle-estimate-cost: samples must not be negative, got -1
// RUN: not lle-opt %s --lle-estimate-cost="target=loihi2 dataset=%t.absent.npy" 2>&1 | FileCheck %s --check-prefix=DATA
// DATA: error: lle-estimate-cost: {{.*}}absent.npy
// RUN: not lle-opt %s --lle-estimate-cost="target=loihi2 report=%t.absent/r.json" 2>&1 | FileCheck %s --check-prefix=REPORT
// REPORT: error: lle-estimate-cost: {{.*}}absent/r.json

// A chip of neurons does not multiply signals: no total is claimed. Without data, spikes and inputs are assumed.
// RUN: lle-opt %s --lle-estimate-cost="target=loihi2 report=-" -o /dev/null 2>&1 | FileCheck %s --check-prefix=GAP
// GAP: one step
// GAP-NEXT: energy -
// GAP-NEXT: time -
// GAP: note: 'loihi2' has no figure of a 'mac', which 'lle.mul' needs
lle.network @product(%x: tensor<2xf32>, %y: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.000000e-03 : f64} {
  %z = lle.mul %x, %y : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  lle.output %z : tensor<2xf32>
}
