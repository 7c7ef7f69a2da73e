"""Populations of many sizes whose spikes are read as bits, as bytes and as both.

spike_readers.py FOLDER: m.mlir, and x.npy, an input of 12 steps. Weights are multiples of 1/64 and decays are 1/2, so that
all sums are exact and do not depend on their order.
"""
import sys

import numpy as np

random = np.random.default_rng(7)
lines, outputs = [], []
count = 0


def name(prefix):
    global count
    count += 1
    return f"{prefix}{count}"


def tensor(shape, element="f32"):
    return f"tensor<{'x'.join(map(str, shape))}x{element}>"


def add(prefix, text):
    value = name(prefix)
    lines.append(f"  %{value} = {text}")
    return value


def weight(shape, storage=None):
    if storage:
        values = random.integers(-120, 121, shape)
        return add("w", f"lle.weight dense<{values.tolist()}> : {tensor(shape, 'i8')} as {tensor(shape, storage)}"), tensor(shape, storage)
    values = np.round(random.normal(0, 0.3, shape) * 64) / 64
    return add("w", f'lle.weight dense<"0x{values.astype("<f4").tobytes().hex().upper()}"> : {tensor(shape)}'), tensor(shape)


def neuron(value, shape, threshold=0.5):
    node = name("lif")
    numbers = ", ".join(f"{k} = dense<{v}> : {tensor(shape)}" for k, v in
                        {"decay": 0.5, "v_init": 0.0, "v_threshold": threshold}.items())  # fmt: skip
    return add("s", f'spk.lif "{node}" %{value} dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane> '
                    f"firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1> "
                    f"{{{numbers}}} : {tensor(shape)} -> {tensor(shape, 'i1')}")  # fmt: skip


def linear(value, inputs, size, element="i1", kernel="event", rows=(), storage=None):
    w, type = weight((size, inputs), storage)
    return add("c", f'lle.linear %{value}, %{w} {{lle.synapse = "{kernel}"}} : ({tensor((*rows, inputs), element)}, {type}) -> {tensor((*rows, size))}')


def give(value, shape, element="f32"):
    outputs.append((value, tensor(shape, element)))


# Vectors, the last word of which is full, or has parts of any power of two.
for size in (1, 7, 32, 33, 64, 158):
    s = neuron(linear("x", 64, size, "f32", "dense"), (size,))
    for kernel in ("event", "dense"):
        give(linear(s, size, 5, kernel=kernel), (5,))
    if size % 2:  # read as bytes too
        give(s, (size,), "i1")
# Sums of 16 bits, of all inputs at once and in blocks.
for size in (158, 1030):
    s = neuron(linear("x", 64, size, "f32", "dense"), (size,))
    for kernel in ("event", "dense"):
        give(linear(s, size, 5, kernel=kernel, storage="!quant.uniform<i8:f32, 1.562500e-02>"), (5,))
# Rows that begin with a word, and rows that do not.
for inputs in (64, 20):
    flat = linear("x", 64, 3 * inputs, "f32", "dense")
    rows = add("r", f"lle.reshape %{flat} : ({tensor((3 * inputs,))}) -> {tensor((3, inputs))}")
    s = neuron(rows, (3, inputs))
    for kernel in ("event", "dense"):
        give(linear(s, inputs, 6, kernel=kernel, rows=(3,)), (3, 6))
# Feature maps: words that lie as the kernel wants them, words that it splits, and bytes. With padding, and so with rows
# apart in memory, and without.
image = add("r", f"lle.reshape %x : ({tensor((64,))}) -> {tensor((1, 8, 8))}")
for channels in (1, 3, 8, 16, 32, 64):
    for pad in (0, 1) if channels in (16, 64) else (1,):
        def convolve(value, inputs, shape, element, kernel):
            w, wtype = weight((channels, inputs, 3, 3))
            b, btype = weight((channels,))
            size = shape[1] - 2 + 2 * pad
            result = (channels, size, size)
            return add("c", f'lle.conv2d %{value}, %{w}, %{b} {{dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "{kernel}", '
                            f"padding = array<i64: {pad}, {pad}>, stride = array<i64: 1, 1>}} : ({tensor(shape, element)}, {wtype}, {btype}) -> {tensor(result)}"), result  # fmt: skip
        c, shape = convolve(image, 1, (1, 8, 8), "f32", "event")
        s = neuron(c, shape, 1.0)
        for kernel in ("event", "dense"):
            c, result = convolve(s, channels, shape, "i1", kernel)
            give(c, result)

folder = sys.argv[1]
results = ", ".join(f"{type} {{lle.name = \"y{i}\"}}" for i, (_, type) in enumerate(outputs))
with open(f"{folder}/m.mlir", "w") as file:
    print(f'lle.network @readers(%x: tensor<64xf32> {{lle.name = "x"}}) -> ({results}) attributes {{dt = 1.0e-3 : f64}} {{', file=file)
    print("\n".join(lines), file=file)
    print("  lle.output " + ", ".join(f"%{v}" for v, _ in outputs) + " : " + ", ".join(t for _, t in outputs) + "\n}", file=file)
x = random.integers(-2, 3, (1, 12, 64)) * (random.random((1, 12, 64)) < 0.3)
np.save(f"{folder}/x.npy", x.astype("<f4"))
