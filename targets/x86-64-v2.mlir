// The x86-64-v2 level of the System V ABI: SSE4.2 (Nehalem, Jaguar and later).
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "x86_64-unknown-linux-gnu",
      "cpu" = "x86-64-v2",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 16 : i64,
      // Measured by lle-sweep-synapses on one core of a Xeon of the Sapphire Rapids generation (2.06 GHz, 2 MiB of L2),
      // and fitted by scripts/fit-synapse-costs.py.
      "synapse_cycles" = {
        far_vector = 1.75 : f64, cache_bytes = 2097152.0 : f64,
        linear_spikes = {dense_element = 0.216 : f64, dense_vector = 0.593 : f64, event_word = 4.65 : f64,
                         event_element = 0.0 : f64, event_vector = 0.631 : f64, event_branch = 0.315 : f64},
        linear_numbers = {dense_element = 0.0812 : f64, dense_vector = 0.579 : f64, event_word = 12.0 : f64,
                          event_element = 0.681 : f64, event_vector = 0.801 : f64, event_branch = 3.05 : f64},
        conv_spikes = {dense_element = 0.819 : f64, dense_vector = 0.627 : f64, event_word = 86.2 : f64,
                       event_element = 0.45 : f64, event_vector = 0.615 : f64, event_branch = 2.58 : f64},
        conv_numbers = {dense_element = 1.74 : f64, dense_vector = 0.618 : f64, event_word = 92.4 : f64,
                        event_element = 2.05 : f64, event_vector = 0.777 : f64, event_branch = 0.0 : f64}},
      "required_features" = [
        "sse", "sse2", "sse3", "ssse3", "sse4.1", "sse4.2", "cmov", "cx8", "crc32", "cx16", "fxsr", "mmx", "popcnt", "sahf", "x87"]>>
} {}
