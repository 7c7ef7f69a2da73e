// Raspberry Pi Zero 2 W: RP3A0 with BCM2710A1, four Cortex-A53 (Arm v8.0-A) at 1 GHz, with 512 MiB.
// Raspberry Pi Ltd, "Raspberry Pi Zero 2 W", product brief.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "aarch64-unknown-linux-gnu",
      "cpu" = "cortex-a53",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 32 : i64,
      // Cycles of LLVM's model of the core for the emitted code of networks of one layer or cell, fitted by
      // scripts/fit-unit-costs.sh rpizero2w; limits are those of the networks that were fitted.
      "unit_cycles" = {
        neuron_update = {value = 0.900 : f64, low = 0.778 : f64, high = 1.26 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        state_update = {value = 1.57 : f64, low = 1.36 : f64, high = 2.20 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        operation = {value = 18.1 : f64, low = 15.7 : f64, high = 25.4 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        spike_count = {value = 0.823 : f64, low = 0.758 : f64, high = 1.07 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts"},
        division = {value = 5.67 : f64, low = 5.22 : f64, high = 7.38 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts"},
        pooled_element = {value = 3.50 : f64, low = 3.30 : f64, high = 3.75 : f64, provenance = "derived",
          source = "pools of 4 and 16 channels"},
        mac = {value = 0.972 : f64, low = 0.894 : f64, high = 1.06 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        transcendental = {value = 29.2 : f64, low = 26.8 : f64, high = 31.7 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        liquid_synapse = {value = 27.2 : f64, low = 24.7 : f64, high = 31.0 : f64, provenance = "derived",
          source = "LTC cells of 8 to 64 neurons"}},
      // The same of networks of one synapse, by scripts/sweep-synapses-on-board.py --estimate rpizero2w. LLVM's model knows no
      // cache that weights could be too large for.
      "synapse_cycles" = {
        far_vector = 0.0 : f64, cache_bytes = 4294967296.0 : f64,
        linear_spikes = {dense_element = 4.24 : f64, dense_vector = 3.49 : f64, event_word = 95.3 : f64,
                         event_element = 9.97 : f64, event_vector = 2.58 : f64, event_branch = 0.0 : f64},
        linear_numbers = {dense_element = 0.404 : f64, dense_vector = 3.93 : f64, event_word = 197.0 : f64,
                          event_element = 12.8 : f64, event_vector = 3.54 : f64, event_branch = 0.0 : f64},
        conv_spikes = {dense_element = 56.3 : f64, dense_vector = 0.0 : f64, event_word = 437.0 : f64,
                       event_element = 12.2 : f64, event_vector = 2.93 : f64, event_branch = 0.732 : f64},
        conv_numbers = {dense_element = 55.3 : f64, dense_vector = 0.0 : f64, event_word = 478.0 : f64,
                        event_element = 11.7 : f64, event_vector = 4.07 : f64, event_branch = 0.892 : f64}},
      "required_features" = ["fp-armv8", "neon", "crc"],
      "clock_hz" = 1000000000 : i64,
      "memories" = [{name = "dram", kind = "ram", origin = 0x0 : i64, bytes = 536870912 : i64}],
      "qemu" = {user = "aarch64", cpu = "cortex-a53"},
      "energy_pj" = {
        cycle = {value = 500.0 : f64, low = 400.0 : f64, high = 600.0 : f64, provenance = "assumed",
                 source = "2.0 to 2.9 W with four busy cores, less 0.6 W idle; of one core, from memory"}}>>
} {}
