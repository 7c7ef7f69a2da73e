// Raspberry Pi Zero 2 W: RP3A0 with BCM2710A1, four Cortex-A53 (Arm v8.0-A) at 1 GHz, with 512 MiB.
// Raspberry Pi Ltd, "Raspberry Pi Zero 2 W", product brief.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "aarch64-unknown-linux-gnu",
      "cpu" = "cortex-a53",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 32 : i64,
      "required_features" = ["fp-armv8", "neon", "crc"],
      "clock_hz" = 1000000000 : i64,
      "memories" = [{name = "dram", kind = "ram", origin = 0x0 : i64, bytes = 536870912 : i64}],
      "qemu" = {user = "aarch64", cpu = "cortex-a53"},
      "energy_pj" = {
        cycle = {value = 500.0 : f64, low = 400.0 : f64, high = 600.0 : f64, provenance = "assumed",
                 source = "2.0 to 2.9 W with four busy cores, less 0.6 W idle; of one core, from memory"}}>>
} {}
