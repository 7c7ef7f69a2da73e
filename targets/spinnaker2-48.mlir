// SpiNNcloud: a board of 48 SpiNNaker2 chips. Energy and time of what crosses from chip to chip have no entry; crossings
// are counted.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "NPU" = #dlti.target_device_spec<
      "base" = "spinnaker2",
      "limits" = {
        system_chips = {value = 48.0 : f64, provenance = "published", source = "py-spinnaker2, SpiNNcloud48NodeBoard"},
        board_hexagon = {value = 48.0 : f64, provenance = "assumed",
                         source = "the hexagon of the 48 chips of a board of SpiNNaker (SpiNN-5)"}}>>
} {}
