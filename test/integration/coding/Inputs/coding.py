"""usage: coding.py FOLDER: encoders and decoders on both engines beside transcriptions of their formulas in NumPy."""
import pathlib
import subprocess
import sys

import numpy as np

STEPS, SAMPLES, SIZE = 40, 2, 70


def threefry(key, counter):
    """Threefry-2x32-20 (J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011)."""
    keys = [np.uint32(key[0]), np.uint32(key[1]), np.uint32(0x1BD11BDA ^ key[0] ^ key[1])]
    rotations = ((13, 15, 26, 6), (17, 29, 16, 24))
    x = [np.asarray(c, np.uint32) for c in counter]
    with np.errstate(over="ignore"):
        x = [x[0] + keys[0], x[1] + keys[1]]
        for group in range(5):
            for r in rotations[group % 2]:
                x[0] = x[0] + x[1]
                x[1] = ((x[1] << np.uint32(r)) | (x[1] >> np.uint32(32 - r))) ^ x[0]
            x[0] = x[0] + keys[(group + 1) % 3]
            x[1] = x[1] + keys[(group + 2) % 3] + np.uint32(group + 1)
    return x


def known_answers():
    """The known-answer vectors that the authors publish with their library."""
    pi = (0x243F6A88, 0x85A308D3), (0x13198A2E, 0x03707344)
    ones = (0xFFFFFFFF, 0xFFFFFFFF)
    for counter, key, words in (((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)), (ones, ones, (0x1CB996FC, 0xBB002BE7)),
                                (*pi, (0xC4923A9C, 0x483DF7A0))):
        assert tuple(int(w) for w in threefry(key, counter)) == words, "the transcription of Threefry is wrong"


def rate(x, key, gain, offset):
    """spikegen.rate of snnTorch: a Bernoulli draw with the clamped rate in each step, here with a counter."""
    n = np.arange(x.shape[-1], dtype=np.uint32)
    words = np.stack([threefry((key & 0xFFFFFFFF, key >> 32), (n, np.full_like(n, t)))[0] for t in range(STEPS)])
    u = (words >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-24)
    return u < np.clip(np.float32(gain) * x + np.float32(offset), np.float32(0), np.float32(1))


def latency(x, steps, threshold, tau, linear, normalize, clip, first=0, epsilon=1e-7):
    """spikegen.latency of snnTorch for one sample that has values of 1 and of 0; x is (features). torch.round and
    numpy.round take halves to the even number."""
    x = x.astype(np.float32 if linear else np.float64)
    below = x < np.float32(threshold)
    if linear:
        if normalize:
            tau = steps - 1 - first
        f = np.float32
        time = np.minimum(f(-tau) * (x - f(1)), f(-tau * (threshold - 1))) + f(first)
    else:
        y = np.maximum(x, threshold + epsilon)
        time = tau * np.log(y / (y - threshold))
        if first > 0:
            time = time - first * (time.min() / first - 1)
        if normalize:
            time = (time - first) * (steps - first - 1) / (time - first).max() + first
    z = np.round(time)[None] == np.arange(STEPS)[:, None]
    z[steps:] = False
    return z & ~below if clip else z


def delta(x, threshold, padding, signed):
    """spikegen.delta of snnTorch."""
    before = np.concatenate([x[:, :1] if padding else np.zeros_like(x[:, :1]), x[:, :-1]], axis=1)
    change = x - before
    up = (change >= np.float32(threshold)).astype(np.int8)
    return up - (change <= np.float32(-threshold)) if signed else up


def make(random):
    """Ports of the network: name -> (operation, type, expected values)."""
    constant = random.random((SAMPLES, SIZE)).astype(np.float32)
    constant[:, 0], constant[:, 1], constant[:, 2] = 1, 0, 0.5
    x = np.repeat(constant[:, None], STEPS, axis=1)
    moving = random.integers(-4, 5, (SAMPLES, STEPS, SIZE)).astype(np.float32) / 4
    ports, per_sample = {}, lambda f: np.stack([f(c) for c in constant])
    for number, (key, gain, offset) in enumerate(((7, 1.0, 0.0), (0x123456789ABCDEF0, 0.5, 0.125), (0, 2.0, -0.5))):
        ports[f"rate{number}"] = (f'spk.encode.rate "rate{number}" %x {{gain = {gain} : f64, key = {key} : i64, '
                                  f"offset = {offset} : f64}}", "x", "i1", per_sample(lambda c: rate(c, key, gain, offset)))
    number = 0
    for linear in (True, False):
        for normalize in (True, False):
            for clip in (True, False):
                for first in (0, 2):
                    steps, tau = (30, 6.5) if linear else (33, 1.25)
                    flags = "".join(f"{flag}, " for flag, on in
                                    (("clip", clip), ("linear", linear), ("normalize", normalize)) if on)
                    ports[f"latency{number}"] = (
                        f'spk.encode.latency "latency{number}" %x {{{flags}epsilon = 1.0e-7 : f64, first = {first} : i64, '
                        f"steps = {steps} : i64, tau = {tau} : f64, threshold = 0.01 : f64}}", "x", "i1",
                        per_sample(lambda c: latency(c, steps, 0.01, tau, linear, normalize, clip, first)))
                    number += 1
    for number, (padding, signed) in enumerate(((0, 0), (0, 1), (1, 0), (1, 1))):
        ports[f"delta{number}"] = (f'spk.encode.delta "delta{number}" %m {{{"padding, " if padding else ""}threshold = '
                                   "0.5 : f64}", "m", "si8" if signed else "i1", delta(moving, 0.5, padding, signed))
    total = np.cumsum(moving, axis=1)
    running = np.arange(1, STEPS + 1, dtype=np.float32)[None, :, None]
    for readout, values in (("sum", total), ("mean", total / running), ("max", np.maximum.accumulate(moving, axis=1)),
                            ("last", moving)):
        ports[readout] = (f'spk.decode.membrane {readout} "{readout}" %m', "m", "f32", values)
    spikes = ports["rate1"][3]
    count = np.cumsum(spikes, axis=1)
    first = np.where(count.any(axis=1, keepdims=True) & (count > 0), (count == 0).sum(axis=1, keepdims=True), -1)
    # As seen in each step: the number of silent steps before, or never.
    ports["count"] = ('spk.decode.spike_count "count" %rate1', "rate1", "si32", count)
    ports["first"] = ('spk.decode.first_spike "first" %rate1 {never = -1 : i64}', "rate1", "si32", first)
    return {"x": x, "m": moving}, ports


def main():
    known_answers()
    folder = pathlib.Path(sys.argv[1])
    inputs, ports = make(np.random.default_rng(5))
    types = {"x": "f32", "m": "f32", **{name: port[2] for name, port in ports.items()}}
    tensor = lambda name: f"tensor<{SIZE}x{types[name]}>"
    lines = []
    for name, (text, operand, _, _) in ports.items():
        signature = tensor(name) if "membrane" in text else f"{tensor(operand)} -> {tensor(name)}"
        lines.append(f"  %{name} = {text} : {signature}")
    results = ", ".join(f'{tensor(n)} {{lle.name = "{n}"}}' for n in ports)
    (folder / "coding.mlir").write_text("\n".join([
        f'lle.network @coding(%x: {tensor("x")} {{lle.name = "x"}}, %m: {tensor("m")} {{lle.name = "m"}}) -> ({results}) '
        "attributes {dt = 1.0 : f64} {", *lines,
        f"  lle.output {', '.join('%' + n for n in ports)} : {', '.join(map(tensor, ports))}", "}"]) + "\n")
    for name, values in inputs.items():
        np.save(folder / f"{name}.npy", values)
    for engine in ("native", "reference"):
        files = [f"--input={n}={folder / n}.npy" for n in inputs] + [f"--output={n}={folder / n}.out.npy" for n in ports]
        subprocess.run(["lle-run", str(folder / "coding.mlir"), f"--engine={engine}", *files], check=True,
                       stdout=subprocess.DEVNULL)
        for name, (_, _, element, expected) in ports.items():
            got = np.load(folder / f"{name}.out.npy")
            wrong = np.argwhere(got != expected)
            if len(wrong):
                at = tuple(wrong[0])
                sys.exit(f"{engine}: {name}{[int(i) for i in at]} is {got[at]}, expected {expected[at]}; "
                         f"{len(wrong)} of {got.size} differ")
            if element in ("i1", "si8") and not expected.any():
                sys.exit(f"{name} never fires, which tests nothing")
        print(f"{engine}: {len(ports)} encoders and decoders equal their formulas")


main()
