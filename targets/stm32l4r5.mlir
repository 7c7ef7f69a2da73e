// STM32L4R5xI: Cortex-M4 with single-precision FPU and the DSP instructions.
// Memories: STMicroelectronics DS12023, "STM32L4R5xx STM32L4R7xx STM32L4R9xx", memory mapping, and RM0432, section 2.2.
// SRAM1, SRAM2 (at its alias behind SRAM1) and SRAM3 lie together, so that they are one memory here.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "thumbv7em-none-eabihf",
      "cpu" = "cortex-m4",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 32 : i64,
      "synapse_cycles" = "mps2-an386",
      "unit_cycles" = "mps2-an386",
      "required_features" = [],
      "states" = {widths = array<i64: 8, 16>, source = "what the lowering stores: dialects/LLE/StoredStates.h"},
      "clock_hz" = 120000000 : i64,
      "memories" = [
        {name = "flash", kind = "flash", origin = 0x08000000 : i64, bytes = 2097152 : i64},
        {name = "sram", kind = "ram", origin = 0x20000000 : i64, bytes = 655360 : i64}],
      // USART2 on PA2 and PA3, by the clock after reset, 4 MHz. RM0432, "RCC registers" (AHB2ENR, APB1ENR1),
      // "GPIO registers" (AFRL, MODER) and "USART registers". Never run.
      "uart" = {driver = "stm32", origin = 0x40004400 : i64, clock_hz = 4000000 : i64, setup = [
        {address = 0x4002104c : i64, mask = 0x1 : i64, value = 0x1 : i64},
        {address = 0x40021058 : i64, mask = 0x20000 : i64, value = 0x20000 : i64},
        {address = 0x48000020 : i64, mask = 0xff00 : i64, value = 0x7700 : i64},
        {address = 0x48000000 : i64, mask = 0xf0 : i64, value = 0xa0 : i64}]},
      // QEMU 7.2 has no such board; code for the same core is measured on another.
      "stand_in" = "mps2-an386",
      "cycles" = {
        memory_factor = {value = 1.5 : f64, low = 1.0 : f64, high = 1.57 : f64, provenance = "derived",
                         source = "cycles of the STM32L4R5 in MLPerf Tiny v1.0 (microTVM with CMSIS-NN) are 1.44 to 1.57 times those of LLVM's model for such code; 1 is memory that does not wait"}},
      "energy_pj" = {
        cycle = {value = 350.0 : f64, low = 320.0 : f64, high = 365.0 : f64, provenance = "derived",
                 source = "energy over time and clock of the NUCLEO-L4R5ZI in MLPerf Tiny v1.2, X-CUBE-AI 9.0"}}>>
} {}
