"""Membranes that spk-select-neurons makes of neurons with a synaptic current, run beside these: below the threshold both
rest at the same place, answer the same to a constant input, and as late to an impulse, in units of the threshold."""
import re
import subprocess
import sys

import numpy as np

folder = sys.argv[1]
DT, STEPS = 1e-3, 2000
TAU_SYN, TAU_MEM, R, W_IN, LEAK, THRESHOLD = np.array([5e-3, 8e-3]), np.array([20e-3, 6e-3]), 1.5, 0.75, 0.25, 500.0


def dense(values):
    return f"dense<{[float(value) for value in np.broadcast_to(values, 2)]}> : tensor<2xf64>"


def network(integrator, gain, order="decay_first", scale="membrane"):
    parameters = {"tau_syn": TAU_SYN, "tau_mem": TAU_MEM, "r": R, "w_in": W_IN, "v_leak": LEAK}
    if integrator == "discrete":
        parameters = {"decay_syn": [0.75, 0.5], "decay_mem": [0.5, 0.875], "bias": 0.125}
    parameters |= {"v_threshold": THRESHOLD, "v_reset": 0, "v_init": 0.125}
    attributes = ", ".join(f"{name} = {dense(value)}" for name, value in parameters.items())
    return f"""lle.network @n(%x: tensor<2xf32>) -> tensor<2xi1> attributes {{dt = {DT} : f64}} {{
  %z = spk.cuba_lif "lif" %x dynamics<integrator = {integrator}, order = {order}, gain = {gain}, scale = {scale}>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {{{attributes}}} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}}"""


def measure(path, unit):
    """Rest, answer to one, and mean delay of the answer to an impulse."""
    probe = f"{folder}/v.npy"
    subprocess.run(["lle-run", path, f"--input={folder}/x.npy", "--engine=reference", "--precision=f64",
                    f"--probe=lif:v={probe}"], check=True, stdout=subprocess.DEVNULL)
    silence, constant, impulse = np.load(probe) / unit
    answer = impulse - silence
    return silence[-1], constant[-1] - silence[-1], (np.arange(STEPS)[:, None] * answer).sum(0) / answer.sum(0)


x = np.zeros((3, STEPS, 2), np.float32)
x[1] = x[2, 0] = 1
np.save(f"{folder}/x.npy", x)
for arguments in [("euler", "continuous"), ("euler", "unit"), ("exact", "continuous"), ("hold", "continuous"),
                  ("decay_euler", "unit", "decay_first", "input"), ("decay_exp", "per_step"),
                  ("decay_exp", "unit", "input_first"), ("discrete", "unit")]:
    name = "-".join(arguments)
    before, after = f"{folder}/{name}.mlir", f"{folder}/{name}-lif.mlir"
    with open(before, "w") as file:
        file.write(network(*arguments))
    subprocess.run(["lle-opt", before, f"--spk-select-neurons=dataset={folder}/x.npy engine=reference", "-o", after],
                   check=True)
    text = open(after).read()
    assert 'spk.lif "lif"' in text and 'spk.cuba_lif "' not in text, text
    found = re.search(r"v_threshold = dense<([^>]*)>", text).group(1)
    threshold = np.array(eval(found))
    unit = W_IN * DT / TAU_SYN * R * DT / TAU_MEM if arguments[-1] == "input" else 1
    for what, a, b in zip(("rest", "gain", "delay"), measure(before, THRESHOLD / unit), measure(after, threshold)):
        # The closed form of both stages together is not that of one after the other: it is a little earlier.
        tolerance = 0.1 if (what, arguments[0]) == ("delay", "exact") else 1e-4
        assert np.allclose(a, b, rtol=tolerance, atol=1e-6), (name, what, a, b)
print("8 forms rest, answer and wait alike")
