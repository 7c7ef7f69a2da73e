"""State dictionaries with the names of ncps, of random numbers, and their configurations: states.py FOLDER."""
import json
import os
import struct
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Frontends/Liquid/Inputs"))
import nodes  # noqa: E402

COMMON = {"framework": "ncps-torch 1.0.1", "elapsed_time": 1.0, "mixed_memory": False, "return_sequences": True}
with open(os.path.join(os.path.dirname(__file__), "ltc.json")) as file:
    LTC = {**json.load(file), "units": 3, "inputs": 2}
CFC = {**COMMON, "cell": "CfC", "mode": "default", "backbone_activation": "silu", "backbone_layers": 2, "units": 3,
       "inputs": 2}
WIRED = {**COMMON, "cell": "WiredCfC", "mode": "pure", "mixed_memory": True, "units": 9, "motor": 2, "inputs": 2}


def arrays(params, prefix="rnn_cell."):
    """The weights of a node alone, under the names of a module."""
    return {(key if key.startswith("lstm.") else prefix + key): value for key, value in params.items()
            if isinstance(value, np.ndarray) and value.ndim}


def save_safetensors(path, state):
    header, body = {}, b""
    for key, value in state.items():
        data = np.ascontiguousarray(value, value.dtype.newbyteorder("<")).tobytes()
        name = {"float32": "F32", "float64": "F64", "int8": "I8"}[value.dtype.name]
        header[key] = {"dtype": name, "shape": list(value.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps({"__metadata__": {"format": "np"}, **header}).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def make_all():
    """name -> (state, configuration)"""
    return {"ltc": (arrays(nodes.ltc()), LTC), "cfc": (arrays(nodes.cfc()), CFC),
            "wired": (arrays(nodes.wired(mode="pure", mixed="state")), WIRED)}


def main(folder):
    entries = []
    for name, (state, config) in make_all().items():
        np.savez(f"{folder}/{name}.npz", x=np.zeros(1), **{"p/" + key: value for key, value in state.items()})
        save_safetensors(f"{folder}/{name}.safetensors", state)
        with open(f"{folder}/{name}.json", "w") as file:
            json.dump(config, file)
        entries.append({"name": name, "config": config})
    # With the projection of ncps' proj_size.
    np.savez(f"{folder}/proj.npz", **arrays(nodes.cfc()), **{"fc.weight": nodes.array(4, 3), "fc.bias": nodes.array(4)})
    entries.append({"name": "proj", "config": {**CFC, "proj_size": 4}})
    # Inside of a user's own module, with a linear layer behind it.
    state = {"rnn." + key: value for key, value in arrays(nodes.ltc()).items()}
    state.update({"fc.weight": nodes.array(4, 2), "fc.bias": nodes.array(4)})
    np.savez(f"{folder}/head.npz", **state)
    entries.append({"name": "head", "prefix": "rnn.", "timespans": "irregular", "config": LTC,
                    "head": {"type": "Linear", "weight": "fc.weight", "bias": "fc.bias", "outputs": 4}})
    with open(f"{folder}/index.json", "w") as file:
        json.dump(entries, file)


if __name__ == "__main__":
    main(sys.argv[1])
