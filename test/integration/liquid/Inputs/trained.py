"""trained.py DATA WORK: the trained models reach their test metric after compilation."""
import json
import os
import sys

import numpy as np

from liquid import call, difference, export, run

LABELS = 2  # labels of the test set that may differ from the f32 reference
RELATIVE = 1e-4  # of the mean squared error


def main():
    data, work = sys.argv[1] + "/liquid/trained", sys.argv[2]
    results = {}
    for line in open(data + "/results.jsonl"):
        result = json.loads(line)
        results[f"{result['task']}_{result['model']}"] = result
    for entry in json.load(open(data + "/index.json")):
        name = entry["name"]
        result = results[name]
        task, metric, trainer = result["task"], result["metric"], result["test"]
        model, package = os.path.join(work, name + ".nir"), os.path.join(work, name + ".lle")
        export(f"{data}/{name}.npz", data + "/index.json", name, model)
        call("lle-compile", model, "--target=native", "-o", package)
        x, labels = f"{work}/{task}_test_x.npy", f"{work}/{task}_test_y.npy"
        found = call("lle-run", package, f"--input={x}", f"--evaluate={labels}", f"--metric={metric}", "--json")
        value = {m["name"]: m["value"] for m in json.loads(found)["metrics"]}[metric]
        y, _ = run(package, work, np.load(x))
        reference, _ = run(model, work, np.load(x), engine="reference")
        error = difference(y, reference, name)
        if metric == "mse":
            reference_value = float(np.mean(np.square(reference.astype(float) - np.load(labels))))
            # The trainer's figure is a mean over the same elements.
            for other, whose in ((reference_value, "the f32 reference"), (trainer, "the trainer")):
                if abs(value / other - 1) > RELATIVE:
                    sys.exit(f"{name}: mean squared error {value}, {whose} has {other}")
            changed = 0
        else:
            changed = int((y.argmax(-1) != reference.argmax(-1)).sum())
            if changed > LABELS or abs(value - trainer) * np.load(labels).size > LABELS + 0.5:
                sys.exit(f"{name}: {metric} {value}, the trainer has {trainer}; {changed} labels differ from the reference")
        print(f"{name}: {metric} {value:.6f}, trainer {trainer:.6f}, {changed} labels changed, outputs within {error:.1e}")


main()
