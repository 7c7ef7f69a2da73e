"""Instructions of a step under QEMU: networks by LLE beside the same ones by hand. See README.md."""
import argparse
import os
import sys
import tempfile

import numpy as np

SOURCES = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(SOURCES, "python"))

from lle.board import BoardError, Firmware, call, find_tool  # noqa: E402
from lle.count import count  # noqa: E402

BOARDS = ["mps2-an386", "mps2-an500", "mps3-an547", "rpi4b", "aarch64"]


class Network:
    """A network as MLIR and as tables of the code by hand, with an input and what its last step must give."""

    def __init__(self, name, source, text, tables, inputs, expected, tolerance=0.0):
        self.name, self.source, self.text, self.tables = name, source, text, tables
        self.inputs, self.expected, self.tolerance = inputs, expected, tolerance


def print_elements(array, element):
    bytes_ = np.ascontiguousarray(array).tobytes().hex().upper()
    return f'dense<"0x{bytes_}"> : tensor<{"x".join(map(str, array.shape))}x{element}>'


def print_table(kind, name, values):
    if kind == "float":
        numbers = ", ".join(f"{float(np.float32(value))!r}f" for value in values)
    else:
        numbers = ", ".join(str(int(value)) for value in values)
    return f"static const {kind} {name}[{len(values)}] = {{{numbers}}};\n"


def make_ltc(path, name):
    """The cell of a file as bench/LTC.cpp describes it, from the state of 0."""
    data = open(path, "rb").read()
    units, inputs = map(int, np.frombuffer(data, np.int32, 2))
    numbers = np.frombuffer(data, np.float32, offset=8)
    taken = 0

    def take(*shape):
        nonlocal taken
        size = int(np.prod(shape))
        taken += size
        return numbers[taken - size:taken].reshape(shape)

    cell = {key: take(units) for key in ("gleak", "vleak", "cm")}
    for prefix, sources in (("", units), ("sensory_", inputs)):
        for key in ("sigma", "mu", "w", "erev", "mask"):
            cell[prefix + key] = take(sources, units)
    x = take(inputs)
    attributes = ", ".join(
        f"{key} = " + (print_elements(value.astype(np.int8), "i8") if "mask" in key else print_elements(value, "f32"))
        for key, value in cell.items())
    text = f"""lle.network @{name}(%x: tensor<{inputs}xf32>) -> tensor<{units}xf32> attributes {{dt = 1.0 : f64}} {{
  %y, %v = ltc.ltc_cell "cell" %x {{solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>,
    unfolds = 6 : i64, epsilon = 1.0e-8 : f64, elapsed = 1.0 : f64, {attributes}}}
    : (tensor<{inputs}xf32>) -> (tensor<{units}xf32>, tensor<{units}xf32>)
  lle.output %v : tensor<{units}xf32>
}}
"""
    gleak, vleak, cm = (cell[key].astype(np.float64) for key in ("gleak", "vleak", "cm"))
    tables = f"enum {{ UNITS = {units}, UNFOLDS = 6 }};\n"
    tables += print_table("float", "leak_current", gleak * vleak) + print_table("float", "capacitance", 6 * cm)
    tables += print_table("float", "leak", gleak + 6 * cm + 1e-8)
    for prefix, names in (("", ("row", "source", "slope", "offset", "weights", "current")),
                          ("sensory_", ("sensory_row", "sensory_source", "sensory_slope", "sensory_offset",
                                        "sensory_weight", "sensory_current"))):
        sigma, mu, w, erev, mask = (cell[prefix + key].astype(np.float64)
                                    for key in ("sigma", "mu", "w", "erev", "mask"))
        targets, sources = np.nonzero(mask.T)
        rows = np.concatenate([[0], np.cumsum(np.bincount(targets, minlength=units))])
        at = sources, targets
        columns = (rows, sources, -sigma[at], sigma[at] * mu[at], w[at], w[at] * erev[at])
        for kind, column, table in zip(("uint16_t", "uint8_t") + 4 * ("float",), columns, names):
            tables += print_table(kind, table, column)
    steps = 10
    return Network(name, "ltc.c", text, tables, np.tile(x, (1, steps, 1)),
                   run_ltc(cell, x.astype(np.float64), steps), 2e-6)


def run_ltc(cell, x, steps):
    """The cell's equations, in double precision (R. Hasani et al., Liquid time-constant networks, AAAI 2021)."""
    cell = {key: value.astype(np.float64) for key, value in cell.items()}

    def conduct(prefix, v):
        open_ = 1 / (1 + np.exp(-cell[prefix + "sigma"] * (v[:, None] - cell[prefix + "mu"])))
        return cell[prefix + "w"] * np.abs(cell[prefix + "mask"]) * open_

    v = np.zeros(len(cell["gleak"]))
    sensory, cm = conduct("sensory_", x), 6 * cell["cm"]
    for _ in range(6 * steps):
        recurrent = conduct("", v)
        current = (sensory * cell["sensory_erev"]).sum(0) + (recurrent * cell["erev"]).sum(0)
        v = (cm * v + cell["gleak"] * cell["vleak"] + current) / (
            cm + cell["gleak"] + sensory.sum(0) + recurrent.sum(0) + 1e-8)
    return v


def make_lif():
    """784-128-10 in 8-bit weights, 25 steps of random spikes, one in eight."""
    inputs, hidden, outputs, steps, seed = 784, 128, 10, 25, 12345

    def draw(size, below):
        # A linear congruential generator: the same numbers on every machine, and with every version of NumPy.
        nonlocal seed
        numbers = np.empty(size, np.int64)
        for i in range(size):
            seed = (seed * 1664525 + 1013904223) % 2**32
            numbers[i] = (seed >> 8) % below
        return numbers

    first = (draw(inputs * hidden, 61) - 28).astype(np.int8).reshape(inputs, hidden)
    second = (draw(hidden * 16, 161) - 70).astype(np.int8).reshape(hidden, 16)
    spikes = (draw(steps * inputs, 100) < 13).astype(np.uint8).reshape(1, steps, inputs)
    lif = "{{decay = dense<29491> : tensor<{0}xi32>, v_threshold = dense<1024> : tensor<{0}xi32>}} : tensor<{0}xsi32> -> tensor<{0}xi1>"
    text = f"""lle.network @lif(%x: tensor<784xi1>) -> tensor<10xsi32> attributes {{dt = 1.0e-3 : f64, steps = 25 : i64}} {{
  %w1 = lle.weight {print_elements(first.T, "si8")}
  %w2 = lle.weight {print_elements(second[:, :outputs].T, "si8")}
  %c1 = lle.linear %x, %w1 : (tensor<784xi1>, tensor<128x784xsi8>) -> tensor<128xsi32>
  %z1 = spk.q15_lif "hidden" %c1 subtract {lif.format(hidden)}
  %c2 = lle.linear %z1, %w2 : (tensor<128xi1>, tensor<10x128xsi8>) -> tensor<10xsi32>
  %z2 = spk.q15_lif "output" %c2 subtract {lif.format(outputs)}
  %n = spk.decode.spike_count "count" %z2 : tensor<10xi1> -> tensor<10xsi32>
  lle.output %n : tensor<10xsi32>
}}
"""
    tables = print_table("int8_t", "hidden_weights", first.ravel()) + print_table("int8_t", "output_weights",
                                                                                 second.ravel())
    v1, v2 = np.zeros(hidden, np.int64), np.zeros(outputs, np.int64)
    counts = np.zeros(outputs, np.int64)
    for step in spikes[0]:
        v1 = (v1 * 29491 >> 15) + first[step == 1].sum(0, dtype=np.int64)
        fired = v1 >= 1024
        v1[fired] -= 1024
        v2 = (v2 * 29491 >> 15) + second[fired, :outputs].sum(0, dtype=np.int64)
        counts += v2 >= 1024
        v2[v2 >= 1024] -= 1024
    return Network("lif", "lif.c", text, tables, spikes, counts)


def make_dense(name, weight_bits):
    """A layer of 64 inputs and outputs in fixed point with tanh, as `lle.fixed_affine` defines it."""
    size, steps = 64, 4
    random = np.random.default_rng(1)
    largest = 127 if weight_bits == 8 else 920  # a row's sum stays below 2^31
    weights = random.integers(-largest, largest + 1, (size, size)).astype(f"int{weight_bits}")
    bias, multiplier = random.integers(-10**6, 10**6, size), random.integers(2**30, 2**31, size)
    shift = random.integers(40, 43, size) + (3 if weight_bits == 16 else 0)
    x = random.integers(-32768, 32768, (1, steps, size)).astype(np.int16)
    text = f"""lle.network @{name}(%x: tensor<{size}xsi16>) -> tensor<{size}xsi16> attributes {{dt = 1.0 : f64}} {{
  %y = lle.fixed_affine %x tanh {{bias = {print_elements(bias.astype(np.int32), "i32")},
    multiplier = {print_elements(multiplier.astype(np.int32), "i32")}, shift = {print_elements(shift.astype(np.int8), "i8")},
    weights = {print_elements(weights, f"i{weight_bits}")}}} : tensor<{size}xsi16> -> tensor<{size}xsi16>
  lle.output %y : tensor<{size}xsi16>
}}
"""
    argument = (np.arange(513) - 256) / 32
    tanh = np.tanh(argument)
    second = 2 * tanh * (tanh * tanh - 1)
    nodes = np.clip(np.floor(32768 * (tanh - second / 32**2 / 16) + 0.5), -32767, 32767).astype(np.int64)
    tables = f"enum {{ INPUTS = {size}, OUTPUTS = {size} }};\ntypedef int{weight_bits}_t weight_t;\n"
    tables += print_table("weight_t", "weights", weights.ravel()) + print_table("int32_t", "bias", bias)
    tables += print_table("int32_t", "multiplier", multiplier) + print_table("int8_t", "shift", shift)
    tables += print_table("int16_t", "nodes", nodes)
    sums = weights.astype(np.int64) @ x[0, -1].astype(np.int64) + bias
    z = np.clip((sums * multiplier + (1 << (shift - 1))) >> shift, -32768, 32767) + 32768
    n, r = z >> 7, z & 127
    return Network(name, "dense.c", text, tables, x, (nodes[n] * (128 - r) + nodes[n + 1] * r + 64) >> 7)


def put_by_hand(firmware, network, folder):
    """Replaces the network in the firmware by the code by hand, compiled as the firmware is, but with -O3."""
    with open(os.path.join(folder, "tables.h"), "w") as file:
        file.write("#include <stdint.h>\n" + network.tables)
    machine = next(line.split("=", 1)[1].split() for line in open(os.path.join(firmware.folder, "Makefile"))
                   if line.startswith("MACHINE = --target"))
    compiler = find_tool("clang")
    compiled = os.path.join(folder, "by-hand.o")
    call(compiler, *machine, "-std=c11", "-ffreestanding", "-fno-builtin", "-O3", f"-I{folder}",
         f"-DARENA_INIT={network.name}_arena_init", f"-DARENA_STEP={network.name}_arena_step",
         "-c", os.path.join(SOURCES, "bench", "embedded", network.source), "-o", compiled)
    library = os.path.join(firmware.folder, "model", f"lib{network.name}.a")
    os.remove(library)
    call(find_tool("llvm-ar"), "rcs", library, compiled)
    os.remove(firmware.elf)
    build = os.path.relpath(firmware.build, firmware.folder)
    call("make", "-s", "-C", firmware.folder, f"BUILD={build}")


def measure(firmware, network, who):
    outputs, counts = count(firmware, network.inputs)
    last = next(iter(outputs.values()))[0, -1]
    error = float(np.abs(last - network.expected).max())
    if not error <= network.tolerance:
        raise BoardError(f"{network.name} on {firmware.board}, {who}: the last step differs by {error}: {last}, "
                         f"expected {network.expected}")
    return counts.total / counts.steps, error


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", help="folder of ltc19.bin and ltc64.bin")
    parser.add_argument("--board", action="append", help="(default: " + ", ".join(BOARDS) + ")")
    parser.add_argument("--network", action="append", choices=["lif", "ltc19", "ltc64", "dense8", "dense16"])
    arguments = parser.parse_args()
    os.environ["PATH"] = os.path.join(SOURCES, "build", "bin") + os.pathsep + os.environ["PATH"]
    print(f"{'network':8} {'board':12} {'by hand':>12} {'LLE':>12} {'ratio':>6}  {'error by hand':>13} {'of LLE':>8}")
    for name in arguments.network or ["ltc19", "ltc64", "lif", "dense8", "dense16"]:
        if name == "lif":
            network = make_lif()
        elif name.startswith("dense"):
            network = make_dense(name, int(name[5:]))
        else:
            network = make_ltc(os.path.join(arguments.models, name + ".bin"), name)
        for board in arguments.board or BOARDS:
            with tempfile.TemporaryDirectory() as folder:
                model = os.path.join(folder, name + ".mlir")
                with open(model, "w") as file:
                    file.write(network.text)
                firmware = Firmware(model, board, os.path.join(folder, "firmware"))
                compiled, error = measure(firmware, network, "by LLE")
                put_by_hand(firmware, network, folder)
                by_hand, hand_error = measure(firmware, network, "by hand")
            print(f"{name:8} {board:12} {by_hand:12,.1f} {compiled:12,.1f} {compiled / by_hand:6.3f}  "
                  f"{hand_error:13.1e} {error:8.1e}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except BoardError as error:
        sys.exit(f"count.py: {error}")
