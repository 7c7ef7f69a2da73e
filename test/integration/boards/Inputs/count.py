"""count.py MODEL WORK COUNTS STAND_IN: counts with one instruction to a block are those with QEMU's own blocks."""
import json
import os
import sys

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "..")
sys.path.insert(0, os.path.join(ROOT, "python"))
from lle import board
from lle.count import count

model, work, counts, stand_in = sys.argv[1:]
x = np.load(f"{work}/x.npy")
for name in ("mps2-an386", "esp32c3"):
    firmware = board.Firmware(model, name, f"{work}/{name}")
    _, whole = count(firmware, x)
    run = firmware.run
    firmware.run = lambda inputs, flags="", timeout=None: run(inputs, flags + " -singlestep", timeout)
    _, single = count(firmware, x)
    if max(len(block[2]) for block in single.blocks) != 1 or max(len(block[2]) for block in whole.blocks) < 2:
        sys.exit(f"{name}: blocks are not what they should be")
    same = whole.nodes == single.nodes and whole.steps == single.steps == 10
    print(f"{name}: one instruction to a block: {'the same' if same else (whole.nodes, single.nodes)}")
    if name == "mps2-an386":
        found, other = (json.load(open(file)) for file in (counts, stand_in))
        if found["nodes"] != whole.nodes or found["instructions"] != whole.total:
            sys.exit(f"two runs differ: {found['nodes']}, {whole.nodes}")
        print("stand-in:", "the same" if other["nodes"] == found["nodes"] else (found["nodes"], other["nodes"]))
