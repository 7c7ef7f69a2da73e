"""What trained networks cost on boards, beside a budget: python3 -m lle.budgets --help."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np

from .board import SOURCES, call
from .errors import run
from .estimate import estimate

# Model of the trained ones, its task.
NETWORKS = (("gesture_cfc32", "gesture"), ("occupancy_ltc32", "occupancy"))
# Board: KB, ms and mJ of an inference at most, or inferences in a second at least.
BUDGETS = (("stm32h743", {"KB": 256, "ms": 10, "mJ": 1}), ("nrf52840", {"KB": 128, "ms": 20, "mJ": 0.5}),
           ("esp32s3", {"KB": 512, "ms": 15, "mJ": 2}), ("rpi4b", {"rate": 100}), ("rpizero2w", {"rate": 30}),
           ("jetson-nano", {"rate": 200}))
# For processors that LLVM makes no code for: another with registers and an FPU alike, whose instructions are taken.
STAND_IN = {"esp32s3": "rv32imafc"}


def read_figure(board, group, name):
    """(low, high) of a figure of the target's file."""
    text = open(os.path.join(SOURCES, "targets", board + ".mlir")).read()
    entry = re.search(rf'"{group}" = \{{.*?\b{name} = \{{(.*?)provenance', text, re.S).group(1)
    numbers = dict(re.findall(r"(value|low|high) = ([0-9.]+)", entry))
    return float(numbers.get("low", numbers["value"])), float(numbers.get("high", numbers["value"]))


def read_clock(board):
    text = open(os.path.join(SOURCES, "targets", board + ".mlir")).read()
    return int(re.search(r'"clock_hz" = (\d+)', text).group(1))


def get_limits(entry):
    return (entry["low"], entry["high"]) if "low" in entry else (entry["value"], entry["value"])


class Costs:
    """Of an inference: instructions, limits of ms and mJ, KB of the program and of an instance."""

    def __init__(self, board, report):
        inference = report["inference"]
        self.steps, self.instructions = inference["steps"], inference["instructions"]["value"]
        self.kb = report["step"]["memory"]["value"] / 1024
        if board in STAND_IN:
            cycles = [self.instructions * n for n in read_figure(board, "cycles", "instruction")]
            self.ms = tuple(1e3 * n / read_clock(board) for n in cycles)
            self.mj = tuple(n * pj * 1e-9 for n, pj in zip(cycles, read_figure(board, "energy_pj", "cycle")))
            self.provenance = "assumed"
            return
        self.ms, self.mj = get_limits(inference["time"]), get_limits(inference["energy"])
        self.provenance = "assumed" if "assumed" in (inference["time"]["provenance"],
                                                     inference["energy"]["provenance"]) else "derived"

    def keeps(self, budget, steps):
        """By the upper limits, for an inference of so many steps."""
        ms, mj = (limits[1] * steps / self.steps for limits in (self.ms, self.mj))
        if "rate" in budget:
            return 1e3 / ms > budget["rate"]
        return self.kb < budget["KB"] and ms < budget["ms"] and mj < budget["mJ"]

    def step(self, limits):
        return tuple(number / self.steps for number in limits)


def print_limits(limits):
    low, high = (f"{number:.2g}" for number in limits)
    return low if low == high else f"{low} to {high}"


def make_models(data, work):
    """Name, model and inputs of each network: floats, then weights of 8 bits."""
    trained = os.path.join(data, "liquid", "trained")
    for name, task in NETWORKS:
        nir, mlir, fixed = (os.path.join(work, name + end) for end in (".nir", ".mlir", "_int8.mlir"))
        call(sys.executable, "-m", "lle.export_ncps", f"{trained}/{name}.npz", "--config", f"{trained}/index.json",
             "--name", name, "-o", nir)
        call("lle-translate", "--import-nir", nir, "-o", mlir)
        call("lle-opt", mlir, f"--lle-to-fixed-point=dataset={work}/{task}_train_x.npy weights=8", "-o", fixed)
        x = np.load(f"{work}/{task}_test_x.npy")[:20]
        yield name, mlir, x
        yield name + " int8", fixed, x


def main():
    parser = argparse.ArgumentParser(prog="scripts/budgets.sh", description=
                                     "Prints what trained networks cost on boards, by lle-compile --report.")
    parser.add_argument("data", help="the golden data, with liquid/trained")
    parser.add_argument("tasks", help="a script that writes the data sets as arrays: TASKS DATA FOLDER TASK...")
    arguments = parser.parse_args()
    print("| network | board | instructions a step | a step: ms | mJ | a sequence: ms | mJ | KB | budget | kept by a step, "
          "a sequence | time, energy |\n|---|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([sys.executable, arguments.tasks, arguments.data, work] + [task for _, task in NETWORKS],
                       check=True, stdout=subprocess.DEVNULL)
        for name, model, x in make_models(arguments.data, work):
            for board, budget in BUDGETS:
                report = estimate(model, STAND_IN.get(board, board), x, work)
                costs = Costs(board, report)
                wanted = ", ".join(f"> {n}/s" if unit == "rate" else f"< {n:g} {unit}" for unit, n in budget.items())
                kept = ", ".join("yes" if costs.keeps(budget, steps) else "no" for steps in (1, costs.steps))
                print(f"| {name} | {board} | {costs.instructions / costs.steps:,.0f} | {print_limits(costs.step(costs.ms))} | "
                      f"{print_limits(costs.step(costs.mj))} | {print_limits(costs.ms)} | {print_limits(costs.mj)} | "
                      f"{costs.kb:.1f} | {wanted} | {kept} | {costs.provenance} |", flush=True)


if __name__ == "__main__":
    run("lle.budgets", main)
