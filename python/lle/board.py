"""Networks on boards: compile one into firmware, run that in an emulator, count its instructions.

Used by scripts/run-on-board.py, scripts/count-instructions.sh and the tests.
"""
import os
import re
import shutil
import subprocess

import numpy as np

from .errors import ExportError

ELEMENTS = {"float": np.float32, "double": np.float64, "uint8_t": np.uint8, "int8_t": np.int8, "int16_t": np.int16,
            "int32_t": np.int32}
SOURCES = os.path.normpath(os.path.join(os.path.dirname(__file__), "..", ".."))


class BoardError(ExportError):
    """What keeps a network from running on a board."""


class DoesNotFit(BoardError):
    """The network needs more memory than the board has."""


class NotEmulated(BoardError):
    """QEMU fails where the board would not."""


# QEMU 7.2 asserts this when it translates vfcvt.rtz, vfncvt.rtz and vfwcvt.rtz, whatever their operands.
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


def get_emulated_target(board):
    """The target whose machine is emulated: the board, or the one that stands in for it."""
    folder = os.environ.get("LLE_TARGETS_DIR", os.path.join(SOURCES, "targets"))
    try:
        text = open(os.path.join(folder, board + ".mlir")).read()
    except OSError:
        return board  # lle-compile says what is wrong with it
    stand_in = re.search(r'"stand_in" = "([^"]*)"', text)
    return stand_in.group(1) if stand_in else board


def get_emulator(board):
    """The program of QEMU that the board needs; None where its code runs by itself."""
    folder = os.environ.get("LLE_TARGETS_DIR", os.path.join(SOURCES, "targets"))
    try:
        text = open(os.path.join(folder, get_emulated_target(board) + ".mlir")).read()
    except OSError:
        return None
    entry = re.search(r'"qemu" = \{(system|user) = "([^"]*)"', text)
    return entry and ("qemu-system-" if entry.group(1) == "system" else "qemu-") + entry.group(2)


class Port:
    def __init__(self, name, element, shape, text=""):
        self.name, self.type, self.shape = name, ELEMENTS[element], shape
        node = re.search(r'the result of node "([^"]*)"', text)
        self.node = node.group(1) if node else None
        self.is_last = "counts in the last step" in text

    def __repr__(self):
        return f"{self.name}: {np.dtype(self.type).name}{self.shape}"


class Firmware:
    """A network as a program for a board, in a folder."""

    def __init__(self, model, board, folder, options=()):
        self.board, self.target, self.folder = board, get_emulated_target(board), folder
        try:
            call("lle-compile", model, f"--target={self.target}", "--emit=firmware", "-g", *options, "-o", folder)
        except BoardError as error:
            raise DoesNotFit(str(error)) if "does not fit" in str(error) else error from None
        makefile = open(os.path.join(folder, "Makefile")).read()
        # As a program of qemu-riscv32, it has another start-up.
        is_user = "-DFIRMWARE_USER_MODE" in makefile
        build = "build/user" if is_user else "build"
        call("make", "-s", "-C", folder, f"BUILD={build}", *(["CFLAGS_MAIN=-DFIRMWARE_USER_MODE"] if is_user else []))
        header, = [f for f in os.listdir(os.path.join(folder, "model")) if f.endswith(".h")]
        self.name = header[:-2]
        self.build, self.elf = os.path.join(folder, build), os.path.join(folder, build, self.name + ".elf")
        self.read_header(open(os.path.join(folder, "model", header)).read())

    def read_header(self, text):
        self.ports = {"input": [], "output": []}
        numbers = lambda part: [int(n) for n in re.findall(r"\d+", part)]
        for kind, name, element, shape, rest in re.findall(
                r'/\* (input|output)\d+ "([^"]*)": (\w+)((?:\[\d+\])*)([^*]*)', text):
            self.ports[kind].append(Port(name, element, numbers(shape), rest))
        self.states = []
        for name, node, element, shape, order in re.findall(
                r'/\* state "([^"]*)" of node "([^"]*)": (\w+)((?:\[\d+\])*)(?:, kept in the order \(([^)]*)\))?', text):
            offset = int(re.search(rf"_STATE{len(self.states)}_OFFSET (\d+)", text).group(1))
            self.states.append((f"{node}/{name}", ELEMENTS[element], numbers(shape), numbers(order), offset))
        self.state_bytes = int(re.search(r"_STATE_BYTES (\d+)", text).group(1))
        self.arena = int(re.search(r"_ARENA_BYTES (\d+)", text).group(1))

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
            call("make", "-s", "-C", self.folder, "run", f"ARGUMENTS={words}", f"QEMU_FLAGS={flags}", timeout=timeout)
        except BoardError as error:
            if QEMU_FAULT in str(error):
                raise NotEmulated("QEMU 7.2 fails to translate vector conversions of floats to integers") from None
            raise
        except subprocess.TimeoutExpired:
            raise BoardError(f"{self.name} on {self.target}: not done after {timeout} s") from None
        outputs = {}
        for index, port in enumerate(self.ports["output"]):
            values = np.fromfile(os.path.join(self.folder, f"output{index}.bin"), port.type)
            outputs[port.name] = values.reshape([samples, steps] + port.shape)
        return (outputs, self.read_states(samples, steps)) if states else outputs

    def read_states(self, samples, steps):
        memory = np.fromfile(os.path.join(self.folder, "states.bin"), np.uint8).reshape(samples, steps, self.state_bytes)
        states = {}
        for name, element, shape, order, offset in self.states:
            order = order or list(range(len(shape)))
            size = int(np.prod(shape)) * np.dtype(element).itemsize
            stored = np.ascontiguousarray(memory[:, :, offset:offset + size]).view(element)
            stored = stored.reshape([samples, steps] + [shape[dim] for dim in order])
            # Dimension order[i] of the state is dimension i of what is stored.
            states[name] = stored.transpose([0, 1] + [2 + order.index(dim) for dim in range(len(shape))])
        return states
