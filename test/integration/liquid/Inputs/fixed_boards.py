"""fixed_boards.py SUNSPOTS WORK: networks in fixed point give the same integers on boards as in the reference.

Firmware for each board runs the test years of examples/sunspots in an emulator, and its output of every step is compared.
"""
import os
import platform
import sys

import numpy as np

from liquid import call

SUNSPOTS, WORK = sys.argv[1:]
BOARDS = ["mps2-an386", "mps2-an500", "mps3-an547", "rpi4b", "esp32c3", "rv64gcv"]
RANGE = 2
SAMPLES = 8


def host_targets():
    if platform.machine() != "x86_64":
        return ["native"]
    return ["native", "x86-64-v2"] + ["x86-64-v3"] * (" avx2 " in open("/proc/cpuinfo").read())


def run_firmware(model, board, x):
    folder = os.path.join(WORK, "firmware")
    call("rm", "-rf", folder)
    call("lle-compile", model, f"--target={board}", "--emit=firmware", "-o", folder)
    call("make", "-C", folder)
    x.tofile(folder + "/input0.bin")
    call("make", "-C", folder, "run", f"ARGUMENTS=sample={x.shape[1]}")
    return np.fromfile(folder + "/output0.bin", np.int16)


def run_host(model, target, file):
    package, output = os.path.join(WORK, "host.lle"), os.path.join(WORK, "host.npy")
    call("lle-compile", model, f"--target={target}", "-o", package)
    call("lle-run", package, f"--input={file}", f"--output={output}")
    return np.load(output).reshape(-1)


x = np.load(SUNSPOTS + "/test_x.npy")[:SAMPLES]
integers = np.rint(x * (32767 / RANGE)).astype(np.int16)
inputs = os.path.join(WORK, "x.npy")
np.save(inputs, integers)
for name in ("ltc", "cfc"):
    source, fixed, reference = (os.path.join(WORK, file) for file in (name + ".mlir", "fixed.mlir", "reference.npy"))
    call("lle-translate", "--import-nir", f"{SUNSPOTS}/{name}.nir", "-o", source)
    # The head gives every step, not the last one alone.
    text = open(source).read().replace('lle.emit = "last", ', "")
    with open(source, "w") as file:
        file.write(text)
    for bits, boards in ((8, BOARDS), (16, BOARDS[:1])):
        call("lle-opt", source, f"--lle-to-fixed-point=input-range={RANGE} weights={bits} ports=fixed", "-o", fixed)
        call("lle-run", fixed, "--engine=reference", f"--input={inputs}", f"--output={reference}")
        expected = np.load(reference).reshape(-1)
        if len(np.unique(expected)) < 50:
            sys.exit(f"{name}: the reference says little")
        for target in host_targets() + boards:
            found = run_host(fixed, target, inputs) if target not in BOARDS else run_firmware(fixed, target, integers)
            if not np.array_equal(found, expected):
                sys.exit(f"{name} int{bits} {target}: {(found != expected).sum()} of {expected.size} numbers differ")
            print(f"{name} int{bits} {target}: {expected.size} numbers equal", flush=True)
