"""Liquid networks from .nir files back into ncps: the inverse of ncps.py."""
import argparse
import copy
import json

import numpy as np

from . import nirfile
from .cells import FRAMEWORKS, LSTM_ARRAYS
from .errors import ExportError
from .ncps import describe_module
from .quantise import find_grids
from .state import to_numpy

CELLS = ("LTC", "CfC", "WiredCfC")
MASKS = "sparsity_mask"
FORGET_BIAS = LSTM_ARRAYS[1]
# Facts under the names that a configuration has for them.
FACTS = {"activation": "backbone_activation"}


class Parts:
    """What a file has: one cell, and the linear layers behind it (ncps' projection, and a head)."""

    def __init__(self, graph, where):
        cells = [name for name, node in graph.nodes.items() if node["type"] in CELLS]
        if len(cells) != 1:
            raise ExportError(f"{where}: it has {len(cells)} cells of ncps ({', '.join(CELLS)}), expected one")
        self.where, self.cell, layers, name = where, cells[0], [], cells[0]
        for source, target in graph.edges:
            if target == self.cell and graph.nodes[source]["type"] != "Input":
                raise ExportError(f"{where}: node '{source}' stands before the cell, and nothing does in ncps")
        while True:
            following = [target for source, target in graph.edges if source == name]
            name = following[0] if len(following) == 1 else ""
            kind = graph.nodes[name]["type"] if name else "a branch"
            if kind == "Output":
                break
            if kind not in ("Affine", "Linear"):
                raise ExportError(f"{where}: behind the cell there is {f'node {name!r} ({kind})' if name else kind}, expected "
                                  "linear layers")
            layers.append(name)
        self.projection = f"{self.cell}.fc" if layers[:1] == [f"{self.cell}.fc"] else None
        rest = layers[1:] if self.projection else layers
        if len(rest) > 1:
            raise ExportError(f"{where}: node '{rest[1]}' is a second layer behind the cell, expected one head")
        self.head = rest[0] if rest else None


def _arrays(node):
    return {key: np.asarray(value) for key, value in node.items() if np.ndim(value) > 0}


def get_state(node):
    """The state dictionary of a cell, as ncps 1.0.1 for PyTorch has it, in f32. Its LSTM adds 1 to the forget gate, so
    that what the file adds is moved into the bias."""
    state = {}
    for key, value in _arrays(node).items():
        if key == FORGET_BIAS:
            units = len(value) // 4
            value = value.astype(np.float64)
            value[2 * units:3 * units] += float(node["forget_bias"]) - 1
        if key.split(".")[-1] in ("w_tau", "A"):
            value = value.reshape(1, -1)
        state[key if key in LSTM_ARRAYS else f"rnn_cell.{key}"] = value.astype(np.float32)
    return state


def get_config(node):
    """What the state does not say, as export_ncps asks for it."""
    config = {"cell": node["type"]}
    for key, value in node.items():
        if key != "type" and np.ndim(value) == 0:
            config[FACTS.get(key, key)] = value if isinstance(value, str) else np.asarray(value).item()
    if node["type"] == "LTC":
        for which in ("input", "output"):
            config[f"{which}_mapping"] = "affine" if f"{which}_b" in node else "linear" if f"{which}_w" in node else None
    if "forget_bias" in config:
        config["forget_bias"] = 1.0
    for key in ("irregular", "return_sequences"):
        config[key] = bool(config.get(key))
    return config


def convert(graph, where):
    """State dictionary, and the entry for it that export_ncps takes as CONFIG.json."""
    parts = Parts(graph, where)
    node = graph.nodes[parts.cell]
    state, config = get_state(node), get_config(node)
    entry = {"config": config}
    for name, prefix in ((parts.projection, "fc"), (parts.head, "head")):
        if not name:
            continue
        for key, value in _arrays(graph.nodes[name]).items():
            state[f"{prefix}.{key}"] = value.astype(np.float32)
        if prefix == "fc":
            config["proj_size"] = len(state["fc.weight"])
        else:
            entry["head"] = {"type": "Linear", "weight": "head.weight",
                             "bias": "head.bias" if "head.bias" in state else None}
    return state, entry


def save_state(path, state):
    if str(path).endswith(".npz"):
        np.savez(path, **{f"p/{key}": value for key, value in state.items()})
    elif str(path).endswith((".pt", ".pth")):
        try:
            import torch
        except ImportError as error:
            raise ExportError(f"{path}: a file of PyTorch needs the Python package torch (Debian: python3-torch); .npz does "
                              "not") from error
        torch.save({key: torch.from_numpy(value) for key, value in state.items()}, path)
    else:
        raise ExportError(f"{path}: expected a name that ends with .npz, .pt or .pth")


def main():
    parser = argparse.ArgumentParser(prog="python3 -m lle.import_ncps",
                                     description="Writes a liquid network of a .nir file as a state dictionary of ncps, and "
                                                 "what it does not say as a configuration: the inverse of lle.export_ncps.")
    parser.add_argument("model", help="the .nir file, of lle.export_ncps or lle-translate --export-nir")
    parser.add_argument("-o", dest="output", required=True, help="state dictionary to write: .npz or .pt")
    parser.add_argument("--config", required=True, help="JSON file to write")
    args = parser.parse_args()
    state, entry = convert(nirfile.read(args.model), args.model)
    save_state(args.output, state)
    with open(args.config, "w", encoding="utf-8") as file:
        json.dump(entry, file, indent=2)
        file.write("\n")


#
# Live modules
#


def _check_facts(node, module, where):
    """A module of ncps computes what its class says: the file must say the same."""
    config, own = get_config(node), describe_module(module)
    wanted = {**FRAMEWORKS["ncps-torch"], **own}
    if own["mixed_memory"] is True:
        wanted["mixed_memory"] = wanted["memory"]
    for key, value in config.items():
        if key in wanted and key not in ("elapsed_time", "return_sequences", "irregular") and \
                (wanted[key] or "none") != (value or "none"):
            raise ExportError(f"{where}: '{key}' is {value!r}, but the {type(module).__name__} has {wanted[key]!r}")


def _find_owner(module, dataset):
    """The submodule that has the parameter of a dataset, and its name there. A bare cell has no 'rnn_cell'."""
    path = dataset.split(".")
    owner = module if path[0] == "lstm" else getattr(module, "rnn_cell", module)
    for name in path[:-1]:
        owner = owner[int(name)] if name.isdigit() else getattr(owner, name)
    return owner, path[-1]


class _Parameters(dict):
    """What an LTCCell looks its parameters up in: those that are quantised are made anew for each use."""

    def __init__(self, cell, parameters):
        super().__init__(parameters)
        self.cell = cell

    def __getitem__(self, name):
        return getattr(self.cell, name)


def _quantise_cell(module, graph, name):
    from .surrogate import quantise
    node = graph.nodes[name]
    for dataset, grid in find_grids(graph, name).items():
        owner, parameter = _find_owner(module, dataset)
        if node["type"] == "LTC" and isinstance(getattr(owner, "_params", None), dict):
            owner._params = _Parameters(owner, owner._params)
            if node["positivity"] == "clip" and parameter.endswith("w"):
                # What ncps' apply_weight_constraints does to a parameter.
                grid.lowest = np.maximum(grid.lowest, 0)
        quantise(owner, parameter, grid)


def load_module(module, path, head=None, fake_quantise=True):
    """Puts the numbers of the .nir file into a live module of ncps for PyTorch whose sizes are the file's, and into its
    linear `head`. With `fake_quantise`, weights for which the compiler chose bits are trained as such."""
    import torch
    graph = nirfile.read(path)
    parts = Parts(graph, path)
    node = graph.nodes[parts.cell]
    _check_facts(node, module, path)
    # A module of ncps multiplies by its mask, without signs.
    state = {key: np.abs(value) if key.endswith(MASKS) else value for key, value in get_state(node).items()}
    placed = [(*_find_owner(module, key.removeprefix("rnn_cell.")), key, value) for key, value in state.items()]
    for layer, name in ((getattr(module, "fc", None), parts.projection), (head, parts.head)):
        if name and layer is None:
            raise ExportError(f"{path}: node '{name}' is a linear layer behind the cell, and none is given for it")
        if name:
            placed += [(layer, key, f"{name}.{key}", value.astype(np.float32))
                       for key, value in _arrays(graph.nodes[name]).items()]
    for owner, name, key, value in placed:
        parameter = getattr(owner, name, None)
        if parameter is None or tuple(parameter.shape) != value.shape:
            has = "nothing" if parameter is None else f"shape {tuple(parameter.shape)}"
            raise ExportError(f"{path}: '{key}' has shape {value.shape}, and the module has {has} there; make the module with "
                              "the file's sizes and wiring")
    with torch.no_grad():
        for owner, name, key, value in placed:
            getattr(owner, name).copy_(torch.from_numpy(value))
    if fake_quantise:
        from .surrogate import quantise
        _quantise_cell(module, graph, parts.cell)
        for layer, name in ((getattr(module, "fc", None), parts.projection), (head, parts.head)):
            for dataset, grid in find_grids(graph, name).items() if name else ():
                quantise(layer, dataset, grid)
    return module


def save_module(module, path, like, head=None):
    """Writes the .nir file `like`, from which the module was loaded, with the numbers that the module has now."""
    graph = copy.deepcopy(nirfile.read(like))
    parts = Parts(graph, like)
    node = graph.nodes[parts.cell]
    for key, value in _arrays(node).items():
        if key.endswith(MASKS):
            continue
        owner, name = _find_owner(module, key)
        now = to_numpy({key: getattr(owner, name)}, path)[key].reshape(value.shape)
        if key == FORGET_BIAS:
            node["forget_bias"] = np.float64(1)
        node[key] = now
    for layer, name in ((getattr(module, "fc", None), parts.projection), (head, parts.head)):
        for key in _arrays(graph.nodes[name]) if name else ():
            graph.nodes[name][key] = to_numpy({key: getattr(layer, key)}, path)[key]
    graph.write(path)
