"""Neurons of many rules beside each other: rules.py FOLDER writes net.nir, x.npy and, for each, what PyTorch gives."""
import sys

import numpy as np
import torch

import lle
from lle.nirfile import Graph

N, STEPS, SAMPLES = 4, 40, 3
RANDOM = np.random.RandomState(3)
DYNAMICS = [("euler", "decay_first", "unit"), ("euler", "decay_first", "continuous"), ("exact", "decay_first", "continuous"),
            ("hold", "decay_first", "continuous"), ("decay_euler", "decay_first", "per_step"),
            ("decay_exp", "decay_first", "unit"), ("decay_exp", "input_first", "per_step"), ("discrete", "decay_first", "unit"),
            ("discrete", "input_first", "unit")]
FIRING = [("gt", "to_value", "same_step", "updated"), ("ge", "subtract", "same_step", "updated"),
          ("gt", "subtract", "next_before", "updated"), ("gt", "to_value", "next_after", "held"),
          ("gt", "none", "same_step", "updated"), ("gt", "subtract", "same_step_held", "updated")]


def numbers(low, high):
    return RANDOM.uniform(low, high, N).astype(np.float32)


def make_node(kind, dynamics, firing, most, scope):
    integrator, order, gain = dynamics
    node, metadata = {}, {"lle/v_init": numbers(-0.1, 0.1)}
    current = kind.startswith("Cuba")
    scale = "input" if gain == "unit" and kind in ("LIF", "CubaLIF") and integrator != "discrete" else "membrane"
    rule = f"integrator={integrator},order={order},gain={gain},scale={scale}"
    if kind in ("I", "IF"):
        node["r"] = numbers(100, 200)
    else:
        for tau in ("tau_syn", "tau_mem") if current else ("tau",):
            node[tau] = numbers(0.002, 0.02)
        node.update(r=numbers(1, 2), v_leak=numbers(-0.1, 0.1))
        if current:
            node["w_in"] = numbers(1, 2)
        if integrator == "discrete":
            for decay in ("decay_syn", "decay_mem") if current else ("decay",):
                metadata["lle/" + decay] = numbers(0.5, 0.9)
            metadata["lle/bias"] = numbers(-0.1, 0.1)
    if kind in ("IF", "LIF", "CubaLIF"):
        compare, reset, when, emit = firing
        rule += f",compare={compare},reset={reset},when={when},emit={emit},scope={scope},max_spikes={most}"
        node.update(v_threshold=numbers(0.2, 0.6), v_reset=numbers(-0.1, 0.1))
        if reset == "subtract":
            metadata["lle/v_min"] = numbers(-1.0, -0.5)
    metadata["lle/rule"] = rule
    return node, metadata


def main(folder):
    graph = Graph()
    graph.metadata = {"lle/dt": 1e-3, "lle/name": "rules", "lle/steps": STEPS, "lle/delays": np.array([["n04", "loop"]], object)}
    graph.add("x", "Input", shape=np.array([N]))
    cases = [(kind, dynamics, FIRING[i % len(FIRING)], 1, "membrane")
             for kind in ("LI", "LIF", "CubaLI", "CubaLIF") for i, dynamics in enumerate(DYNAMICS)]
    cases += [("LIF", DYNAMICS[4], firing, 1, "membrane") for firing in FIRING]
    cases += [("LIF", DYNAMICS[4], ("ge", reset, "same_step", "updated"), 5, "membrane") for reset in ("subtract", "none")]
    cases += [("CubaLIF", DYNAMICS[4], firing, 1, "all") for firing in FIRING if firing[1] == "to_value"]
    cases += [(kind, ("euler", "decay_first", gain), FIRING[1], 1, "membrane") for kind in ("I", "IF")
              for gain in ("unit", "per_step")]
    for index, case in enumerate(cases):
        node, metadata = make_node(*case)
        name = f"n{index:02}"
        graph.add_node(name, case[0], node)
        graph.node_metadata[name] = metadata
        graph.add(f"y{index:02}", "Output", shape=np.array([N]))
        graph.chain("x", name, f"y{index:02}")
    # A loop with a step of delay around a neuron that does not spike, and layers that are not trained.
    graph.add("loop", "Linear", weight=RANDOM.uniform(-0.5, 0.5, (N, N)).astype(np.float32))
    graph.edges += [("n04", "loop"), ("loop", "n04")]
    graph.add("late", "Delay", delay=np.array([0, 1e-3, 2e-3, 5e-3]))
    graph.add("scale", "Scale", scale=numbers(1, 2))
    graph.add("compare", "Threshold", threshold=numbers(0.2, 0.4))
    graph.add("z", "Output", shape=np.array([N]))
    graph.chain("x", "late", "scale", "compare", "z")
    graph.write(f"{folder}/net.nir")

    x = RANDOM.uniform(-0.3, 0.8, (SAMPLES, STEPS, N)).astype(np.float32)
    np.save(f"{folder}/x.npy", x)
    network = lle.load_torch(f"{folder}/net.nir")
    with torch.no_grad():
        results = network(torch.from_numpy(x).transpose(0, 1))
    np.savez(f"{folder}/torch.npz", **{name: y.transpose(0, 1).numpy() for name, y in zip(network.outputs, results)})
    network.save(f"{folder}/again.nir")
    print(*[f"--output={name}={folder}/{name}.npy" for name in network.outputs])


def compare(folder):
    expected, fires = np.load(f"{folder}/torch.npz"), 0
    for name, y in expected.items():
        got = np.load(f"{folder}/{name}.npy")
        assert got.shape == y.shape and np.allclose(got, y, rtol=1e-5, atol=1e-5), (name, np.abs(got - y).max())
        fires += bool(np.isin(y, range(6)).all() and 0 < y.mean())
    print(len(expected.files), "outputs,", fires, "fire: equal")


if sys.argv[2:] == ["compare"]:
    compare(sys.argv[1])
else:
    main(sys.argv[1])
