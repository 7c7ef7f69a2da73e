// AMD EPYC of the fourth generation (Zen 4), as the processor of a virtual machine: one core, whose clock is the one measured
// there. AVX-512, but vectors of 256 bits: its units have as many, so that longer ones are two, and a load waits longer for a
// store of 512 bits before it (events of convolutions of 16 channels took 1.7 times as long). Functions and tables of
// liquid cells take 512.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "x86_64-unknown-linux-gnu",
      "cpu" = "znver4",
      "vector_lanes" = 8 : i64,
      "vector_registers" = 32 : i64,
      // 3.69 GHz by products of integers that wait for each other (3 cycles each).
      "clock_hz" = 3690000000 : i64,
      // Cycles of the time that networks of one layer or cell take on such a machine (lscpu: family 25, model 17, 32 KiB of
      // L1d and 1 MiB of L2 a core; Debian 12, LLVM 22.1.8), fitted by scripts/fit-unit-costs.sh --measure zen4; limits are
      // those of the networks that were fitted.
      "cycles" = {
        near_bytes = {value = 32768.0 : f64, low = 32768.0 : f64, high = 32768.0 : f64, provenance = "published",
          source = "L1d of 32 KiB: AMD 57647, Software Optimization Guide for the AMD Zen4 Microarchitecture"},
        far_byte = {value = 0.0313 : f64, low = 0.0313 : f64, high = 0.0330 : f64, provenance = "measured",
          source = "dense synapses of 128 to 784 inputs whose weights L2 holds: 32 bytes a cycle"}},
      "unit_cycles" = {
        neuron_update = {value = 0.193 : f64, low = 0.143 : f64, high = 0.366 : f64, provenance = "measured",
          source = "populations of 16 to 4,000 LIF, IF, LI and CubaLIF neurons"},
        state_update = {value = 0.0503 : f64, low = 0.0371 : f64, high = 0.0951 : f64, provenance = "measured",
          source = "populations of 16 to 4,000 LIF, IF, LI and CubaLIF neurons"},
        operation = {value = 7.40 : f64, low = 5.46 : f64, high = 14.0 : f64, provenance = "measured",
          source = "populations of 16 to 4,000 LIF, IF, LI and CubaLIF neurons"},
        spike_count = {value = 0.0157 : f64, low = 0.0139 : f64, high = 0.0316 : f64, provenance = "measured",
          source = "populations of 16 to 1,000 IF and LIF neurons that send counts"},
        division = {value = 0.140 : f64, low = 0.125 : f64, high = 0.282 : f64, provenance = "measured",
          source = "populations of 16 to 1,000 IF and LIF neurons that send counts"},
        pooled_element = {value = 0.04 : f64, low = 0.0266 : f64, high = 0.0806 : f64, provenance = "derived",
          source = "LLVM's model of the code of 2 x 2 pools behind populations of 8, 16 and 32 channels of 16 x 16"},
        mac = {value = 0.0476 : f64, low = 0.0439 : f64, high = 0.0530 : f64, provenance = "measured",
          source = "CfC cells of 8 to 40 units that L1d holds"},
        transcendental = {value = 1.79 : f64, low = 1.65 : f64, high = 1.99 : f64, provenance = "measured",
          source = "CfC cells of 8 to 40 units that L1d holds"},
        liquid_synapse = {value = 0.712 : f64, low = 0.658 : f64, high = 0.761 : f64, provenance = "measured",
          source = "LTC cells of 8 to 64 neurons"},
        unfold = {value = 2.61 : f64, low = 2.41 : f64, high = 2.79 : f64, provenance = "measured",
          source = "LTC cells of 8 to 64 neurons"}},
      // The same of networks of one synapse, by scripts/sweep-synapses-on-board.py --measure zen4, of those that L1d holds.
      // `far_vector` is that of dense synapses of 700 to 500 and 1,024 to 1,024, whose weights L3 holds.
      "synapse_cycles" = {
        far_vector = 1.25 : f64, cache_bytes = 1048576.0 : f64,
        linear_spikes = {dense_element = 1.42 : f64, dense_vector = 0.588 : f64, event_word = 10.1 : f64,
                         event_element = 1.55 : f64, event_vector = 0.39 : f64, event_branch = 0.589 : f64,
                         event_result = 2.77 : f64},
        linear_numbers = {dense_element = 1.3 : f64, dense_vector = 0.535 : f64, event_word = 18.0 : f64,
                          event_element = 1.52 : f64, event_vector = 0.554 : f64, event_branch = 3.36 : f64,
                          event_result = 1.51 : f64},
        conv_spikes = {dense_element = 1.89 : f64, dense_vector = 0.583 : f64, event_word = 3.33 : f64,
                       event_element = 0.904 : f64, event_vector = 0.978 : f64, event_branch = 6.65 : f64,
                       event_result = 0.938 : f64},
        conv_numbers = {dense_element = 2.02 : f64, dense_vector = 0.6 : f64, event_word = 9.23 : f64,
                        event_element = 2.88 : f64, event_vector = 0.941 : f64, event_branch = 2.63 : f64,
                        event_result = 1.27 : f64}},
      "required_features" = [
        "sse", "sse2", "sse3", "ssse3", "sse4.1", "sse4.2", "cmov", "cx8", "cx16", "fxsr", "mmx", "popcnt", "sahf", "x87",
        "avx", "avx2", "bmi", "bmi2", "crc32", "f16c", "fma", "lzcnt", "movbe", "xsave",
        "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512bf16", "avx512bitalg", "avx512ifma", "avx512vbmi",
        "avx512vbmi2", "avx512vnni", "avx512vpopcntdq", "gfni"]>>
} {}
