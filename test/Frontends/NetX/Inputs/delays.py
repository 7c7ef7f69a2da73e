"""A layer of fully connected synapses with delays, against its definition in NumPy.

delays.py make FOLDER, then delays.py compare FOLDER ENGINE: with latency 1, a(t) = sum of w[o, i] s(t - 1 - d[o, i])[i]
(Lava's DelayDense), and the neurons of dialects/Spk/FixedPoint.td.
"""
import sys

import h5py
import numpy as np

KINDS = ["none", "scalar", "outputs", "inputs", "synapses"]
OUTPUTS, INPUTS, STEPS = 6, 9, 100
action, folder = sys.argv[1:3]

random = np.random.default_rng(7)
weight = random.integers(-60, 100, (OUTPUTS, INPUTS)) * 2
weight[random.random(weight.shape) < 0.2] = 0
bias = random.integers(-9, 9, OUTPUTS)
spikes = (random.random((STEPS, INPUTS)) < 0.15).astype(np.uint8)
delays = {"none": None, "scalar": np.array(3), "outputs": random.integers(0, 9, OUTPUTS),
          "inputs": random.integers(0, 9, INPUTS), "synapses": random.integers(0, 63, (OUTPUTS, INPUTS))}


def simulate(delay):
    each = np.zeros((OUTPUTS, INPUTS), int)
    if delay is not None:
        each += delay[:, None] if delay.shape == (OUTPUTS,) else delay
    u, v, result = np.zeros(OUTPUTS, int), np.zeros(OUTPUTS, int), []
    for t in range(STEPS):
        past = t - 1 - each
        arrived = np.where(past >= 0, spikes[np.maximum(past, 0), np.arange(INPUTS)], 0)
        u = np.sign(u) * (np.abs(u) * (4096 - 410) >> 12) + ((weight * arrived).sum(1) << 6)
        v = np.sign(v) * (np.abs(v) * (4096 - 300) >> 12) + u + (bias << 6)
        fired = v > 200 << 6
        v[fired] = 0
        result.append(fired)
    return np.array(result)


for kind in KINDS:
    if action == "make":
        np.save(f"{folder}/x.npy", spikes[None])
        with h5py.File(f"{folder}/{kind}.net", "w") as file:
            layer = file.create_group("layer/0")
            layer["type"], layer["shape"], layer["weight"], layer["bias"] = "dense", [OUTPUTS], weight, bias
            if delays[kind] is not None:
                layer["delay"] = delays[kind]
            for key, value in {"type": "CUBA", "iDecay": 410, "vDecay": 300, "vThMant": 200}.items():
                layer["neuron/" + key] = value
    else:
        expected = simulate(delays[kind])
        got = np.load(f"{folder}/{kind}.{sys.argv[3]}.npy")[0]
        print(kind, (got != expected).sum(), "of", expected.size, "differ;", expected.sum(), "spikes")
