// The x86-64-v3 level of the System V ABI: AVX2 and FMA (Haswell, Zen and later).
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "x86_64-unknown-linux-gnu",
      "cpu" = "x86-64-v3",
      "vector_lanes" = 8 : i64,
      "vector_registers" = 16 : i64,
      "required_features" = [
        "sse", "sse2", "sse3", "ssse3", "sse4.1", "sse4.2", "cmov", "cx8", "cx16", "fxsr", "mmx", "popcnt", "sahf", "x87",
        "avx", "avx2", "bmi", "bmi2", "crc32", "f16c", "fma", "lzcnt", "movbe", "xsave"]>>
} {}
