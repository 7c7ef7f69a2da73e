"""Whether a NetX file has the keys, and only those, that lava-dl's reader takes, each of a form that it takes."""
import sys

import h5py
import numpy as np

NEURON = {"type", "iDecay", "vDecay", "vThMant", "refDelay", "gradedSpike"}
DENSE = {"type", "shape", "weight", "inFeatures", "outFeatures"}
KEYS = {
    "input": ({"type", "shape"}, {"weight", "bias", "neuron"}),
    "conv": ({"type", "shape", "weight", "stride", "padding", "dilation", "groups", "kernelSize", "inChannels",
              "outChannels", "neuron"}, {"bias"}),
    "flatten": ({"type", "shape"}, set()),
    "dense": (DENSE, {"bias", "delay", "neuron"}),
    "dense_rec": (DENSE | {"weight_rec", "neuron"}, {"bias"}),
}


def text(dataset):
    value = dataset[()] if dataset.shape == () else dataset[0]
    return value.decode("ascii")


def integers(dataset):
    return np.issubdtype(dataset.dtype, np.integer) or dataset.dtype == bool


with h5py.File(sys.argv[1], "r") as file:
    layers = file["layer"]
    assert sorted(map(int, layers)) == list(range(len(layers)))
    for i in range(len(layers)):
        layer = layers[str(i)]
        kind = text(layer["type"])
        needed, optional = KEYS[kind]
        assert needed <= set(layer) <= needed | optional, (kind, set(layer))
        assert all(integers(value) for key, value in layer.items() if key not in ("type", "neuron")), kind
        if "neuron" in layer:
            neuron = layer["neuron"]
            assert set(neuron) == NEURON, set(neuron)
            assert text(neuron["type"]) == "CUBA" and all(integers(neuron[key]) for key in NEURON - {"type"})
            assert all(neuron[key].shape == () for key in NEURON)
        shapes = " ".join(f"{key} {layer[key].shape}" for key in sorted(layer) if key in ("weight", "weight_rec", "bias", "delay"))
        print(f"layer {i}: {kind} {list(layer['shape'][()])} {shapes}")
    print("simulation", {key: float(file["simulation"][key][()]) for key in file["simulation"]})
