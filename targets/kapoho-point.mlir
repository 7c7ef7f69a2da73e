// Intel Kapoho Point: a board of eight Loihi 2 chips. Energy and time of what crosses from chip to chip are not published
// and have no entry; crossings are counted.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "NPU" = #dlti.target_device_spec<
      "base" = "loihi2",
      "limits" = {
        system_chips = {value = 8.0 : f64, provenance = "published", source = "8 chips: WikiChip, Loihi 2"},
        board_width = {value = 4.0 : f64, provenance = "assumed",
                       source = "two rows of four chips; how their meshes are joined is not published"}}>>
} {}
