#!/usr/bin/env python3
"""Weights of 5 bits in the mean for the twelve trained liquid models: the table of docs/performance.md.

usage: scripts/tune-liquid.py DATA TASKS [MODEL ...]

DATA is the folder of golden data (../shared/data); TASKS has the models' data sets, which
../shared/tools/liquid_tasks.py DATA TASKS writes. `lle-allocate-bits` sees 200 training
sequences; errors are of the whole test sets, of native code. Without MODEL: all twelve,
which takes a minute. LLE must have been built (scripts/build.sh). Exit status
1 if a model loses more than 1 point of accuracy or 5 % of its mean squared error.
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
os.environ["PATH"] = os.path.join(ROOT, "build", "bin") + os.pathsep + os.environ["PATH"]
os.environ["PYTHONPATH"] = os.path.join(ROOT, "python") + os.pathsep + os.environ.get("PYTHONPATH", "")
MOST_POINTS, MOST_ERROR = 0.01, 0.05


def call(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"tune-liquid.py: {' '.join(command)}\nexit status {done.returncode}\n{done.stderr}")
    return done.stdout


def evaluate(model, tasks, task, metric):
    metrics = json.loads(call("lle-run", model, f"--input={tasks}/{task}_test_x.npy", "--json", f"--metric={metric}",
                              f"--evaluate={tasks}/{task}_test_y.npy"))["metrics"]
    return next(m["value"] for m in metrics if m["name"] == metric)


def allocate(model, tasks, task, metric, options, output):
    """Rounds the weights; gives their bits in the mean."""
    labels = f"labels={tasks}/{task}_train_y.npy"
    call("lle-opt", model, f"--lle-allocate-bits=dataset={tasks}/{task}_train_x.npy {labels} metric={metric} samples=200 "
         f"mean-bits=5 repairs=0 {options}", "-o", output)
    text = open(output).read()
    return float(text.split("mean_bits = ", 1)[1].split(" ", 1)[0])


def main():
    if len(sys.argv) < 3 or sys.argv[1].startswith("-"):
        print(__doc__.strip(), file=sys.stdout if sys.argv[1:] in (["-h"], ["--help"]) else sys.stderr)
        return 0 if sys.argv[1:] in (["-h"], ["--help"]) else 1
    data, tasks, chosen = sys.argv[1] + "/liquid/trained", sys.argv[2], sys.argv[3:]
    names = [entry["name"] for entry in json.load(open(data + "/index.json"))]
    if unknown := set(chosen) - set(names):
        sys.exit(f"tune-liquid.py: there is no model '{min(unknown)}'; models: {', '.join(names)}")
    worse = 0
    print("| model | metric | float | rounded | bits | `nearest` | bits |\n|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as work:
        source, rounded = work + "/model.mlir", work + "/rounded.mlir"
        for name in sorted(chosen or names):
            task = name.split("_")[0]
            metric = "mse" if task == "cheetah" else "accuracy"
            call(sys.executable, "-m", "lle.export_ncps", f"{data}/{name}.npz", "--config", f"{data}/index.json", "--name",
                 name, "-o", work + "/model.nir")
            call("lle-translate", "--import-nir", work + "/model.nir", "-o", source)
            before, row = evaluate(source, tasks, task, metric), []
            for options in ("", "nearest"):
                bits = allocate(source, tasks, task, metric, options, rounded)
                after = evaluate(rounded, tasks, task, metric)
                row.append(f"{after:.4f} | {bits:.2f}")
                if not options:
                    worse += after > before * (1 + MOST_ERROR) if metric == "mse" else after < before - MOST_POINTS
            print(f"| {name} | {'mean squared error' if metric == 'mse' else metric} | {before:.4f} | {' | '.join(row)} |",
                  flush=True)
    print(f"{worse} lose more than {100 * MOST_POINTS:.0f} point of accuracy or {100 * MOST_ERROR:.0f} % of their error")
    return worse != 0


if __name__ == "__main__":
    sys.exit(main())
