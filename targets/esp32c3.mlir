// ESP32-C3 with 4 MB of flash: one RV32IMC core without an FPU.
// Memories: Espressif, "ESP32-C3 Technical Reference Manual", section 3.3 (SRAM1 on the data bus; flash on the
// instruction bus), "ESP32-C3 Series Datasheet" for the flash of ESP32-C3FH4.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "riscv32-unknown-none-elf",
      "cpu" = "generic-rv32",
      "features" = "+m,+c",
      "abi" = "ilp32",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 16 : i64,
      "required_features" = [],
      "clock_hz" = 160000000 : i64,
      "memories" = [
        {name = "flash", kind = "flash", origin = 0x42000000 : i64, bytes = 4194304 : i64},
        {name = "sram1", kind = "ram", origin = 0x3fc80000 : i64, bytes = 393216 : i64},
        {name = "rtc_fast", kind = "ram", origin = 0x50000000 : i64, bytes = 8192 : i64}],
      "qemu" = {user = "riscv32", cpu = "rv32,a=off,f=off,d=off"},
      "cycles" = {
        instruction = {value = 1.3 : f64, low = 1.0 : f64, high = 2.0 : f64, provenance = "assumed",
                       source = "a pipeline that issues one instruction in a cycle at most, and waits after loads and taken branches"}},
      "energy_pj" = {
        cycle = {value = 475.0 : f64, provenance = "assumed",
                 source = "23 mA at 3.3 V and 160 MHz with the radio off, from memory of the data sheet"}}>>
} {}
