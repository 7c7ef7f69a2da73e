"""Networks of one layer or cell with random weights, which costs of work are fitted to."""
import numpy as np

from .ncps import build_graph

FITTED_STEPS, SAMPLES = 4, 2
MEASURED_STEPS = 64  # so that nobody learns which branches they take
MOST_DRIVE = 2048  # numbers that populations are sent at all
NEURONS = {  # what stands behind the name and its input, the elements of spikes, and parameters
    "lif": ("spk.lif", "dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>", "i1",
            ("r", "tau", "v_leak", "v_init")),
    "if": ("spk.if", "dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>", "i1",
           ("r", "v_init")),
    "li": ("spk.li", "dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>", None,
           ("r", "tau", "v_leak", "v_init")),
    "cuba_lif": ("spk.cuba_lif", "dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>",
                 "i1", ("r", "tau_mem", "tau_syn", "v_leak", "w_in", "v_init", "i_init")),
}
NEURONS["if_counts"], NEURONS["lif_counts"] = ((*NEURONS[kind][:2], "si16", NEURONS[kind][3]) for kind in ("if", "lif"))
PARAMETERS = {"r": 1.0, "tau": 0.004, "tau_mem": 0.004, "tau_syn": 0.002, "v_leak": 0.0, "v_init": 0.0, "w_in": 1.0,
              "i_init": 0.0, "v_threshold": 1.0, "v_reset": 0.0}
FIRING = {"i1": "firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>",
          "si16": "firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 32767>"}


def print_neurons(kind, count, is_uniform):
    """A population that spikes at some steps, with one value of a parameter, or one for each neuron."""
    operation, dynamics, spikes, names = NEURONS[kind]
    random = np.random.RandomState(3)
    names += {"i1": ("v_threshold", "v_reset"), "si16": ("v_threshold",), None: ()}[spikes]
    entries = []
    for name in sorted(names):
        values = PARAMETERS[name] * random.uniform(0.9, 1.1, count) if not is_uniform else [PARAMETERS[name]]
        text = ", ".join(f"{value:.6e}" for value in values)
        entries.append(f"{name} = dense<{'[' + text + ']' if not is_uniform else text}> : tensor<{count}xf32>")
    result = f"tensor<{count}x{spikes or 'f32'}>"
    types = f"tensor<{count}xf32> -> {result}" if spikes else f"tensor<{count}xf32>"
    firing = FIRING[spikes] + " " if spikes else ""
    return f"""lle.network @{kind}(%x: tensor<{count}xf32>) -> {result} attributes {{dt = 1.0e-3 : f64}} {{
  %z = {operation} "n" %x {dynamics} {firing}{{{", ".join(entries)}}} : {types}
  lle.output %z : {result}
}}
"""


def print_pool(kind, channels, side):
    x, y = f"tensor<{channels}x{side}x{side}xi1>", f"tensor<{channels}x{side // 2}x{side // 2}xf32>"
    return f"""lle.network @pool(%x: {x}) -> {y} attributes {{dt = 1.0e-3 : f64}} {{
  %y = lle.{kind} %x {{kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}} : ({x}) -> {y}
  lle.output %y : {y}
}}
"""


def draw_ltc(units, inputs, density):
    """The state of an LTC of ncps, with so large a share of all synapses."""
    random = np.random.RandomState(units)
    state = {"gleak": random.uniform(0.001, 1, units), "vleak": random.uniform(-0.2, 0.2, units),
             "cm": random.uniform(0.4, 0.6, units)}
    for prefix, sources in (("", units), ("sensory_", inputs)):
        shape = (sources, units)
        mask = (random.random_sample(shape) < density).astype(float)
        state.update({prefix + "sigma": random.uniform(3, 8, shape), prefix + "mu": random.uniform(0.3, 0.8, shape),
                      prefix + "w": random.uniform(0.001, 1, shape), prefix + "sparsity_mask": mask,
                      prefix + "erev": random.choice([-1.0, 1.0], shape) * mask})
    state.update(input_w=np.ones(inputs), input_b=np.zeros(inputs), output_w=np.ones(units), output_b=np.zeros(units))
    config = {"cell": "LTC", "framework": "ncps-torch", "positivity": "clip", "ode_unfolds": 6, "epsilon": 1e-8,
              "input_mapping": "affine", "output_mapping": "affine", "motor": units, "elapsed_time": 1.0,
              "mixed_memory": False, "return_sequences": True}
    return state, config


def draw_cfc(units, inputs, backbone, mode):
    random = np.random.RandomState(units)
    state, width = {}, inputs + units
    for layer in range(1 if backbone else 0):
        state[f"backbone.{2 * layer}.weight"] = random.uniform(-1, 1, (backbone, width)) / np.sqrt(width)
        state[f"backbone.{2 * layer}.bias"] = random.uniform(-0.1, 0.1, backbone)
        width = backbone
    for head in ("ff1",) if mode == "pure" else ("ff1", "ff2", "time_a", "time_b"):
        state[head + ".weight"] = random.uniform(-1, 1, (units, width)) / np.sqrt(width)
        state[head + ".bias"] = random.uniform(-0.1, 0.1, units)
    if mode == "pure":
        state.update(w_tau=np.ones((1, units)), A=np.ones((1, units)))
    config = {"cell": "CfC", "framework": "ncps-torch", "mode": mode, "backbone_activation": "lecun_tanh",
              "elapsed_time": 1.0, "mixed_memory": False, "return_sequences": True}
    return state, config


POPULATIONS, MEASURED_POPULATIONS = (16, 100, 400), (16, 40, 100, 400, 1000, 4000)
# (neurons, inputs, share of synapses), and (units, inputs, backbone, mode).
LTC = ((8, 2, 1.0), (16, 4, 0.5), (40, 8, 0.2), (64, 8, 0.15))
CFC = ((8, 2, 16, "default"), (20, 4, 40, "default"), (40, 4, 64, "no_gate"), (64, 8, 128, "default"))
# Vectors and what hides behind each other make larger differences than on a microcontroller.
MEASURED_LTC = LTC + ((16, 8, 1.0), (24, 8, 1.0), (40, 16, 1.0), (24, 16, 0.3), (36, 24, 0.3), (48, 8, 0.25))
MEASURED_CFC = CFC + ((12, 16, 0, "default"), (24, 16, 0, "default"), (40, 8, 0, "default"), (24, 8, 48, "default"),
                          (16, 12, 64, "default"), (36, 20, 40, "default"), (28, 28, 56, "default"),
                      (48, 16, 96, "default"))


def make_fitted(is_measured=False):
    """(name, text or graph, array of inputs) of the networks that figures are fitted to."""
    random = np.random.RandomState(1)
    steps = MEASURED_STEPS if is_measured else FITTED_STEPS
    for kind in NEURONS:
        for count in MEASURED_POPULATIONS if is_measured else POPULATIONS:
            for is_uniform in (True, False):
                # In a network what drives a population was written a moment ago: it has not come from another cache.
                shape = (1, min(steps, max(2, MOST_DRIVE // count))) if is_measured else (SAMPLES, steps)
                drive = random.uniform(0, 2, (*shape, count)).astype(np.float32)
                yield f"{kind} {count}{'' if is_uniform else ' own'}", print_neurons(kind, count, is_uniform), drive
    # A pool by itself is mostly the order of its input, which a network's own maps are in; time has no parts.
    for channels, side in () if is_measured else ((4, 8), (16, 16)):
        spikes = (random.random_sample((SAMPLES, steps, channels, side, side)) < 0.1).astype(np.uint8)
        yield f"sum_pool2d {channels}", print_pool("sum_pool2d", channels, side), spikes
    cells = [(f"LTC {u} {int(100 * d)} %", *draw_ltc(u, i, d)) for u, i, d in
             (MEASURED_LTC if is_measured else LTC)]
    cells += [(f"CfC {u} {m} {b}", *draw_cfc(u, i, b, m)) for u, i, b, m in
              (MEASURED_CFC if is_measured else CFC)]
    for name, state, config in cells:
        graph = build_graph({key: np.asarray(value, np.float32) for key, value in state.items()}, config, name)
        yield name, graph, random.uniform(0, 1, (SAMPLES, steps, graph_inputs(state, config))).astype(np.float32)


def graph_inputs(state, config):
    if config["cell"] == "LTC":
        return len(state["input_w"])
    first = state.get("backbone.0.weight", state["ff1.weight"])
    return first.shape[1] - state["ff1.weight"].shape[0]
