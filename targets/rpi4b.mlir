// Raspberry Pi 4 Model B: Broadcom BCM2711, four Cortex-A72 (Arm v8.0-A) at 1.5 GHz, with at least 1 GiB.
// Raspberry Pi Ltd, "Raspberry Pi 4 Computer Model B", product brief; memory from 0 up, BCM2711 ARM Peripherals 1.2.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "aarch64-unknown-linux-gnu",
      "cpu" = "cortex-a72",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 32 : i64,
      "required_features" = ["fp-armv8", "neon", "crc"],
      "clock_hz" = 1500000000 : i64,
      "memories" = [{name = "dram", kind = "ram", origin = 0x0 : i64, bytes = 1073741824 : i64}],
      "qemu" = {user = "aarch64", cpu = "cortex-a72"},
      "energy_pj" = {
        cycle = {value = 500.0 : f64, low = 400.0 : f64, high = 600.0 : f64, provenance = "assumed",
                 source = "6.0 to 6.5 W with four busy cores, less 2.7 to 3.0 W idle; of one core, from memory"}}>>
} {}
