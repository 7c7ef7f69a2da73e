"""Networks on boards: compile one into firmware, run that in an emulator, count its instructions.

Used by scripts/run-on-board.py, scripts/count-instructions.sh and the tests.
"""
import os
import re
import shutil
import subprocess

import numpy as np

from .errors import ExportError
from .header import Header

SOURCES = os.path.normpath(os.path.join(os.path.dirname(__file__), "..", ".."))


class BoardError(ExportError):
    """What keeps a network from running on a board."""


class DoesNotFit(BoardError):
    """The network needs more memory than the board has: `bytes` of a `kind`, flash or RAM."""

    def __init__(self, text):
        line = next(line for line in text.splitlines() if "does not fit" in line)
        super().__init__(line)
        takes = re.search(r"take (\d+) bytes, for which no (\w+) has room", line)
        self.bytes, self.kind = int(takes[1]), takes[2]


class NotEmulated(BoardError):
    """QEMU fails where the board would not."""


# QEMU 7.2 asserts this when it translates vfcvt.rtz, vfncvt.rtz or vfwcvt.rtz as the first instruction on floats of a
# block; a vsetvli ends a block.
QEMU_FAULT = "decode_save_opc: Assertion"


def call(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          **options)
    if done.returncode:
        raise BoardError(f"{' '.join(command)}\nexit status {done.returncode}\n{done.stdout.strip()}")
    return done.stdout


def find_tool(name):
    """A tool of LLVM, under the name that a distribution or an own build gives it."""
    for candidate in (f"{name}-22", name):
        if shutil.which(candidate):
            return candidate
    raise BoardError(f"{name}-22 is not installed; scripts/setup.sh installs it")


def read_target(name):
    """The text of a target's file; empty where there is none, which LLE's tools say."""
    folder = os.environ.get("LLE_TARGETS_DIR", os.path.join(SOURCES, "targets"))
    try:
        with open(os.path.join(folder, name + ".mlir")) as file:
            return file.read()
    except OSError:
        return ""


def get_near_bytes(target):
    """What the nearest cache of a target holds, by its file; None where that does not say."""
    entry = re.search(r"near_bytes = \{value = ([^ ,]+)", read_target(target))
    return entry and float(entry.group(1))


def get_emulated_target(board):
    """The target whose machine is emulated: the board, or the one that stands in for it."""
    stand_in = re.search(r'"stand_in" = "([^"]*)"', read_target(board))
    return stand_in.group(1) if stand_in else board


def get_emulator(board):
    """The program of QEMU that the board needs; None where its code runs by itself."""
    entry = re.search(r'"qemu" = \{(system|user) = "([^"]*)"', read_target(get_emulated_target(board)))
    return entry and ("qemu-system-" if entry.group(1) == "system" else "qemu-") + entry.group(2)


def write_firmware(model, target, folder, options=()):
    try:
        call("lle-compile", model, f"--target={target}", "--emit=firmware", "-g", *options, "-o", folder)
    except BoardError as error:
        raise DoesNotFit(str(error)) if "does not fit" in str(error) else error from None


class Firmware:
    """A network as a program for a board, in a folder."""

    def __init__(self, model, board, folder, options=()):
        self.board, self.target, self.folder = board, get_emulated_target(board), folder
        write_firmware(model, self.target, folder, options)
        makefile = open(os.path.join(folder, "Makefile")).read()
        # As a program of qemu-riscv32, it has another start-up.
        is_user = "-DFIRMWARE_USER_MODE" in makefile
        build = "build/user" if is_user else "build"
        self.flags = "-DFIRMWARE_PAINT_STACK"
        flags = self.flags + (" -DFIRMWARE_USER_MODE" if is_user else "")
        call("make", "-s", "-C", folder, f"BUILD={build}", f"CFLAGS_MAIN={flags}")
        file, = [f for f in os.listdir(os.path.join(folder, "model")) if f.endswith(".h")]
        self.header = Header(os.path.join(folder, "model", file))
        self.name, self.ports = self.header.name, self.header.ports
        #: Bytes of stack that a run used and that were reserved, where the program has its memory to itself.
        self.stack = None
        self.build, self.elf = os.path.join(folder, build), os.path.join(folder, build, self.name + ".elf")

    def run(self, inputs, flags="", timeout=None, states=False):
        """Outputs by name, each (samples, steps, ...), of inputs of that form. One input needs no name.

        With `states`, they are followed by the states after each step, by NODE/STATE."""
        if not isinstance(inputs, dict):
            inputs = {self.ports["input"][0].name: inputs}
        unknown = set(inputs) - {port.name for port in self.ports["input"]}
        if unknown:
            raise BoardError(f"there is no input '{min(unknown)}'; inputs: {self.ports['input']}")
        sizes = set()
        for index, port in enumerate(self.ports["input"]):
            if port.name not in inputs:
                raise BoardError(f"input '{port.name}' is missing; inputs: {self.ports['input']}")
            array = np.asarray(inputs[port.name])
            sizes.add(array.shape[:2])
            if len(sizes) > 1:
                raise BoardError(f"inputs differ in samples and steps: {sorted(sizes)}")
            if array.ndim < 2 or array[0, 0].size != int(np.prod(port.shape)):
                raise BoardError(f"input '{port.name}': shape {array.shape}, expected (samples, steps) and {port.shape}")
            array.astype(port.type).tofile(os.path.join(self.folder, f"input{index}.bin"))
        samples, steps = sizes.pop()
        try:
            words = f"sample={steps}" + (" states=1" if states else "")
            said = call("make", "-s", "-C", self.folder, "run", f"CFLAGS_MAIN={self.flags}", f"ARGUMENTS={words}",
                        f"QEMU_FLAGS={flags}", timeout=timeout)
        except BoardError as error:
            if QEMU_FAULT in str(error):
                raise NotEmulated("QEMU 7.2 fails to translate vector conversions of floats to integers") from None
            raise
        except subprocess.TimeoutExpired:
            raise BoardError(f"{self.name} on {self.target}: not done after {timeout} s") from None
        if stack := re.search(r"stack: (\d+) of (\d+) bytes used", said):
            self.stack = int(stack[1]), int(stack[2])
        outputs = {}
        for port in self.ports["output"]:
            path = os.path.join(self.folder, f"output{port.index}.bin")
            outputs[port.name] = self.header.read_output(port, path, samples, steps)
        if not states:
            return outputs
        return outputs, self.header.read_states(os.path.join(self.folder, "states.bin"), samples, steps)
