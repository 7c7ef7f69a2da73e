"""Instructions of a step under QEMU: 512 spikes to fully connected outputs, of whose weights some are zero.

    PYTHONPATH=python bench/embedded/sparse.py mps2-an386 mps3-an547 rv32imafc

What passes/Analysis/SparseRows.h counts with. LLE's tools must be in PATH."""
import argparse
import os
import sys
import tempfile

import numpy as np

SOURCES = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(SOURCES, "python"))

from lle.board import BoardError, Firmware  # noqa: E402
from lle.count import count  # noqa: E402

INPUTS, STEPS, RATE = 512, 8, 0.1


def print_network(weights):
    outputs = len(weights)
    matrix = f"tensor<{outputs}x{INPUTS}x!quant.uniform<i8:f32, 1.0>>"
    bytes_ = weights.tobytes().hex().upper()
    return f"""lle.network @sparse(%x: tensor<{INPUTS}xi1> {{lle.name = "x"}})
    -> (tensor<{outputs}xf32> {{lle.name = "y"}}) attributes {{dt = 1.0e-3 : f64}} {{
  %w = lle.weight dense<"0x{bytes_}"> : tensor<{outputs}x{INPUTS}xi8> as {matrix}
  %y = lle.linear %x, %w : (tensor<{INPUTS}xi1>, {matrix}) -> tensor<{outputs}xf32>
  lle.output %y : tensor<{outputs}xf32>
}}
"""


def measure(board, outputs, density):
    """Weights of a spike that are not zero in the mean, and instructions of a step."""
    random = np.random.RandomState(1)
    spikes = (random.random_sample((1, STEPS, INPUTS)) < RATE).astype(np.uint8)
    weights = random.randint(1, 30, (outputs, INPUTS)).astype(np.int8)
    weights[random.random_sample(weights.shape) >= density] = 0
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "sparse.mlir")
        with open(path, "w") as file:
            file.write(print_network(weights))
        results, counts = count(Firmware(path, board, os.path.join(work, "firmware")), {"x": spikes})
    if not np.array_equal(results["y"][0], spikes[0].astype(np.float32) @ weights.T.astype(np.float32)):
        sys.exit(f"sparse.py: error: {board}: sums of {outputs} outputs are wrong")
    return (weights != 0).sum() / INPUTS, counts.total / counts.steps


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("boards", nargs="+")
    parser.add_argument("--outputs", type=int, nargs="+", default=[32, 128])
    parser.add_argument("--density", type=float, nargs="+", default=[0.01, 0.03, 0.06, 0.1, 0.125, 1.0])
    arguments = parser.parse_args()
    try:
        for board in arguments.boards:
            for outputs in arguments.outputs:
                for density in arguments.density:
                    weights, instructions = measure(board, outputs, density)
                    print(f"{board:12} {outputs:4} outputs, {weights:6.1f} weights of a spike: {instructions:9,.1f}", flush=True)
    except BoardError as error:
        sys.exit(f"sparse.py: error: {error}")


main()
