"""The LTC code of AAAI 2021 by NumPy: a folder of CSV files and what its solvers make of it.

usage: aaai.py FOLDER     FOLDER/*.csv, FOLDER/input.npy, FOLDER/{fused,euler,rk4}.npy
"""
import sys

import numpy as np

UNITS, INPUTS, OUTPUTS, STEPS, UNFOLDS = 4, 3, 2, 8, 6
random = np.random.RandomState(5)
uniform = lambda low, high, *shape: random.uniform(low, high, shape).astype(np.float32)

p = {"vleak": uniform(-.2, .2, UNITS), "gleak": uniform(.5, 1, UNITS), "cm": uniform(.4, .6, UNITS),
     "input_w": uniform(.5, 2, INPUTS), "input_b": uniform(-1, 1, INPUTS), "output_w": uniform(-1, 1, UNITS, OUTPUTS),
     "output_b": uniform(-1, 1, OUTPUTS)}
for prefix, sources in (("", UNITS), ("sensory_", INPUTS)):
    p.update({prefix + "mu": uniform(.3, .8, sources, UNITS), prefix + "sigma": uniform(3, 8, sources, UNITS),
              prefix + "w": uniform(.01, 1, sources, UNITS),
              prefix + "erev": random.choice([-1, 1], (sources, UNITS)).astype(np.float32)})


def conductances(prefix, x):
    return p[prefix + "w"] / (1 + np.exp(-p[prefix + "sigma"] * (x[:, None] - p[prefix + "mu"])))


def slope(x, v):
    s, a = conductances("sensory_", x), conductances("", v)
    current = (s * p["sensory_erev"]).sum(0) + (a * p["erev"]).sum(0) - v * (s.sum(0) + a.sum(0))
    return (p["gleak"] * (p["vleak"] - v) + current) / p["cm"]


def fused(x, v):
    s, a = conductances("sensory_", x), conductances("", v)
    top = p["cm"] * v + p["gleak"] * p["vleak"] + (s * p["sensory_erev"]).sum(0) + (a * p["erev"]).sum(0)
    return top / (p["cm"] + p["gleak"] + s.sum(0) + a.sum(0))


def euler(x, v):
    return v + 0.1 * slope(x, v)


def rk4(x, v):
    k1 = slope(x, v)
    k2 = slope(x, v + 0.05 * k1)
    k3 = slope(x, v + 0.05 * k2)
    return v + 0.1 / 6 * (k1 + 2 * k2 + 2 * k3 + slope(x, v + 0.1 * k3))


folder = sys.argv[1]
for name, value in p.items():
    np.savetxt(f"{folder}/{name}.csv", value)
p = {name: value.astype(np.float64) for name, value in p.items()}
inputs = uniform(-1, 1, STEPS, INPUTS)
np.save(f"{folder}/input.npy", inputs[None])
for solver in (fused, euler, rk4):
    v, outputs = np.zeros(UNITS), []
    for x in inputs.astype(np.float64) * p["input_w"] + p["input_b"]:
        for _ in range(UNFOLDS):
            v = solver(x, v)
        outputs.append(v @ p["output_w"] + p["output_b"])
    np.save(f"{folder}/{solver.__name__}.npy", np.array(outputs))
