"""A state dictionary of PyTorch (a zip file with a pickled index and raw tensors) as a NIR file of CUBA layers.

requantise.py MODEL.pt OUT.nir: weights as they are; decays 410 of 4096 and thresholds 1, which lava-dl multiplies by 64.
With a step of dt, dt / tau is the decay, and w_in and r are such that a step adds the weight itself.
"""
import pickle
import sys
import zipfile

import h5py
import numpy as np

DT = 1e-3


def load(path):
    archive = zipfile.ZipFile(path)
    root = next(name for name in archive.namelist() if name.endswith("data.pkl"))[:-len("data.pkl")]

    class Dictionary(dict):
        """Takes the attributes that PyTorch gives it."""

    class Unpickler(pickle.Unpickler):
        def find_class(self, module, name):
            if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
                return lambda storage, offset, size, stride, *rest: np.lib.stride_tricks.as_strided(
                    storage[offset:], size, [4 * s for s in stride]).copy()
            if (module, name) == ("torch", "FloatStorage"):
                return np.float32
            if (module, name) == ("collections", "OrderedDict"):
                return Dictionary
            raise pickle.UnpicklingError(f"{module}.{name} is not expected")

        def persistent_load(self, key):
            _, dtype, number, _, _ = key
            return np.frombuffer(archive.read(f"{root}data/{number}"), dtype)


    return Unpickler(archive.open(root + "data.pkl")).load()


state = load(sys.argv[1])
weights = [state[f"blocks.{i}.synapse.weight"].reshape(state[f"blocks.{i}.synapse.weight"].shape[:2]) for i in range(3)]
decay = 410 / 4096
with h5py.File(sys.argv[2], "w") as file:
    file["version"] = "1.0.7"
    graph = file.create_group("node")
    graph["type"] = "NIRGraph"
    nodes = graph.create_group("nodes")
    names = ["input"]

    def add(name, kind, **parameters):
        node = nodes.create_group(name)
        node["type"] = kind
        for key, value in parameters.items():
            node[key] = value
        if name not in names:
            names.append(name)

    add("input", "Input", shape=np.array([weights[0].shape[1]]))
    for i, weight in enumerate(weights):
        full = lambda value: np.full(len(weight), value, np.float64)
        tau = DT / decay * (1 - 1e-9)  # 410 after the fraction is cut
        add(f"fc{i}", "Linear", weight=weight)
        add(f"lif{i}", "CubaLIF", tau_syn=full(tau), tau_mem=full(tau), r=full(tau / DT), w_in=full(tau / DT),
            v_leak=full(0), v_threshold=full(1), v_reset=full(0))
    add("output", "Output", shape=np.array([len(weights[-1])]))
    graph["edges"] = np.array(list(zip(names, names[1:])), dtype=h5py.string_dtype())
