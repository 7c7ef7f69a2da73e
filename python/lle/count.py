"""Instructions of a network under QEMU, by node: python3 -m lle.count --help."""
import argparse
import json
import os
import re
import subprocess
import tempfile
from collections import Counter

import numpy as np

from .board import SOURCES, BoardError, Firmware, call, find_tool
from .errors import run

# Functions of the firmware that compilers call, and that work for the network where it calls them.
HELPERS = ("board/float.o", "board/memory.o")


def find_plugin():
    for folder in (os.environ.get("LLE_LIB_DIR"), os.path.join(SOURCES, "build", "lib")):
        path = folder and os.path.join(folder, "lle-count.so")
        if path and os.path.exists(path):
            return path
    raise BoardError("lle-count.so is not built; `ninja -C build lle-count` builds it, LLE_LIB_DIR says where it is")


def read_functions(path):
    """Address and size of each function of an ELF file or archive, by name; objects have addresses of their own."""
    functions = {}
    for line in call(find_tool("llvm-nm"), "--print-size", "--defined-only", "--format=bsd", path).splitlines():
        symbol = re.fullmatch(r"([0-9a-f]+) ([0-9a-f]+) [tTwW] (\S+)", line)
        if symbol and not symbol.group(3).startswith("$"):
            functions[symbol.group(3)] = int(symbol.group(1), 16), int(symbol.group(2), 16)
    return functions


def join_ranges(functions):
    """Ranges of addresses that the functions lie in."""
    ranges = []
    for low, size in sorted(functions):
        if size and ranges and ranges[-1][1] >= low:
            ranges[-1][1] = max(ranges[-1][1], low + size)
        elif size:
            ranges.append([low, low + size])
    return ranges


def get_plugin_flags(firmware, out):
    functions = read_functions(firmware.elf)
    network = set(read_functions(os.path.join(firmware.folder, "model", f"lib{firmware.name}.a")))
    harness = set()
    for folder, _, files in os.walk(firmware.build):
        for file in files:
            path = os.path.join(folder, file)
            if file.endswith(".o") and os.path.relpath(path, firmware.build) not in HELPERS:
                harness |= set(read_functions(path))
    flags = [find_plugin(), f"out={out}"]
    flags += [f"{key}={functions[name][0]:#x}" for key, name in (("begin", "begin_step"), ("end", "end_step"))]
    code = [functions[name] for name in functions if name in network]
    helpers = [functions[name] for name in functions if name not in network | harness]
    flags += [f"code={low:#x}-{high:#x}" for low, high in join_ranges(code)]
    flags += [f"helper={low:#x}-{high:#x}" for low, high in join_ranges(helpers)]
    return "-plugin " + ",".join(flags), network


class Counts:
    """Executed instructions of all steps: of each node, and of what it called among them."""

    def __init__(self, steps, nodes, helpers, blocks):
        self.steps, self.nodes, self.helpers, self.blocks = steps, nodes, helpers, blocks
        self.total = sum(nodes.values())
        assert self.total == sum(n * len(where) + called for n, called, where in blocks)


def find_nodes(firmware, network, addresses):
    """The node that each address belongs to, None for what nodes share; and the place of each node in the network."""
    addresses = sorted(addresses)
    done = subprocess.run([find_tool("llvm-symbolizer"), f"--obj={firmware.elf}", "--inlining", "--no-demangle",
                           "--functions=linkage", "--output-style=JSON"], input="\n".join(map(hex, addresses)),
                          stdout=subprocess.PIPE, text=True, check=True)
    nodes, places = {}, Counter()
    for address, line in zip(addresses, done.stdout.splitlines()):
        innermost = json.loads(line)["Symbol"][0]
        name = innermost["FunctionName"]
        nodes[address] = name if name and name not in network else None
        # Instructions that stand for several of a node have line 0.
        places[nodes[address]] = max(places[nodes[address]], innermost["Line"])
    return nodes, places


def count(firmware, inputs, timeout=None):
    """Outputs, and the Counts of the run."""
    with tempfile.TemporaryDirectory() as work:
        out = os.path.join(work, "counts")
        flags, network = get_plugin_flags(firmware, out)
        outputs = firmware.run(inputs, flags, timeout)
        if not os.path.exists(out):
            raise BoardError("the plug-in wrote no counts; this QEMU may have been built without plug-ins")
        lines = [line.split() for line in open(out)]
    steps = int(lines[0][1])
    blocks = [(int(line[1]), int(line[2]), [int(address, 16) for address in line[3:]]) for line in lines[1:]]
    owners, places = find_nodes(firmware, network, {address for _, _, addresses in blocks for address in addresses})
    nodes, helpers = Counter(), Counter()
    for executions, called, addresses in blocks:
        for address in addresses:
            nodes[owners[address]] += executions
        # A call ends a block.
        nodes[owners[addresses[-1]]] += called
        helpers[owners[addresses[-1]]] += called
    order = sorted(nodes, key=lambda node: (node is None, places[node]))
    shown = lambda node: node or "(shared)"
    return outputs, Counts(steps, {shown(node): nodes[node] for node in order},
                           {shown(node): helpers[node] for node in order}, blocks)


def print_table(counts, samples):
    width = max(len(name) for name in list(counts.nodes) + ["(shared)"])
    print(f"{'node':{width}}  {'a step':>14}  {'an inference':>14}  {'share':>6}")
    rows = list(counts.nodes.items()) + [("total", counts.total)]
    for name, instructions in rows:
        print(f"{name:{width}}  {instructions / counts.steps:14,.1f}  {instructions / samples:14,.1f}  "
              f"{instructions / counts.total:6.1%}")
    called = sum(counts.helpers.values())
    if called:
        print(f"of these {called / counts.total:.1%} in functions for floats and long integers, which nodes call")


def main():
    parser = argparse.ArgumentParser(prog="scripts/count-instructions.sh", description=
                                     "Counts the instructions that a network executes on an emulated board, by node. "
                                     "The counts are exact, and the same in every run.")
    parser.add_argument("board", help="a target that QEMU emulates, or for whose core one stands in")
    parser.add_argument("model", help="network, as for lle-compile")
    parser.add_argument("input", nargs="+", help="[NAME=]FILE.npy of shape (samples, steps, ...)")
    parser.add_argument("--first", type=int, metavar="N", help="only the first N samples")
    parser.add_argument("--json", metavar="FILE", help="write the counts as JSON")
    parser.add_argument("--option", action="append", default=[], metavar="OPTION", help="an option for lle-compile")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        firmware = Firmware(arguments.model, arguments.board, os.path.join(work, "firmware"), arguments.option)
        inputs = read_inputs(arguments.input, firmware, arguments.first)
        _, counts = count(firmware, inputs)
    samples = len(next(iter(inputs.values())))
    standing_in = "" if firmware.target == arguments.board else f", by the core of {firmware.target}"
    print(f"{firmware.name} on {arguments.board}{standing_in}: {samples} inferences of {counts.steps // samples} steps")
    print_table(counts, samples)
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump({"network": firmware.name, "board": arguments.board, "emulated": firmware.target,
                       "inferences": samples, "steps": counts.steps, "instructions": counts.total,
                       "nodes": counts.nodes, "helpers": counts.helpers, "provenance": "simulated"}, file, indent=2)
            file.write("\n")


def read_inputs(arguments, firmware, first=None):
    """Arrays by name, of [NAME=]FILE."""
    inputs = {}
    for argument in arguments:
        name, file = argument.split("=", 1) if "=" in argument else (firmware.ports["input"][0].name, argument)
        inputs[name] = np.load(file)[:first]
    return inputs


if __name__ == "__main__":
    run("lle.count", main)
