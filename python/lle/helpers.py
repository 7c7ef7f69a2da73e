"""Instructions of the functions for floats that firmware brings: python3 -m lle.helpers --help.

The mean is that of operands as networks have them; the least and the most are those of all that were tried, among them
each pair of numbers at which the functions go other ways."""
import argparse
import bisect
import itertools
import os
import tempfile

import numpy as np

from .board import Firmware, call
from .count import find_plugin, read_functions
from .errors import run

#: Kinds of operands of each function, by its name.
FUNCTIONS = {**dict.fromkeys(("__addsf3", "__subsf3", "__mulsf3", "__divsf3", "__eqsf2", "__nesf2", "__ltsf2", "__lesf2",
                              "__gtsf2", "__gesf2", "__unordsf2"), ("float", "float")),
             **dict.fromkeys(("__negsf2", "__fixsfsi", "__fixunssfsi", "__fixsfdi", "__fixunssfdi"), ("float",)),
             **dict.fromkeys(("__floatsisf", "__floatunsisf"), ("int32",)),
             **dict.fromkeys(("__floatdisf", "__floatundisf"), ("int64",))}
# Patterns of bits where functions go other ways: zero, subnormal numbers, powers of two and their neighbours, the
# largest number, infinity, what is no number; of integers the ends and powers of two.
EDGES = {"float": [sign | bits for sign in (0, 1 << 31) for bits in (
             0, 1, 0x400000, 0x7fffff, 0x800000, 0x800001, 0x33800000, 0x3f7fffff, 0x3f800000, 0x3f800001, 0x3fffffff,
             0x4b000001, 0x4f000000, 0x5f000000, 0x7f7fffff, 0x7f800000, 0x7fc00000)],
         "int32": [n % 2**32 for p in range(32) for n in (2**p - 1, 2**p, -2**p)],
         "int64": [n % 2**64 for p in range(64) for n in (2**p - 1, 2**p, -2**p)]}
# A network that calls such functions, and so brings them.
NETWORK = """lle.network @probe(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0e-3 : f64} {
  %scale = lle.weight dense<0.7> : tensor<1xf32>
  %y = lle.scale %x, %scale : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
"""
DRAWS = 300
# Functions that are done sooner if an operand is 0, of which networks have many: their mean is a figure of its own.
WITH_ZERO = ("__addsf3", "__subsf3", "__mulsf3", "__divsf3", "__floatsisf", "__floatunsisf", "__floatdisf", "__floatundisf")


def draw(kind, random):
    """An operand as networks have them: normally distributed numbers, small integers."""
    if kind == "float":
        return int(np.float32(random.standard_normal()).view(np.uint32))
    return int(random.integers(2**15))


def draw_bits(kind, random):
    return int(random.integers(2**(64 if kind == "int64" else 32), dtype=np.uint64))


def make_operands(kinds, random):
    """Those whose mean is taken, the same with the first one zero, and those that may take the least or the most."""
    typical = [[draw(kind, random) for kind in kinds] for _ in range(DRAWS)]
    zero = [[0] + operands[1:] for operands in typical]
    other = [[draw_bits(kind, random) for kind in kinds] for _ in range(DRAWS)]
    return typical, zero, other + list(itertools.product(*(EDGES[kind] for kind in kinds)))


def write_probes(file, probes):
    """A program that calls each function from a place of its own. Floats are integers to processors without an FPU."""
    c_type = lambda kind: "uint64_t" if kind == "int64" else "uint32_t"
    file.write("#include <stdint.h>\nvolatile uint32_t sink;\n")
    for end in ("begin_step", "end_step"):
        file.write(f"__attribute__((noinline)) void {end}(void) {{ __asm__ volatile(\"\" ::: \"memory\"); }}\n")
    for name, kinds in FUNCTIONS.items():
        file.write(f"uint32_t {name}({', '.join(map(c_type, kinds))});\n")
    for number, (name, operands) in enumerate(probes):
        arguments = ", ".join(f"{value}u" + ("ll" if kind == "int64" else "") for value, kind in zip(operands, FUNCTIONS[name]))
        file.write(f"__attribute__((noinline)) void probe{number}(void) {{ sink = {name}({arguments}); }}\n")
    file.write("int main(void) {\n  begin_step();\n")
    file.writelines(f"  probe{number}();\n" for number in range(len(probes)))
    file.write("  end_step();\n  return 0;\n}\n")


def measure(board, names):
    """Of each function, instructions of calls with typical operands, with a zero, and with all."""
    probes, groups = [], []
    for name in names:
        operands = make_operands(FUNCTIONS[name], np.random.default_rng(1))
        for group, values in enumerate(operands):
            probes += [(name, value) for value in values]
            groups += [group] * len(values)
    with tempfile.TemporaryDirectory() as work:
        model = os.path.join(work, "probe.mlir")
        with open(model, "w") as file:
            file.write(NETWORK)
        firmware = Firmware(model, board, os.path.join(work, "firmware"))
        with open(os.path.join(firmware.folder, "main.c"), "w") as file:
            write_probes(file, probes)
        make = ("make", "-s", "-C", firmware.folder)
        call(*make, f"BUILD={os.path.dirname(firmware.elf)}", "CFLAGS_MAIN=-DFIRMWARE_USER_MODE")
        functions, out = read_functions(firmware.elf), os.path.join(work, "counts")
        ranges = [functions[f"probe{number}"] for number in range(len(probes))]
        flags = [find_plugin(), f"out={out}"]
        flags += [f"{key}={functions[name][0]:#x}" for key, name in (("begin", "begin_step"), ("end", "end_step"))]
        flags += [f"code={ranges[0][0]:#x}-{sum(ranges[-1]):#x}"]
        for low, size in (functions[name] for name in read_functions(os.path.join(firmware.build, "board", "float.o"))
                          if name in functions):
            flags += [f"helper={low:#x}-{low + size:#x}"]
        call(*make, "run", f"CFLAGS_MAIN={firmware.flags}", "QEMU_FLAGS=-plugin " + ",".join(flags))
        lines = [line.split() for line in open(out)][1:]
    starts, called = [low for low, _ in ranges], np.zeros(len(probes), int)
    for line in lines:
        called[bisect.bisect(starts, int(line[3], 16)) - 1] += int(line[2])
    owners, groups = np.array([name for name, _ in probes]), np.array(groups)
    return {name: (called[(owners == name) & (groups == 0)], called[(owners == name) & (groups == 1)],
                   called[owners == name]) for name in names}


def print_figure(name, mean, every):
    return (f"        {name} = {{value = {mean:.1f} : f64, low = {min(every):.1f} : f64, high = {max(every):.1f} : f64,\n"
            f'          provenance = "measured", source = "board/float.c under QEMU, scripts/measure-helpers.sh"}}')


def main():
    parser = argparse.ArgumentParser(prog="scripts/measure-helpers.sh", description=
                                     "Counts under QEMU what the functions for floats of firmware execute, and prints the "
                                     "entry `helpers` of a target's file.")
    parser.add_argument("board", help="a RISC-V target without an FPU")
    parser.add_argument("function", nargs="*", default=list(FUNCTIONS), help="default: all")
    arguments = parser.parse_args()
    rows = []
    for name, (typical, zero, every) in measure(arguments.board, arguments.function).items():
        rows.append(print_figure(name, typical.mean(), every))
        if name in WITH_ZERO:
            rows.append(print_figure(f'"{name}.zero"', zero.mean(), zero))
    print('      "helpers" = {', ",\n".join(rows) + "}", sep="\n")


if __name__ == "__main__":
    run("lle.helpers", main)
