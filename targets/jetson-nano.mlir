// NVIDIA Jetson Nano: Tegra X1 (T210), four Cortex-A57 (Arm v8.0-A) at 1.43 GHz, with 4 GiB. Its GPU is not used.
// NVIDIA DA-09366-001, "Jetson Nano System-on-Module Data Sheet"; memory from 2 GiB up, Tegra X1 TRM, address map.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "aarch64-unknown-linux-gnu",
      "cpu" = "cortex-a57",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 32 : i64,
      // LLVM's model of Cortex-A72 is that of Cortex-A57.
      "synapse_cycles" = "rpi4b",
      "unit_cycles" = "rpi4b",
      "required_features" = ["fp-armv8", "neon", "crc"],
      "clock_hz" = 1430000000 : i64,
      "memories" = [{name = "dram", kind = "ram", origin = 0x80000000 : i64, bytes = 4294967296 : i64}],
      "qemu" = {user = "aarch64", cpu = "cortex-a57"},
      "energy_pj" = {
        cycle = {value = 1000.0 : f64, low = 400.0 : f64, high = 1750.0 : f64, provenance = "assumed",
                 source = "at most a quarter of the 10 W mode for each core at 1.43 GHz; the lower end is a guess"}}>>
} {}
