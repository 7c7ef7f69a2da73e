"""fixed.py WORK PROGRAM...: networks in fixed point keep their error, and native code gives the integers of the reference.

`sunspots FOLDER` takes the two networks of examples/sunspots, `trained DATA` the models of the golden data with the
test sets in WORK. Limits are about twice what was measured when they were written.
"""
import json
import os
import sys

import numpy as np

from liquid import call, export

WORK = sys.argv[1]


def evaluate(model, x, y, metric, engine="native"):
    """The metric, and the output."""
    output = os.path.join(WORK, "output.npy")
    found = call("lle-run", model, f"--engine={engine}", f"--input={x}", f"--evaluate={y}", f"--metric={metric}",
                 f"--output={output}", "--json")
    return {m["name"]: m["value"] for m in json.loads(found)["metrics"]}[metric], np.load(output)


def check(name, source, x, y, metric, options, limit, calibration, beside=None):
    """`limit` is of the relative change of a mean squared error, and of the change of an accuracy. The reference computes
    the first samples only."""
    fixed = os.path.join(WORK, "fixed.mlir")
    call("lle-opt", source, f"--lle-to-fixed-point={calibration} {options}", "-o", fixed)
    before = beside or evaluate(source, x, y, metric)[0]
    after, output = evaluate(fixed, x, y, metric)
    some = [os.path.join(WORK, f"first_{part}.npy") for part in "xy"]
    for path, whole in zip(some, (x, y)):
        np.save(path, np.load(whole)[:20])
    # At real ports a number is rounded in the precision of the engine, so f64 would round another way.
    call("lle-run", fixed, "--engine=reference", f"--input={some[0]}", f"--output={WORK}/reference.npy")
    if not np.array_equal(np.load(f"{WORK}/reference.npy"), output[:20]):
        sys.exit(f"{name} {options}: native code and the reference differ")
    change = after / before - 1 if metric == "mse" else before - after
    if not change <= limit:
        sys.exit(f"{name} {options}: {metric} {after}, in floats {before}")
    print(f"{name} {options}: {metric} {after:.5f}, in floats {before:.5f}, native equals reference", flush=True)
    return before


def sunspots(folder):
    x, y = folder + "/test_x.npy", folder + "/test_y.npy"
    for name, limits in (("ltc", (0.12, 0.12, 0.12, 0.005)), ("cfc", (0.01, 0.01, 0.03, 0.001))):
        source, before = os.path.join(WORK, name + ".mlir"), None
        call("lle-translate", "--import-nir", f"{folder}/{name}.nir", "-o", source)
        for options, limit in zip(("weights=8", "weights=8 slopes=8", "weights=8 powers-of-two", "weights=16"), limits):
            before = check(name, source, x, y, "mse", options, limit, "input-range=2", before)


def trained(data):
    data += "/liquid/trained"
    results = [json.loads(line) for line in open(data + "/results.jsonl")]
    for entry in json.load(open(data + "/index.json")):
        name = entry["name"]
        result = next(r for r in results if name == f"{r['task']}_{r['model']}")
        task, metric = result["task"], result["metric"]
        model, source = os.path.join(WORK, name + ".nir"), os.path.join(WORK, name + ".mlir")
        export(f"{data}/{name}.npz", data + "/index.json", name, model)
        call("lle-translate", "--import-nir", model, "-o", source)
        x, y = f"{WORK}/{task}_test_x.npy", f"{WORK}/{task}_test_y.npy"
        before = None
        # Other days are warmer than those of the training set: the range of sensors is not that of a few days.
        int8 = "weights=8 margin=2 split=0.25 correct" if task == "occupancy" else "weights=8"
        for options, mse, accuracy in ((int8, 0.015, 0.003), ("weights=16 margin=2", 0.002, 0.002)):
            limit = mse if metric == "mse" else accuracy
            before = check(name, source, x, y, metric, options, limit, f"dataset={WORK}/{task}_train_x.npy", before)


{"sunspots": sunspots, "trained": trained}[sys.argv[2]](sys.argv[3])
