"""Small models of random weights in the form of the drone papers: small_images.py FOLDER gives NAME.hdf5, params.json and
images.npz."""
import json
import sys

import h5py
import numpy as np

HEIGHT, WIDTH, UNITS, FEATURES = 63, 77, 5, 6
random = np.random.RandomState(3)


def uniform(*shape, low=-0.5, high=0.5):
    return random.uniform(low, high, shape).astype(np.float32)


def layer(name, **arrays):
    return name, [(f"{name}/{key}:0", value) for key, value in arrays.items()]


def trunk(normalised):
    layers = [] if normalised else [("input_1", []), layer("normalization", mean=uniform(3), variance=uniform(3, low=.5, high=1),
                                                           count=np.float32(9))]
    channels = 3
    for i, (size, filters) in enumerate(((5, 4), (5, 3), (5, 4), (3, 5), (3, 2))):
        layers.append(layer(f"time_distributed_{i}", kernel=uniform(size, size, channels, filters) / size,
                            bias=uniform(filters)))
        channels = filters
    # What convolutions of stride 2, 2, 2, 1, 2 without padding leave of 63 x 77: 1 x 2.
    return layers + [("flatten", []), layer("dense", kernel=uniform(1 * 2 * channels, FEATURES), bias=uniform(FEATURES))]


def ltc(motor, wired):
    arrays = {"gleak": uniform(UNITS, low=.1, high=1), "vleak": uniform(UNITS), "cm": uniform(UNITS, low=.4, high=.6)}
    for prefix, sources in (("", UNITS), ("sensory_", FEATURES)):
        arrays.update({prefix + "sigma": uniform(sources, UNITS, low=3, high=8), prefix + "mu": uniform(sources, UNITS),
                       prefix + "w": uniform(sources, UNITS, low=0, high=1), prefix + "erev": uniform(sources, UNITS)})
        if wired:
            arrays[prefix + "erev"] *= random.randint(0, 2, (sources, UNITS))
    return layer("rnn/ltc_cell", **arrays, input_w=uniform(FEATURES), input_b=uniform(FEATURES), output_w=uniform(motor),
                 output_b=uniform(motor))[1]


def cfc(inputs):
    shapes = [(inputs + UNITS, 7)] + [(7, UNITS)] * 4
    return [(f"rnn/cfc_cell/dense_{i}/{part}:0", value) for i, shape in enumerate(shapes)
            for part, value in (("kernel", uniform(*shape)), ("bias", uniform(shape[1])))]


def mixed():
    own = layer("rnn/mixed_cfc_cell", input_kernel=uniform(FEATURES, 4 * UNITS), recurrent_kernel=uniform(UNITS, 4 * UNITS),
                bias=uniform(4 * UNITS))[1]
    return own + cfc(UNITS)


def save(path, layers):
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [name.encode() for name, _ in layers]
        for name, arrays in layers:
            group = file.create_group(name)
            group.attrs["weight_names"] = np.array([key.encode() for key, _ in arrays], dtype="S80")
            for key, value in arrays:
                group.create_dataset(key, data=value)


folder, params = sys.argv[1], {}
head = layer("dense_9", kernel=uniform(UNITS, 4), bias=uniform(4))
CONFIG = "{'backbone_activation': 'silu', 'backbone_layers': 1, 'forget_bias': 1.5}"
for kind, cell in (("ncp", ltc(2, True)), ("ltc", ltc(UNITS, False)), ("cfc", cfc(FEATURES)), ("mixedcfc", mixed())):
    save(f"{folder}/model-{kind}.hdf5", trunk(kind != "cfc") + [("rnn", cell)] + ([] if kind == "ncp" else [head]))
    shape = f"image_shape=({HEIGHT}, {WIDTH}, 3)"
    params[f"model-{kind}.hdf5"] = (f"NCPParams({shape}, seed=1)" if kind == "ncp" else
                                    f"CTRNNParams({shape}, ct_network_type='{kind}', config={CONFIG})")
with open(f"{folder}/params.json", "w") as file:
    json.dump(params, file)
np.savez(f"{folder}/images.npz", images=uniform(5, HEIGHT, WIDTH, 3, low=0, high=255))
