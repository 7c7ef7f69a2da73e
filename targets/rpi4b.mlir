// Raspberry Pi 4 Model B: Broadcom BCM2711, four Cortex-A72 (Arm v8.0-A) at 1.5 GHz, with at least 1 GiB.
// Raspberry Pi Ltd, "Raspberry Pi 4 Computer Model B", product brief; memory from 0 up, BCM2711 ARM Peripherals 1.2.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "aarch64-unknown-linux-gnu",
      "cpu" = "cortex-a72",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 32 : i64,
      // Cycles of LLVM's model of the core for the emitted code of networks of one layer or cell, fitted by
      // scripts/fit-unit-costs.sh rpi4b; limits are those of the networks that were fitted.
      "unit_cycles" = {
        neuron_update = {value = 0.774 : f64, low = 0.564 : f64, high = 1.16 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        state_update = {value = 1.09 : f64, low = 0.796 : f64, high = 1.64 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        spike_count = {value = 1.5 : f64, low = 1.24 : f64, high = 2.8 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts"},
        division = {value = 7.73 : f64, low = 6.38 : f64, high = 14.4 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts"},
        pooled_element = {value = 1.64 : f64, low = 1.62 : f64, high = 1.66 : f64, provenance = "derived",
          source = "pools of 4 and 16 channels"},
        mac = {value = 0.234 : f64, low = 0.217 : f64, high = 0.248 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        transcendental = {value = 13.2 : f64, low = 12.2 : f64, high = 14.0 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        liquid_synapse = {value = 13.6 : f64, low = 12.1 : f64, high = 15.7 : f64, provenance = "derived",
          source = "LTC cells of 8 to 64 neurons"}},
      // The same of networks of one synapse, by scripts/sweep-synapses-on-board.py --estimate rpi4b. LLVM's model knows no
      // cache that weights could be too large for.
      "synapse_cycles" = {
        far_vector = 0.0 : f64, cache_bytes = 4294967296.0 : f64,
        linear_spikes = {dense_element = 2.52 : f64, dense_vector = 1.73 : f64, event_word = 38.7 : f64,
                         event_element = 0.309 : f64, event_vector = 1.73 : f64, event_branch = 0.0 : f64},
        linear_numbers = {dense_element = 1.27 : f64, dense_vector = 2.67 : f64, event_word = 82.1 : f64,
                          event_element = 0.241 : f64, event_vector = 2.83 : f64, event_branch = 0.0 : f64},
        conv_spikes = {dense_element = 11.3 : f64, dense_vector = 1.84 : f64, event_word = 164.0 : f64,
                       event_element = 4.29 : f64, event_vector = 2.24 : f64, event_branch = 0.549 : f64},
        conv_numbers = {dense_element = 11.6 : f64, dense_vector = 1.8 : f64, event_word = 201.0 : f64,
                        event_element = 3.29 : f64, event_vector = 3.31 : f64, event_branch = 0.639 : f64}},
      "required_features" = ["fp-armv8", "neon", "crc"],
      "clock_hz" = 1500000000 : i64,
      "memories" = [{name = "dram", kind = "ram", origin = 0x0 : i64, bytes = 1073741824 : i64}],
      "qemu" = {user = "aarch64", cpu = "cortex-a72"},
      "energy_pj" = {
        cycle = {value = 500.0 : f64, low = 400.0 : f64, high = 600.0 : f64, provenance = "assumed",
                 source = "6.0 to 6.5 W with four busy cores, less 2.7 to 3.0 W idle; of one core, from memory"}}>>
} {}
