// The x86-64-v3 level of the System V ABI: AVX2 and FMA (Haswell, Zen and later).
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "x86_64-unknown-linux-gnu",
      "cpu" = "x86-64-v3",
      "vector_lanes" = 8 : i64,
      "vector_registers" = 16 : i64,
      // Measured by lle-sweep-synapses on one core of a Xeon of the Sapphire Rapids generation (2.06 GHz, 2 MiB of L2),
      // and fitted by scripts/fit-synapse-costs.py.
      "synapse_cycles" = {
        far_vector = 3.5 : f64, cache_bytes = 2097152.0 : f64,
        linear_spikes = {dense_element = 0.204 : f64, dense_vector = 0.749 : f64, event_word = 3.1 : f64,
                         event_element = 0.179 : f64, event_vector = 0.696 : f64, event_branch = 0.351 : f64},
        linear_numbers = {dense_element = 0.0578 : f64, dense_vector = 0.762 : f64, event_word = 12.7 : f64,
                          event_element = 0.334 : f64, event_vector = 0.952 : f64, event_branch = 3.0 : f64},
        conv_spikes = {dense_element = 0.102 : f64, dense_vector = 0.662 : f64, event_word = 67.2 : f64,
                       event_element = 0.0 : f64, event_vector = 0.789 : f64, event_branch = 0.0 : f64},
        conv_numbers = {dense_element = 0.687 : f64, dense_vector = 0.655 : f64, event_word = 96.9 : f64,
                        event_element = 0.597 : f64, event_vector = 0.947 : f64, event_branch = 0.0 : f64}},
      "required_features" = [
        "sse", "sse2", "sse3", "ssse3", "sse4.1", "sse4.2", "cmov", "cx8", "cx16", "fxsr", "mmx", "popcnt", "sahf", "x87",
        "avx", "avx2", "bmi", "bmi2", "crc32", "f16c", "fma", "lzcnt", "movbe", "xsave"]>>
} {}
