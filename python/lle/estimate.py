"""Estimates of lle-compile beside counts under QEMU: python3 -m lle.estimate --help."""
import argparse
import json
import os
import tempfile

import numpy as np

from .board import BoardError, Firmware, call
from .count import count
from .errors import run

#: A single sequence is cut into pieces of so many steps, or a little more.
PIECE = 32


def read_array(path):
    array = np.load(path)
    return array["x"] if isinstance(array, np.lib.npyio.NpzFile) else array


def split(array, samples):
    """Two halves without a common sample, to profile and to count: samples go to one and the other in turn. Of each half
    at most `samples`, from the first to the last ones.

    Pieces of a single sequence are samples, each from the initial states."""
    if len(array) == 1:
        pieces = max(array.shape[1] // PIECE // 2, 1) * 2
        length = array.shape[1] // pieces
        array = array[0, :pieces * length].reshape(pieces, length, *array.shape[2:])
    pairs = len(array) // 2
    chosen = 2 * np.linspace(0, pairs - 1, min(samples, pairs)).round().astype(int)
    return array[chosen], array[chosen + 1]


def profile_options(inputs, folder):
    """What tells lle-compile of the arrays, by port."""
    options = []
    for name, array in inputs.items():
        path = os.path.join(folder, f"profile{len(options)}.npy")
        np.save(path, array)
        options.append("--activity-data=" + (f"{name}={path}" if len(inputs) > 1 else path))
    return options


def estimate(model, board, data, work):
    """The report of lle-compile on a profile of the data."""
    report = os.path.join(work, "report.json")
    call("lle-compile", model, f"--target={board}", "--emit=asm", "-o", os.path.join(work, "code.s"),
         f"--report={report}", *profile_options({"": data}, work))
    return json.load(open(report))


class Comparison:
    """Instructions of a step: estimated on one half of the inputs, counted on the other, and at most.

    The code that is counted is that which was estimated, with the kernels that the profile chose. `inputs` is an array, or
    arrays by port."""

    def __init__(self, model, board, inputs, samples=20, options=()):
        inputs = inputs if isinstance(inputs, dict) else {"": inputs}
        halves = {name: split(array, samples) for name, array in inputs.items()}
        with tempfile.TemporaryDirectory() as work:
            path = os.path.join(work, "report.json")
            profile = profile_options({name: first for name, (first, _) in halves.items()}, work)
            firmware = Firmware(model, board, os.path.join(work, "firmware"), [*options, *profile, f"--report={path}"])
            report = json.load(open(path))
            self.estimated = (report["step"]["instructions"] or {}).get("value")
            if self.estimated is None:
                unknown = ", ".join(helper["name"] for helper in report["helpers"] if not helper["is_counted"])
                raise BoardError(f"{model} on {board}: no estimate: " + (f"nothing says what {unknown} take" if unknown else
                                 report["basis"]["instructions"]))
            seconds = {name or firmware.ports["input"][0].name: second for name, (_, second) in halves.items()}
            _, counts = count(firmware, seconds)
        self.counted = counts.total / counts.steps
        most = report["longest_path"]["instructions"]
        self.most = most and most["value"]

    @property
    def error(self):
        return self.estimated / self.counted - 1


def main():
    parser = argparse.ArgumentParser(prog="scripts/compare-estimates.sh", description=
                                     "Compares the instructions of a step that `lle-compile --report` estimates, from a "
                                     "profile of every second sample, with those counted under QEMU on the others. "
                                     "`scripts/compare-estimates.sh --goldens --help` does so with all golden networks.")
    parser.add_argument("boards", help="targets, separated by commas")
    parser.add_argument("model", nargs="+", help="MODEL[:OPTION...]=INPUT.npy, options being lle-compile's")
    parser.add_argument("--samples", type=int, default=20, metavar="N", help="of each half, at most (default: 20)")
    arguments = parser.parse_args()
    models = [model.rpartition("=") for model in arguments.model]
    if not all(equals for _, equals, _ in models):
        parser.error("a model has no input: expected MODEL[:OPTION...]=INPUT.npy")
    print("| network | board | estimated | counted | difference | no step more than |\n|---|---|---|---|---|---|")
    for description, _, data in models:
        path, *options = description.split(":")
        for board in arguments.boards.split(","):
            result = Comparison(path, board, read_array(data), arguments.samples, options)
            name = os.path.splitext(os.path.basename(path))[0]
            most = f"{result.most:,.0f}" if result.most else "-"
            print(f"| {name} | {board} | {result.estimated:,.0f} | {result.counted:,.0f} | {result.error:+.1%} | {most} |",
                  flush=True)


if __name__ == "__main__":
    run("lle.estimate", main)
