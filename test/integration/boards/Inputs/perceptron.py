"""perceptron.py WORK BOARD...: the spiking perceptron that bench/embedded measures counts the same spikes everywhere."""
import os
import sys

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "..")
sys.path.insert(0, os.path.join(ROOT, "bench", "embedded"))
import count

work, boards = sys.argv[1], sys.argv[2:]
network = count.make_lif()
model = os.path.join(work, "perceptron.mlir")
with open(model, "w") as file:
    file.write(network.text)
for board in boards:
    firmware = count.Firmware(model, board, os.path.join(work, board))
    counts, = firmware.run(network.inputs).values()
    print(f"{board}:", *np.asarray(counts)[0, -1].astype(int))
