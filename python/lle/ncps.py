"""Liquid networks of ncps (LTC, CfC, wired CfC) as .nir files."""
import argparse
import json

import numpy as np

from .cells import make_cell, take
from .errors import ExportError
from .nirfile import Graph
from .state import load_state, to_numpy

EPILOG = """
CONFIG.json is an object that says what the state does not:

  cell              LTC, CfC or WiredCfC
  framework         ncps-torch, ncps-keras or tf_cfc: what the implementation does for all of its cells. Without it,
                    the facts one by one: solver, gate_sign, head_activation, mask_kind, memory, forget_bias
  return_sequences  true: every step gives a result; false: the last one does
  mixed_memory      true: an LSTM stands before the cell
  elapsed_time      the time that a step takes (1 in ncps without timespans); or irregular = true: an input
  LTC:              positivity (clip or softplus: implicit_param_constraints), ode_unfolds, epsilon, input_mapping
                    and output_mapping (affine, linear or null), motor
  CfC:              mode (default, pure or no_gate), backbone_activation
  WiredCfC:         mode
  units, inputs, motor, backbone_layers   are compared with the arrays, where they are there

or an object with such a one as "config" beside "prefix", "timespans" and a linear "head" ({"type": "Linear",
"weight": KEY, "bias": KEY}), or a list of those, from which --name chooses. Masks are read from the state.

example:
  python3 -m lle.export_ncps model.pt --config model.json --prefix rnn. -o model.nir
  lle-compile model.nir -o model.lle
"""


def strip_prefix(state, prefix):
    """The arrays of the network, with the names that they have in the cell."""
    own = {key[len(prefix):]: value for key, value in state.items() if key.startswith(prefix)}
    return {key.removeprefix("rnn_cell."): value for key, value in own.items()}


def get_head(state, head, where):
    """Weight and bias of a linear layer behind the cell."""
    if head.get("type") != "Linear":
        raise ExportError(f"{where}: the head's type is {head.get('type')!r}, expected 'Linear'")
    if "weight" not in head:
        raise ExportError(f"{where}: the head names no 'weight'")
    weight = take(state, head["weight"], where, (head.get("outputs"), None))
    bias = take(state, head["bias"], where, (weight.shape[0],)) if head.get("bias") else None
    return weight, bias


def build_graph(state, config, where, prefix="", head=None):
    """input -> rnn [-> rnn.fc] [-> head] -> output. `head` is a pair of weight and bias (or None)."""
    own = strip_prefix(state, prefix)
    if not own:
        raise ExportError(f"{where}: no key begins with '{prefix}'; the first is '{next(iter(state))}'")
    node_type, params, inputs, outputs = make_cell(own, config, where)
    graph = Graph()
    graph.add("input", "Input", shape=np.array([inputs]))
    graph.add_node("rnn", node_type, params)
    path = ["input", "rnn"]
    layers = []
    if config.get("proj_size"):
        layers.append(("rnn.fc", take(own, "fc.weight", where, (config["proj_size"], None)), take(own, "fc.bias", where)))
    if head is not None:
        layers.append(("head", *head))
    for name, weight, bias in layers:
        if weight.shape[1] != outputs:
            raise ExportError(f"{where}: the weight of '{name}' has shape {weight.shape}, but {outputs} values arrive")
        graph.add(name, "Linear" if bias is None else "Affine", weight=weight, bias=bias)
        outputs = weight.shape[0]
        path.append(name)
    graph.add("output", "Output", shape=np.array([outputs]))
    graph.chain(*path, "output")
    return graph


def read_config(path, name):
    """The configuration, and the entry that it is in."""
    with open(path, encoding="utf-8") as file:
        try:
            entry = json.load(file)
        except ValueError as error:
            raise ExportError(f"{path}: this is no JSON: {error}") from error
    if isinstance(entry, list):
        names = [str(item.get("name")) for item in entry if isinstance(item, dict)]
        found = [item for item in entry if isinstance(item, dict) and item.get("name") == name]
        if len(found) != 1:
            shown = ", ".join(names[:20]) + (", ..." if len(names) > 20 else "")
            raise ExportError(f"{path}: it lists {len(names)} networks, and "
                              f"{'--name chooses one' if name is None else f'none is {name!r}'}: {shown}")
        entry = found[0]
    if not isinstance(entry, dict):
        raise ExportError(f"{path}: it holds a {type(entry).__name__}, expected an object")
    config = entry.get("config", entry)
    if not isinstance(config, dict):
        raise ExportError(f"{path}: 'config' is no object")
    if entry.get("timespans"):
        config = {**config, "irregular": True}
    return config, entry


def export_state(path, config_path, output, name=None, prefix=None, irregular=False):
    config, entry = read_config(config_path, name)
    if irregular:
        config = {**config, "irregular": True}
    state = load_state(path)
    head = get_head(state, entry["head"], path) if entry.get("head") else None
    prefix = entry.get("prefix", "") if prefix is None else prefix
    where = f"{path} ({config_path})"
    build_graph(state, config, where, prefix, head).write(output)


def main():
    parser = argparse.ArgumentParser(prog="python3 -m lle.export_ncps", epilog=EPILOG,
                                     formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description="Writes a trained network of ncps as a .nir file, which lle-compile, "
                                                 "lle-run and lle-translate read.")
    parser.add_argument("state", help="state dictionary: .pt (needs python3-torch), .npz or .safetensors; keys of an "
                                      ".npz may begin with 'p/'")
    parser.add_argument("--config", required=True, help="JSON file that says what the state does not, see below")
    parser.add_argument("--name", help="which network of a list")
    parser.add_argument("--prefix", help="what the keys of the liquid layer begin with, up to 'rnn_cell.' (\"rnn.\"); "
                                         "default: what CONFIG says, or nothing")
    parser.add_argument("--irregular", action="store_true",
                        help="the elapsed time is an input of each step, 'timespans', instead of elapsed_time")
    parser.add_argument("-o", dest="output", required=True, help="the .nir file to write")
    args = parser.parse_args()
    export_state(args.state, args.config, args.output, args.name, args.prefix, args.irregular)


#
# Live modules
#

# The classes of a backbone's functions in ncps.
BACKBONE_FUNCTIONS = {"LeCun": "lecun_tanh", "Tanh": "tanh", "ReLU": "relu", "SiLU": "silu", "GELU": "gelu"}


def get_attribute(module, name):
    if not hasattr(module, name):
        raise ExportError(f"{type(module).__name__}: it has no attribute '{name}', which that of ncps 1.0.1 has")
    return getattr(module, name)


def describe_cell(cell):
    """The facts that the attributes of a cell of ncps 1.0.1 tell."""
    kind = type(cell).__name__
    if kind == "LTCCell":
        constrained = get_attribute(cell, "_implicit_param_constraints")
        return {"cell": "LTC", "positivity": "softplus" if constrained else "clip",
                "ode_unfolds": get_attribute(cell, "_ode_unfolds"), "epsilon": get_attribute(cell, "_epsilon"),
                "input_mapping": get_attribute(cell, "_input_mapping"),
                "output_mapping": get_attribute(cell, "_output_mapping"),
                "motor": int(get_attribute(cell, "motor_size"))}
    if kind == "WiredCfCCell":
        return {"cell": "WiredCfC", "mode": get_attribute(get_attribute(cell, "_layers")[0], "mode")}
    if kind == "CfCCell":
        config = {"cell": "CfC", "mode": get_attribute(cell, "mode")}
        backbone = get_attribute(cell, "backbone")
        if backbone is not None:
            function = type(list(backbone)[1]).__name__
            if function not in BACKBONE_FUNCTIONS:
                raise ExportError(f"{kind}: the backbone's function is a {function}, expected "
                                  f"{', '.join(BACKBONE_FUNCTIONS)}")
            config["backbone_activation"] = BACKBONE_FUNCTIONS[function]
        return config
    raise ExportError(f"{kind}: expected an LTC, CfC, LTCCell, CfCCell or WiredCfCCell of ncps for PyTorch")


def describe_module(module):
    """The configuration of a live module."""
    kind = type(module).__name__
    config = {"framework": "ncps-torch", "elapsed_time": 1.0, "mixed_memory": False, "return_sequences": True}
    if kind not in ("LTC", "CfC"):
        return {**config, **describe_cell(module)}
    config.update(describe_cell(get_attribute(module, "rnn_cell")))
    config.update(mixed_memory=bool(get_attribute(module, "use_mixed")),
                  return_sequences=bool(get_attribute(module, "return_sequences")))
    if kind == "CfC":
        config["proj_size"] = get_attribute(module, "proj_size")
    return config


def export_module(module, path, head=None, irregular=False, elapsed_time=1.0, return_sequences=None):
    """Writes a live LTC, CfC, LTCCell, CfCCell or WiredCfCCell of ncps for PyTorch as the .nir file `path`.

    head              a linear layer that takes what the module gives (torch.nn.Linear)
    irregular         the elapsed time is an input of each step, 'timespans'
    elapsed_time      else, how long a step takes; ncps takes 1 where it is given no timespans
    return_sequences  where it is to differ from the module's
    """
    where = type(module).__name__
    config = {**describe_module(module), "elapsed_time": elapsed_time, "irregular": irregular}
    if return_sequences is not None:
        config["return_sequences"] = return_sequences
    layer = None
    if head is not None:
        parts = to_numpy({key: getattr(head, key) for key in ("weight", "bias") if getattr(head, key, None) is not None},
                         "head")
        layer = (take(parts, "weight", "head", (None, None)), parts.get("bias"))
    build_graph(to_numpy(module.state_dict(), where), config, where, "", layer).write(path)
