// Arm MPS2+ with the FPGA image AN386: Cortex-M4 with single-precision FPU and the DSP instructions.
// Memories: Arm DAI 0386, Application Note AN386, memory map; ZBT SSRAM1 at 0 holds what flash would.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "thumbv7em-none-eabihf",
      "cpu" = "cortex-m4",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 32 : i64,
      // Cycles of LLVM's model of the core for the emitted code of networks of one layer or cell, fitted by
      // scripts/fit-unit-costs.sh mps2-an386; limits are those of the networks that were fitted.
      "unit_cycles" = {
        neuron_update = {value = 4.55 : f64, low = 2.80 : f64, high = 7.19 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        state_update = {value = 9.18 : f64, low = 5.64 : f64, high = 14.5 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        spike_count = {value = 16.4 : f64, low = 15.0 : f64, high = 23.5 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts, of those that fire"},
        division = {value = 23.2 : f64, low = 21.3 : f64, high = 33.3 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts, of those that fire"},
        pooled_element = {value = 6.17 : f64, low = 5.64 : f64, high = 6.99 : f64, provenance = "derived",
          source = "pools of 4 and 16 channels"},
        mac = {value = 3.40 : f64, low = 3.35 : f64, high = 3.53 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        transcendental = {value = 42.6 : f64, low = 41.9 : f64, high = 44.2 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        liquid_synapse = {value = 48.1 : f64, low = 47.2 : f64, high = 48.6 : f64, provenance = "derived",
          source = "LTC cells of 8 to 64 neurons"},
        unfold = {value = 48.4 : f64, low = 47.5 : f64, high = 48.9 : f64, provenance = "derived",
          source = "LTC cells of 8 to 64 neurons"}},
      // In place of cycles, instructions counted under QEMU by scripts/sweep-synapses-on-board.py, and fitted by
      // scripts/fit-synapse-costs.py. There is no cache that weights could be too large for.
      "synapse_cycles" = {
        far_vector = 0.0 : f64, cache_bytes = 4294967296.0 : f64,
        linear_spikes = {dense_element = 7.93 : f64, dense_vector = 3.33 : f64, event_word = 186.0 : f64,
                         event_element = 2.42 : f64, event_vector = 2.59 : f64, event_branch = 5.82 : f64},
        linear_numbers = {dense_element = 2.56 : f64, dense_vector = 3.33 : f64, event_word = 556.0 : f64,
                          event_element = 0.0 : f64, event_vector = 4.01 : f64, event_branch = 0.0 : f64},
        conv_spikes = {dense_element = 12.9 : f64, dense_vector = 2.48 : f64, event_word = 663.0 : f64,
                       event_element = 0.0 : f64, event_vector = 3.9 : f64, event_branch = 0.0 : f64},
        conv_numbers = {dense_element = 11.2 : f64, dense_vector = 2.47 : f64, event_word = 830.0 : f64,
                        event_element = 0.0 : f64, event_vector = 4.99 : f64, event_branch = 0.0 : f64}},
      "required_features" = [],
      "states" = {widths = array<i64: 8, 16>, source = "what the lowering stores: dialects/LLE/StoredStates.h"},
      "clock_hz" = 25000000 : i64,
      "memories" = [
        {name = "ssram1", kind = "flash", origin = 0x00000000 : i64, bytes = 4194304 : i64},
        {name = "ssram23", kind = "ram", origin = 0x20000000 : i64, bytes = 4194304 : i64},
        {name = "psram", kind = "ram", origin = 0x21000000 : i64, bytes = 16777216 : i64}],
      "qemu" = {system = "arm", machine = "mps2-an386"},
      "uart" = {driver = "cmsdk", origin = 0x40004000 : i64},
      "notes" = "an FPGA prototype: its clock and energy say nothing about silicon">>
} {}
