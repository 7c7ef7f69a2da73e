// What the description shows, with the figures of targets/loihi2.mlir: 2 synaptic operations of 23.6 pJ and 0.7 ns; 2
// updates of 81 pJ and 4.2 ns (52 pJ and 2.65 ns at least), 1 spike of 1.7 pJ and 0.21 ns; 200 ns a step.
// RUN: lle-opt %s --lle-estimate-cost="target=loihi2" | FileCheck %s
// RUN: lle-opt %s --lle-estimate-cost="target=loihi2 report=-" -o /dev/null 2>&1 | FileCheck %s --check-prefix=TABLE
// RUN: lle-opt %s --lle-estimate-cost="target=loihi2 report=%t.json json" -o /dev/null
// RUN: FileCheck %s --check-prefix=JSON < %t.json
// RUN: lle-opt %s --lle-estimate-cost="target=loihi2" -o /dev/null --remarks-filter=cost --remark-policy=all 2>&1 | FileCheck %s --check-prefix=REMARK

// CHECK: lle.network @relay
// CHECK-SAME: lle.cost = {energy_mj = 2.109000e-06 : f64, flash_bytes = 8.000000e+00 : f64, model = "analytic", provenance = "assumed", ram_bytes = 8.000000e+00 : f64, steps = 1.000000e+01 : f64, target = "loihi2", time_ms = 0.002100{{.*}}}
// CHECK: lle.linear
// CHECK-SAME: lle.cost = {activity = 2.500000e-01 : f64,{{.*}}macs = 8.000000e+00 : f64,{{.*}}synaptic_operations = 2.000000e+00 : f64

// TABLE: network relay on loihi2, analytic model
// TABLE: operation{{ +}}kind{{ +}}activity{{ +}}macs{{ +}}synaptic ops
// TABLE: lle.linear{{ +}}lle.linear{{ +}}0.25{{ +}}8{{ +}}2{{ +}}0{{ +}}0{{.*}} -{{ +}}1.4e-06{{ +}}4.72e-08
// TABLE: spk.threshold{{ +}}spk.threshold{{ .*}} -{{ +}}8.61e-06{{ +}}1.637e-07
// TABLE: an inference of 10 steps
// TABLE: energy 2.109e-06 (1.529e-06 to 2.109e-06) mJ, assumed
// TABLE: time 0.0021 (0.002055 to 0.0021) ms, derived
// TABLE: synaptic_operation, pJ: 23.6, assumed, Loihi 1, Davies 2018, table 2
// TABLE: note: energy is that of work

// JSON: "energy": {
// JSON: "provenance": "assumed",
// JSON: "unit": "mJ",
// JSON: "network": "relay"
// JSON: "steps": 10

// REMARK: remark: [Analysis] Cost | Category:cost | {{.*}}Network=relay{{.*}}Target=loihi2
lle.network @relay(%x: tensor<4xi1>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64, steps = 10 : i64} {
  %w = lle.weight dense<5.000000e-01> : tensor<2x4xf32>
  %y = lle.linear %x, %w {lle.activity = 2.500000e-01 : f64} : (tensor<4xi1>, tensor<2x4xf32>) -> tensor<2xf32>
  %z = spk.threshold %y ge dense<1.000000e+00> : tensor<2xf32> {lle.rate = 5.000000e-01 : f64} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
