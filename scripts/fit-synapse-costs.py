#!/usr/bin/env python3
"""Fits the entry `synapse_cycles` of a target to tables of lle-sweep-synapses.

    lle-sweep-synapses --target=T --json=ls.json [--outputs=10] [--kind=conv] [--input=numbers]   # once for each table
    scripts/fit-synapse-costs.py --lanes=16 --ghz=2.06 linear_spikes=ls.json,ls10.json:10 conv_spikes=cs.json ...

Each argument is a kind and its tables; a table of another number of outputs than inputs has it behind a colon. Costs are
those of passes/Analysis/SynapseCost.h, by least squares of the relative error with none negative; synapses whose inputs,
weights and results do not fit the cache are left out. Prints the fit, and for each width where both kernels cost the
same: as fitted, and as measured, and how much slower than the better kernel the chosen one is at the worst of the
measured rates.
"""
import argparse
import itertools
import json
import math

import numpy as np


def read(table, is_conv, is_spikes, lanes):
    """(elements, vectors, vectors of results, rate, dense ns, event ns, bytes that a step touches) of each measurement."""
    path, _, outputs = table.partition(":")
    with open(path) as file:
        for row in json.load(file):
            width = row["width"]
            columns = int(outputs) if outputs else width
            taps, pixels = (9, row.get("side", 16) ** 2) if is_conv else (1, 1)
            touched = pixels * (width * (1 if is_spikes else 4) + columns * 4) + width * columns * taps * 4
            vectors = math.ceil(columns / lanes)
            work = width * pixels, taps * vectors, pixels * vectors
            for cell in row["rates"]:
                yield *work, cell["rate"], cell["dense_us"] * 1e3, cell["event_us"] * 1e3, touched


def solve(terms, weights):
    """The best sum of terms that is one everywhere, with no factor negative: of each subset of the terms, the best."""
    terms, weights = np.asarray(terms), np.asarray(weights)
    best = None
    for size in range(1, terms.shape[1] + 1):
        for subset in map(list, itertools.combinations(range(terms.shape[1]), size)):
            factors = np.linalg.lstsq(terms[:, subset] * weights[:, None], weights, rcond=None)[0]
            error = (((terms[:, subset] @ factors - 1) * weights) ** 2).sum()
            if (factors >= 0).all() and (best is None or error < best[0]):
                full = np.zeros(terms.shape[1])
                full[subset] = factors
                best = error, full
    return [float("%.3g" % factor) for factor in best[1]]


def crossing(points):
    """Where the ratio of event to dense passes one."""
    for (a, x), (b, y) in zip(points, points[1:]):
        if x <= 1 < y:
            return a + (b - a) * (1 - x) / (y - x)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lanes", type=int, required=True, help="f32 elements of a vector register of the target")
    parser.add_argument("--ghz", type=float, required=True, help="clock of the machine that was measured")
    parser.add_argument("--cache", type=float, default=1 << 21,
                        help="bytes of the cache that holds what is fitted (default: 2 MiB, a second level)")
    parser.add_argument("tables", nargs="+", metavar="KIND=FILE[:OUTPUTS],...")
    options = parser.parse_args()
    for argument in options.tables:
        kind, _, files = argument.partition("=")
        shape = kind.startswith("conv"), kind.endswith("spikes"), options.lanes
        cells = [c for file in files.split(",") for c in read(file, *shape) if c[-1] <= options.cache]
        dense = solve([(n * options.ghz ** -1 / d, n * v * options.ghz ** -1 / d) for n, v, _, _, d, _, _ in cells],
                      [1] * len(cells))
        # What a rate costs where nothing is active matters less than where the kernels cost the same.
        event = solve([(n / 64 / options.ghz / e, n * r / options.ghz / e, n * r * v / options.ghz / e,
                        n * r * (1 - r) / options.ghz / e, m / options.ghz / e) for n, v, m, r, _, e, _ in cells],
                      [1 if c[3] >= 0.2 else 0.3 for c in cells])
        names = "dense_element dense_vector event_word event_element event_vector event_branch event_result".split()
        print(kind, "= {" + ", ".join("%s = %s : f64" % pair for pair in zip(names, dense + event)) + "}")

        def cost(n, v, m, r):
            return n / 64 * event[0] + n * r * (event[1] + event[2] * v + event[3] * (1 - r)) + m * event[4]

        worst = 1
        for n, v, m in sorted({c[:3] for c in cells}):
            limit = n * (dense[0] + dense[1] * v)
            fitted = next((r / 1000 for r in range(1001) if cost(n, v, m, r / 1000) > limit), None)
            here = sorted(c[3:] for c in cells if c[:3] == (n, v, m))
            measured = crossing([(r, e / d) for r, d, e, _ in here])
            for r, d, e, _ in here:
                worst = max(worst, (e if cost(n, v, m, r) <= limit else d) / min(d, e))
            show = lambda rate: "none" if rate is None else "%.0f %%" % (100 * rate)
            print("  %6d elements of %3d vectors: fitted %s, measured %s" % (n, v, show(fitted), show(measured)))
        print("  the choice costs at most %.0f %% more than the better kernel" % (100 * (worst - 1)))


main()
