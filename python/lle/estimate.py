"""Estimates of lle-compile beside counts under QEMU: python3 -m lle.estimate --help."""
import argparse
import json
import os
import tempfile

import numpy as np

from .board import BoardError, Firmware, call
from .count import count
from .errors import run


def read_array(path):
    array = np.load(path)
    return array["x"] if isinstance(array, np.lib.npyio.NpzFile) else array


def split(array, samples):
    """Two halves without a common sample: the first ones to profile, the last ones to count, `samples` of each at most.

    A single sequence is cut in its middle."""
    if len(array) == 1:
        half = array.shape[1] // 2
        return array[:, :half], array[:, half:2 * half]
    half = len(array) // 2
    return array[:half][:samples], array[half:][:samples]


def estimate(model, board, data, work, options=()):
    """The report of lle-compile on a profile of the data; without data, that between the paths."""
    report = os.path.join(work, "report.json")
    arguments = [model, f"--target={board}", "--emit=asm", "-o", os.path.join(work, "code.s"), f"--report={report}"]
    if data is not None:
        np.save(os.path.join(work, "profile.npy"), data)
        arguments.append("--activity-data=" + os.path.join(work, "profile.npy"))
    call("lle-compile", *arguments, *options)
    return json.load(open(report))


class Comparison:
    """Instructions of a step: estimated on one half of the inputs, counted on the other, and at most."""

    def __init__(self, model, board, array, samples=20, options=()):
        first, second = split(array, samples)
        with tempfile.TemporaryDirectory() as work:
            # The same kernels in both: those that the profile chose are kept in the network that is counted.
            profiled = os.path.join(work, "profiled.mlir")
            np.save(os.path.join(work, "first.npy"), first)
            call("lle-compile", model, "--emit=mlir", "--activity-data=" + os.path.join(work, "first.npy"), "-o", profiled,
                 *options)
            self.report = estimate(profiled, board, first, work)
            firmware = Firmware(profiled, board, os.path.join(work, "firmware"))
            _, counts = count(firmware, second)
        self.estimated = self.report["step"]["instructions"].get("value")
        if self.estimated is None:
            unknown = ", ".join(helper["name"] for helper in self.report["helpers"] if not helper["is_counted"])
            raise BoardError(f"{model} on {board}: no estimate: " + (f"nothing says what {unknown} take" if unknown else
                             self.report.get("obstacle", "the report has limits only")))
        self.counted = counts.total / counts.steps
        most = self.report["longest_path"]["instructions"]
        self.most = most and most["value"]

    @property
    def error(self):
        return self.estimated / self.counted - 1


def main():
    parser = argparse.ArgumentParser(prog="scripts/compare-estimates.sh", description=
                                     "Compares the instructions of a step that `lle-compile --report` estimates, from a "
                                     "profile of the first half of the inputs, with those counted under QEMU on the second.")
    parser.add_argument("boards", help="targets, separated by commas")
    parser.add_argument("model", nargs="+", help="MODEL[:OPTION...]=INPUT.npy, options being lle-compile's")
    parser.add_argument("--samples", type=int, default=20, metavar="N", help="of each half, at most (default: 20)")
    arguments = parser.parse_args()
    print("| network | board | estimated | counted | difference | no step more than |\n|---|---|---|---|---|---|")
    for model in arguments.model:
        description, data = model.rsplit("=", 1)
        path, *options = description.split(":")
        for board in arguments.boards.split(","):
            result = Comparison(path, board, read_array(data), arguments.samples, options)
            name = os.path.splitext(os.path.basename(path))[0]
            most = f"{result.most:,.0f}" if result.most else "-"
            print(f"| {name} | {board} | {result.estimated:,.0f} | {result.counted:,.0f} | {result.error:+.1%} | {most} |",
                  flush=True)


if __name__ == "__main__":
    run("lle.estimate", main)
