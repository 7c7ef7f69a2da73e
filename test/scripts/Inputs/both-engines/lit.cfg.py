import both_engines
config.name = "sample"
config.suffixes = [".mlir"]
config.test_format = both_engines.BothEnginesTest(False)
config.substitutions = [("%check-reference", "true"), ("%check-native", "true"), ("lle-opt", "true")]
