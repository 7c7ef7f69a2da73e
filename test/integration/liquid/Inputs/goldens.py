"""goldens.py DATA WORK: every golden of ncps, compiled and by the f32 reference, outputs and final state."""
import json
import os
import sys

import numpy as np

from liquid import difference, export, final_state, require, run

TOLERANCE = 2e-6  # of ncps in f32, whose own error is up to 6.8e-7


def check(golden, data, work):
    name = golden["name"]
    arrays = np.load(f"{data}/{name}.npz")
    model = os.path.join(work, name + ".nir")
    export(f"{data}/{name}.npz", f"{data}/index.json", name, model)
    timespans = arrays["timespans"] if "timespans" in arrays.files else None
    for engine in ("native", "reference"):
        y, states = run(model, work, arrays["x"], timespans, engine)
        errors = difference(y, arrays["y"], name), difference(final_state(states), arrays["hn"], name + ", final state")
        for error, what in zip(errors, ("outputs", "final state")):
            require(error, TOLERANCE, f"{name}, {engine}, {what}")
        print(f"{name} {engine}: outputs {errors[0]:.2e}, final state {errors[1]:.2e}")


def check_batches(golden, data, work):
    """Irregular steps: a batch gives what its samples give one by one, also where it is as large as the cell."""
    name = golden["name"]
    arrays = np.load(f"{data}/{name}.npz")
    model, units = os.path.join(work, name + ".nir"), golden["config"]["units"]
    rng = np.random.default_rng(1)
    x = rng.normal(size=(units, 8, arrays["x"].shape[2])).astype(np.float32)
    timespans = rng.uniform(0.1, 3, size=(units, 8)).astype(np.float32)
    together, _ = run(model, work, x, timespans)
    for i in (0, 1, units - 1):
        alone, _ = run(model, work, x[i:i + 1], timespans[i:i + 1])
        require(difference(alone[0], together[i], name), 0, f"{name}: sample {i} of {units}, alone and in a batch")
    shifted, _ = run(model, work, x, np.roll(timespans, 1, axis=0))
    if np.allclose(shifted, together):
        sys.exit(f"{name}: the outputs do not depend on each sample's own elapsed times")
    print(f"{name}: a batch of {units} equals its samples")


def check_streams(golden, data, work):
    """A sequence cut in two, the state carried over, gives what the whole gives."""
    name = golden["name"]
    arrays = np.load(f"{data}/{name}.npz")
    model, x = os.path.join(work, name + ".nir"), arrays["x"]
    whole, after = run(model, work, x)
    first, between = run(model, work, x[:, :7])
    second, end = run(model, work, x[:, 7:], state_in=between)
    require(difference(np.concatenate([first, second], axis=1), whole, name), 0, f"{name}: cut in two")
    for key in after:
        require(difference(end[key], after[key], name), 0, f"{name}: {key} after two parts")
    print(f"{name}: streams")


def main():
    data, work = sys.argv[1] + "/liquid/golden", sys.argv[2]
    goldens = json.load(open(data + "/index.json"))
    for golden in goldens:
        check(golden, data, work)
    for golden in goldens:
        if golden["timespans"] and not golden["config"]["mixed_memory"]:
            check_batches(golden, data, work)
        elif golden["config"]["return_sequences"]:
            check_streams(golden, data, work)
    print(f"{len(goldens)} goldens")


main()
