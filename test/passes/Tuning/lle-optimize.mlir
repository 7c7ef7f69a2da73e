// The samples of spk-tune-timesteps.mlir: the accuracy after 1 to 6 steps is 2/3, 1/3, 2/3, 2/3, 1, 1. So 5 steps lose
// nothing, and 3 lose a third; nothing else can be made cheaper. Latency and energy are proportional to the steps.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.zeros((3, 6, 2), np.uint8); x[0, 0, 0] = 1; x[1, 0, 0] = x[1, 1:3, 1] = 1; x[2, 0, 1] = x[2, 1:3, 0] = x[2, 3:5, 1] = 1; np.save("%t/x.npy", x); np.save("%t/y.npy", [0, 1, 1])'
// DEFINE: %{data} = dataset=%t/x.npy labels=%t/y.npy target=stm32l4r5
// DEFINE: %{optimize} = lle-opt %s --lle-optimize

// RUN: %{optimize}="%{data}" --remarks-filter=optimize 2>&1 | FileCheck %s --check-prefixes=CHECK,KEEP
// RUN: %{optimize}="%{data} max-drop=0.34" | FileCheck %s --check-prefixes=CHECK,CHEAP
// Where only the accuracy counts, the best of the front.
// RUN: %{optimize}="%{data} max-drop=0.34 goals=accuracy:1" | FileCheck %s --check-prefixes=CHECK,GOOD
// The drop that is allowed is worth as much as all of the latency, three of six steps.
// RUN: %{optimize}="%{data} max-drop=0.34 goals=accuracy:1,latency:0.5" | FileCheck %s --check-prefixes=CHECK,GOOD
// RUN: %{optimize}="%{data} max-drop=0.34 goals=accuracy:0.1,latency:2" | FileCheck %s --check-prefixes=CHECK,CHEAP
// Without labels what the network gives is right, also for passes that see what others have made of it.
// RUN: %{optimize}="dataset=%t/x.npy target=stm32l4r5" | FileCheck %s --check-prefixes=CHECK,GOOD

// KEEP: remark: {{.*}}Optimized{{.*}}After="accuracy 1, energy {{.*}} mJ, latency {{.*}} ms, memory {{.*}} KB", Before="accuracy 1, {{.*}}", Network=relay
// CHECK: lle.network @relay(%arg0
// KEEP-SAME: lle.optimized = {after = {energy_mj = {{.*}} : f64, latency_ms = {{.*}}metric = 1.000000e+00 : f64}, before = {
// KEEP-SAME: chosen, dataset = "x.npy", engine = "native", metric = "accuracy", moves = ["spk-tune-timesteps{min-accuracy=1}"], provenance = {energy_mj = "{{derived|assumed}}", latency_ms = "{{derived|assumed}}", memory_kb = "derived"}, refused = [
// KEEP-SAME: {moves = ["spk-convert-neurons{to=lif}"{{.*}}], reason = "
// KEEP-SAME: required = 1.000000e+00 : f64, samples = 3 : i64, target = "stm32l4r5"}
// KEEP-SAME: steps = 5 : i64
// GOOD-SAME: steps = 5 : i64
// CHEAP-SAME: after = {{.*}}metric = 0.66{{.*}}steps = 3 : i64

// RUN: %{optimize}="%{data} max-drop=0.34 pareto=5" | FileCheck %s --check-prefix=FRONT
// FRONT: lle.network @relay_1(
// FRONT-NOT: chosen
// FRONT-SAME: steps = 5 : i64
// FRONT: lle.network @relay_2(
// FRONT-SAME: chosen
// FRONT-SAME: steps = 3 : i64
// FRONT-NOT: lle.network

// A budget that only the worse one keeps, one that none keeps, and none at all.
// RUN: %{optimize}="%{data} max-drop=0.34 goals=accuracy:1 max-latency-ms=0.0005" | FileCheck %s --check-prefixes=CHECK,CHEAP
// RUN: not %{optimize}="%{data} max-drop=0.34 max-latency-ms=1e-9 max-memory-kb=1000" 2>&1 | FileCheck %s --check-prefix=LATE
// LATE: error: lle-optimize: no network within the budget was found: latency binds, 1e-09 ms are allowed; the nearest has accuracy 0.666666667, energy {{.*}} mJ, latency {{.*}} ms, memory {{.*}} KB
// RUN: not %{optimize}="%{data} min-accuracy=1 max-memory-kb=1e-6" 2>&1 | FileCheck %s --check-prefix=LARGE
// LARGE: error: lle-optimize: no network within the budget was found: memory binds, 1e-06 KB are allowed; the nearest has accuracy 1,

// RUN: not %{optimize}="%{data} energy-budget-mj=0" 2>&1 | FileCheck %s --check-prefix=ENERGY
// ENERGY: error: lle-optimize: energy-budget-mj must be above 0
// RUN: not %{optimize}="%{data} goals=speed:1" 2>&1 | FileCheck %s --check-prefix=GOAL
// GOAL: error: lle-optimize: goals: expected accuracy, energy, latency or memory, and after a colon a number above 0, got 'speed:1'
// RUN: not %{optimize}="%{data} beam=0" 2>&1 | FileCheck %s --check-prefix=BEAM
// BEAM: error: lle-optimize: beam must be above 0
// RUN: not %{optimize}="dataset=%t/x.npy labels=%t/y.npy target=abacus" 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: error: {{.*}}abacus
// RUN: not %{optimize}="%{data} passes=spk-tune-timesteps,lle-guess" 2>&1 | FileCheck %s --check-prefix=PASSES
// PASSES: error: lle-optimize: passes: 'lle-guess' is none of spk-convert-neurons, spk-select-neurons, lle-tune-dt, spk-tune-timesteps, lle-prune-channels, lle-prune-synapses, spk-tune-thresholds, lle-allocate-bits
// RUN: %{optimize}="%{data} max-drop=0.34 passes=lle-prune-channels" | FileCheck %s --check-prefix=NOTHING
// NOTHING: moves = []{{.*}}, steps = 6 : i64
// RUN: not %{optimize}="target=stm32l4r5" 2>&1 | FileCheck %s --check-prefix=DATA
// DATA: error: lle-optimize: dataset=FILE is missing
lle.network @relay(%x: tensor<2xf32> {lle.name = "x"}) -> (tensor<2xi1> {lle.name = "z"}) attributes {dt = 1.000000e-03 : f64, steps = 6 : i64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
