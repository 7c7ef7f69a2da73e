"""Nodes for liquid cells from a state dictionary and the facts that it does not say (docs/formats.md)."""
import re

import numpy as np

from .errors import ExportError

# What an implementation does for all of its cells. A configuration names it as `framework`, or gives the facts one by
# one. Sources: ncps 1.0.1 (torch/{cfc_cell,lstm}.py, keras/{cfc_cell,mm_rnn}.py), raminmh/CfC (tf_cfc.py).
FRAMEWORKS = {
    "ncps-torch": {"solver": "fused", "gate_sign": "plus", "head_activation": "tanh", "mask_kind": "absolute",
                   "memory": "state", "forget_bias": 1.0},
    "ncps-keras": {"solver": "fused", "gate_sign": "minus", "head_activation": "linear", "mask_kind": "signed",
                   "memory": "input", "forget_bias": 1.0},
    "tf_cfc": {"solver": "fused", "gate_sign": "minus", "head_activation": "lecun_tanh", "memory": "input"},
}
ACTIVATIONS = ("linear", "tanh", "lecun_tanh", "relu", "silu", "gelu", "softplus", "sigmoid")
MODES = ("default", "pure", "no_gate")

LTC_ARRAYS = ("gleak", "vleak", "cm", "sigma", "mu", "w", "erev", "sensory_sigma", "sensory_mu", "sensory_w",
              "sensory_erev")
LTC_MASKS = ("sparsity_mask", "sensory_sparsity_mask")
LSTM_ARRAYS = ("lstm.input_map.weight", "lstm.input_map.bias", "lstm.recurrent_map.weight")
HEADS = ("ff1", "ff2", "time_a", "time_b")


class Facts:
    """A configuration that says what is missing, and which of its keys nobody asked for."""

    def __init__(self, config, where):
        self.config, self.where = config, where
        framework = config.get("framework")
        name = str(framework).split()[0] if framework else None
        if name is not None and name not in FRAMEWORKS:
            self.fail(f"'framework' is '{framework}', expected {', '.join(FRAMEWORKS)}, or none and the facts one by one")
        self.implied = FRAMEWORKS.get(name, {})

    def fail(self, reason):
        raise ExportError(f"{self.where}: {reason}")

    def get(self, key, question, choices=None):
        """The value of a key; an error that asks for it where neither it nor the framework says it."""
        if key not in self.config and key not in self.implied:
            hint = " (or give 'framework', which implies it)" if any(key in f for f in FRAMEWORKS.values()) else ""
            options = f": {' or '.join(choices)}" if choices else ""
            self.fail(f"'{key}' is missing, {question}{options}{hint}")
        value = self.config.get(key, self.implied.get(key))
        if choices and value not in choices:
            self.fail(f"'{key}' is {value!r}, expected {' or '.join(choices)}")
        return value

    def number(self, key, question, at_least=None):
        value = self.get(key, question)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
            self.fail(f"'{key}' is {value!r}, expected a number")
        if at_least is not None and value < at_least:
            self.fail(f"'{key}' is {value}, expected {at_least} or more")
        return value

    def integer(self, key, question, at_least=1):
        value = self.number(key, question, at_least)
        if value != int(value):
            self.fail(f"'{key}' is {value}, expected an integer")
        return int(value)

    def flag(self, key, question):
        value = self.get(key, question)
        if value not in (True, False, 0, 1):
            self.fail(f"'{key}' is {value!r}, expected true or false")
        return bool(value)

    def check(self, key, value):
        """Where the configuration gives a size, it must be that of the arrays."""
        if self.config.get(key) is not None and self.config[key] != value:
            self.fail(f"'{key}' is {self.config[key]!r}, but the arrays say {value}")


def take(state, name, where, shape=None):
    """An array of the state, of that shape; None in the shape stands for any length."""
    if name not in state:
        near = [key for key in state if key.endswith(name)]
        prefix = near[0][:-len(name)].removesuffix("rnn_cell.") if near else ""
        hint = f"; there is '{near[0]}': give --prefix={prefix}" if prefix else ""
        raise ExportError(f"{where}: '{name}' is missing{hint}")
    array = np.asarray(state[name])
    if array.dtype not in (np.float32, np.float64):
        array = array.astype(np.float32)
    if shape is not None and (array.ndim != len(shape) or any(b not in (None, a) for a, b in zip(array.shape, shape))):
        wanted = tuple("any" if dim is None else dim for dim in shape)
        raise ExportError(f"{where}: '{name}' has shape {array.shape}, expected {wanted}")
    if not np.isfinite(array).all():
        raise ExportError(f"{where}: '{name}' holds a number that is not finite")
    return array


def take_mask(state, name, where, shape):
    mask = take(state, name, where, shape)
    if not np.isin(mask, (-1, 0, 1)).all():
        raise ExportError(f"{where}: '{name}' holds values beside -1, 0 and 1")
    return mask.astype(np.int8)


def time_facts(facts):
    """Of a cell whose elapsed time may be an input. `elapsed_offset` is 0 where nothing is said."""
    irregular = bool(facts.config.get("irregular", False))
    params = {"irregular": np.int64(irregular)}
    if not irregular:
        params["elapsed_time"] = np.float64(facts.number("elapsed_time", "the time that a step takes (1 in ncps without "
                                                                         "timespans)", 0))
    if facts.config.get("elapsed_offset"):
        params["elapsed_offset"] = np.float64(facts.number("elapsed_offset", ""))
    return params


def memory_facts(state, facts, units, inputs):
    """With an LSTM before the cell. Returns the datasets, and how many values the node takes."""
    mixed = facts.get("mixed_memory", "whether an LSTM stands before the cell (true or false)")
    if mixed is True:
        mixed = facts.get("memory", "what the LSTM gives the cell: its state or its input", ("state", "input"))
    if mixed in (False, None):
        mixed = "none"
    if mixed not in ("none", "state", "input"):
        facts.fail(f"'mixed_memory' is {mixed!r}, expected true, false, 'none', 'state' or 'input'")
    found = [name for name in LSTM_ARRAYS if name in state]
    if mixed == "none":
        if found:
            facts.fail(f"'mixed_memory' is false, but the state has '{found[0]}'")
        return {"mixed_memory": mixed}, inputs
    taken = take(state, LSTM_ARRAYS[0], facts.where, (4 * units, None)).shape[1]
    shapes = ((4 * units, taken), (4 * units,), (4 * units, units))
    params = {name: take(state, name, facts.where, shape) for name, shape in zip(LSTM_ARRAYS, shapes)}
    params["forget_bias"] = np.float64(facts.number("forget_bias", "what is added to the LSTM's forget gate"))
    return {"mixed_memory": mixed, **params}, taken


def sequence_fact(facts):
    return {"return_sequences": np.int64(facts.flag("return_sequences", "whether every step gives a result, or the last"))}


def make_ltc(state, facts):
    where = facts.where
    units = take(state, "gleak", where, (None,)).shape[0]
    inputs = take(state, "sensory_w", where, (None, units)).shape[0]
    params = {}
    for name in LTC_ARRAYS:
        shape = (units,) if name in ("gleak", "vleak", "cm") else (inputs if name.startswith("sensory") else units, units)
        params[name] = take(state, name, where, shape)
    for name in LTC_MASKS:
        if name in state:
            params[name] = take_mask(state, name, where, (inputs if name.startswith("sensory") else units, units))
    motor = facts.config.get("motor")
    if motor is None and "output_w" in state:
        motor = np.asarray(state["output_w"]).size
    if motor is None:
        facts.fail("'motor' is missing, how many neurons, from the first on, are the output")
    facts.check("units", units)
    for which, length in (("input", inputs), ("output", motor)):
        mapping = facts.get(f"{which}_mapping", f"the {which} map: 'affine', 'linear' or null", ("affine", "linear", None))
        for part, wanted in (("w", mapping is not None), ("b", mapping == "affine")):
            name = f"{which}_{part}"
            if wanted:
                params[name] = take(state, name, where, (length,))
            elif name in state:
                facts.fail(f"'{which}_mapping' is {mapping!r}, but the state has '{name}'")
    params["solver"] = facts.get("solver", "how the equation is solved", ("fused", "euler", "rk4"))
    params["positivity"] = facts.get("positivity", "whether w, cm and gleak are used as stored or through softplus "
                                     "(implicit_param_constraints of ncps)", ("clip", "softplus"))
    params["ode_unfolds"] = np.int64(facts.integer("ode_unfolds", "how many steps of the solver make a step of time"))
    params["epsilon"] = np.float64(facts.number("epsilon", "what is added to the denominator", 0))
    params["motor"] = np.int64(motor)
    memory, inputs = memory_facts(state, facts, units, inputs)
    facts.check("inputs", inputs)
    params.update(memory, **time_facts(facts), **sequence_fact(facts))
    return "LTC", params, inputs, int(motor)


def take_layer(state, prefix, facts, mode, width):
    """The heads of a CfC cell or of a layer of a wired one. Returns the datasets and the units."""
    where = facts.where
    units, width = take(state, prefix + "ff1.weight", where, (None, width)).shape
    params = {}
    for head in HEADS[:1] if mode == "pure" else HEADS:
        params[f"{prefix}{head}.weight"] = take(state, f"{prefix}{head}.weight", where, (units, width))
        params[f"{prefix}{head}.bias"] = take(state, f"{prefix}{head}.bias", where, (units,))
    if mode == "pure":
        for name in ("w_tau", "A"):
            params[prefix + name] = take(state, prefix + name, where).reshape(1, units)
    if prefix + "sparsity_mask" in state:
        params[prefix + "sparsity_mask"] = take_mask(state, prefix + "sparsity_mask", where, (units, width))
    extra = [head for head in HEADS[1:] if mode == "pure" and f"{prefix}{head}.weight" in state]
    if extra:
        facts.fail(f"'mode' is 'pure', but the state has '{prefix}{extra[0]}.weight'")
    return params, units, width


def head_facts(facts, mode, params):
    if mode != "pure":
        params["gate_sign"] = facts.get("gate_sign", "the sign of time_a in the gate", ("plus", "minus"))
        params["head_activation"] = facts.get("head_activation", "the function of ff1 and ff2", ACTIVATIONS)
    if any(name.endswith("sparsity_mask") for name in params):
        params["mask_kind"] = facts.get("mask_kind", "whether masks keep weights or multiply them", ("absolute", "signed"))


def make_cfc(state, facts):
    mode = facts.get("mode", "which closed form it is", MODES)
    numbers = sorted(int(m.group(1)) for m in (re.fullmatch(r"backbone\.(\d+)\.weight", key) for key in state) if m)
    params, width, taken = {}, None, None
    for number in numbers:
        name = f"backbone.{number}"
        weight = take(state, name + ".weight", facts.where, (None, width))
        taken = weight.shape[1] if taken is None else taken
        width = weight.shape[0]
        params[name + ".weight"] = weight
        params[name + ".bias"] = take(state, name + ".bias", facts.where, (width,))
    if facts.config.get("backbone_layers") is not None and facts.config["backbone_layers"] != len(numbers):
        facts.fail(f"'backbone_layers' is {facts.config['backbone_layers']}, but the state has {len(numbers)}")
    heads, units, width = take_layer(state, "", facts, mode, width)
    params.update(heads)
    facts.check("units", units)
    if numbers:
        key = "backbone_activation" if "backbone_activation" in facts.config else "activation"
        params["activation"] = facts.get(key, "the function of the backbone", ACTIVATIONS)
    head_facts(facts, mode, params)
    memory, inputs = memory_facts(state, facts, units, (width if taken is None else taken) - units)
    facts.check("inputs", inputs)
    params.update(memory, mode=mode, **time_facts(facts), **sequence_fact(facts))
    return "CfC", params, inputs, units


def make_wired_cfc(state, facts):
    mode = facts.get("mode", "which closed form it is", MODES)
    params, units, inputs, previous, layer = {}, 0, None, None, 0
    while f"layer_{layer}.ff1.weight" in state or layer == 0:
        heads, size, width = take_layer(state, f"layer_{layer}.", facts, mode, None)
        params.update(heads)
        inputs = width - size if layer == 0 else inputs
        if layer > 0 and width - size != previous:
            facts.fail(f"'layer_{layer}.ff1.weight' takes {width - size} values, but layer {layer - 1} gives {previous}")
        units, previous, layer = units + size, size, layer + 1
    facts.check("units", units)
    facts.check("motor", previous)
    head_facts(facts, mode, params)
    memory, inputs = memory_facts(state, facts, units, inputs)
    facts.check("inputs", inputs)
    params.update(memory, mode=mode, **time_facts(facts), **sequence_fact(facts))
    return "WiredCfC", params, inputs, previous


def make_cell(state, config, where):
    """(type of the node, its datasets, how many values it takes, how many it gives)."""
    facts = Facts(config, where)
    makers = {"LTC": make_ltc, "CfC": make_cfc, "WiredCfC": make_wired_cfc}
    return makers[facts.get("cell", "which cell it is", tuple(makers))](state, facts)
