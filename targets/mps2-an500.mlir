// Arm MPS2+ with the FPGA image AN500: Cortex-M7 with double-precision FPU and the DSP instructions.
// Memories: Arm DAI 0500, Application Note AN500, memory map; ZBT SSRAM1 at 0 holds what flash would.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "thumbv7em-none-eabihf",
      "cpu" = "cortex-m7",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 32 : i64,
      // Cycles of LLVM's model of the core for the emitted code of networks of one layer or cell, fitted by
      // scripts/fit-unit-costs.sh mps2-an500; limits are those of the networks that were fitted.
      "unit_cycles" = {
        neuron_update = {value = 4.54 : f64, low = 3.29 : f64, high = 6.20 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        state_update = {value = 10.3 : f64, low = 7.46 : f64, high = 14.0 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        spike_count = {value = 6.45 : f64, low = 5.91 : f64, high = 7.57 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts, of those that fire"},
        division = {value = 19.0 : f64, low = 17.4 : f64, high = 22.3 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts, of those that fire"},
        pooled_element = {value = 3.81 : f64, low = 3.38 : f64, high = 4.63 : f64, provenance = "derived",
          source = "pools of 4 and 16 channels"},
        mac = {value = 6.26 : f64, low = 6.19 : f64, high = 6.37 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        transcendental = {value = 51.0 : f64, low = 50.5 : f64, high = 52.0 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        liquid_synapse = {value = 77.6 : f64, low = 76.9 : f64, high = 77.8 : f64, provenance = "derived",
          source = "LTC cells of 8 to 64 neurons"},
        unfold = {value = 78.2 : f64, low = 77.6 : f64, high = 78.5 : f64, provenance = "derived",
          source = "LTC cells of 8 to 64 neurons"}},
      // The same of networks of one synapse, by scripts/sweep-synapses-on-board.py --estimate mps2-an500. There is no cache
      // that weights could be too large for.
      "synapse_cycles" = {
        far_vector = 0.0 : f64, cache_bytes = 4294967296.0 : f64,
        linear_spikes = {dense_element = 5.52 : f64, dense_vector = 6.29 : f64, event_word = 146.0 : f64,
                         event_element = 0.0 : f64, event_vector = 3.37 : f64, event_branch = 0.0 : f64},
        linear_numbers = {dense_element = 0.866 : f64, dense_vector = 6.3 : f64, event_word = 185.0 : f64,
                          event_element = 0.0 : f64, event_vector = 5.72 : f64, event_branch = 0.0 : f64},
        conv_spikes = {dense_element = 10.2 : f64, dense_vector = 2.2 : f64, event_word = 514.0 : f64,
                       event_element = 0.0 : f64, event_vector = 3.71 : f64, event_branch = 0.0 : f64},
        conv_numbers = {dense_element = 8.41 : f64, dense_vector = 2.19 : f64, event_word = 665.0 : f64,
                        event_element = 0.0 : f64, event_vector = 6.37 : f64, event_branch = 1.66 : f64}},
      "required_features" = [],
      "states" = {widths = array<i64: 8, 16>, source = "what the lowering stores: dialects/LLE/StoredStates.h"},
      "clock_hz" = 25000000 : i64,
      "memories" = [
        {name = "ssram1", kind = "flash", origin = 0x00000000 : i64, bytes = 4194304 : i64},
        {name = "ssram23", kind = "ram", origin = 0x20000000 : i64, bytes = 4194304 : i64},
        {name = "psram", kind = "ram", origin = 0x60000000 : i64, bytes = 16777216 : i64}],
      "qemu" = {system = "arm", machine = "mps2-an500"},
      "uart" = {driver = "cmsdk", origin = 0x40004000 : i64},
      "notes" = "an FPGA prototype: its clock and energy say nothing about silicon">>
} {}
