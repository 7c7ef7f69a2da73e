// Intel Loihi 2: what is published of its cores, and of the energy and time of their operations. Nothing is compiled for
// it. No energy of an operation of Loihi 2 has been published: energies are those of Loihi 1 (M. Davies et al., IEEE Micro
// 38 (2018) 82, table 2, 0.75 V, from simulation before silicon), and the factors between the two chips are those of
// Intel's technology brief of Loihi 2 (2021). Hops and links are those of a placed network; no energy of a packet from
// chip to chip has been published.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "NPU" = #dlti.target_device_spec<
      "arithmetic" = "loihi",
      // Assumed: Loihi 1's, whose weights are integers times a power of two that a format says, of all synapses of an axon.
      "weights" = {widths = array<i64: 1, 2, 3, 4, 5, 6, 8>, scales = "powers of two", of = "tensors",
                   source = "nengo-loihi, block.py, WEIGHT_BITS_MAP: no 7; formats have an exponent"},
      "limits" = {
        chip_cores = {value = 128.0 : f64, low = 122.0 : f64, high = 128.0 : f64, provenance = "published",
                      source = "Intel's brief of Loihi 2; 122 of each chip are used in Hala Point (140,544 cores on 1,152 chips)"},
        core_neurons = {value = 8192.0 : f64, provenance = "published",
                        source = "Intel's brief of Loihi 2: up to 8,192, which share the core's memory with synapses and state"},
        core_memory_bytes = {value = 196608.0 : f64, provenance = "published",
                             source = "192 KB, partitioned freely: arXiv:2601.10035, sections II-1 and VI"},
        core_synapse_bytes = {value = 131072.0 : f64, provenance = "published",
                              source = "up to 128 KB of a core's memory: arXiv:2601.10035"},
        weight_bits = {value = 8.0 : f64, low = 1.0 : f64, high = 8.0 : f64, provenance = "assumed",
                       source = "stored weights have at most 8 bits (arXiv:2601.10035); that 7 bits cannot be stored is Loihi 1's table of codes"},
        state_bits = {value = 24.0 : f64, provenance = "assumed", source = "membrane and current of Loihi 1, 23 bits and sign"},
        graded_spike_bits = {value = 32.0 : f64, provenance = "published",
                             source = "Intel's brief of Loihi 2: integer payloads of up to 32 bits"},
        delay_steps = {value = 62.0 : f64, provenance = "assumed", source = "6 bits as on Loihi 1; what lava-dl clamps delays to"},
        index_bits = {value = 12.0 : f64, provenance = "assumed",
                      source = "Loihi 1: indices of synapses have 6 to 12 bits (nengo-loihi, block.py, INDEX_BITS_MAP)"},
        core_in_axons = {value = 4096.0 : f64, provenance = "assumed",
                         source = "Loihi 1, Davies 2018, p. 89, constraint 4; not published of Loihi 2"},
        core_out_axons = {value = 4096.0 : f64, provenance = "assumed",
                          source = "Loihi 1, Davies 2018, p. 89, constraint 3; not published of Loihi 2"},
        core_configurations = {value = 32.0 : f64, provenance = "assumed",
                               source = "Loihi 1: pairs of decays of a core (nengo-loihi, nxsdk_objects.py, MAX_COMPARTMENT_CFGS)"},
        core_thresholds = {value = 8.0 : f64, provenance = "assumed",
                           source = "Loihi 1: thresholds of a core (nengo-loihi, nxsdk_objects.py, MAX_VTH_CFGS)"},
        core_synapse_formats = {value = 8.0 : f64, provenance = "assumed",
                                source = "Loihi 1: formats of synapses of a core (nengo-loihi, nxsdk_objects.py, MAX_SYNAPSE_CFGS)"},
        grid_width = {value = 8.0 : f64, provenance = "published", source = "8 x 4 routers: arXiv:2601.10035, section II-1"},
        grid_height = {value = 4.0 : f64, provenance = "published", source = "8 x 4 routers: arXiv:2601.10035, section II-1"},
        router_cores = {value = 4.0 : f64, provenance = "published", source = "4 cores at a router: arXiv:2601.10035, section II-1"},
        system_chips = {value = 1.0 : f64, provenance = "published", source = "Oheo Gulch, the board of one chip"}},
      "unit_pj" = {
        synaptic_operation = {value = 23.6 : f64, provenance = "assumed",
                              source = "Loihi 1, Davies 2018, table 2: synaptic spike operation (a minimum)"},
        neuron_update = {value = 81.0 : f64, low = 52.0 : f64, high = 81.0 : f64, provenance = "assumed",
                         source = "Loihi 1, Davies 2018, table 2: neuron update, inactive to active"},
        spike = {value = 1.7 : f64, provenance = "assumed",
                 source = "Loihi 1, Davies 2018, table 2: a spike within its tile, to one core"},
        hop_x = {value = 3.0 : f64, provenance = "assumed", source = "Loihi 1, Davies 2018, table 2: tile hop, east or west"},
        hop_y = {value = 4.0 : f64, provenance = "assumed", source = "Loihi 1, Davies 2018, table 2: tile hop, north or south"}},
      "unit_ns" = {
        synaptic_operation = {value = 0.7 : f64, provenance = "derived",
                              source = "3.5 ns on Loihi 1 (Davies 2018, table 2, a maximum) over 5, the factor of Intel's brief"},
        neuron_update = {value = 4.2 : f64, low = 2.65 : f64, high = 4.2 : f64, provenance = "derived",
                         source = "5.3 ns (inactive) to 8.4 ns (active) on Loihi 1 (Davies 2018, table 2) over 2, the factor of Intel's brief"},
        spike = {value = 0.21 : f64, provenance = "derived",
                 source = "2.1 ns on Loihi 1 (Davies 2018, table 2, within a tile) over 10, the factor of Intel's brief for spike generation"},
        link = {value = 0.29 : f64, provenance = "assumed",
                source = "Loihi 1, Davies 2018, table 2: 3.44 billion spikes a second across a tile"},
        step = {value = 200.0 : f64, provenance = "published",
                source = "Intel's brief of Loihi 2: the shortest step of a whole chip is under 200 ns"}}>>
} {}
