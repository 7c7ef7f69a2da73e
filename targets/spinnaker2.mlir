// SpiNNcloud SpiNNaker2: what is published of its processing elements (Cortex-M4F, 128 KB), and of the energy and time of
// their operations. Networks become core maps, of which only the emulator is a user: programs of processing elements come with the vendor's software.
// Source, unless named otherwise: S. Scholze et al., "The SpiNNaker2 chip", IEEE OJCAS (2026), arXiv:2607.24396.
// Figures are those of 0.8 V and 300 MHz; sleeping elements, DRAM and packets between elements have no entry.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "NPU" = #dlti.target_device_spec<
      "arithmetic" = "spinnaker2",
      "weights" = {widths = array<i64: 1, 2, 3, 4, 5, 6, 8>, stored = array<i64: 8>, scales = "real", of = "tensors",
                   source = "py-spinnaker2 0.8.0: one scale for the weights of a population, in 8 bits"},
      "limits" = {
        chip_cores = {value = 148.0 : f64, low = 148.0 : f64, high = 152.0 : f64, provenance = "published",
                      source = "152 processing elements, of which the system takes 4"},
        core_neurons = {value = 1024.0 : f64, provenance = "published",
                        source = "the population of the measurement of synaptic events; the greatest number of neurons is not disclosed"},
        core_memory_bytes = {value = 131072.0 : f64, provenance = "published",
                             source = "128 KB of SRAM in 4 banks, for programs and data"},
        core_synapse_bytes = {value = 98304.0 : f64, provenance = "published",
                              source = "about 96 KB of it are data, tightly coupled"},
        weight_bits = {value = 8.0 : f64, provenance = "published",
                       source = "py-spinnaker2 0.8.0 scales the weights of a population to -127 to 127"},
        delay_steps = {value = 7.0 : f64, provenance = "published", source = "py-spinnaker2 0.8.0: delays of 0 to 7 steps"},
        core_data_bytes = {value = 98304.0 : f64, provenance = "published",
                           source = "about 96 KB of a core's memory are data, tightly coupled"},
        router_entries = {value = 16384.0 : f64, provenance = "published",
                          source = "16,384 entries of 32 bits with a mask; SpiNNMachine, version_spin2.py, has the same"},
        grid_width = {value = 7.0 : f64, provenance = "published",
                      source = "SpiNNMachine, version_spin2.py: 38 places of 7 x 6 have four cores; (3, 2), (3, 3), (6, 2), (6, 3), from 0, have none"},
        grid_height = {value = 6.0 : f64, provenance = "published", source = "SpiNNMachine, version_spin2.py"},
        grid_gaps = {value = 152174592.0 : f64, provenance = "published",
                     source = "SpiNNMachine, version_spin2.py: bits 7 y + x of the places without cores"},
        router_cores = {value = 4.0 : f64, provenance = "published", source = "four processing elements at a router"},
        system_chips = {value = 1.0 : f64, provenance = "published", source = "the board of one chip"}},
      "unit_pj" = {
        synaptic_operation = {value = 642.5 : f64, low = 450.0 : f64, high = 642.5 : f64, provenance = "derived",
                              source = "25 cycles an event (300 MHz, 12 million events a second) of 25.7 pJ (152 elements in CoreMark, 1247.9 mW less 75.2 mW off); 450 pJ is arXiv:1903.08941"},
        neuron_update = {value = 2190.0 : f64, provenance = "published",
                         source = "2.19 nJ, arXiv:1903.08941, of a prototype, as keras-spiking cites it"}},
      "unit_ns" = {
        synaptic_operation = {value = 83.3 : f64, provenance = "derived",
                              source = "up to 12 million synaptic events a second on one element"},
        neuron_update = {value = 284.0 : f64, provenance = "assumed",
                         source = "2.19 nJ (arXiv:1903.08941) at the 7.72 mW of an active element"}},
      "notes" = "a step has no shortest time here: elements run by a timer, typically of 1 ms, and one that is late falls behind">>
} {}
