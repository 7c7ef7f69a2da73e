"""Networks of which lava-dl's own tests have what Lava gave: golden_graded.py DATA FOLDER make|compare"""
import sys

import h5py
import numpy as np

data, folder, action = sys.argv[1:]
pilotnet, resonators = f"{data}/spiking/netx/pilotnet_sdnn", f"{data}/spiking/netx/complex_dense"


def to_steps(array):
    """(width, height, channels, steps) as (steps, channels, height, width)."""
    return array.transpose(3, 2, 1, 0)


if action == "make":
    picture = to_steps(np.load(f"{pilotnet}/input.npy")).astype(np.int32)
    np.save(f"{folder}/picture.npy", np.repeat(picture, 9, 0)[None])
    # What the encoder sent, 2^6 for an input of one, without threshold: its input is the sum.
    sent = to_steps(np.load(f"{pilotnet}/act0.npy")[:33, :33])
    np.save(f"{folder}/square.npy", (np.cumsum(sent, 0) / 64).astype(np.int32)[None])
    np.save(f"{folder}/spikes.npy", np.load(f"{resonators}/in.npy").T.astype(np.uint8)[None])
    with h5py.File(f"{folder}/resonators.net", "w") as file:
        layer = file.create_group("layer/0")
        layer["type"], layer["shape"] = "dense", [256]
        layer["weight/real"] = np.load(f"{resonators}/weight_r.npy")
        layer["weight/imag"] = np.load(f"{resonators}/weight_img.npy")
        # A period of 11 steps, of which each loses 5 %.
        layer["neuron/type"], layer["neuron/vThMant"] = "RF_PHASE", 25
        layer["neuron/sinDecay"] = int(0.95 * np.sin(2 * np.pi / 11) * 4096)
        layer["neuron/cosDecay"] = int(0.95 * np.cos(2 * np.pi / 11) * 4096)
else:
    pairs = {"steering": (np.load(f"{folder}/steering.npy")[0], np.load(f"{pilotnet}/output.npy").T)}
    for layer in range(1, 5):
        pairs[f"sigmas of layer {layer}"] = (np.load(f"{folder}/{layer}.npy")[0],
                                             to_steps(np.load(f"{pilotnet}/sigma{layer}_square.npy")))
    pairs["resonators"] = (np.load(f"{folder}/resonators.npy")[0], np.load(f"{resonators}/out.npy").T)
    for name, (got, expected) in pairs.items():
        assert got.shape == expected.shape, (got.shape, expected.shape)
        spikes = f"; {int(expected.sum())} spikes" if name == "resonators" else ""
        print(f"{name} {(got != expected).sum()} of {expected.size} differ{spikes}")
