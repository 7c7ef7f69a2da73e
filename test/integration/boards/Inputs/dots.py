"""dots.py WORK TARGET...: layers in fixed point of many sizes give the same integers on each target.

One network has layers of odd and even numbers of inputs and outputs, of 8 and 16 bits on both sides, with rows whose
sums reach the limits of 32 bits. Its outputs are computed here as the operation's definition says, and compared with
those of the reference, of packages on this machine and of firmware in emulators. A target that this machine cannot run
is said so, and left out.
"""
import os
import shutil
import subprocess
import sys

import numpy as np

from lle.board import SOURCES, Firmware, get_emulator

WORK, TARGETS = sys.argv[1], sys.argv[2:]
# More targets, made of one that has a file: of processors that lie between two levels.
DERIVED = {
    "x86-64-v3-vnni": ("x86-64-v3", "avxvnni", '"features" = "+avxvnni",'),
    "aarch64-dotprod": ("aarch64", None, '"features" = "+dotprod,+fullfp16",'),
}
FLAGS = {"x86-64-v2": "sse4_2", "x86-64-v3": "avx2", "x86-64-v3-vnni": "avx_vnni", "x86-64-v4": "avx512vl",
         "x86-64-v4-vnni": "avx512_vnni"}
SIZES = ((1, 1), (2, 3), (3, 2), (4, 4), (5, 17), (7, 16), (8, 1), (9, 33), (15, 5), (16, 31), (17, 8), (31, 65), (64, 10))


def make_targets(folder):
    shutil.copytree(os.path.join(SOURCES, "targets"), folder, ignore=lambda _, names: [n for n in names if "." not in n])
    for name, (base, feature, entry) in DERIVED.items():
        text = open(os.path.join(folder, base + ".mlir")).read()
        if feature:
            text = text.replace('"required_features" = [', f'{entry}\n      "required_features" = ["{feature}",')
        else:
            text = text.replace('"features" = "+dotprod,+fullfp16,+i8mm",', entry).replace(', "i8mm"', "")
        with open(os.path.join(folder, name + ".mlir"), "w") as file:
            file.write(text)
    os.environ["LLE_TARGETS_DIR"] = folder


class Layer:
    """A linear layer whose sums are rounded to 16 bits, as `lle.fixed_affine` says."""

    def __init__(self, random, inputs, outputs, input_bits, weight_bits):
        self.inputs, self.outputs, self.bits = inputs, outputs, (input_bits, weight_bits)
        largest = 2 ** (weight_bits - 1)
        most = min(largest, (2**31 - 1) // inputs >> (input_bits - 1))
        self.weights = random.integers(-most, most, (outputs, inputs))
        self.weights[0] = -most  # with the smallest inputs, as large as sums become
        if outputs > 1 and input_bits == weight_bits == 16:
            self.weights[1, :2] = (-32768, -32767)[:inputs]  # two products are 2^31 - 2^15
            self.weights[1, 2:] = 0
        room = 2**31 - 1 - (np.abs(self.weights).sum(1) << (input_bits - 1))
        self.bias = np.where(random.random(outputs) < 0.5, room, -room)
        self.bias[0] = -room[0] if outputs % 2 else room[0]
        # Half of the layers scale by the high word of a product, a quarter by 64 bits, a quarter by a shift.
        sum_bits = 31 if most * inputs == 0 else int(np.log2(most * inputs)) + input_bits
        kind = random.integers(4)
        self.multiplier = np.ones(1, int) if kind == 0 else random.integers(2**30, 2**31, outputs)
        base = sum_bits - 16 + 31 * (kind > 0)
        self.shift = np.clip(random.integers(base - 1, base + 2, outputs), 1, 62)
        if kind == 1:
            self.multiplier, self.shift = self.multiplier >> 1, np.clip(self.shift - 14, 20, 32)

    def write(self, x, y):
        bits, weight_bits = self.bits
        words = lambda values: "[" + ", ".join(map(str, values)) + "]"
        rows = ", ".join(words(row) for row in self.weights)
        return (f"  %{y} = lle.fixed_affine %{x} linear {{bias = dense<{words(self.bias)}> : tensor<{self.outputs}xi32>,\n"
                f"    multiplier = dense<{words(self.multiplier)}> : tensor<{len(self.multiplier)}xi32>, "
                f"shift = dense<{words(self.shift)}> : tensor<{self.outputs}xi8>,\n"
                f"    weights = dense<[{rows}]> : tensor<{self.outputs}x{self.inputs}xi{weight_bits}>}}\n"
                f"    : tensor<{self.inputs}xsi{bits}> -> tensor<{self.outputs}xsi16>\n")

    def evaluate(self, x):
        sums = x.astype(np.int64) @ self.weights.T + self.bias
        assert np.abs(sums).max() < 2**31
        scaled = (sums * self.multiplier + (1 << (self.shift - 1))) >> self.shift
        return np.clip(scaled, -32768, 32767).astype(np.int16)


def make_inputs(random, size, bits, steps=6):
    low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    x = random.integers(low, high + 1, (1, steps, size))
    x[0, 0], x[0, 1] = low, high
    x[0, 2] = np.where(np.arange(size) % 2, low, high)
    return x.astype(np.int8 if bits == 8 else np.int16)


def make_network(random):
    ports, inputs, expected, body = [], {}, {}, ""
    for size, outputs in SIZES:
        for bits in (8, 16):
            x = f"input{len(ports)}"
            ports.append(f"%{x}: tensor<{size}xsi{bits}>")
            inputs[x] = make_inputs(random, size, bits)
            for weight_bits in (8, 16):
                layer = Layer(random, size, outputs, bits, weight_bits)
                y = f"y{size}_{bits}_{weight_bits}"
                body += layer.write(x, y)
                expected[y] = layer.evaluate(inputs[x][0])
    types = [f"tensor<{want.shape[1]}xsi16>" for want in expected.values()]
    all_type = f"tensor<{sum(want.shape[1] for want in expected.values())}xsi16>"
    text = f"lle.network @dots({', '.join(ports)}) -> {all_type} attributes {{dt = 1.0 : f64}} {{\n{body}"
    text += f"  %all = lle.concat {', '.join('%' + y for y in expected)} : ({', '.join(types)}) -> {all_type}\n"
    return text + f"  lle.output %all : {all_type}\n}}\n", inputs, expected


def run_here(model, inputs, *options):
    output = os.path.join(WORK, "output.npy")
    command = ["lle-run", model, *options, f"--output={output}"]
    for name, x in inputs.items():
        np.save(f"{WORK}/{name}.npy", x)
        command.append(f"--input={name}={WORK}/{name}.npy")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return np.load(output)[0]


def run_on(target, model, inputs):
    if get_emulator(target):
        return next(iter(Firmware(model, target, os.path.join(WORK, target)).run(inputs).values()))[0]
    package = os.path.join(WORK, target + ".lle")
    subprocess.run(["lle-compile", model, f"--target={target}", "-o", package], check=True)
    return run_here(package, inputs)


def main():
    make_targets(os.path.join(WORK, "targets"))
    text, inputs, expected = make_network(np.random.default_rng(5))
    model = os.path.join(WORK, "dots.mlir")
    with open(model, "w") as file:
        file.write(text)
    flags = open("/proc/cpuinfo").read().split()
    for target in ["reference"] + TARGETS:
        if target in FLAGS and FLAGS[target] not in flags:
            print(f"{target}: not run, for this machine has no {FLAGS[target]}")
            continue
        found = run_here(model, inputs, "--engine=reference") if target == "reference" else run_on(target, model, inputs)
        first = 0
        for name, want in expected.items():
            got = found[:, first:first + want.shape[1]]
            first += want.shape[1]
            if not np.array_equal(got, want):
                step, output = np.argwhere(got != want)[0]
                sys.exit(f"{target}: {name}, step {step}, output {output}: {got[step, output]}, not {want[step, output]}")
        print(f"{target}: {found.size} numbers equal", flush=True)


main()
