// The x86-64-v2 level of the System V ABI: SSE4.2 (Nehalem, Jaguar and later).
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "x86_64-unknown-linux-gnu",
      "cpu" = "x86-64-v2",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 16 : i64,
      "required_features" = [
        "sse", "sse2", "sse3", "ssse3", "sse4.1", "sse4.2", "cmov", "cx8", "crc32", "cx16", "fxsr", "mmx", "popcnt", "sahf", "x87"]>>
} {}
