// Intel Hala Point: 1,152 Loihi 2 chips. Energy and time of what crosses from chip to chip are not published and have no
// entry; crossings are counted.
module attributes {
  dlti.target_system_spec = #dlti.target_system_spec<
    "NPU" = #dlti.target_device_spec<
      "base" = "loihi2",
      "limits" = {
        chip_cores = {value = 122.0 : f64, provenance = "derived",
                      source = "140,544 cores on 1,152 chips (Intel's announcement of Hala Point)"},
        system_chips = {value = 1152.0 : f64, provenance = "published", source = "1,152 chips: Intel's announcement of Hala Point"},
        board_width = {value = 36.0 : f64, provenance = "assumed",
                       source = "32 rows of 36 chips; how their meshes are joined is not published"}}>>
} {}
