"""Whether states after one step of a coarsened network are those of the fine one after `factor` steps of held input.

usage: coarser_neurons.py FOLDER

One network has every neuron model in every form that the pass takes, with different parameters for each neuron and
thresholds that are never reached. It runs in the f64 reference.
"""

import re
import subprocess
import sys

import numpy as np

folder = sys.argv[1]
N, DT, STEPS = 3, 1e-3, 24
random = np.random.default_rng(1)
lines, probes, units = [], [], {}  # units: what scale input divides the threshold of a node by


def dense(values):
    return "dense<[%s]> : tensor<%dxf64>" % (", ".join(repr(float(v)) for v in values), N)


def draw(low, high):
    return random.uniform(low, high, N)


def add(op, name, dynamics, parameters, spikes="i1", firing=True, before=""):
    text = ", ".join(f"{key} = {dense(v) if isinstance(v, np.ndarray) else v}" for key, v in sorted(parameters.items()))
    fires = ("firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1> "
             if firing else "")
    dyn = "dynamics<integrator = %s, order = %s, gain = %s, scale = %s> " % dynamics if dynamics else ""
    result = f"tensor<{N}x{spikes}>"
    kind = f"tensor<{N}xf64> -> {result}" if spikes != "f64" else result
    lines.append(f'  %{name} = spk.{op} "{name}" %x {before}{dyn}{fires}{{{text}}} : {kind}')
    (outputs if spikes == "f64" else probes).append(name)


outputs = []
HIGH = np.full(N, 1e6) * draw(1, 2)


def forms(scales):
    for scale in scales:
        for gain in ("continuous", "unit"):
            for integrator in ("euler", "exact", "hold"):
                yield integrator, "decay_first", gain, scale
        for gain in ("unit", "per_step"):
            for integrator in ("decay_euler", "decay_exp"):
                for order in ("decay_first", "input_first"):
                    yield integrator, order, gain, scale
    for order in ("decay_first", "input_first"):
        yield "discrete", order, "unit", "membrane"


def leaky(form):
    if form[0] == "discrete":
        return {"decay": draw(0.3, 0.95), "bias": draw(-0.1, 0.1), "v_init": draw(-1, 1)}
    return {"tau": draw(3e-3, 2e-2), "r": draw(0.5, 2), "v_leak": draw(-1, 1), "v_init": draw(-1, 1)}


def cuba(form):
    if form[0] == "discrete":
        return {"decay_syn": draw(0.3, 0.9), "decay_mem": draw(0.3, 0.95), "bias": draw(-0.1, 0.1), "v_init": draw(-1, 1)}
    return {"tau_syn": draw(2e-3, 1e-2), "tau_mem": draw(3e-3, 2e-2), "r": draw(0.5, 2), "w_in": draw(0.5, 2),
            "v_leak": draw(-1, 1), "v_init": draw(-1, 1)}


for op, make, scales in (("lif", leaky, ("membrane", "input")), ("cuba_lif", cuba, ("membrane", "input"))):
    for index, form in enumerate(forms(scales)):
        name = f"{op}{index}"
        p = make(form)
        if form[3] == "input":
            units[name] = p["r"] * DT / p["tau"] if op == "lif" else \
                p["w_in"] * DT / p["tau_syn"] * p["r"] * DT / p["tau_mem"]
        add(op, name, form, dict(p, v_threshold=HIGH))
for op, make in (("li", leaky), ("cuba_li", cuba)):
    for index, form in enumerate(forms(("membrane",))):
        add(op, f"{op}{index}", form, make(form), spikes="f64", firing=False)
for index, (gain, scale) in enumerate((g, s) for g in ("unit", "per_step") for s in ("membrane", "input")):
    p = {"r": draw(0.5, 2), "v_init": draw(-1, 1)}
    form = ("euler", "decay_first", gain, scale)
    if scale == "input":
        units[f"if{index}"] = p["r"] * DT
    add("if", f"if{index}", form, dict(p, v_threshold=HIGH))
    if scale == "membrane":
        add("integrator", f"integrator{index}", form, p, spikes="f64", firing=False)
for index, form in enumerate(forms(("membrane",))):
    extra = {"v_threshold": HIGH}
    isdis = form[0] == "discrete"
    add("alif", f"alif{index}", form, dict(leaky(form), **extra, adapt="#spk.adapt_time<before>", beta=draw(1, 2),
                                           jump=draw(1, 2), **{"decay_b" if isdis else "tau_b": draw(0.5, 0.9)}))
    add("adlif", f"adlif{index}", form, dict(leaky(form), **extra, couple="#spk.coupling<v_first>", a=draw(0, 0),
                                             jump=draw(1, 2), **{"decay_w" if isdis else "tau_w": draw(0.5, 0.9)}))
    add("ternary_lif", f"ternary{index}", form, dict(leaky(form), **extra, v_low=-HIGH), spikes="si8")
    add("ilif", f"ilif{index}", form, dict(leaky(form), v_threshold=HIGH, max_spikes="4 : i64"), spikes="si8",
        firing=False)
    add("refractory_lif", f"refractory{index}", form,
        dict(leaky(form), **extra, period=np.full(N, 12.0), refractory="#spk.refractory<hold>",
             unit="#spk.time_unit<steps>"))
for index, decays in enumerate(("true", "false")):
    add("plif", f"plif{index}", None, {"w": draw(-3, 1), "decay_input": decays, "v_leak": draw(-1, 1),
                                       "v_init": draw(-1, 1), "v_threshold": HIGH})
lines.append(f'''  %ode = spk.ode_neuron "ode" %x gt {{crossing = false, initial = [{dense(draw(-1, 1))}], parameter_names = [], parameter_values = [],
      solver = #spk.solver<rk4>, state_names = ["v"], substeps = 2 : i64, time_unit = 1.000000e-03 : f64, v_threshold = {dense(HIGH)}}} : tensor<{N}xf64> -> tensor<{N}xi1> dynamics {{
  ^bb0(%i: f64, %v: f64):
    %d = arith.subf %i, %v : f64
    %e = math.tanh %d : f64
    spk.yield %e : f64
  }}''')
probes.append("ode")

results = ", ".join(f"tensor<{N}xf64>" for _ in outputs)
named = ", ".join(f'tensor<{N}xf64> {{lle.name = "{name}"}}' for name in outputs)
with open(f"{folder}/fine.mlir", "w") as file:
    print(f'lle.network @all(%x: tensor<{N}xf64> {{lle.name = "x"}}) -> ({named}) attributes {{dt = {DT:.6e} : f64, '
          f"steps = {STEPS} : i64}} {{", *lines,
          "  lle.output " + ", ".join("%" + name for name in outputs) + " : " + results, "}", sep="\n", file=file)


def run(network, x):
    np.save(f"{folder}/x.npy", x)
    states = [f"--probe={name}:v={folder}/{name}.npy" for name in probes]
    writes = [f"--output={name}={folder}/{name}.npy" for name in outputs]
    subprocess.run(["lle-run", network, "--downsample=1", "--engine=reference", "--precision=f64",
                    f"--input={folder}/x.npy"] + states + writes, check=True, stdout=subprocess.DEVNULL)
    return {name: np.load(f"{folder}/{name}.npy") for name in probes + outputs}


def thresholds(path):
    found = {}
    for line in open(path):
        if match := re.search(r'= spk[.][a-z_]+ "(\w+)" .*v_threshold = dense<(.*?)>', line):
            found[match[1]] = np.array([float(v) for v in match[2].strip("[]").split(",")])
    return found


for factor in (2, 3, 4):
    coarse = f"{folder}/coarse{factor}.mlir"
    with open(coarse, "w") as file:
        subprocess.run(["lle-opt", f"{folder}/fine.mlir", f"--pass-pipeline=builtin.module(lle.network("
                        f"lle-coarsen-steps{{factor={factor}}}))"], check=True, stdout=file)
    held = random.uniform(-1, 1, (1, STEPS // factor, N))
    before = run(f"{folder}/fine.mlir", np.repeat(held, factor, axis=1))
    after = run(coarse, held)
    then, now = thresholds(f"{folder}/fine.mlir"), thresholds(coarse)
    worst = 0
    for name in probes + outputs:
        a, b = before[name][:, factor - 1::factor], after[name]
        if name in then:
            a, b = a / (then[name] / units.get(name, 1)), b / now[name]
        error = np.abs(a - b).max() / np.abs(a).max()
        if not error < 1e-12:
            print(f"{name}: {error:.3g} with a factor of {factor}")
        worst = max(worst, error)
    print(f"factor {factor}: {len(probes)} populations and {len(outputs)} readouts, " +
          ("as before" if worst < 1e-12 else "differ"))
