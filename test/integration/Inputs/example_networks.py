"""The repository's own networks on their whole test splits: what an engine computes, beside lle-run on this machine.

Spikes are equal, outputs of liquid networks within 2e-6, the accuracy and the error the same.
"""
import os
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.normpath(os.path.join(HERE, "..", "..", "..", "examples"))
TOLERANCE = 2e-6

# Largest input of each neuron of differential equations, in its own unit: exponential functions, a singularity that is
# removed, divisions.
DRIVE = {"adex": 2500, "eif": 2, "hodgkin_huxley": 40, "izhikevich": 20, "qif": 2}


def run_here(model, x, folder):
    np.save(f"{folder}/x.npy", x)
    subprocess.run(["lle-run", model, f"--input={folder}/x.npy", f"--output={folder}/y.npy"], check=True,
                   stdout=subprocess.DEVNULL)
    return np.load(f"{folder}/y.npy")


def run(engine, name, file, x, folder, metric=None):
    """What to print. `engine` as in golden.py; `metric` gives a name and a number of outputs (samples, steps, ...)."""
    os.makedirs(folder)
    network = engine(f"{EXAMPLES}/{file}", [], f"{folder}/program")
    (port,), (found,) = network.ports["output"], network.run(x).values()
    here = run_here(f"{EXAMPLES}/{file}", x, folder)
    if port.is_last:
        found, here = found[:, -1:], here[:, None]
    if port.is_spike:
        text = f"{name}: {(found != here).sum()} of {here.size} outputs differ, {int(here.sum())} spikes"
        is_right = (found == here).all() and here.any()
    else:
        difference = np.abs(found.astype(float) - here).max()
        text = f"{name}: within {difference:.1e}"
        is_right = difference <= TOLERANCE
    if metric:
        what, value, value_here = *metric(found), metric(here)[1]
        text += f"; {len(x)} samples, {what} {value:.6f}, here {value_here:.6f}"
        is_right = is_right and abs(value / value_here - 1) <= (0 if port.is_spike else 1e-4)
    if not is_right:
        sys.exit(text)
    return text


def run_all(engine, work):
    x, labels = (np.load(f"{EXAMPLES}/digits/test_{part}.npy") for part in "xy")
    yield run(engine, "digits", "digits/digits.nir", x, f"{work}/digits",
              lambda spikes: ("accuracy", float((spikes.sum(1).argmax(1) == labels).mean())))
    x, target = (np.load(f"{EXAMPLES}/sunspots/test_{part}.npy") for part in "xy")
    for name in ("ltc", "cfc"):
        yield run(engine, f"sunspots, {name}", f"sunspots/{name}.nir", x, f"{work}/{name}",
                  lambda y: ("mse", float(((y[:, -1].astype(float) - target) ** 2).mean())))
    for name, drive in DRIVE.items():
        path = f"neurons/{name}.mlir"
        x = np.random.default_rng(5).uniform(0, drive, [2, 400, 16]).astype(np.float32)
        yield run(engine, name, path, x, f"{work}/{name}")
