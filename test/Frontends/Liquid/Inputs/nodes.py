"""Small networks with every node that docs/formats.md defines.

usage: nodes.py FOLDER              all of them, FOLDER/NAME.nir
       nodes.py FOLDER NAME KEY=VALUE...  one, with datasets set (a number or a word) or, with KEY=, left out
"""
import sys

import numpy as np

from lle.nirfile import Graph

RANDOM = np.random.RandomState(7)


def array(*shape):
    return RANDOM.uniform(-1, 1, shape).astype(np.float32)


def mask(*shape):
    return RANDOM.choice([-1, 0, 1], shape).astype(np.int8)


def time(irregular):
    return {"irregular": 1, "elapsed_offset": 1e-3} if irregular else {"irregular": 0, "elapsed_time": 0.5}


def memory(kind, units, inputs):
    if kind == "none":
        return {"mixed_memory": "none"}
    return {"mixed_memory": kind, "forget_bias": 1.0, "lstm.input_map.weight": array(4 * units, inputs),
            "lstm.input_map.bias": array(4 * units), "lstm.recurrent_map.weight": array(4 * units, units)}


def ltc(inputs=2, units=3, motor=2, irregular=False, mixed="none", last=False):
    taken = units if mixed == "input" else inputs
    params = {"gleak": abs(array(units)), "vleak": array(units), "cm": abs(array(units)) + 0.5}
    for prefix, sources in (("", units), ("sensory_", taken)):
        params.update({prefix + "sigma": array(sources, units) + 4, prefix + "mu": array(sources, units),
                       prefix + "w": abs(array(sources, units)), prefix + "erev": array(sources, units),
                       prefix + "sparsity_mask": mask(sources, units)})
    return {**params, "input_w": array(taken), "input_b": array(taken), "output_w": array(motor), "solver": "fused",
            "positivity": "softplus", "ode_unfolds": 6, "epsilon": 1e-8, "motor": motor, "return_sequences": int(not last),
            **time(irregular), **memory(mixed, units, inputs)}


def heads(prefix, units, width, mode):
    params = {}
    for head in ("ff1",) if mode == "pure" else ("ff1", "ff2", "time_a", "time_b"):
        params[f"{prefix}{head}.weight"], params[f"{prefix}{head}.bias"] = array(units, width), array(units)
    if mode == "pure":
        params[prefix + "w_tau"], params[prefix + "A"] = array(1, units), array(1, units)
    return params


def gate(mode):
    return {"mode": mode} if mode == "pure" else {"mode": mode, "gate_sign": "minus", "head_activation": "tanh"}


def cfc(inputs=2, units=3, mode="default", backbone=(4, 5), irregular=False, mixed="none"):
    width = (units if mixed == "input" else inputs) + units
    params = {}
    # ncps numbers a dropout as well.
    for number, size in zip((0, 2, 5), backbone):
        params[f"backbone.{number}.weight"], params[f"backbone.{number}.bias"] = array(size, width), array(size)
        width = size
    if backbone:
        params["activation"] = "silu"
    return {**params, **heads("", units, width, mode), **gate(mode), "return_sequences": 1, **time(irregular),
            **memory(mixed, units, inputs)}


def wired(mode="default", mixed="none"):
    params, inputs = {}, 2
    for layer, units in enumerate((4, 3, 2)):
        params.update(heads(f"layer_{layer}.", units, inputs + units, mode))
        params[f"layer_{layer}.sparsity_mask"] = mask(units, inputs + units)
        inputs = units
    return {**params, **gate(mode), "mask_kind": "signed", "return_sequences": 1, **time(False), **memory(mixed, 9, 2)}


def plain(gates, inputs, units, biases):
    return {"w_in": array(gates * units, inputs), "w_rec": array(gates * units, units), "return_sequences": 1,
            **{bias: array(gates * units) for bias in biases}}


def around(inputs, outputs, *nodes):
    """input -> n0 -> n1 ... -> output; nodes are pairs of type and datasets."""
    graph = Graph()
    graph.add("input", "Input", shape=np.array(np.atleast_1d(inputs)))
    for index, (node_type, params) in enumerate(nodes):
        graph.add_node(f"n{index}", node_type, params)
    graph.add("output", "Output", shape=np.array(np.atleast_1d(outputs)))
    graph.chain("input", *(f"n{index}" for index in range(len(nodes))), "output")
    return graph


def spiking():
    lif = {"r": np.ones(3), "tau": np.full(3, 2e-3), "v_leak": np.zeros(3), "v_threshold": np.ones(3)}
    return around(2, 2, ("CfC", cfc()), ("LIF", lif), ("LTC", ltc(inputs=3)))


def taken():
    """An irregular cell, and a node with the name of its time."""
    graph = Graph()
    graph.add("input", "Input", shape=np.array([2]))
    graph.add_node("n0", "LTC", ltc(irregular=True))
    graph.add("timespans", "Affine", weight=array(2, 2), bias=array(2))
    graph.add("output", "Output", shape=np.array([2]))
    graph.chain("input", "n0", "timespans", "output")
    return graph


# Not for all uses.
REFUSED = {"timespans": taken}
NETWORKS = {
    "ltc": lambda: around(2, 2, ("LTC", ltc())),
    "ltc_last": lambda: around(2, 2, ("LTC", ltc(last=True))),
    "ltc_irregular": lambda: around(2, 2, ("LTC", ltc(irregular=True)), ("CfC", cfc(units=2, irregular=True))),
    "ltc_mixed": lambda: around(2, 2, ("LTC", ltc(mixed="state"))),
    "ltc_mixed_input": lambda: around(2, 2, ("LTC", ltc(mixed="input"))),
    "cfc": lambda: around(2, 3, ("CfC", cfc())),
    "cfc_direct": lambda: around(2, 3, ("CfC", cfc(mode="no_gate", backbone=()))),
    "cfc_pure": lambda: around(2, 3, ("CfC", cfc(mode="pure"))),
    "cfc_mixed": lambda: around(2, 3, ("CfC", cfc(mixed="state", irregular=True))),
    "cfc_mixed_input": lambda: around(2, 3, ("CfC", cfc(mixed="input"))),
    "wired": lambda: around(2, 2, ("WiredCfC", wired())),
    "wired_pure": lambda: around(2, 2, ("WiredCfC", wired(mode="pure"))),
    "wired_mixed": lambda: around(2, 2, ("WiredCfC", wired(mixed="state"))),
    "wired_mixed_input": lambda: around(2, 2, ("WiredCfC", {**wired(mixed="input"), **heads("layer_0.", 4, 13, "default"),
                                                              "layer_0.sparsity_mask": mask(4, 13)})),
    "lstm": lambda: around(2, 3, ("LSTM", plain(4, 2, 3, ["bias"]))),
    "gru": lambda: around(2, 3, ("GRU", {**plain(3, 2, 3, ["bias_in", "bias_rec"]), "reset": "before"})),
    "ctrnn": lambda: around(2, 3, ("CTRNN", {**plain(1, 2, 3, ["bias"]), "tau": np.ones(3), "activation": "tanh",
                                             "ode_unfolds": 6, **time(False)})),
    "signals": lambda: around((4, 6, 3), (2, 4, 6), ("Transpose", {"permutation": np.array([2, 0, 1])}),
                              ("Activation", {"function": "gelu"}), ("Slice", {"offset": 1, "length": 2})),
    "spiking": spiking,
}


def parse(value):
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        return value


def main(folder, name=None, *changes):
    if name is None:
        for each, make in NETWORKS.items():
            make().write(f"{folder}/{each}.nir")
        return
    graph = {**NETWORKS, **REFUSED}[name]()
    for change in changes:
        key, value = change.split("=", 1)
        if value:
            graph.nodes["n0"][key] = parse(value)
        else:
            del graph.nodes["n0"][key]
    graph.write(f"{folder}/{name}.nir")


if __name__ == "__main__":
    main(*sys.argv[1:])
