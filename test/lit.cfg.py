"""Configuration of LLE's lit suite.

Substitutions beyond the names of tools:
  %check-reference, %check-native  run the file's check ops in one engine; a test has both or none
  %shared_data                     golden data of the reference frameworks (`REQUIRES: shared-data`)
  %python, %cc, %cxx               the distribution's python3 and the compilers of the build
  %lit                             lit itself
  %mlir_lib_dir, %lle_lib_dir      where libraries are
  %mlir_include_dir                where MLIR's .td files are
  %lle_src                         the root of the sources

Features: shared-data, lava-dl-data (test/Frontends/NetX/golden-graded.test), sanitizers, host-<processor>
(host-x86_64, ...), python-h5py, python-torch, qemu-count-plugin, and programs that build and emulate firmware by their
names (make, qemu-system-arm, ...).
"""

import os
import shutil
import subprocess
import sys

from lit.llvm import llvm_config
from lit.llvm.subst import ToolSubst

sys.path.insert(0, os.path.dirname(__file__))
from both_engines import BothEnginesTest
from round_trip import RoundTripTest

round_trip = lit_config.params.get("verify_roundtrip") == "1"

config.name = "LLE"
config.test_format = (RoundTripTest if round_trip else BothEnginesTest)(not llvm_config.use_lit_shell)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "unit", "fuzz"]
config.test_source_root = os.path.dirname(__file__)
# The second run leaves the temporary files of the first alone.
config.test_exec_root = os.path.join(
    config.lle_obj_root, "test-roundtrip" if round_trip else "test")

# Golden data is not part of the repository. With LLE_REQUIRE_DATA=1 the tests that need it run, and
# fail, where it is absent.
shared_data = os.environ.get("LLE_TEST_DATA", config.lle_test_data)
if os.path.isdir(shared_data) or os.environ.get("LLE_REQUIRE_DATA") == "1":
    config.available_features.add("shared-data")
# Recordings of lava-dl's own tests, which not every copy of the data has.
if os.path.isdir(os.path.join(shared_data, "spiking", "netx", "pilotnet_sdnn")):
    config.available_features.add("lava-dl-data")
if config.lle_sanitizer_environment:
    config.available_features.add("sanitizers")
    for setting in config.lle_sanitizer_environment.split(";"):
        name, value = setting.split("=", 1)
        config.environment[name] = value
config.available_features.add("host-" + config.host_processor)
# python/lle works from the source tree; PyTorch is large, and only tests of its files need it.
config.environment["PYTHONPATH"] = os.path.join(config.lle_src_root, "python")
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"
for package in ["h5py", "torch"]:
    if subprocess.run([config.python_executable, "-c", "import importlib.util as u, sys; sys.exit(not u.find_spec('%s'))" % package]).returncode == 0:
        config.available_features.add("python-" + package)

for program in ["make", "cmake", "arm-none-eabi-gcc", "qemu-system-arm", "qemu-system-riscv32", "qemu-aarch64",
                "qemu-riscv32", "qemu-riscv64"]:
    if shutil.which(program):
        config.available_features.add(program)
if os.path.exists(os.path.join(config.lle_obj_root, "lib", "lle-count.so")):
    config.available_features.add("qemu-count-plugin")

binaries = os.path.join(config.lle_obj_root, "bin")
if os.path.exists(os.path.join(binaries, "lle-bench-scale")):
    config.available_features.add("lle-bench")
llvm_config.with_environment("PATH", [binaries, config.llvm_tools_dir], append_path=True)
llvm_config.use_default_substitutions()
config.substitutions += [
    ("%check-reference", "lle-check --engine=reference %s"),
    ("%check-native", "lle-check --engine=native %s"),
    ("%shared_data", shared_data),
    ("%python", config.python_executable),
    ("%lit", os.path.join(config.llvm_tools_dir, "lit")),
    ("%cc", config.c_compiler),
    ("%cxx", config.cxx_compiler),
    ("%mlir_lib_dir", config.mlir_lib_dir),
    ("%mlir_include_dir", config.mlir_include_dir),
    ("%lle_lib_dir", os.path.join(config.lle_obj_root, "lib")),
    ("%lle_src", config.lle_src_root),
]
# Tools are found on PATH; this one is named so that the second run can add to it.
if round_trip:
    llvm_config.add_tool_substitutions(
        [ToolSubst("lle-opt", extra_args=["--verify-roundtrip"])], [binaries])
