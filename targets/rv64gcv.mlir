// 64-bit RISC-V with the vector extension (registers of 128 bits or more), as the profile RVA23 asks for.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "riscv64-unknown-linux-gnu",
      "cpu" = "generic-rv64",
      "features" = "+m,+a,+f,+d,+c,+v",
      "abi" = "lp64d",
      "vector_lanes" = 4 : i64,
      "vector_registers" = 32 : i64,
      "required_features" = ["m", "a", "f", "d", "c", "v"],
      "qemu" = {user = "riscv64", cpu = "rv64,v=on,vlen=128"}>>
} {}
