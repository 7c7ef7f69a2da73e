// A 32-bit RISC-V microcontroller with a single-precision FPU. Its memories are those of QEMU's machine "virt", whose
// RAM is shared out: the first half holds what flash would.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "riscv32-unknown-none-elf",
      "cpu" = "generic-rv32",
      "features" = "+m,+a,+f,+c",
      "abi" = "ilp32f",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 32 : i64,
      "required_features" = [],
      "states" = {widths = array<i64: 8, 16>, source = "what the lowering stores: dialects/LLE/StoredStates.h"},
      "clock_hz" = 100000000 : i64,
      "memories" = [
        {name = "code", kind = "flash", origin = 0x80000000 : i64, bytes = 67108864 : i64},
        {name = "ram", kind = "ram", origin = 0x84000000 : i64, bytes = 67108864 : i64}],
      "qemu" = {user = "riscv32", cpu = "rv32,d=off"},
      "uart" = {driver = "ns16550", origin = 0x10000000 : i64},
      "notes" = "no device: the clock is a round figure">>
} {}
