"""elements.py OUT X STATE...: the networks of a SpiNNaker2 map's processing elements against the emulator.

The map is OUT/map.lle, with its elements in OUT/elements. X has samples of the only input, `input`. A STATE is NODE:spike
or NODE:v, of each population. Each element gets the spikes that the emulator recorded, and what it computes is compared
with the emulator's bit for bit: all of them in code for this machine, and the first one, the last one, and the one with
most ports as firmware of a Cortex-M4F under QEMU."""
import json
import pathlib
import re
import subprocess
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parents[4] / "python"))
from lle.board import Firmware

out, inputs, *states = sys.argv[1:]
out = pathlib.Path(out)


def run(*command):
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout


def flatten(values):
    """A sample's neurons in a row, as elements have them."""
    return values.reshape(*values.shape[:2], -1)


recorded = {"input": flatten(np.load(inputs))}
run("lle-run", out / "map.lle", "--engine=emulator", f"--input={inputs}",
    *(f"--probe={state}={out}/{state}.npy" for state in states))  # fmt: skip
for state in states:
    recorded[state.split(":")[0]] = flatten(np.load(out / f"{state}.npy"))
network = json.loads(run("lle-report-map", out / "map.lle", "--format=network"))


def compare(core, found):
    """Outputs of an element with the recording: elements that differ, and those that are not 0."""
    differ = nonzero = 0
    for population in network["populations"]:
        pieces = [piece for piece in population["cores"] if piece["core"] == core]
        for piece in pieces:
            name, first = population["name"], piece["first"]
            values = found[name if len(pieces) == 1 else f"{name}.{first}"]
            expected = recorded[name][..., first:first + piece["count"]]
            differ += int((values.reshape(expected.shape) != expected).sum())
            nonzero += int((expected != 0).sum())
    return np.array([differ, nonzero])


def find_ports(file):
    """The names of an element's inputs and of its outputs."""
    return [re.findall(r'lle.name = "([^"]*)"', part) for part in file.read_text().splitlines()[0].split(" -> ")]


sums, board = np.zeros(2, int), np.zeros(2, int)
files = sorted((out / "elements").glob("core-*.mlir"), key=lambda file: int(file.stem[5:]))
firmware = {files[0], files[-1], max(files, key=lambda file: len(find_ports(file)[0]))}
for file in files:
    core, (ports, names) = int(file.stem[5:]), find_ports(file)
    for port in ports:
        np.save(out / f"in-{port}.npy", recorded[port])
    run("lle-run", file, *(f"--input={port}={out}/in-{port}.npy" for port in ports),
        *(f"--output={name}={out}/out-{name}.npy" for name in names))  # fmt: skip
    sums += compare(core, {name: np.load(out / f"out-{name}.npy") for name in names})
    if file in firmware:
        program = Firmware(str(file), "mps2-an386", str(out / f"firmware-{core}"))
        board += compare(core, program.run({port: recorded[port] for port in ports}))
print(f"{len(files)} elements: {sums[0]} values differ, {sums[1]} are not 0")
print(f"Cortex-M4F: {board[0]} values differ, {board[1]} are not 0")
