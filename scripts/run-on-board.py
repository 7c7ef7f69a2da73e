#!/usr/bin/python3
"""Runs a network on an emulated board: compiles it into firmware, builds that, feeds it arrays, and writes arrays.

  scripts/run-on-board.py mps2-an386 examples/digits/digits.nir --input=test_x.npy --output=y.npy
  scripts/run-on-board.py rpi4b net.nir --input=x=a.npy --input=timespans=dt.npy --output=spikes=s.npy --option=--profile=norse
"""
import argparse
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "python"))
import numpy as np

from lle.board import BoardError, Firmware
from lle.count import read_inputs
from lle.errors import run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("board", help="a target that QEMU emulates, or for whose core one stands in")
    parser.add_argument("model", help="network, as for lle-compile")
    parser.add_argument("--input", action="append", default=[], metavar="[NAME=]FILE", help="(samples, steps, ...)")
    parser.add_argument("--output", action="append", default=[], metavar="[NAME=]FILE",
                        help="where to write an output in all steps")
    parser.add_argument("--option", action="append", default=[], metavar="OPTION", help="an option for lle-compile")
    parser.add_argument("--first", type=int, metavar="N", help="only the first N samples")
    parser.add_argument("--folder", help="keep the firmware there")
    parser.add_argument("--timeout", type=float, metavar="SECONDS", help="give up after so long")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = arguments.folder or os.path.join(work, "firmware")
        firmware = Firmware(arguments.model, arguments.board, folder, arguments.option)
        outputs = firmware.run(read_inputs(arguments.input, firmware, arguments.first), timeout=arguments.timeout)
    for argument in arguments.output:
        name, file = argument.split("=", 1) if "=" in argument else (next(iter(outputs)), argument)
        if name not in outputs:
            raise BoardError(f"there is no output '{name}'; outputs: {', '.join(outputs)}")
        np.save(file, outputs[name])


run("run-on-board.py", main)
