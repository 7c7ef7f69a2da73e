"""Keras models of the drone papers (an image trunk, a liquid cell, a linear layer) as .nir files."""
import argparse
import ast
import json
import os

import numpy as np

from .cells import make_cell
from .errors import ExportError
from .nirfile import Graph, import_h5py

EPILOG = """
The file holds the weights that Keras saves (save_weights, HDF5): in this order convolutions, a dense layer, the cell
and, where there is one, a dense layer behind it, with Rescaling and Normalization in front or without (headless).
What weights do not say comes from params.json of drone_causality, the entry of the file's name or --name: a string
such as "NCPParams(image_shape=(144, 256, 3), ...)" or "CTRNNParams(ct_network_type='cfc', config={...}, ...)"; or an
object of your own:

  {"image_shape": [144, 256, 3],
   "convolutions": [{"stride": 2, "activation": "relu"}, ...],    padding is 'valid'
   "dense_activation": "linear",
   "cell": {"cell": "LTC", "ode_unfolds": 6, ...}}               keys of lle.export_ncps --config; with "wired": true,
                                                                 an LTC has a synapse where erev is not 0

The network takes images as Keras does, (height, width, channels). A normalisation is folded into the first convolution.

example:
  python3 -m lle.export_keras model-ncp.hdf5 --config params.json -o drone.nir
"""

# The trunk of all models of drone_causality (keras_models.py, generate_network_trunk).
DRONE_STRIDES = (2, 2, 2, 1, 2)
# Rescaling(1 / 255) and the least deviation of Keras' Normalization.
RESCALING, MIN_DEVIATION = 1 / 255, 1e-7
# Cells without timespans: kerasncp's LTC and tf_cfc's CfC let a step take 1, tf_cfc's LTC adds 1e-3, and its mixed CfC
# takes 0 (tf_cfc.py). Units have no wiring but in kerasncp's, where a synapse that is absent has erev = 0.
LTC_FACTS = {"cell": "LTC", "framework": "tf_cfc", "positivity": "clip", "epsilon": 1e-8, "input_mapping": "affine",
             "output_mapping": "affine", "mixed_memory": False, "elapsed_time": 1.0, "return_sequences": True}
CFC_FACTS = {"cell": "CfC", "framework": "tf_cfc", "return_sequences": True}


def parse_params(text, where):
    """The class and the arguments of "NCPParams(a=1, ...)"."""
    try:
        call = ast.parse(text, mode="eval").body
        if not isinstance(call, ast.Call) or call.args:
            raise ValueError("it is no call with keywords")
        return call.func.id, {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    except (SyntaxError, ValueError, AttributeError) as error:
        raise ExportError(f"{where}: {text[:60]!r} cannot be read: {error}") from error


def describe_drone(text, where):
    """The description, as a person would write it, of a model of drone_causality."""
    kind, params = parse_params(text, where)
    network = "ncp" if kind == "NCPParams" else params.get("ct_network_type")
    hparams = params.get("config", {})
    if kind not in ("NCPParams", "CTRNNParams") or network not in ("ncp", "ltc", "cfc", "mixedcfc"):
        raise ExportError(f"{where}: a {kind} of type {network!r} is not supported, expected NCPParams, or CTRNNParams of "
                          "type 'ltc', 'cfc' or 'mixedcfc'")
    if network == "ncp":
        cell = {**LTC_FACTS, "ode_unfolds": 6, "wired": True}
    elif network == "ltc":
        cell = {**LTC_FACTS, "ode_unfolds": 3, "elapsed_offset": 1e-3}
    else:
        if hparams.get("minimal"):
            raise ExportError(f"{where}: a minimal CfC of tf_cfc is not supported")
        activation = hparams.get("backbone_activation")
        cell = {**CFC_FACTS, "mode": "no_gate" if hparams.get("no_gate") else "default",
                "activation": "lecun_tanh" if activation == "lecun" else activation,
                "backbone_layers": hparams.get("backbone_layers"), "mixed_memory": network == "mixedcfc",
                "elapsed_time": 0.0 if network == "mixedcfc" else 1.0, "forget_bias": hparams.get("forget_bias", 1)}
    return {"image_shape": params.get("image_shape"), "dense_activation": "linear", "cell": cell,
            "convolutions": [{"stride": stride, "activation": "relu"} for stride in DRONE_STRIDES]}


def read_description(path, model, name):
    with open(path, encoding="utf-8") as file:
        try:
            content = json.load(file)
        except ValueError as error:
            raise ExportError(f"{path}: this is no JSON: {error}") from error
    if isinstance(content, dict) and "cell" in content:
        return content
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise ExportError(f"{path}: expected an object with a 'cell', or params.json of drone_causality")
    # Some file systems have no ':' in names, and copies are put under longer ones.
    wanted = (name or os.path.basename(model)).replace(":", "-")
    found = [key for key in content if wanted.endswith(key.replace(":", "-"))]
    if len(found) != 1:
        raise ExportError(f"{path}: {len(found)} of its {len(content)} entries are for '{wanted}'; --name chooses one: "
                          + ", ".join(content))
    return describe_drone(content[found[0]], f"{path}: '{found[0]}'")


def read_layers(path):
    """[(name of the layer, [(name of the array, array), ...]), ...] of those with weights, in the order of the model."""
    h5py = import_h5py()
    with open(path, "rb"):
        pass
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise ExportError(f"{path}: this is no HDF5 file: {error}") from error
    with file:
        root = file["model_weights"] if "model_weights" in file else file
        if "layer_names" not in root.attrs:
            raise ExportError(f"{path}: these are no weights of Keras: the attribute 'layer_names' is missing")
        layers = []
        for name in map(_text, root.attrs["layer_names"]):
            arrays = []
            for key in map(_text, root[name].attrs["weight_names"]):
                if key not in root[name]:
                    raise ExportError(f"{path}: layer '{name}': the array '{key}' is missing")
                arrays.append((key, np.asarray(root[name][key])))
            if arrays:
                layers.append((name, arrays))
        return layers


def _text(name):
    return name.decode("utf-8") if isinstance(name, bytes) else str(name)


def last_part(key):
    """'rnn/ltc_cell/gleak:0' is gleak."""
    return key.rsplit("/", 1)[-1].split(":", 1)[0]


class Model:
    """The layers of a file by what they are for."""

    def __init__(self, path):
        self.convolutions, self.dense, self.cell, self.head, self.normalisation = [], None, None, None, None
        for name, arrays in read_layers(path):
            parts = {last_part(key): array for key, array in arrays}
            kernel = parts.get("kernel")
            if kernel is not None and len(arrays) == 2 and "bias" in parts and kernel.ndim in (2, 4):
                self._add_layer(path, name, kernel, parts["bias"])
            elif {"mean", "variance"} <= parts.keys() and not self.convolutions:
                self.normalisation = (parts["mean"], parts["variance"])
            elif self.dense is not None and self.cell is None:
                self.cell = arrays
            else:
                raise ExportError(f"{path}: layer '{name}' with {', '.join(parts)} is not expected there")
        if not self.convolutions or self.dense is None or self.cell is None:
            raise ExportError(f"{path}: expected convolutions, a dense layer and a recurrent cell, in this order")

    def _add_layer(self, path, name, kernel, bias):
        if kernel.ndim == 4 and self.dense is None:
            self.convolutions.append((kernel, bias))
        elif kernel.ndim == 2 and self.dense is None and self.convolutions:
            self.dense = (kernel, bias)
        elif kernel.ndim == 2 and self.cell is not None and self.head is None:
            self.head = (kernel, bias)
        else:
            raise ExportError(f"{path}: layer '{name}' with a kernel of shape {kernel.shape} is not expected there")


def get_cell_state(arrays, config, where):
    """The cell's arrays by the names of ncps, and its configuration. Keras' kernels are (inputs, outputs)."""
    parts = {last_part(key): array for key, array in arrays}
    config = dict(config)
    if config.get("cell") == "LTC":
        if config.pop("wired", False):
            masks = {prefix + "sparsity_mask": (parts[prefix + "erev"] != 0).astype(np.int8)
                     for prefix in ("", "sensory_") if prefix + "erev" in parts}
            parts.update(masks)
        return parts, config
    dense = [(key, array) for key, array in arrays if last_part(key) in ("kernel", "bias")]
    count = (len(dense) - 8) // 2
    # An LSTM's bias is no dense layer's.
    memory = {last_part(key): array for key, array in arrays if last_part(key) in ("input_kernel", "recurrent_kernel")}
    if memory:
        bias = next(item for item in dense if item[1].size == memory["input_kernel"].shape[1])
        dense.remove(bias)
        count = (len(dense) - 8) // 2
    if len(dense) % 2 or count < 0:
        raise ExportError(f"{where}: the cell has {len(dense)} kernels and biases, expected those of a backbone, ff1, ff2, "
                          "time_a and time_b")
    state = {}
    names = [f"backbone.{i}" for i in range(count)] + ["ff1", "ff2", "time_a", "time_b"]
    for name, (_, kernel), (_, vector) in zip(names, dense[::2], dense[1::2]):
        state[name + ".weight"] = np.ascontiguousarray(kernel.T)
        state[name + ".bias"] = vector
    if memory:
        state["lstm.input_map.weight"] = np.ascontiguousarray(memory["input_kernel"].T)
        state["lstm.recurrent_map.weight"] = np.ascontiguousarray(memory["recurrent_kernel"].T)
        state["lstm.input_map.bias"] = bias[1]
    return state, config


def fold_normalisation(kernel, bias, normalisation):
    """A convolution without padding of (x / 255 - mean) / deviation, as one of x. HWIO."""
    mean, variance = (np.asarray(part, np.float64).reshape(-1) for part in normalisation)
    deviation = np.maximum(np.sqrt(variance), MIN_DEVIATION)
    scaled = kernel / deviation[:, None]
    offset = np.einsum("hwio,i->o", scaled, mean)
    return (scaled * RESCALING).astype(np.float32), (bias - offset).astype(np.float32)


def add_trunk(graph, model, description, where):
    """input (H, W, C) -> transpose -> convolutions -> flatten -> dense. Returns the path so far and the width."""
    shape = list(description.get("image_shape") or [])
    specs = description.get("convolutions") or []
    if len(shape) != 3 or len(specs) != len(model.convolutions):
        raise ExportError(f"{where}: 'image_shape' must have 3 numbers, and 'convolutions' {len(model.convolutions)} "
                          f"entries; got {shape} and {len(specs)}")
    graph.add("input", "Input", shape=np.array(shape))
    graph.add("channels_first", "Transpose", permutation=np.array([2, 0, 1]))
    path = ["input", "channels_first"]
    height, width, channels = shape
    for i, ((kernel, bias), spec) in enumerate(zip(model.convolutions, specs)):
        if i == 0 and model.normalisation is not None:
            kernel, bias = fold_normalisation(kernel, bias, model.normalisation)
        if kernel.shape[2] != channels:
            raise ExportError(f"{where}: convolution {i} takes {kernel.shape[2]} channels, but {channels} arrive")
        stride = spec.get("stride") if isinstance(spec, dict) else None
        if not isinstance(stride, int) or stride < 1:
            raise ExportError(f"{where}: convolution {i} needs a 'stride' of 1 or more, got {spec!r}")
        graph.add(f"conv{i}", "Conv2d", weight=np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)), bias=bias,
                  stride=np.array([stride, stride]), padding=np.array([0, 0]), dilation=np.array([1, 1]),
                  groups=np.int64(1))
        path.append(f"conv{i}")
        add_activation(graph, path, spec.get("activation", "linear"))
        height, width = (height - kernel.shape[0]) // stride + 1, (width - kernel.shape[1]) // stride + 1
        channels = kernel.shape[3]
    kernel, bias = model.dense
    if kernel.shape[0] != height * width * channels:
        raise ExportError(f"{where}: the dense layer takes {kernel.shape[0]} values, but {height} x {width} x {channels} "
                          "arrive")
    graph.add("flatten", "Flatten", start_dim=np.int64(0), end_dim=np.int64(-1))
    # Keras flattens channels last.
    weight = kernel.reshape(height, width, channels, -1).transpose(3, 2, 0, 1).reshape(kernel.shape[1], -1)
    graph.add("dense", "Affine", weight=np.ascontiguousarray(weight), bias=bias)
    path += ["flatten", "dense"]
    add_activation(graph, path, description.get("dense_activation", "linear"))
    return path, kernel.shape[1]


def add_activation(graph, path, function):
    """After the last node of the path."""
    if function != "linear":
        graph.add(path[-1] + ".act", "Activation", function=function)
        path.append(path[-1] + ".act")


def export_keras(model_path, config_path, output, name=None):
    description = read_description(config_path, model_path, name)
    model = Model(model_path)
    where = f"{model_path} ({config_path})"
    graph = Graph()
    path, width = add_trunk(graph, model, description, where)
    node_type, params, inputs, outputs = make_cell(*get_cell_state(model.cell, description["cell"], where), where)
    if inputs != width:
        raise ExportError(f"{where}: the cell takes {inputs} values, but the dense layer gives {width}")
    graph.add_node("rnn", node_type, params)
    path.append("rnn")
    if model.head is not None:
        kernel, bias = model.head
        graph.add("head", "Affine", weight=np.ascontiguousarray(kernel.T), bias=bias)
        path.append("head")
        outputs = kernel.shape[1]
    graph.add("output", "Output", shape=np.array([outputs]))
    graph.chain(*path, "output")
    graph.write(output)


def main():
    parser = argparse.ArgumentParser(prog="python3 -m lle.export_keras", epilog=EPILOG,
                                     formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description="Writes a Keras model of an image trunk and a liquid cell as a .nir file.")
    parser.add_argument("model", help="weights as Keras saves them (.hdf5, .h5)")
    parser.add_argument("--config", required=True, help="params.json of drone_causality, or an object of your own")
    parser.add_argument("--name", help="which entry of params.json, where the file's name does not tell")
    parser.add_argument("-o", dest="output", required=True, help="the .nir file to write")
    args = parser.parse_args()
    export_keras(args.model, args.config, args.output, args.name)
