"""Steps shared by the liquid tests: export a saved state, compile it, run it."""
import os
import re
import subprocess
import sys

import numpy as np


def call(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nexit status {done.returncode}\n{done.stderr}")
    return done.stdout


def export(state, config, name, path):
    call(sys.executable, "-m", "lle.export_ncps", state, "--config", config, "--name", name, "-o", path)


def run(model, work, x, timespans=None, engine="native", state_in=None):
    """The outputs and the states after the last step."""
    file = lambda name: os.path.join(work, name)
    np.save(file("x.npy"), x)
    command = ["lle-run", model, f"--input={file('x.npy')}", f"--output={file('y.npy')}",
               f"--state-out={file('after.npz')}", f"--engine={engine}"]
    if timespans is not None:
        np.save(file("dt.npy"), timespans)
        command.append(f"--timespans={file('dt.npy')}")
    if state_in is not None:
        np.savez(file("before.npz"), **state_in)
        command.append(f"--state-in={file('before.npz')}")
    call(*command)
    return np.load(file("y.npy")), dict(np.load(file("after.npz")))


def final_state(states):
    """The states in ncps's order: v or h of each layer, then the memory of a mixed-memory cell."""
    def rank(key):
        layer = re.search(r"layer_(\d+)", key)
        return (key.endswith("/c"), int(layer.group(1)) if layer else 0)
    return np.concatenate([states[key].reshape(len(states[key]), -1) for key in sorted(states, key=rank)], axis=1)


def difference(a, b, what):
    if a.shape != b.shape:
        sys.exit(f"{what}: shape {a.shape}, expected {b.shape}")
    return float(np.abs(a.astype(float) - b.astype(float)).max())


def require(error, limit, what):
    if not error <= limit:
        sys.exit(f"{what}: {error:.3g} is more than {limit:g}")
