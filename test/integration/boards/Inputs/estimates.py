"""estimates.py WORK: what lle-compile --report says of a step, beside counts under QEMU.

The profile is of one half of the inputs, the count of the other: they may differ by what the inputs do, 10 % here. Cells
without events do the same in each step, and differ by 1 %. No count is above the longest path, which events everywhere come near to.
"""
import importlib.util
import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", "..", "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "python"))
from lle.board import Firmware
from lle.count import count
from lle.estimate import Comparison

LIMIT, CELL_LIMIT = 0.1, 0.01
WORK = sys.argv[1]


def compare(name, model, boards, array, samples=10, limit=LIMIT):
    for board in boards:
        result = Comparison(model, board, array, samples)
        if abs(result.error) > limit or result.counted > result.most * (1 + 1e-9):
            sys.exit(f"{name} on {board}: {result.estimated} estimated, {result.counted} counted, at most {result.most}")
        print(f"{name} on {board}: {result.estimated:.0f} estimated, {result.counted:.0f} counted, {result.error:+.2%}",
              flush=True)


def make_perceptron():
    """784-128-10 with weights of 8 bits, as bench/embedded has it."""
    path = os.path.join(ROOT, "bench", "embedded", "count.py")
    spec = importlib.util.spec_from_file_location("bench_count", path)
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    model = os.path.join(WORK, "lif.mlir")
    with open(model, "w") as file:
        file.write(bench.make_lif().text)
    return model


def make_synapse():
    """64 inputs to 10 outputs, event by event: a loop that is pipelined for Cortex-M7."""
    weights = ", ".join(str(list(map(float, row))) for row in np.random.default_rng(2).integers(-9, 10, (10, 64)) / 8)
    model = os.path.join(WORK, "synapse.mlir")
    with open(model, "w") as file:
        file.write(f"""lle.network @synapse(%x: tensor<64xi1>) -> tensor<10xf32> attributes {{dt = 1.0e-3 : f64}} {{
  %w = lle.weight dense<[{weights}]> : tensor<10x64xf32>
  %y = lle.linear %x, %w {{lle.synapse = "event"}} : (tensor<64xi1>, tensor<10x64xf32>) -> tensor<10xf32>
  lle.output %y : tensor<10xf32>
}}
""")
    return model


def check_most(name, model, board, shape, factor):
    """Steps in which all inputs spike, from the first on."""
    array = np.ones(shape, np.uint8)
    firmware = Firmware(model, board, os.path.join(WORK, f"{name}-{board}"))
    _, counts = count(firmware, array)
    text = open(os.path.join(firmware.folder, "model", firmware.name + ".h")).read()
    most = int(text.split(f"{firmware.name.upper()}_STEP_INSTRUCTIONS ")[1].split()[0])
    counted = counts.total / counts.steps
    if not counted <= most <= factor * counted:
        sys.exit(f"{name} on {board}: {counted} counted with all inputs, at most {most} claimed")
    print(f"{name} on {board}: all inputs spike: at most {most}, {most / counted:.2f} times what was counted", flush=True)


digits, sunspots = f"{ROOT}/examples/digits", f"{ROOT}/examples/sunspots"
perceptron = make_perceptron()
spikes = (np.random.default_rng(3).random((4, 25, 784)) < 0.13).astype(np.uint8)
events = (np.random.default_rng(3).random((2, 40, 64)) < 0.5).astype(np.uint8)
compare("synapse", make_synapse(), ["mps2-an500"], events)
compare("digits", f"{digits}/digits.nir", ["mps2-an386", "mps3-an547", "rpi4b"], np.load(f"{digits}/test_x.npy"))
compare("perceptron", perceptron, ["mps2-an386", "mps3-an547"], spikes)
years = np.load(f"{sunspots}/test_x.npy")
compare("ltc", f"{sunspots}/ltc.nir", ["mps2-an386", "rv32imafc"], years, 4, CELL_LIMIT)
compare("cfc", f"{sunspots}/cfc.nir", ["mps2-an386", "rv64gcv"], years, 4, CELL_LIMIT)
for board in ("mps2-an386", "mps3-an547"):
    # Inner layers do not spike everywhere, whatever comes in; the first synapse is nearly all of the perceptron.
    check_most("digits", f"{digits}/digits.nir", board, (1, 8, 1, 8, 8), 8)
    check_most("perceptron", perceptron, board, (1, 25, 784), 1.5)
