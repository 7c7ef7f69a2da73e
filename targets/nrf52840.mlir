// nRF52840: Cortex-M4 with single-precision FPU and the DSP instructions.
// Memories: Nordic Semiconductor, nRF52840 Product Specification v1.7, section 4.2 (Memory).
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
      "clock_hz" = 64000000 : i64,
      "memories" = [
        {name = "flash", kind = "flash", origin = 0x00000000 : i64, bytes = 1048576 : i64},
        {name = "ram", kind = "ram", origin = 0x20000000 : i64, bytes = 262144 : i64}],
      // Not its own board, but one with the same core and memory wherever this one has some.
      "qemu" = {system = "arm", machine = "mps2-an386"},
      // The UART of the nRF52840 DK (PCA10056): TXD is P0.06, high before it starts, RXD P0.08. Product Specification v1.7,
      // "GPIO" (OUTSET, PIN_CNF) and "UART" (PSEL). Never run; the same driver runs on an emulated nRF51.
      "uart" = {driver = "nrf", origin = 0x40002000 : i64, setup = [
        {address = 0x50000508 : i64, mask = 0x40 : i64, value = 0x40 : i64},
        {address = 0x50000718 : i64, mask = 0x3 : i64, value = 0x3 : i64},
        {address = 0x50000720 : i64, mask = 0x3 : i64, value = 0x0 : i64},
        {address = 0x4000250c : i64, mask = 0xffffffff : i64, value = 6 : i64},
        {address = 0x40002514 : i64, mask = 0xffffffff : i64, value = 8 : i64}]},
      "cycles" = {
        memory_factor = {value = 1.5 : f64, low = 1.0 : f64, high = 1.57 : f64, provenance = "derived",
                         source = "cycles of the STM32L4R5 in MLPerf Tiny v1.0 (microTVM with CMSIS-NN) are 1.44 to 1.57 times those of LLVM's model for such code; 1 is memory that does not wait"}},
      "energy_pj" = {
        cycle = {value = 156.0 : f64, provenance = "derived",
                 source = "52 uA/MHz (CoreMark from flash, DC/DC regulator) at 3 V, Product Specification v1.7, 5.2"}}>>
} {}
