// Neuron 0 is to have more spikes than neuron 1, which has none. So few are enough: a membrane that forgets more
// slowly needs two steps for one, and one with adaptation, which a spike takes its threshold from, as many or more.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; x = np.zeros((1, 8, 2)); x[0, :, 0] = 1; np.save("%t/x.npy", x); np.save("%t/y.npy", [0]); np.save("%t/z.npy", 0 * x)'
// DEFINE: %{select} = lle-opt %s --remarks-filter=neurons --spk-select-neurons
// RUN: %{select}="dataset=%t/x.npy labels=%t/y.npy models=plif" 2>&1 | FileCheck %s --check-prefix=PLIF
// RUN: %{select}="dataset=%t/x.npy labels=%t/y.npy models=adlif" 2>&1 | FileCheck %s --check-prefix=ADLIF
// RUN: %{select}="dataset=%t/x.npy labels=%t/y.npy models=lif,plif,adlif engine=reference" 2>&1 | FileCheck %s --check-prefix=BOTH
// RUN: %{select}="dataset=%t/x.npy labels=%t/y.npy" 2>&1 | FileCheck %s --check-prefix=LIF
// RUN: %{select}="dataset=%t/z.npy models=plif,adlif" 2>&1 | FileCheck %s --check-prefix=SILENT
// RUN: not %{select}="dataset=%t/x.npy models=izhikevich" 2>&1 | FileCheck %s --check-prefix=MODEL
// MODEL: error: spk-select-neurons: models: 'izhikevich' is none of lif, plif, adlif

// LIF: Reason="no population has a synaptic current, an adaptation or a refractory period"
// LIF-NOT: spk.neurons
// SILENT: remark{{.*}}Calmed{{.*}}Node=n, {{.*}}Reason="no form that was tried has fewer spikes and keeps the metric"
// SILENT: spk.lif "n" %arg0
// SILENT-NOT: spk.selected_from
// PLIF: remark{{.*}}Calmed{{.*}}Delay=1.5{{.*}}, Metric=1{{.*}}, Model=spk.lif, Node=n, Spikes=4{{.*}}, SpikesBefore=8
// PLIF: spikes_after = 4.000000e+00 : f64, spikes_before = 8.000000e+00 : f64, states_after = 2 : i64, states_before = 2 : i64
// PLIF: spk.lif "n" %arg0
// PLIF-SAME: decay = dense<6.000000e-01>
// PLIF-SAME: spk.delay_share = 1.500000e+00 : f64, spk.selected_from = "spk.lif"
// ADLIF: remark{{.*}}Calmed{{.*}}Adaptation=1{{.*}}Model=spk.adlif, Node=n
// ADLIF: states_after = 4 : i64, states_before = 2 : i64
// ADLIF: spk.adlif "n" %arg0
// ADLIF-SAME: decay_w = dense<8.000000e-01>
// ADLIF-SAME: jump = dense<0.17{{9999|99}}{{[0-9]*}}>
// ADLIF-SAME: spk.adaptation = 1.000000e+00 : f64
// BOTH: remark{{.*}}Calmed{{.*}}Spikes=4{{.*}}, SpikesBefore=8
lle.network @calm(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  %z = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<5.000000e-01> : tensor<2xf32>, v_init = dense<0.000000e+00> : tensor<2xf32>,
     v_reset = dense<0.000000e+00> : tensor<2xf32>, v_threshold = dense<9.000000e-01> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
