// Intel Xeon Scalable of the fourth generation (Sapphire Rapids), as the processor of a virtual machine: one core, whose clock
// is the one measured there. The code is that of x86-64-v4, which runs on others, too; figures are of this machine.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<
      "triple" = "x86_64-unknown-linux-gnu",
      "cpu" = "x86-64-v4",
      "vector_lanes" = 16 : i64,
      "vector_registers" = 32 : i64,
      // 2.1 GHz by products of integers that wait for each other (3 cycles each), on an otherwise busy machine; 2.3 for
      // some minutes.
      "clock_hz" = 2095000000 : i64,
      // Cycles of the time that networks of one layer or cell take on such a machine (lscpu: family 6, model 167, 48 KiB of
      // L1d and 2 MiB of L2 a core; Debian 12, LLVM 22.1.8), fitted by scripts/fit-unit-costs.sh --measure sapphire-rapids;
      // limits are those of the networks that were fitted.
      "cycles" = {
        near_bytes = {value = 49152.0 : f64, low = 49152.0 : f64, high = 49152.0 : f64, provenance = "published",
          source = "L1d of 48 KiB: Intel 64 and IA-32 Architectures Optimization Reference Manual, Golden Cove"},
        far_byte = {value = 0.0208 : f64, low = 0.0156 : f64, high = 0.0208 : f64, provenance = "assumed",
          source = "48 bytes a cycle sustained, 64 at most, from L2 of Ice Lake, the same manual, cache parameters"}},
      "unit_cycles" = {
        neuron_update = {value = 0.143 : f64, low = 0.0708 : f64, high = 0.481 : f64, provenance = "measured",
          source = "populations of 16 to 4,000 LIF, IF, LI and CubaLIF neurons"},
        state_update = {value = 0.0712 : f64, low = 0.0352 : f64, high = 0.239 : f64, provenance = "measured",
          source = "populations of 16 to 4,000 LIF, IF, LI and CubaLIF neurons"},
        operation = {value = 6.31 : f64, low = 3.12 : f64, high = 21.2 : f64, provenance = "measured",
          source = "populations of 16 to 4,000 LIF, IF, LI and CubaLIF neurons"},
        pooled_element = {value = 0.0407 : f64, low = 0.0246 : f64, high = 0.0653 : f64, provenance = "derived",
          source = "LLVM's model of the code of 2 x 2 pools behind populations of 8, 16 and 32 channels of 16 x 16"},
        mac = {value = 0.0252 : f64, low = 0.0221 : f64, high = 0.0413 : f64, provenance = "measured",
          source = "CfC cells of 8 to 40 units whose weights fit L1d"},
        transcendental = {value = 1.75 : f64, low = 1.53 : f64, high = 2.87 : f64, provenance = "measured",
          source = "CfC cells of 8 to 40 units whose weights fit L1d"},
        liquid_synapse = {value = 0.627 : f64, low = 0.562 : f64, high = 0.724 : f64, provenance = "measured",
          source = "LTC cells of 8 to 64 neurons"},
        unfold = {value = 1.90 : f64, low = 1.70 : f64, high = 2.19 : f64, provenance = "measured",
          source = "LTC cells of 8 to 64 neurons"}},
      // The same of networks of one synapse, by scripts/sweep-synapses-on-board.py --measure sapphire-rapids. Unlike those
      // of x86-64-v4 they have no population in them. `far_vector` is x86-64-v4's.
      "synapse_cycles" = {
        far_vector = 7.0 : f64, cache_bytes = 2097152.0 : f64,
        linear_spikes = {dense_element = 0.944 : f64, dense_vector = 1.39 : f64, event_word = 2.86 : f64,
                         event_element = 0.73 : f64, event_vector = 1.12 : f64, event_branch = 0.0 : f64},
        linear_numbers = {dense_element = 1.39 : f64, dense_vector = 1.04 : f64, event_word = 10.5 : f64,
                          event_element = 1.02 : f64, event_vector = 1.39 : f64, event_branch = 0.0 : f64},
        conv_spikes = {dense_element = 0.0 : f64, dense_vector = 1.07 : f64, event_word = 11.9 : f64,
                       event_element = 0.0 : f64, event_vector = 1.1 : f64, event_branch = 0.0871 : f64},
        conv_numbers = {dense_element = 0.0 : f64, dense_vector = 1.11 : f64, event_word = 23.9 : f64,
                        event_element = 1.25 : f64, event_vector = 1.23 : f64, event_branch = 4.6 : f64}},
      "required_features" = [
        "sse", "sse2", "sse3", "ssse3", "sse4.1", "sse4.2", "cmov", "cx8", "cx16", "fxsr", "mmx", "popcnt", "sahf", "x87",
        "avx", "avx2", "bmi", "bmi2", "crc32", "f16c", "fma", "lzcnt", "movbe", "xsave",
        "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]>>
} {}
