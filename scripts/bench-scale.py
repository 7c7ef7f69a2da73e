#!/usr/bin/env python3
"""Maps generated networks of growing size to Loihi 2: time and memory of each phase.

usage: scripts/bench-scale.py [--plot SVG] [--json FILE] [NEURONS ...]

Each network has about a hundred synapses per neuron. It is partitioned, placed, routed
and written, and its file is read, checked against the chips' limits and run for a few
ticks (bench/Scale.cpp). Without NEURONS: 10,000 to 1,000,000. Exponents say how times
and memory grow with the network, from its smallest to its largest one.
"""

import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

PHASES = ["generate", "partition", "place", "route", "write", "read", "check", "run"]
MAPPING = PHASES[1:5]
COLOURS = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#333333"]


def measure(tool, neurons, folder):
    command = [tool, "--json", f"--neurons={neurons}", "-o", str(folder / "map.lle")]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if result.returncode:
        sys.exit(f"bench-scale.py: {' '.join(command)}: exit status {result.returncode}")
    report = json.loads(result.stdout)
    report["phases"] = {phase.pop("phase"): phase for phase in report["phases"]}
    return report


def total(report, unit):
    return sum(report["phases"][phase][unit] for phase in MAPPING)


def peak(report):
    """MiB when the file is written."""
    return report["phases"]["write"]["peak memory MiB"]


def table(reports):
    rows = [["neurons", "synapses", "cores", *PHASES, "mapping s", "processor s", "MiB"]]
    for report in reports:
        rows.append([f"{report['neurons']:,}", f"{report['synapses']:,}", str(report["cores"])]
                    + [f"{report['phases'][phase]['wall s']:.2f}" for phase in PHASES]
                    + [f"{total(report, 'wall s'):.2f}", f"{total(report, 'processor s'):.2f}", str(peak(report))])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in rows)


def exponent(reports, value):
    first, last = reports[0], reports[-1]
    return math.log(value(last) / value(first)) / math.log(last["neurons"] / first["neurons"])


def panel(left, title, reports, curves):
    """Curves [(name, colour, values)] over neurons, both axes logarithmic."""
    width, height, top = 300, 240, 40
    neurons = [math.log10(report["neurons"]) for report in reports]
    logs = [math.log10(max(value, 1e-3)) for _, _, values in curves for value in values]
    low, high = math.floor(min(logs)), math.ceil(max(logs))

    def x(value):
        return left + width * (0.05 + 0.9 * (value - neurons[0]) / (neurons[-1] - neurons[0]))

    def y(value):
        return top + height * (1 - (value - low) / max(high - low, 1))

    lines = [f"<text x='{left + width / 2}' y='{top - 12}' text-anchor='middle'>{title}</text>",
             f"<rect x='{left}' y='{top}' width='{width}' height='{height}' fill='none' stroke='#999'/>"]
    for decade in range(low, high + 1):
        lines.append(f"<line x1='{left}' x2='{left + width}' y1='{y(decade):.1f}' y2='{y(decade):.1f}' stroke='#ddd'/>")
        lines.append(f"<text x='{left - 6}' y='{y(decade) + 4:.1f}' text-anchor='end'>{10.0**decade:g}</text>")
    for report, where in zip(reports, neurons):
        lines.append(f"<text x='{x(where):.1f}' y='{top + height + 18}' text-anchor='middle'>"
                     f"{report['neurons']:,}</text>")
    for index, (name, colour, values) in enumerate(curves):
        points = [(x(where), y(math.log10(max(value, 1e-3)))) for where, value in zip(neurons, values)]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
        lines.append(f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>")
        lines += [f"<circle cx='{px:.1f}' cy='{py:.1f}' r='3' fill='{colour}'><title>{name}: {value:.4g}</title></circle>"
                  for (px, py), value in zip(points, values)]
        lines.append(f"<text x='{left + 10}' y='{top + 18 + 15 * index}' fill='{colour}'>{name}</text>")
    return lines


def plot(reports):
    times = [(phase, colour, [report["phases"][phase]["processor s"] for report in reports])
             for phase, colour in zip(MAPPING, COLOURS)]
    times.append(("all", COLOURS[-1], [total(report, "processor s") for report in reports]))
    memory = [("peak", COLOURS[-1], [peak(report) for report in reports])]
    lines = ["<svg xmlns='http://www.w3.org/2000/svg' width='800' height='320' font-family='sans-serif' font-size='12'>",
             "<rect width='800' height='320' fill='white'/>",
             *panel(70, "processor seconds", reports, times), *panel(460, "memory, MiB", reports, memory), "</svg>"]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("neurons", nargs="*", type=int, default=[10000, 30000, 100000, 300000, 1000000])
    parser.add_argument("--plot", type=pathlib.Path, help="draw times and memory")
    parser.add_argument("--json", type=pathlib.Path, help="write what was measured")
    arguments = parser.parse_args()
    root = pathlib.Path(__file__).resolve().parent.parent
    tool = pathlib.Path(os.environ.get("LLE_BIN_DIR", root / "build/bin")) / "lle-bench-scale"
    if not tool.exists():
        sys.exit("bench-scale.py: lle-bench-scale is not there: scripts/build.sh lle-bench-scale")
    if arguments.plot and len(set(arguments.neurons)) < 2:
        parser.error("--plot needs two sizes")
    with tempfile.TemporaryDirectory() as folder:
        reports = [measure(tool, neurons, pathlib.Path(folder)) for neurons in sorted(set(arguments.neurons))]
    print(table(reports))
    if len(reports) > 1:
        print("\nexponents: processor time "
              f"{exponent(reports, lambda report: total(report, 'processor s')):.2f}, memory {exponent(reports, peak):.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(reports, indent=2) + "\n")
    if arguments.plot:
        arguments.plot.write_text(plot(reports))


main()
