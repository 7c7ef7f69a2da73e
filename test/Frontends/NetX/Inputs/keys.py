"""Whether a NetX file has the keys, and only those, that lava-dl's reader takes, each of a form that it takes."""
import sys

import h5py
import numpy as np

NEURONS = {
    "CUBA": ({"type", "iDecay", "vDecay", "vThMant", "refDelay", "gradedSpike"}, set()),
    "SDNN": ({"type", "activation", "vThMant"}, {"sigma_output"}),
    "RF_PHASE": ({"type", "sinDecay", "cosDecay", "vThMant", "gradedSpike"}, set()),
    "RF_IZHIKEVICH": ({"type", "sinDecay", "cosDecay", "vThMant", "gradedSpike"}, set()),
}
WEIGHTS = ["bias", "delay", "weight", "weight/imag", "weight/real", "weight_rec"]
DENSE = {"type", "shape", "weight", "inFeatures", "outFeatures"}
KEYS = {
    "input": ({"type", "shape"}, {"weight", "bias", "neuron"}),
    "conv": ({"type", "shape", "weight", "stride", "padding", "dilation", "groups", "kernelSize", "inChannels",
              "outChannels", "neuron"}, {"bias", "delay"}),
    "flatten": ({"type", "shape"}, set()),
    "dense": (DENSE, {"bias", "delay", "neuron"}),
    "dense_rec": (DENSE | {"weight_rec", "neuron"}, {"bias", "delay"}),
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
        names = [key for key in layer if key not in ("type", "neuron", "weight")]
        arrays = [key for key in WEIGHTS if key in layer and isinstance(layer[key], h5py.Dataset)]
        assert all(integers(layer[key]) for key in names + arrays), kind
        facts = [f"{key} {layer[key].shape}" for key in arrays]
        if "neuron" in layer:
            neuron = layer["neuron"]
            model = text(neuron["type"])
            needed, optional = NEURONS[model]
            assert needed <= set(neuron) <= needed | optional, set(neuron)
            assert all(integers(neuron[key]) for key in set(neuron) - {"type", "activation"})
            assert all(neuron[key].shape == () for key in set(neuron) - {"sinDecay", "cosDecay"})
            assert "activation" not in neuron or text(neuron["activation"]) == "relu"
            facts += [] if model == "CUBA" else [model] + sorted(optional & set(neuron))
        print(f"layer {i}: {kind} {list(layer['shape'][()])} {' '.join(facts)}")
    print("simulation", {key: float(file["simulation"][key][()]) for key in file["simulation"]})
