import round_trip
config.name = "sample"
config.suffixes = [".test"]
config.test_format = round_trip.RoundTripTest(False)
config.substitutions = [("lle-opt", "true"), ("lle-run", "false")]
