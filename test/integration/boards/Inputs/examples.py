"""examples.py BOARD... : the repository's own networks as firmware on emulated boards, beside this machine.

The whole test splits of digits and sunspots, with their accuracy and error; spikes must be equal, outputs within 2e-6.
"""
import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", "..", "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "python"))
from lle.board import Firmware


def run_here(model, x, work):
    np.save(f"{work}/x.npy", x)
    subprocess.run(["lle-run", model, f"--input={work}/x.npy", f"--output={work}/y.npy"], check=True,
                   stdout=subprocess.DEVNULL)
    return np.load(f"{work}/y.npy")


def digits(board, work):
    folder = f"{ROOT}/examples/digits"
    x, labels = np.load(f"{folder}/test_x.npy"), np.load(f"{folder}/test_y.npy")
    spikes, = Firmware(f"{folder}/digits.nir", board, f"{work}/digits").run(x).values()
    here = run_here(f"{folder}/digits.nir", x, work)
    accuracy = lambda y: (y.sum(1).argmax(1) == labels).mean()
    print(f"{board}: digits: {(spikes != here).sum()} of {here.size} outputs differ; {len(x)} images, accuracy "
          f"{accuracy(spikes):.4f}, here {accuracy(here):.4f}", flush=True)
    if (spikes != here).any():
        sys.exit(1)


def sunspots(board, work):
    folder = f"{ROOT}/examples/sunspots"
    x, target = np.load(f"{folder}/test_x.npy"), np.load(f"{folder}/test_y.npy")
    for name in ("ltc", "cfc"):
        firmware = Firmware(f"{folder}/{name}.nir", board, f"{work}/{name}")
        (y,), (port,) = firmware.run(x).values(), firmware.ports["output"]
        y, here = y[:, -1] if port.is_last else y, run_here(f"{folder}/{name}.nir", x, work)
        mse = lambda found: float(((found.reshape(len(x), -1, 1)[:, -1].astype(float) - target) ** 2).mean())
        difference = float(np.abs(y.astype(float) - here).max())
        print(f"{board}: sunspots, {name}: within {difference:.1e}; {len(x)} years, error {mse(y):.6f}, here "
              f"{mse(here):.6f}", flush=True)
        if not difference <= 2e-6 or abs(mse(y) / mse(here) - 1) > 1e-4:
            sys.exit(1)


# Neurons of differential equations: exponential functions, a singularity that is removed, divisions.
def neurons(board, work):
    for file in sorted(os.listdir(f"{ROOT}/examples/neurons")):
        if not file.endswith(".mlir"):
            continue
        model = f"{ROOT}/examples/neurons/{file}"
        firmware = Firmware(model, board, f"{work}/{file}")
        (port,) = firmware.ports["input"]
        x = np.random.default_rng(5).uniform(0, DRIVE[file], [2, 400] + port.shape).astype(np.float32)
        spikes, here = next(iter(firmware.run(x).values())), run_here(model, x, work)
        print(f"{board}: {file}: {(spikes != here).sum()} of {here.size} differ, {int(here.sum())} spikes", flush=True)
        if (spikes != here).any() or not here.any():
            sys.exit(1)


# Largest input of each, in its own unit.
DRIVE = {"adex.mlir": 2500, "eif.mlir": 2, "hodgkin_huxley.mlir": 40, "izhikevich.mlir": 20, "qif.mlir": 2}

for board in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as work:
        for example in (digits, sunspots, neurons):
            example(board, work)
