// STM32H743xI: Cortex-M7 with caches, double-precision FPU and the DSP instructions.
// Memories: STMicroelectronics DS12110, "STM32H742xI/G STM32H743xI/G", memory mapping, and RM0433, section 2.3.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "thumbv7em-none-eabihf",
      "cpu" = "cortex-m7",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 32 : i64,
      "synapse_cycles" = "mps2-an500",
      "unit_cycles" = "mps2-an500",
      "required_features" = [],
      "states" = {widths = array<i64: 8, 16>, source = "what the lowering stores: dialects/LLE/StoredStates.h"},
      "clock_hz" = 480000000 : i64,
      "memories" = [
        {name = "flash", kind = "flash", origin = 0x08000000 : i64, bytes = 2097152 : i64},
        {name = "dtcm", kind = "ram", origin = 0x20000000 : i64, bytes = 131072 : i64},
        {name = "itcm", kind = "ram", origin = 0x00000000 : i64, bytes = 65536 : i64},
        {name = "axi_sram", kind = "ram", origin = 0x24000000 : i64, bytes = 524288 : i64},
        {name = "sram1", kind = "ram", origin = 0x30000000 : i64, bytes = 131072 : i64},
        {name = "sram2", kind = "ram", origin = 0x30020000 : i64, bytes = 131072 : i64},
        {name = "sram3", kind = "ram", origin = 0x30040000 : i64, bytes = 32768 : i64},
        {name = "sram4", kind = "ram", origin = 0x38000000 : i64, bytes = 65536 : i64}],
      // USART3 on PD8 and PD9, the serial line of the NUCLEO-H743ZI's debugger, by the clock after reset, 64 MHz. RM0433,
      // "RCC registers" (AHB4ENR, APB1LENR), "GPIO registers" (AFRH, MODER) and "USART registers". Never run.
      "uart" = {driver = "stm32", origin = 0x40004800 : i64, clock_hz = 64000000 : i64, setup = [
        {address = 0x580244e0 : i64, mask = 0x8 : i64, value = 0x8 : i64},
        {address = 0x580244e8 : i64, mask = 0x40000 : i64, value = 0x40000 : i64},
        {address = 0x58020c24 : i64, mask = 0xff : i64, value = 0x77 : i64},
        {address = 0x58020c00 : i64, mask = 0xf0000 : i64, value = 0xa0000 : i64}]},
      // QEMU 7.2 has no such board; code for the same core is measured on another.
      "stand_in" = "mps2-an500",
      "cycles" = {
        memory_factor = {value = 1.3 : f64, low = 1.0 : f64, high = 1.57 : f64, provenance = "assumed",
                         source = "between memory that does not wait and what a Cortex-M4 without caches shows"}},
      "energy_pj" = {
        cycle = {value = 1080.0 : f64, low = 900.0 : f64, high = 1250.0 : f64, provenance = "assumed",
                 source = "0.36 to 0.5 W at 400 MHz, 3.3 V and the internal linear regulator, from memory of DS12110"}}>>
} {}
