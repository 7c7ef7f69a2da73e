"""Figures of work, fitted to emitted code or to measured time: python3 -m lle.unitcosts --help.

What is fitted are networks of one layer or cell with random weights (fitted.py); networks of the examples,
those that the command line names, and those that --draw draws at random (drawn.py) are only compared.
"""
import argparse
import itertools
import json
import os
import tempfile

import numpy as np

from .board import SOURCES, call
from .drawn import draw_networks
from .errors import ExportError, run
from .fitted import make_fitted
from .hosttime import PROFILED, measure

FREE = ("lle.delay", "lle.flatten")


def write_model(model, path):
    """A model as .mlir: a text, a graph of NIR, or a file, behind which options of lle-translate may stand."""
    if isinstance(model, str) and model.startswith("lle.network"):
        with open(path, "w") as file:
            file.write(model)
        return
    options = []
    if not isinstance(model, str):
        model.write(path + ".nir")
        model = path + ".nir"
    else:
        model, *options = model.split(":")
    if model.endswith(".mlir"):
        call("cp", model, path)
    else:
        call("lle-translate", "--import-nir", *["--" + option for option in options], model, "-o", path)


def estimate(model, inputs, target, kind, work):
    """What a cost model says of a network on some inputs."""
    path = os.path.join(work, "m.mlir")
    write_model(model, path)
    np.save(os.path.join(work, "x.npy"), inputs[:, :PROFILED])
    report = os.path.join(work, "r.json")
    call("lle-opt", path, f"--lle-estimate-cost=target={target} model={kind} dataset={work}/x.npy report={report} json",
         "-o", os.devnull)
    return json.load(open(report))["networks"][0]


def count_cycles(inputs, target, work, arguments):
    """Cycles that a step of the network that was written last takes on this machine."""
    prefix = arguments.prefix.split()
    time, cycle = measure(os.path.join(work, "m.mlir"), inputs, target, work, seconds=0.3, prefix=prefix)
    return time / cycle


def solve(rows, values, is_relative=True):
    """Least squares of the (relative) error with no factor negative: of each subset of the units, the best."""
    values = np.asarray(values)
    scale = values if is_relative else np.full(len(values), values.mean())
    terms, wanted = np.asarray(rows) / scale[:, None], values / scale
    best = None
    for size in range(1, terms.shape[1] + 1):
        for subset in map(list, itertools.combinations(range(terms.shape[1]), size)):
            factors = np.linalg.lstsq(terms[:, subset], wanted, rcond=None)[0]
            error = ((terms[:, subset] @ factors - wanted) ** 2).sum()
            if (factors > 0).all() and (best is None or error < best[0] * (1 - 1e-9)):
                full = np.zeros(terms.shape[1])
                full[subset] = factors
                best = error, full
    return best[1]


class Fit:
    """Cycles of units: of layers and cells with their own, in groups that are fitted one after the other. Entries are
    (name, operation of a cost report, cycles). Where those are measured, they set nothing if they need more than the
    nearest cache."""
    GROUPS = (("neurons", ("neuron_update", "state_update", "operation")), ("counts", ("spike_count", "division")),
              ("pools", ("pooled_element",)),
              ("CfC cells", ("mac", "transcendental")), ("LTC cells", ("liquid_synapse", "unfold")))

    def __init__(self, entries, is_measured=False):
        self.units, self.limits = {}, {}
        self.entries = [(name, operation["units"], cycles) for name, operation, cycles in entries
                        if not (is_measured and operation["bytes_far"])]
        for group, names in self.GROUPS:
            rows = [(name, *entry) for name, *entry in self.entries if self.get_group(entry[0]) == group]
            if not rows: # pools are not measured
                continue
            known = [self.predict(units) for _, units, _ in rows]
            matrix = [[units.get(unit, 0) for unit in names] for _, units, _ in rows]
            rest = [max(cycles - k, 1) for k, (_, _, cycles) in zip(known, rows)]
            # In time, small cells wait for one function after the other, which would leave products no figure.
            factors = solve(matrix, rest, is_relative=not (is_measured and group == "CfC cells"))
            self.units.update({name: factor for name, factor in zip(names, factors) if factor > 0})
            ratios = [cycles / self.predict(units) for _, units, cycles in rows]
            for unit in names:
                self.limits[unit] = min(1.0, min(ratios)), max(1.0, max(ratios))

    @staticmethod
    def get_group(units):
        return ("counts" if "spike_count" in units else "neurons" if "neuron_update" in units else "pools" if "pooled_element" in units else
                "LTC cells" if "liquid_synapse" in units else "CfC cells")

    def predict(self, units):
        return sum(self.units.get(unit, 0) * count for unit, count in units.items())

    def print(self, provenance, source):
        for unit, factor in self.units.items():
            low, high = (factor * ratio for ratio in self.limits[unit])
            print(f'  {unit} = {{value = {factor:#.3g} : f64, low = {low:#.3g} : f64, high = {high:#.3g} : f64, '
                  f'provenance = "{provenance}",\n    source = "{source}"}},')


def main():
    parser = argparse.ArgumentParser(prog="scripts/fit-unit-costs.sh", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+", help="targets whose `unit_cycles` are fitted")
    parser.add_argument("--check", action="append", default=[], metavar="MODEL[:OPTION...]=INPUT.npy",
                        help="a network to compare beside those of the examples; options are lle-translate's")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="compare N networks drawn at random as well")
    parser.add_argument("--seed", type=int, default=1, help="which they are (default: 1)")
    parser.add_argument("--samples", type=int, default=4, help="of each network that is compared (default: 4)")
    parser.add_argument("--measure", action="store_true",
                        help="fit to the time that this machine takes, which must run the targets' code")
    parser.add_argument("--with", dest="prefix", default="", metavar="COMMAND",
                        help="what measured programs run under, as 'chrt -f 50 taskset -c 1'")
    parser.add_argument("--rounds", type=int, default=1, help="how often all that is compared is measured (default: once)")
    parser.add_argument("--only-check", action="store_true",
                        help="compare with the figures that targets have, and fit nothing")
    arguments = parser.parse_args()
    examples = os.path.join(SOURCES, "examples")
    checks = [f"{examples}/digits/digits.nir:profile=snntorch:dt=1e-3={examples}/digits/test_x.npy",
              f"{examples}/sunspots/ltc.nir={examples}/sunspots/test_x.npy",
              f"{examples}/sunspots/cfc.nir={examples}/sunspots/test_x.npy", *arguments.check]
    for target in arguments.targets:
        with tempfile.TemporaryDirectory() as work:
            fit_target(target, checks, arguments, work)


def fit_target(target, checks, arguments, work):
    if not arguments.only_check:
        entries = []
        for name, model, inputs in make_fitted(arguments.measure):
            if arguments.measure:
                report = estimate(model, inputs, target, "analytic", work)
                operations = [entry for entry in report["operations"] if not entry["operation"] in FREE]
                cycles = count_cycles(inputs, target, work, arguments)
            else:
                report = estimate(model, inputs, target, "exact", work)
                if report["step"] is None:
                    raise ExportError(f"{target}: no cycles: " + "; ".join(report["notes"]))
                operations = [entry for entry in report["operations"] if entry["cycles"]["value"] > 0]
                cycles = report["step"]["value"]
            operation, = operations
            entries.append((name, operation, cycles))
        fit = Fit(entries, arguments.measure)
        print(f"{target}: unit_cycles, by {len(fit.entries)} networks\n")
        if arguments.measure:
            fit.print("measured", "time of networks of one layer or cell; scripts/fit-unit-costs.sh --measure")
        else:
            fit.print(report["step"]["provenance"], "LLVM's model of the core for emitted code of networks of one layer or "
                      "cell; scripts/fit-unit-costs.sh")
        print("\n| fitted | cycles of the code | fitted | difference |\n|---|---|---|---|")
        for name, units, cycles in fit.entries:
            found = fit.predict(units)
            print(f"| {name} | {cycles:,.0f} | {found:,.0f} | {100 * (found / cycles - 1):+.0f} % |")
    print(f"\n{target}: networks that set no figure\n")
    print(f"| network | cycles{' measured' if arguments.measure else ' of the code'} | analytic model | difference |"
          f"{' emitted code | difference |' if arguments.measure else ''}\n|---|---|---|---|"
          f"{'---|---|' if arguments.measure else ''}")
    networks = [*read_checks(checks, arguments.samples), *draw_networks(arguments.draw, arguments.seed)]
    measured = measure_all(networks, target, work, arguments) if arguments.measure else None
    for index, (name, model, inputs) in enumerate(networks):
        exact, analytic = (estimate(model, inputs, target, kind, work)["step"] for kind in ("exact", "analytic"))
        expected = measured[index] if arguments.measure else exact["value"]
        compared = [analytic, exact] if arguments.measure else [analytic]
        columns = [f"{found['value']:,.0f} | {100 * (found['value'] / expected - 1):+.0f} %" if found else "- | -"
                   for found in compared]
        print(f"| {name} | {expected:,.0f} | {' | '.join(columns)} |", flush=True)


def measure_all(networks, target, work, arguments):
    """Cycles of each, the least of some rounds: what else a machine does lasts longer than one measurement."""
    least = [float("inf")] * len(networks)
    for _ in range(arguments.rounds):
        for index, (_, model, inputs) in enumerate(networks):
            write_model(model, os.path.join(work, "m.mlir"))
            least[index] = min(least[index], count_cycles(inputs, target, work, arguments))
    return least


def read_checks(checks, samples):
    """(name, model, array of inputs) of MODEL[:OPTION...]=INPUT.npy."""
    for check in checks:
        model, data = check.rsplit("=", 1)
        yield os.path.splitext(os.path.basename(model.split(":")[0]))[0], model, np.load(data)[:samples]


if __name__ == "__main__":
    run("fit-unit-costs.sh", main)
