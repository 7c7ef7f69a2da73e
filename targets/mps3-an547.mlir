// Arm MPS3 with the FPGA image AN547 (Corstone-300): Cortex-M55 with MVE for integers and floats.
// Memories: Arm DAI 0547, Application Note AN547, memory map, in the secure state it starts in. The ITCM is what flash
// would be; larger programs take the SRAM behind it.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "thumbv8.1m.main-none-eabihf",
      "cpu" = "cortex-m55",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 8 : i64,
      // Cycles of LLVM's model of the core for the emitted code of networks of one layer or cell, fitted by
      // scripts/fit-unit-costs.sh mps3-an547; limits are those of the networks that were fitted.
      "unit_cycles" = {
        neuron_update = {value = 0.740 : f64, low = 0.439 : f64, high = 1.40 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        state_update = {value = 4.32 : f64, low = 2.56 : f64, high = 8.16 : f64, provenance = "derived",
          source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        spike_count = {value = 0.0958 : f64, low = 0.0867 : f64, high = 0.14 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts"},
        division = {value = 4.74 : f64, low = 4.28 : f64, high = 6.91 : f64, provenance = "derived",
          source = "populations of 16 to 400 IF and LIF neurons that send counts"},
        pooled_element = {value = 3.95 : f64, low = 3.82 : f64, high = 4.09 : f64, provenance = "derived",
          source = "pools of 4 and 16 channels"},
        mac = {value = 0.599 : f64, low = 0.591 : f64, high = 0.623 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        transcendental = {value = 12.3 : f64, low = 12.1 : f64, high = 12.8 : f64, provenance = "derived",
          source = "CfC cells of 8 to 64 units"},
        liquid_synapse = {value = 14.3 : f64, low = 14.1 : f64, high = 14.4 : f64, provenance = "derived",
          source = "LTC cells of 8 to 64 neurons"},
        unfold = {value = 13.9 : f64, low = 13.7 : f64, high = 14.1 : f64, provenance = "derived",
          source = "LTC cells of 8 to 64 neurons"}},
      // The same of networks of one synapse, by scripts/sweep-synapses-on-board.py --estimate mps3-an547. LLVM's model knows no
      // cache that weights could be too large for.
      "synapse_cycles" = {
        far_vector = 0.0 : f64, cache_bytes = 4294967296.0 : f64,
        linear_spikes = {dense_element = 0.0 : f64, dense_vector = 5.07 : f64, event_word = 136.0 : f64,
                         event_element = 5.79 : f64, event_vector = 3.76 : f64, event_branch = 5.72 : f64},
        linear_numbers = {dense_element = 0.198 : f64, dense_vector = 4.71 : f64, event_word = 232.0 : f64,
                          event_element = 0.0 : f64, event_vector = 7.51 : f64, event_branch = 0.0 : f64},
        conv_spikes = {dense_element = 7.85 : f64, dense_vector = 4.05 : f64, event_word = 350.0 : f64,
                       event_element = 0.0 : f64, event_vector = 5.81 : f64, event_branch = 0.378 : f64},
        conv_numbers = {dense_element = 8.52 : f64, dense_vector = 4.01 : f64, event_word = 525.0 : f64,
                        event_element = 5.21 : f64, event_vector = 6.05 : f64, event_branch = 1.27 : f64}},
      "required_features" = [],
      "states" = {widths = array<i64: 8, 16>, source = "what the lowering stores: dialects/LLE/StoredStates.h"},
      "clock_hz" = 32000000 : i64,
      "memories" = [
        {name = "itcm", kind = "flash", origin = 0x00000000 : i64, bytes = 524288 : i64},
        {name = "isram", kind = "ram", origin = 0x21000000 : i64, bytes = 4194304 : i64},
        {name = "sram", kind = "flash", origin = 0x01000000 : i64, bytes = 2097152 : i64},
        {name = "dtcm", kind = "ram", origin = 0x20000000 : i64, bytes = 524288 : i64}],
      "qemu" = {system = "arm", machine = "mps3-an547"},
      "uart" = {driver = "cmsdk", origin = 0x49303000 : i64},
      "notes" = "an FPGA prototype: its clock and energy say nothing about silicon">>
} {}
