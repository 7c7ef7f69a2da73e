// Arm MPS3 with the FPGA image AN547 (Corstone-300): Cortex-M55 with MVE for integers and floats.
// Memories: Arm DAI 0547, Application Note AN547, memory map, in the secure state it starts in. The ITCM is what flash
// would be; larger programs take the SRAM behind it.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "thumbv8.1m.main-none-eabihf",
      "cpu" = "cortex-m55",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 8 : i64,
      "required_features" = [],
      "clock_hz" = 32000000 : i64,
      "memories" = [
        {name = "itcm", kind = "flash", origin = 0x00000000 : i64, bytes = 524288 : i64},
        {name = "isram", kind = "ram", origin = 0x21000000 : i64, bytes = 4194304 : i64},
        {name = "sram", kind = "flash", origin = 0x01000000 : i64, bytes = 2097152 : i64},
        {name = "dtcm", kind = "ram", origin = 0x20000000 : i64, bytes = 524288 : i64}],
      "qemu" = {system = "arm", machine = "mps3-an547"},
      "uart" = {driver = "cmsdk", origin = 0x49303000 : i64},
      "notes" = "an FPGA prototype: its clock and energy say nothing about silicon">>
} {}
