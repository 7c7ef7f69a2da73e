// AArch64 with the dot product, matrix and half precision instructions (Arm v8.6-A: Cortex-A510, Neoverse V1, ...).
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "aarch64-unknown-linux-gnu",
      "cpu" = "generic",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 32 : i64,
      "required_features" = ["fp-armv8", "neon", "dotprod", "fullfp16", "i8mm"],
      "features" = "+dotprod,+fullfp16,+i8mm",
      "qemu" = {user = "aarch64", cpu = "max"}>>
} {}
