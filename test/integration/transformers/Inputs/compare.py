"""usage: compare.py numpy|torch FOLDER: runs random blocks on both engines and compares every value in every step."""
import pathlib
import subprocess
import sys

import numpy as np

from blocks import BLOCKS, SPIKING_INPUT
from network import Writer

STEPS, SAMPLES, SEEDS = 8, 2, 3


def check(name, seed, transcription, folder):
    random = np.random.default_rng(seed)
    block = BLOCKS[name](random)
    spiking = name in SPIKING_INPUT
    shape = (SAMPLES, STEPS, *block.shape)
    x = (random.random(shape) < 0.25).astype(np.float32) if spiking else random.integers(-4, 9, shape).astype(np.float32) / 4

    writer = Writer()
    argument = writer.argument("%x", block.shape, "i1" if spiking else "f32")
    outputs = block.write(writer, argument)
    model = folder / f"{name}{seed}.mlir"
    model.write_text(writer.text([argument], outputs))
    np.save(folder / "x.npy", x.astype(np.int8) if spiking else x)

    expected = {port: [] for port, _ in outputs}
    for sample in x:
        step = transcription(name, np.random.default_rng(seed), block)
        for values in (step(frame) for frame in sample):
            for port in expected:
                expected[port].append(values[port])

    rates = []
    for engine in ("native", "reference"):
        files = [f"--output={port}={folder / port}.npy" for port, _ in outputs]
        subprocess.run(["lle-run", str(model), f"--input={folder / 'x.npy'}", f"--engine={engine}", *files], check=True,
                       stdout=subprocess.DEVNULL)
        for port, value in outputs:
            want = np.stack(expected[port]).reshape(SAMPLES, STEPS, *writer.types[value][0])
            got = np.load(folder / f"{port}.npy").astype(np.float32)
            wrong = np.argwhere(got != want)
            if len(wrong):
                at = tuple(wrong[0])
                sys.exit(f"{name}, seed {seed}, {engine}: {port}{list(at)} is {got[at]}, expected {want[at]}; "
                         f"{len(wrong)} of {got.size} differ")
            if writer.types[value][1] == "i1":
                rates.append(want.mean())
                if not 0.01 <= want.mean() <= 0.7:
                    sys.exit(f"{name}, seed {seed}: {port} fires at {want.mean():.3f}, which tests little")
    return rates


def main():
    kind, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if kind == "torch":
        from torch_blocks import make_step
    else:
        def make_step(name, random, block):
            return BLOCKS[name](random).step
    for name in BLOCKS:
        rates = [rate for seed in range(SEEDS) for rate in check(name, seed, make_step, folder)]
        print(f"{name} equals {kind}: {SEEDS} blocks, {SAMPLES} samples of {STEPS} steps, spikes at {min(rates):.2f} "
              f"to {max(rates):.2f}")


main()
