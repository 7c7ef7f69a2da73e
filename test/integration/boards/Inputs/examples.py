"""examples.py BOARD... : the repository's own networks as firmware on emulated boards, beside this machine."""
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "..", "..", "..", "python"), os.path.join(HERE, "..", "..", "Inputs")]
from example_networks import run_all
from lle.board import Firmware
from lle.errors import run


def main():
    for board in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as work:
            for text in run_all(lambda model, options, folder: Firmware(model, board, folder, options), work):
                print(f"{board}: {text}", flush=True)


run("examples.py", main)
