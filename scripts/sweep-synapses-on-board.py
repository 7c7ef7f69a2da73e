#!/usr/bin/python3
"""Fits the entry `synapse_cycles` of a target to instructions counted under QEMU, or to estimated or measured cycles.

    scripts/sweep-synapses-on-board.py mps2-an386
    scripts/sweep-synapses-on-board.py --estimate mps2-an500
    scripts/sweep-synapses-on-board.py --measure sapphire-rapids          # on such a machine

What lle-sweep-synapses measures on this machine, counted for another: a network of one synapse, by each kernel, on random
inputs of several rates. Counts are exact, so the same compiler gives the same figures on every machine. They are
instructions; with --estimate cycles, which the cost model "exact" gives, by LLVM's model of the core; with --measure cycles
of this machine, which must run the target's code, and whose file has `unit_cycles` by then. Unlike lle-sweep-synapses, that leaves out the population behind the
synapse: its figures say what a synapse takes, and not only which kernel takes less. Prints what
scripts/fit-synapse-costs.py fits to them. --folder keeps the tables.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.join(ROOT, "python"))
import numpy as np

from lle.board import Firmware, get_near_bytes, read_target
from lle.count import count
from lle.errors import run
from lle.hosttime import measure
from lle.unitcosts import estimate

RATES = [0.02, 0.1, 0.3, 0.6, 1.0]
CONV_RATES = [0.02, 0.3, 1.0]  # each is compiled anew: the code of a convolution depends on the rate
STEPS, SIDE = 4, 16
MEASURED_RATES = [0.005, 0.02, 0.1, 0.3, 1.0]
# A processor learns what comes again and again: Zen 4 the branches of 25,000 words of 64 elements, not those of 54,000.
MEASURED_ELEMENTS = {"spikes": 1 << 22, "numbers": 1 << 21}
# Inputs and outputs, or so many channels of maps of this side.
Synapse = collections.namedtuple("Synapse", "kind signal width outputs side", defaults=[SIDE])
# Widths, outputs where they are not as many, and the side of maps.
LINEAR = [([64, 256], None, 1), ([64, 256], 10, 1)]
CONV = [([4, 8], None, SIDE)]
MEASURED_LINEAR = [([32, 64, 128, 256], None, 1), ([64, 256], 10, 1), ([256, 784], 64, 1), ([16, 48], 128, 1),
                   ([128, 200], 32, 1)]
MEASURED_CONV = [([8, 16, 32], None, SIDE), ([8, 16], 32, 8), ([4], 64, 8)]


def print_weights(shape, element):
    """Weights of a fixed generator: NumPy keeps the sequence of RandomState."""
    random = np.random.RandomState(2)
    if element == "f32":
        values = random.uniform(-1, 1, shape).astype(np.float32)
    else:
        values = random.randint(-100, 101, shape).astype(np.int8)
    return f'dense<"0x{values.tobytes().hex().upper()}"> : tensor<{"x".join(map(str, shape))}x{element}>'


def print_network(synapse, rate, weight="f32"):
    kind, signal, width, outputs, side = synapse
    element = "i1" if signal == "spikes" else "f32"
    result = "f32" if weight == "f32" else "si32"
    said, bias, types = f'{{lle.activity = {rate:.6f} : f64}}', "", ""
    if kind == "linear":
        x, y, shape = f"tensor<{width}x{element}>", f"tensor<{outputs}x{result}>", (outputs, width)
        operation = f"lle.linear %x, %w {said}"
    else:
        x, y = (f"tensor<{channels}x{side}x{side}x{type}>" for channels, type in ((width, element), (outputs, result)))
        shape = (outputs, width, 3, 3)
        said = said.replace("{", "{stride = array<i64: 1, 1>, padding = \"same\", "
                                 "dilation = array<i64: 1, 1>, groups = 1 : i64, ", 1)
        types = f", tensor<{outputs}x{result}>"
        bias = f"  %b = lle.weight dense<0{'.0' if result == 'f32' else ''}> : {types[2:]}\n"
        operation = f"lle.conv2d %x, %w, %b {said}"
    weights = print_weights(shape, weight)
    return f"""lle.network @sweep(%x: {x}) -> {y} attributes {{dt = 1.0e-3 : f64}} {{
  %w = lle.weight {weights}
{bias}  %y = {operation} : ({x}, {weights.rsplit(" : ", 1)[1]}{types}) -> {y}
  lle.output %y : {y}
}}
"""


def draw_inputs(synapse, rate, steps=STEPS):
    random = np.random.RandomState(1)
    kind, signal, width, _, side = synapse
    shape = (1, steps, width) if kind == "linear" else (1, steps, width, side, side)
    active = random.random_sample(shape) < rate
    return active.astype(np.uint8) if signal == "spikes" else (active * random.uniform(1, 2, shape)).astype(np.float32)


class Kernel:
    """A network of one synapse by one kernel, as firmware."""

    def __init__(self, board, folder, name, synapse, kernel, rate, weight="f32"):
        model = os.path.join(folder, name + ".mlir")
        with open(model, "w") as file:
            file.write(print_network(synapse, rate, weight))
        self.synapse = synapse
        self.firmware = Firmware(model, board, os.path.join(folder, name), [f"--synapse={kernel}"])

    def count(self, rate):
        """Instructions of a step."""
        _, counts = count(self.firmware, draw_inputs(self.synapse, rate))
        return counts.total / counts.steps


class EstimatedKernel:
    """The same, by the cycles of its code in LLVM's model of the core."""

    def __init__(self, target, folder, name, synapse, kernel, rate):
        self.target, self.folder, self.synapse = target, folder, synapse
        self.text = print_network(synapse, rate).replace(
            "lle.activity", f'lle.synapse = "{kernel}", lle.activity', 1)

    def count(self, rate):
        """Cycles of a step."""
        report = estimate(self.text, draw_inputs(self.synapse, rate), self.target, "exact", self.folder)
        return report["step"]["value"]


def print_population(signal, shape):
    """A population that never fires."""
    spikes = shape.replace("f32", "i1")
    return f"""  %z = spk.if "never" {signal} dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {{r = dense<1.0> : {shape}, v_init = dense<0.0> : {shape}, v_reset = dense<0.0> : {shape},
       v_threshold = dense<1.0e30> : {shape}}} : {shape} -> {spikes}
"""


def add_population(text, channels, side):
    """The network with a population behind its map, and a look at four pixels of that: the map itself would be brought
    into the order of an output. What these two take is what the target's file says that they do."""
    shape, result, pixel = f"tensor<{channels}x{side}x{side}xf32>", "tensor<1x2x2xf32>", f"tensor<1x{channels}x1x1xf32>"
    head, body = text.split("  lle.output")[0].split(" attributes", 1)
    return f"""{head.rsplit("-> ", 1)[0]}-> {result} attributes{body}{print_population("%y", shape)}  %p = lle.weight dense<1.0> : {pixel}
  %n = lle.weight dense<0.0> : tensor<1xf32>
  %o = lle.conv2d %z, %p, %n {{stride = array<i64: {side // 2}, {side // 2}>, padding = array<i64: 0, 0>, dilation = array<i64: 1, 1>,
      groups = 1 : i64, lle.synapse = "event"}} : ({shape.replace("f32", "i1")}, {pixel}, tensor<1xf32>) -> {result}
  lle.output %o : {result}
}}
"""


class MeasuredKernel:
    """The same, by the time that this machine takes."""

    prefix = ()

    def __init__(self, target, folder, name, synapse, kernel, rate):
        self.text = EstimatedKernel(target, folder, name, synapse, kernel, rate).text
        self.target, self.folder, self.synapse, self.subtracted, self.found = target, folder, synapse, 0, None
        self.is_dense = kernel == "dense"
        if synapse.kind == "conv":
            self.text = add_population(self.text, synapse.outputs, synapse.side)
            report = estimate(self.text, draw_inputs(synapse, rate), target, "analytic", folder)
            self.subtracted = sum(operation["cycles"]["value"] for operation in report["operations"][1:])

    def measure(self, text, inputs):
        model = os.path.join(self.folder, "measured.mlir")
        with open(model, "w") as file:
            file.write(text)
        time, cycle = measure(model, inputs, self.target, self.folder, seconds=0.15, prefix=self.prefix)
        return time / cycle

    def count(self, rate):
        """Cycles of a step, of which those of the dense kernel do not depend on the rate."""
        if self.found is None or not self.is_dense:
            elements = self.synapse.width * self.synapse.side ** (2 if self.synapse.kind == "conv" else 0)
            inputs = draw_inputs(self.synapse, rate, max(64, MEASURED_ELEMENTS[self.synapse.signal] // elements))
            self.found = self.measure(self.text, inputs) - self.subtracted
        return self.found


def sweep(Kernel, board, folder, synapses):
    rows = []
    for synapse in synapses:
        kind, signal, width, outputs, side = synapse
        rates = MEASURED_RATES if Kernel is MeasuredKernel else RATES if kind == "linear" else CONV_RATES
        name = f"{kind}-{signal}-{width}-{outputs}"
        dense = Kernel(board, folder, name + "-dense", synapse, "dense", 1)
        cells, event = [], None
        for rate in rates:
            if event is None or kind == "conv":
                event = Kernel(board, folder, f"{name}-event-{rate}", synapse, "event", rate)
            # fit-synapse-costs.py takes times: at 1 GHz an instruction of a nanosecond is one.
            cells.append({"rate": rate, "dense_us": dense.count(rate) / 1e3, "event_us": event.count(rate) / 1e3})
            print(f"{name:28} {100 * rate:6.1f} %  dense {1e3 * cells[-1]['dense_us']:12,.0f}  "
                  f"event {1e3 * cells[-1]['event_us']:12,.0f}", file=sys.stderr, flush=True)
        rows.append({"width": width, "side": side, "rates": cells})
    return rows


def get_fit_options(board):
    """Options of fit-synapse-costs.py: lanes of a vector, and what the nearest cache holds."""
    yield "--lanes=" + read_target(board).split('"vector_lanes" = ')[1].split()[0]
    if near := get_near_bytes(board):
        yield f"--cache={near}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("board", help="a target; one that QEMU emulates, unless cycles are estimated")
    parser.add_argument("--estimate", action="store_true", help="cycles by LLVM's model, without QEMU")
    parser.add_argument("--measure", action="store_true", help="cycles by the time that this machine takes")
    parser.add_argument("--with", dest="prefix", default="", metavar="COMMAND",
                        help="what measured programs run under, as 'chrt -f 50 taskset -c 1'")
    parser.add_argument("--folder", help="where tables are kept")
    arguments = parser.parse_args()
    os.environ["PATH"] = os.environ.get("LLE_BIN_DIR", os.path.join(ROOT, "build", "bin")) + os.pathsep + os.environ["PATH"]
    kernel = MeasuredKernel if arguments.measure else EstimatedKernel if arguments.estimate else Kernel
    MeasuredKernel.prefix = tuple(arguments.prefix.split())
    with tempfile.TemporaryDirectory() as work:
        folder = arguments.folder or work
        os.makedirs(folder, exist_ok=True)
        tables = []
        linear, conv = (MEASURED_LINEAR, MEASURED_CONV) if arguments.measure else (LINEAR, CONV)
        for kind, cases in (("linear", linear), ("conv", conv)):
            for signal in ("spikes", "numbers"):
                files = []
                for widths, outputs, side in cases:
                    path = os.path.join(folder, f"{kind}-{signal}-{outputs or 'width'}.json")
                    synapses = [Synapse(kind, signal, width, outputs or width, side) for width in widths]
                    with open(path, "w") as file:
                        json.dump(sweep(kernel, arguments.board, work, synapses), file, indent=2)
                    files.append(path + (f":{outputs}" if outputs else ""))
                tables.append(f"{kind}_{signal}=" + ",".join(files))
        subprocess.run([sys.executable, os.path.join(ROOT, "scripts", "fit-synapse-costs.py"),
                        *get_fit_options(arguments.board), "--ghz=1", *tables], check=True)


if __name__ == "__main__":
    run("sweep-synapses-on-board.py", main)
