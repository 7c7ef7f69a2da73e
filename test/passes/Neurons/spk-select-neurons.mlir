// Class 1 has three spikes in the first sample. So has class 0 fewer only because it rests for three steps after each
// spike: that period must stay. The current of the population before forgets all in a step, and is none.
// RUN: rm -rf %t && mkdir %t && %python %S/Inputs/late.py %t
// DEFINE: %{select} = lle-opt %s --split-input-file --remarks-filter=neurons --spk-select-neurons
// RUN: %{select}="dataset=%t/x.npy labels=%t/y.npy engine=reference" 2>&1 | FileCheck %s
// CHECK-DAG: remark{{.*}}Selected{{.*}}From=spk.cuba_lif{{.*}}Node=quick
// CHECK-DAG: remark{{.*}}Selected{{.*}}Model=spk.refractory_lif, Node=bound, Reason="without its refractory period it gives 0.5 at best"
// CHECK-DAG: remark{{.*}}Selected{{.*}}Network=plain, Reason="no population has a synaptic current, an adaptation or a refractory period"
// RUN: %{select}="dataset=%t/x.npy labels=%t/y.npy max-drop=0.5" 2>&1 | FileCheck %s --check-prefix=DROP
// RUN: not %{select}= 2>&1 | FileCheck %s --check-prefix=NODATA
// NODATA: error: spk-select-neurons: dataset=FILE is missing
// RUN: not %{select}="dataset=%t/x.npy labels=%t/wrong.npy min-accuracy=0.75" 2>&1 | FileCheck %s --check-prefix=BOUND
// BOUND: error: spk-select-neurons: accuracy 0.75 is not met by the network as it is, which gives 0

// CHECK-LABEL: lle.network @late(%arg0
// CHECK-SAME: spk.neurons = {after = 1.000000e+00 : f64, before = 1.000000e+00 : f64, {{.*}}engine = "reference"{{.*}}states_after = 6 : i64, states_before = 8 : i64}
// CHECK: spk.lif "quick"
// CHECK-SAME: decay = dense<0.000000e+00>
// CHECK-SAME: v_threshold = dense<5.000000e-01>
// CHECK: spk.refractory_lif "bound"
// CHECK-NOT: selected_from
// DROP: lle.network @late(%arg0
// DROP-SAME: spk.neurons = {after = 5.000000e-01 : f64, before = 1.000000e+00 : f64, {{.*}}states_after = 4 : i64, states_before = 8 : i64}
// DROP: spk.lif "bound"
// DROP-SAME: spk.selected_from = "spk.refractory_lif"
lle.network @late(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.0 : f64} {
  %quick = spk.cuba_lif "quick" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.0> : tensor<2xf32>, decay_syn = dense<0.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_reset = dense<0.0> : tensor<2xf32>, v_threshold = dense<0.5> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  %w = lle.weight dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %y = lle.linear %quick, %w : (tensor<2xi1>, tensor<2x2xf32>) -> tensor<2xf32>
  %z = spk.refractory_lif "bound" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.0> : tensor<2xf32>, period = dense<[3.0, 0.0]> : tensor<2xf32>, refractory = #spk.refractory<hold>,
     unit = #spk.time_unit<steps>, v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<0.5> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}

// -----

// CHECK-LABEL: lle.network @plain(%arg0
// CHECK-NOT: spk.neurons
lle.network @plain(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.0 : f64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
