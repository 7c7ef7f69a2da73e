"""Compares a population with a NumPy transcription of its model, on both engines.

The transcription computes in float64; the engines compute in f32 and, the reference, in f64. Spikes must be equal, states
within a tolerance of their largest magnitude. So that spikes are comparable, the population fires in 1 to 40 % of neurons
and steps, and no membrane is nearer to a threshold than `MARGIN` tolerances.
"""

import os
import subprocess
import sys

import numpy as np

DIRECTORY = sys.argv[1]
MARGIN = 4


def dense(value, count):
    """A parameter of `count` neurons, uniform or not, in double precision: what NumPy has."""
    value = np.asarray(value, np.float64)
    numbers = repr(float(value)) if value.ndim == 0 else "[" + ", ".join(repr(float(v)) for v in value) + "]"
    return f"dense<{numbers}> : tensor<{count}xf64>"


def attributes(count, **values):
    """The attribute dictionary of an operation: numbers are parameters, text stands as it is."""
    items = [f"{name} = {value if isinstance(value, str) else dense(value, count)}" for name, value in sorted(values.items())]
    return "{" + ", ".join(items) + "}"


def dynamics(integrator, gain="unit", order="decay_first"):
    return f"dynamics<integrator = {integrator}, order = {order}, gain = {gain}, scale = membrane>"


def firing(compare, reset):
    return (f"firing<compare = {compare}, reset = {reset}, when = same_step, emit = updated, scope = membrane, "
            "max_spikes = 1>")


def network(body, count, dt, result="i1"):
    """A network of one population; `body` defines %z from %x."""
    return (f"lle.network @n(%x: tensor<{count}xf32>) -> tensor<{count}x{result}> attributes {{dt = {dt!r} : f64}} {{\n"
            f"  {body}\n  lle.output %z : tensor<{count}x{result}>\n}}\n")


def check(name, mlir, x, spikes, states, distance, tolerance=4e-6, node="n", graded=False, reach=None):
    """`mlir` is the text or the path of a network. `states` are the trajectories of the states, the membrane first, `distance` is what
    each comparison was from its threshold, `reach` what it must be at least: by default four tolerances, and more where
    the model amplifies errors before a spike."""
    path = mlir
    if "\n" in mlir:
        path = os.path.join(DIRECTORY, name + ".mlir")
        with open(path, "w") as file:
            file.write(mlir)
    rate = np.mean(spikes != 0)
    scale = {state: max(1e-3, np.abs(values).max()) for state, values in states.items()}
    assert 0.01 <= rate <= 0.4, f"{name}: fires in {100 * rate:.1f} % of neurons and steps"
    reach = reach or MARGIN * tolerance * scale[next(iter(states))]
    nearest = np.abs(distance).min()
    assert nearest > reach, f"{name}: a membrane is {nearest:.1e} from its threshold, expected more than {reach:.1e}"
    inputs = os.path.join(DIRECTORY, name + "-x.npy")
    np.save(inputs, x[None].astype(np.float32))
    worst = 0.0
    for engine in [["native"], ["reference", "--precision=f32"], ["reference", "--precision=f64"]]:
        files = {state: os.path.join(DIRECTORY, f"{name}-{state}.npy") for state in states}
        output = os.path.join(DIRECTORY, name + "-z.npy")
        command = ["lle-run", path, f"--input={inputs}", f"--output={output}", "--engine=" + engine[0], *engine[1:]]
        command += [f"--probe={node}:{state}={file}" for state, file in files.items()]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, f"{name}, {' '.join(engine)}: {done.stderr}"
        got = np.load(output)[0].astype(np.float64)
        bound = tolerance * max(1.0, np.abs(spikes).max()) if graded else 0.0
        wrong = np.argwhere(np.abs(got - spikes) > bound)
        assert len(wrong) == 0, f"{name}, {' '.join(engine)}: {len(wrong)} spikes differ, the first at (step, neuron) {wrong[0]}"
        for state, values in states.items():
            error = np.abs(np.load(files[state])[0] - values).max() / scale[state]
            worst = max(worst, error)
            assert error <= tolerance, f"{name}, {' '.join(engine)}: state {state} is off by {error:.1e} of its largest"
    print(f"{name}: {np.count_nonzero(spikes)} spikes ({100 * rate:.0f} %), states within {worst:.0e}")
