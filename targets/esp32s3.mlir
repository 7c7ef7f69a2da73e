// ESP32-S3 with 8 MB of flash: two Xtensa LX7 cores with single-precision FPU.
// Memories: Espressif, "ESP32-S3 Technical Reference Manual", section 4.3 (SRAM1 and SRAM2 lie together on the data bus;
// flash on the instruction bus), "ESP32-S3-WROOM-1 Datasheet" for the flash of the module N8.
//
// LLVM's back end for Xtensa is experimental: it knows no esp32s3; code for its generic CPU calls functions for all
// floats; and with the FPU of its esp32 it fails in instruction selection (LLVM 22.1, a vector of one boolean). The C
// that LLE writes goes through the vendor's compiler instead.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "xtensa-esp32s3-none-elf",
      "cpu" = "generic",
      "code" = "c",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 16 : i64,
      "required_features" = [],
      "clock_hz" = 240000000 : i64,
      "memories" = [
        {name = "flash", kind = "flash", origin = 0x42000000 : i64, bytes = 8388608 : i64},
        {name = "sram", kind = "ram", origin = 0x3fc88000 : i64, bytes = 491520 : i64}],
      "cycles" = {
        instruction = {value = 1.3 : f64, low = 1.0 : f64, high = 2.0 : f64, provenance = "assumed",
                       source = "a pipeline that issues one instruction in a cycle at most, and waits after loads and taken branches"}},
      "energy_pj" = {
        cycle = {value = 1100.0 : f64, low = 700.0 : f64, high = 1500.0 : f64, provenance = "assumed",
                 source = "90 to 110 mA at 3.3 V and 240 MHz with both cores busy and the radio off, from memory"}}>>
} {}
