// Arm MPS2+ with the FPGA image AN386: Cortex-M4 with single-precision FPU and the DSP instructions.
// Memories: Arm DAI 0386, Application Note AN386, memory map; ZBT SSRAM1 at 0 holds what flash would.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "thumbv7em-none-eabihf",
      "cpu" = "cortex-m4",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 32 : i64,
      "required_features" = [],
      "clock_hz" = 25000000 : i64,
      "memories" = [
        {name = "ssram1", kind = "flash", origin = 0x00000000 : i64, bytes = 4194304 : i64},
        {name = "ssram23", kind = "ram", origin = 0x20000000 : i64, bytes = 4194304 : i64},
        {name = "psram", kind = "ram", origin = 0x21000000 : i64, bytes = 16777216 : i64}],
      "qemu" = {system = "arm", machine = "mps2-an386"},
      "uart" = {driver = "cmsdk", origin = 0x40004000 : i64},
      "notes" = "an FPGA prototype: its clock and energy say nothing about silicon">>
} {}
