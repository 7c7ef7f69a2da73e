// The x86-64-v4 level of the System V ABI and AVX-512 VNNI, integer dot products: Cascade Lake, Zen 4 and later.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "x86_64-unknown-linux-gnu",
      "cpu" = "x86-64-v4",
      "features" = "+avx512vnni",
      "vector_lanes" = 16 : i64,
      "vector_registers" = 32 : i64,
      // Measured by lle-sweep-synapses on one core of a Xeon of the Sapphire Rapids generation (2.06 GHz, 2 MiB of L2),
      // and fitted by scripts/fit-synapse-costs.py.
      "synapse_cycles" = {
        far_vector = 7.0 : f64, cache_bytes = 2097152.0 : f64,
        linear_spikes = {dense_element = 1.01 : f64, dense_vector = 1.1 : f64, event_word = 2.59 : f64,
                         event_element = 0.822 : f64, event_vector = 0.861 : f64, event_branch = 0.0 : f64},
        linear_numbers = {dense_element = 1.16 : f64, dense_vector = 1.29 : f64, event_word = 7.87 : f64,
                          event_element = 1.14 : f64, event_vector = 1.34 : f64, event_branch = 0.0 : f64},
        conv_spikes = {dense_element = 0.0 : f64, dense_vector = 0.853 : f64, event_word = 39.2 : f64,
                       event_element = 0.0 : f64, event_vector = 1.02 : f64, event_branch = 0.0 : f64},
        conv_numbers = {dense_element = 0.0 : f64, dense_vector = 0.899 : f64, event_word = 68.0 : f64,
                        event_element = 0.0 : f64, event_vector = 1.13 : f64, event_branch = 0.0 : f64}},
      "required_features" = [
        "sse", "sse2", "sse3", "ssse3", "sse4.1", "sse4.2", "cmov", "cx8", "cx16", "fxsr", "mmx", "popcnt", "sahf", "x87",
        "avx", "avx2", "bmi", "bmi2", "crc32", "f16c", "fma", "lzcnt", "movbe", "xsave",
        "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512vnni"]>>
} {}
