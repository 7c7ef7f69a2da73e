"""Figures of work, fitted to emitted code or to measured time: python3 -m lle.unitcosts --help.

What is fitted are networks of one layer or cell with random weights, which this file makes; networks of the examples, and
those that the command line names, are only compared.
"""
import argparse
import itertools
import json
import os
import tempfile

import numpy as np

from .board import SOURCES, call
from .errors import ExportError, run
from .hosttime import measure
from .ncps import build_graph

FITTED_STEPS, SAMPLES = 4, 2
MEASURED_STEPS = 64  # so that nobody learns which branches they take
FREE = ("lle.delay", "lle.flatten")
NEURONS = {  # what stands behind the name and its input
    "lif": ("spk.lif", "dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>", True,
            ("r", "tau", "v_leak", "v_init")),
    "if": ("spk.if", "dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>", True,
           ("r", "v_init")),
    "li": ("spk.li", "dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>", False,
           ("r", "tau", "v_leak", "v_init")),
    "cuba_lif": ("spk.cuba_lif", "dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>",
                 True, ("r", "tau_mem", "tau_syn", "v_leak", "w_in", "v_init", "i_init")),
}
PARAMETERS = {"r": 1.0, "tau": 0.004, "tau_mem": 0.004, "tau_syn": 0.002, "v_leak": 0.0, "v_init": 0.0, "w_in": 1.0,
              "i_init": 0.0, "v_threshold": 1.0, "v_reset": 0.0}
FIRING = "firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>"


def print_neurons(kind, count, is_uniform):
    """A population that spikes at some steps, with one value of a parameter, or one for each neuron."""
    operation, dynamics, fires, names = NEURONS[kind]
    random = np.random.RandomState(3)
    names += ("v_threshold", "v_reset") if fires else ()
    entries = []
    for name in sorted(names):
        values = PARAMETERS[name] * random.uniform(0.9, 1.1, count) if not is_uniform else [PARAMETERS[name]]
        text = ", ".join(f"{value:.6e}" for value in values)
        entries.append(f"{name} = dense<{'[' + text + ']' if not is_uniform else text}> : tensor<{count}xf32>")
    result = f"tensor<{count}xi1>" if fires else f"tensor<{count}xf32>"
    types = f"tensor<{count}xf32> -> {result}" if fires else f"tensor<{count}xf32>"
    return f"""lle.network @{kind}(%x: tensor<{count}xf32>) -> {result} attributes {{dt = 1.0e-3 : f64}} {{
  %z = {operation} "n" %x {dynamics} {FIRING + " " if fires else ""}{{{", ".join(entries)}}} : {types}
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
# Of those only with weights that the first-level cache holds: there is no figure for weights that it does not hold.
MEASURED_CFC = CFC[:3] + ((12, 16, 0, "default"), (24, 16, 0, "default"), (40, 8, 0, "default"), (24, 8, 48, "default"),
                          (16, 12, 64, "default"), (36, 20, 40, "default"), (28, 28, 56, "default"))


def make_fitted(is_measured=False):
    """(name, text or graph, array of inputs) of the networks that figures are fitted to."""
    random = np.random.RandomState(1)
    steps = MEASURED_STEPS if is_measured else FITTED_STEPS
    for kind in NEURONS:
        for count in MEASURED_POPULATIONS if is_measured else POPULATIONS:
            for is_uniform in (True, False):
                drive = random.uniform(0, 2, (SAMPLES, steps, count)).astype(np.float32)
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


def write_model(model, path):
    """A model as .mlir: a text, a graph of NIR, or a file, behind which options of lle-translate may stand."""
    if isinstance(model, str) and model.startswith("lle.network"):
        with open(path, "w") as file:
            file.write(model)
        return
    options = []
    if not isinstance(model, str):
        model.write(path + ".nir")
        model = path + ".nir"
    else:
        model, *options = model.split(":")
    if model.endswith(".mlir"):
        call("cp", model, path)
    else:
        call("lle-translate", "--import-nir", *["--" + option for option in options], model, "-o", path)


def estimate(model, inputs, target, kind, work):
    """What a cost model says of a network on some inputs."""
    path = os.path.join(work, "m.mlir")
    write_model(model, path)
    np.save(os.path.join(work, "x.npy"), inputs)
    report = os.path.join(work, "r.json")
    call("lle-opt", path, f"--lle-estimate-cost=target={target} model={kind} dataset={work}/x.npy report={report} json",
         "-o", os.devnull)
    return json.load(open(report))["networks"][0]


def count_cycles(inputs, target, work, arguments):
    """Cycles that a step of the network that was estimated last takes on this machine."""
    prefix = arguments.prefix.split()
    time, cycle = measure(os.path.join(work, "m.mlir"), inputs, target, work, seconds=0.3, prefix=prefix)
    return time / cycle


def solve(rows, values, is_relative=True):
    """Least squares of the (relative) error with no factor negative: of each subset of the units, the best."""
    values = np.asarray(values)
    scale = values if is_relative else np.full(len(values), values.mean())
    terms, wanted = np.asarray(rows) / scale[:, None], values / scale
    best = None
    for size in range(1, terms.shape[1] + 1):
        for subset in map(list, itertools.combinations(range(terms.shape[1]), size)):
            factors = np.linalg.lstsq(terms[:, subset], wanted, rcond=None)[0]
            error = ((terms[:, subset] @ factors - wanted) ** 2).sum()
            if (factors > 0).all() and (best is None or error < best[0] * (1 - 1e-9)):
                full = np.zeros(terms.shape[1])
                full[subset] = factors
                best = error, full
    return best[1]


class Fit:
    """Cycles of units: of layers and cells with their own, in groups that are fitted one after the other."""
    GROUPS = (("neurons", ("neuron_update", "state_update", "operation")), ("pools", ("pooled_element",)),
              ("CfC cells", ("mac", "transcendental")), ("LTC cells", ("liquid_synapse", "unfold")))

    def __init__(self, entries, is_measured=False):
        self.units, self.limits = {}, {}
        for group, names in self.GROUPS:
            rows = [(name, *entry) for name, *entry in entries if self.get_group(entry[0]) == group]
            if not rows: # pools are not measured
                continue
            known = [self.predict(units) for _, units, _ in rows]
            matrix = [[units.get(unit, 0) for unit in names] for _, units, _ in rows]
            rest = [max(cycles - k, 1) for k, (_, _, cycles) in zip(known, rows)]
            # In time, small cells wait for one function after the other, which would leave products no figure.
            factors = solve(matrix, rest, is_relative=not (is_measured and group == "CfC cells"))
            self.units.update({name: factor for name, factor in zip(names, factors) if factor > 0})
            ratios = [cycles / self.predict(units) for _, units, cycles in rows]
            for unit in names:
                self.limits[unit] = min(1.0, min(ratios)), max(1.0, max(ratios))

    @staticmethod
    def get_group(units):
        return ("neurons" if "neuron_update" in units else "pools" if "pooled_element" in units else
                "LTC cells" if "liquid_synapse" in units else "CfC cells")

    def predict(self, units):
        return sum(self.units.get(unit, 0) * count for unit, count in units.items())

    def print(self, provenance, source):
        for unit, factor in self.units.items():
            low, high = (factor * ratio for ratio in self.limits[unit])
            print(f'  {unit} = {{value = {factor:#.3g} : f64, low = {low:#.3g} : f64, high = {high:#.3g} : f64, '
                  f'provenance = "{provenance}",\n    source = "{source}"}},')


def main():
    parser = argparse.ArgumentParser(prog="scripts/fit-unit-costs.sh", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+", help="targets whose `unit_cycles` are fitted")
    parser.add_argument("--check", action="append", default=[], metavar="MODEL[:OPTION...]=INPUT.npy",
                        help="a network to compare beside those of the examples; options are lle-translate's")
    parser.add_argument("--samples", type=int, default=4, help="of each network that is compared (default: 4)")
    parser.add_argument("--measure", action="store_true",
                        help="fit to the time that this machine takes, which must run the targets' code")
    parser.add_argument("--with", dest="prefix", default="", metavar="COMMAND",
                        help="what measured programs run under, as 'chrt -f 50 taskset -c 1'")
    parser.add_argument("--only-check", action="store_true",
                        help="compare with the figures that targets have, and fit nothing")
    arguments = parser.parse_args()
    examples = os.path.join(SOURCES, "examples")
    checks = [f"{examples}/digits/digits.nir:profile=snntorch:dt=1e-3={examples}/digits/test_x.npy",
              f"{examples}/sunspots/ltc.nir={examples}/sunspots/test_x.npy",
              f"{examples}/sunspots/cfc.nir={examples}/sunspots/test_x.npy", *arguments.check]
    for target in arguments.targets:
        with tempfile.TemporaryDirectory() as work:
            fit_target(target, checks, arguments, work)


def fit_target(target, checks, arguments, work):
    if not arguments.only_check:
        entries = []
        for name, model, inputs in make_fitted(arguments.measure):
            if arguments.measure:
                report = estimate(model, inputs, target, "analytic", work)
                operations = [entry for entry in report["operations"] if not entry["operation"] in FREE]
                cycles = count_cycles(inputs, target, work, arguments)
            else:
                report = estimate(model, inputs, target, "exact", work)
                if report["step"] is None:
                    raise ExportError(f"{target}: no cycles: " + "; ".join(report["notes"]))
                operations = [entry for entry in report["operations"] if entry["cycles"]["value"] > 0]
                cycles = report["step"]["value"]
            operation, = operations
            entries.append((name, operation["units"], cycles))
        fit = Fit(entries, arguments.measure)
        print(f"{target}: unit_cycles, by {len(entries)} networks\n")
        if arguments.measure:
            fit.print("measured", "time of networks of one layer or cell; scripts/fit-unit-costs.sh --measure")
        else:
            fit.print(report["step"]["provenance"], "LLVM's model of the core for emitted code of networks of one layer or "
                      "cell; scripts/fit-unit-costs.sh")
        print("\n| fitted | cycles of the code | fitted | difference |\n|---|---|---|---|")
        for name, units, cycles in entries:
            found = fit.predict(units)
            print(f"| {name} | {cycles:,.0f} | {found:,.0f} | {100 * (found / cycles - 1):+.0f} % |")
    print(f"\n{target}: networks that set no figure\n")
    print(f"| network | cycles{' measured' if arguments.measure else ' of the code'} | analytic model | difference |"
          f"{' emitted code | difference |' if arguments.measure else ''}\n|---|---|---|---|"
          f"{'---|---|' if arguments.measure else ''}")
    for check in checks:
        model, data = check.rsplit("=", 1)
        inputs = np.load(data)[:arguments.samples]
        exact, analytic = (estimate(model, inputs, target, kind, work)["step"] for kind in ("exact", "analytic"))
        expected = count_cycles(inputs, target, work, arguments) if arguments.measure else exact["value"]
        name = os.path.splitext(os.path.basename(model.split(":")[0]))[0]
        compared = [analytic, exact] if arguments.measure else [analytic]
        columns = [f"{found['value']:,.0f} | {100 * (found['value'] / expected - 1):+.0f} %" if found else "- | -"
                   for found in compared]
        print(f"| {name} | {expected:,.0f} | {' | '.join(columns)} |", flush=True)


if __name__ == "__main__":
    run("fit-unit-costs.sh", main)
