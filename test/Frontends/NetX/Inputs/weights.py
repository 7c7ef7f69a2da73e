"""What a chip makes of weights, by a transcription of lava-dl's choice of a format and of Lava's dense synapse.

weights.py make FOLDER: one file for each matrix; weights.py compare FOLDER: the weights that were read from them and
written again (FOLDER/NAME.again.net) are what one spike adds.

Format (lava-dl netx/utils.py, optimize_weight_bits): the weights are scaled by the largest power of two with which they
fit 8 bits and a sign, and as many bits are stored as are needed for the bits that are not 0 in all of them. Synapse
(Lava utils/weightutils.py, dense/models.py): clip, cut to the bits stored, sum, shift by the exponent.
"""
import sys

import h5py
import numpy as np

random = np.random.default_rng(11)
shape = (8, 40)
MATRICES = {
    "even": random.integers(-128, 128, shape) * 2,
    "odd": random.integers(-127, 128, shape),
    "odd_and_large": np.where(random.random(shape) < 0.5, random.integers(-256, 255, shape), 0),
    "coarse": random.integers(-4, 4, shape) * 32,
    "small": random.integers(-3, 4, shape),
    "positive": random.integers(0, 256, shape),
    "positive_small": random.integers(0, 5, shape) * 3,
    "negative": random.integers(-256, 0, shape),
    "negative_small": -random.integers(1, 9, shape),
    "none_above_zero": -random.integers(0, 9, shape),
    "out_of_range": random.integers(-300, 300, shape),
    "zero": np.zeros(shape, int),
}
MATRICES["even"][0, 0] = -256


def optimise(weight):
    """Weights, bits, exponent and whether the format is mixed, excitatory or inhibitory."""
    if weight.max() > 254 and weight.min() < 0 or weight.min() < -256 and weight.max() > 0:
        weight = np.clip(weight, -256, 254)
    greatest, least = weight.max(), weight.min()
    sign = "inhibitory" if greatest < 0 else "excitatory" if least >= 0 else "mixed"
    with np.errstate(divide="ignore"):
        scale = {"mixed": np.minimum(np.float64(127) / greatest, np.float64(-128) / least),
                 "inhibitory": np.float64(-256) / least, "excitatory": np.float64(255) / greatest}[sign]
    signed = sign == "mixed"
    scale_bits = int(np.floor(np.log2(scale))) + signed
    n = 8
    while n > 0 and (weight % 2**n).any():
        n -= 1
    return weight << scale_bits, 8 - scale_bits - (n - signed), -scale_bits, sign


def add(weight):
    """What a spike at each synapse adds to the current of the neuron."""
    if not weight.any():
        return weight
    weight, bits, exponent, sign = optimise(weight)
    low, high = (-256, 255) if sign == "mixed" else (0, 255)
    if sign == "inhibitory":
        weight = -np.clip(-weight, low, 256)
    else:
        weight = np.clip(weight, low, high)
    cut = max(8 - bits + (sign == "mixed"), 0)
    weight = -((-weight >> cut) << cut) if sign == "inhibitory" else (weight >> cut) << cut
    return weight >> -exponent


for name, weight in MATRICES.items():
    if sys.argv[1] == "make":
        with h5py.File(f"{sys.argv[2]}/{name}.net", "w") as file:
            layer = file.create_group("layer/0")
            layer["type"], layer["shape"], layer["weight"] = "dense", [shape[0]], weight.astype(np.float32)
            for key, value in {"type": "CUBA", "iDecay": 410, "vDecay": 300, "vThMant": 200}.items():
                layer["neuron/" + key] = value
    else:
        with h5py.File(f"{sys.argv[2]}/{name}.again.net", "r") as file:
            got = file["layer/0/weight"][()]
        print(name, (got != add(weight)).sum(), "differ;", (got != weight).sum(), "changed")
