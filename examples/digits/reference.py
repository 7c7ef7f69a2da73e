#!/usr/bin/python3
"""Inference of the trained digits network in plain NumPy: what every compiled version must equal."""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
STEPS = 8  # time steps per inference
DT = 1e-3  # s
TAU = 2e-3  # s; the decay per step is 1 - DT / TAU = 0.5
R = TAU / DT  # so that R * DT / TAU = 1: the current enters unscaled
THRESHOLD = 1.0


class LIF:
    """tau v' = (0 - v) + R x by forward Euler; a spike where v > threshold resets v to 0 at once."""

    def __init__(self, dtype):
        self.beta, self.threshold, self.v = dtype(1 - DT / TAU), dtype(THRESHOLD), dtype(0)
        self.spikes = 0

    def __call__(self, x):
        self.v = self.beta * self.v + x
        z = (self.v - self.threshold > 0).astype(x.dtype)
        self.v = self.v * (1 - z)
        self.spikes = self.spikes + z
        return z


def conv2d(x, weight, bias):  # kernel 3, stride 1, padding 1, cross-correlation
    x = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(2, 3))
    y = np.tensordot(windows, weight, axes=((1, 4, 5), (1, 2, 3)))
    return y.transpose(0, 3, 1, 2) + bias[:, None, None]


def sum_pool2d(x):  # kernel 2, stride 2
    n, c, h, w = x.shape
    return x.reshape(n, c, h // 2, 2, w // 2, 2).sum(axis=(3, 5))


def infer(w, x, dtype=np.float32):
    """x (samples, steps, 1, 8, 8), pixels 0..16 -> the spike counts of each of the four LIF layers."""
    w = {k: v.astype(dtype) for k, v in w.items()}
    lif = {name: LIF(dtype) for name in ("lif1", "lif2", "lif3", "lif4")}
    for t in range(x.shape[1]):
        y = lif["lif1"](conv2d(x[:, t].astype(dtype), w["conv1.weight"], w["conv1.bias"]))
        y = lif["lif2"](conv2d(sum_pool2d(y), w["conv2.weight"], w["conv2.bias"]))
        y = sum_pool2d(y).reshape(len(x), -1)
        y = lif["lif3"](y @ w["fc1.weight"].T + w["fc1.bias"])
        lif["lif4"](y @ w["fc2.weight"].T + w["fc2.bias"])
    return {name: layer.spikes for name, layer in lif.items()}


def load(name):
    return np.load(os.path.join(HERE, name))


if __name__ == "__main__":
    counts = infer(dict(load("weights.npz")), load("test_x.npy"))
    accuracy = float((counts["lif4"].argmax(1) == load("test_y.npy")).mean())
    per_layer = {k: float(v.reshape(len(v), -1).sum(1).mean()) for k, v in counts.items()}
    with open(os.path.join(HERE, "trainer.json")) as f:
        trainer = json.load(f)
    print(f"accuracy {accuracy:.4f}, trainer {trainer['accuracy']:.4f}; spikes per inference", per_layer)
    assert accuracy == trainer["accuracy"] and per_layer == trainer["spikes_per_inference"]["layers"]
