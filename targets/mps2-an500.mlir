// Arm MPS2+ with the FPGA image AN500: Cortex-M7 with double-precision FPU and the DSP instructions.
// Memories: Arm DAI 0500, Application Note AN500, memory map; ZBT SSRAM1 at 0 holds what flash would.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "thumbv7em-none-eabihf",
      "cpu" = "cortex-m7",
      "vector_lanes" = 1 : i64,
      "vector_registers" = 32 : i64,
      // Cycles of LLVM's model of the core for the emitted code of networks of one layer or cell, fitted by
      // scripts/fit-unit-costs.sh mps2-an500; limits are those of the networks that were fitted.
      "unit_cycles" = {
        neuron_update = {value = 4.54 : f64, low = 3.30 : f64, high = 6.20 : f64, provenance = "derived",
                         source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        state_update = {value = 10.3 : f64, low = 7.46 : f64, high = 14.0 : f64, provenance = "derived",
                        source = "populations of 16 to 400 LIF, IF, LI and CubaLIF neurons"},
        mac = {value = 4.14 : f64, low = 3.38 : f64, high = 4.73 : f64, provenance = "derived",
               source = "LTC and CfC cells of 8 to 64 units, and pools"},
        transcendental = {value = 73.1 : f64, low = 59.6 : f64, high = 83.4 : f64, provenance = "derived",
                          source = "LTC and CfC cells of 8 to 64 units, and pools"}},
      "required_features" = [],
      "clock_hz" = 25000000 : i64,
      "memories" = [
        {name = "ssram1", kind = "flash", origin = 0x00000000 : i64, bytes = 4194304 : i64},
        {name = "ssram23", kind = "ram", origin = 0x20000000 : i64, bytes = 4194304 : i64},
        {name = "psram", kind = "ram", origin = 0x60000000 : i64, bytes = 16777216 : i64}],
      "qemu" = {system = "arm", machine = "mps2-an500"},
      "uart" = {driver = "cmsdk", origin = 0x40004000 : i64},
      "notes" = "an FPGA prototype: its clock and energy say nothing about silicon">>
} {}
