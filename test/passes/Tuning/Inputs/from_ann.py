"""Conversion of ReLU networks beside a transcription of its formulas.

P. U. Diehl et al. 2015: a neuron integrates its current and fires where the membrane reaches the threshold; the reset
subtracts the threshold (Rueckauer et al. 2017, eq. 4). The worth of a spike in layer l is the largest activation of that
layer, or the p-th percentile of the positive ones (ibid. 2.3). In the unit of the incoming spikes:
    v_l(t) = v_l(t-1) + W z_{l-1}(t) + b / s_{l-1} - (s_l / s_{l-1}) z_l(t),   v_l(0) = s_l / s_{l-1} / 2 (Bu et al. 2022)
and the output is the mean of W z + b / s over the steps, times s.
"""
import re
import subprocess
import sys

import numpy as np

source, out = sys.argv[1:]
random = np.random.default_rng(3)


def run(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def convert(network, target, **options):
    text = " ".join(f"{k}={v}" for k, v in options.items())
    run(["lle-opt", network, f"--spk-from-ann={text}", "-o", target])
    return {m[1]: float(m[2]) for m in re.finditer(r'spk.if "(\w+)".*?worth = ([-+.\de]+) : f64', open(target).read())}


# A network of three layers; its weights are multiples of 1/8, so that their sums over spikes are exact in any order.
sizes = [12, 20, 16, 5]
weights = [random.integers(-8, 9, (o, i)).astype(np.float32) / 8 for i, o in zip(sizes, sizes[1:])]
biases = [random.integers(-4, 5, o).astype(np.float32) / 4 for o in sizes[1:]]
lines = [f"lle.network @mlp(%x0: tensor<{sizes[0]}xf32>) -> tensor<{sizes[-1]}xf32> attributes {{dt = 1.0e-3 : f64}} {{"]
for n, (w, b) in enumerate(zip(weights, biases)):
    o, i = w.shape
    hexes = [a.tobytes().hex().upper() for a in (w, b)]
    lines += [f'  %w{n} = lle.weight dense<"0x{hexes[0]}"> : tensor<{o}x{i}xf32>',
              f'  %b{n} = lle.weight dense<"0x{hexes[1]}"> : tensor<{o}xf32>',
              f"  %a{n} = lle.affine %x{n}, %w{n}, %b{n} : (tensor<{i}xf32>, tensor<{o}x{i}xf32>, tensor<{o}xf32>) -> tensor<{o}xf32>"]  # fmt: skip
    if n < 2:
        lines += [f'  %x{n + 1} = lle.activation <relu> %a{n} {{name = "relu{n}"}} : tensor<{o}xf32>']
lines += [f"  lle.output %a2 : tensor<{sizes[-1]}xf32>", "}"]
open(f"{out}/mlp.mlir", "w").write("\n".join(lines))

x = random.integers(0, 9, (40, 1, sizes[0])).astype(np.float32) / 8
np.save(f"{out}/x.npy", x)
hidden, h = [], x[:, 0]
for w, b in zip(weights[:2], biases):
    h = np.maximum(h @ w.T + b, 0)
    hidden.append(h)

worths = convert(f"{out}/mlp.mlir", f"{out}/max.mlir", dataset=f"{out}/x.npy", method="max", steps=24)
print("worth max: equal", worths == {f"relu{n}": h.max() for n, h in enumerate(hidden)})
equal = []
for percent in (0.5, 50, 97.5, 99.9, 100):
    found = convert(f"{out}/mlp.mlir", f"{out}/p.mlir", dataset=f"{out}/x.npy", percentile=percent)
    expected = [np.percentile(h[h > 0].astype(np.float64), percent) for h in hidden]
    equal.append(np.allclose([found["relu0"], found["relu1"]], expected, rtol=1e-12))
print("worth percentile: equal", all(equal))

steps = 24
np.save(f"{out}/xt.npy", np.repeat(x, steps, 1))
s = [np.float64(1)] + [np.float64(worths[f"relu{n}"]) for n in range(2)]
v = [np.full((40, sizes[n + 1]), np.float32(s[n + 1] / s[n] / 2)) for n in range(2)]
counts, total = [0, 0], np.zeros((40, sizes[3]), np.float32)
# With spikes as output the last layer is a population too; its largest value is the worth.
largest = np.float64((hidden[1] @ weights[2].T + biases[2]).max())
last, spikes = np.full((40, sizes[3]), np.float32(largest / s[2] / 2)), np.zeros((40, sizes[3]))
for _ in range(steps):
    z = x[:, 0]
    for n in range(2):
        threshold = np.float32(s[n + 1] / s[n])
        v[n] = v[n] + (z @ weights[n].T + (biases[n] / s[n]).astype(np.float32))
        z = (v[n] >= threshold).astype(np.float32)
        v[n] = v[n] - threshold * z
        counts[n] = counts[n] + z
    current = z @ weights[2].T + (biases[2] / s[2]).astype(np.float32)
    total = total + current
    last = last + current
    z = last >= np.float32(largest / s[2])
    last = last - np.float32(largest / s[2]) * z
    spikes += z
mean = total * np.float32(s[2] / steps)

for engine in ("native", "reference"):
    run(["lle-run", f"{out}/max.mlir", f"--engine={engine}", f"--input={out}/xt.npy", f"--output={out}/y.npy",
         f"--probe=relu0:spike={out}/z0.npy", f"--probe=relu1:spike={out}/z1.npy"])  # fmt: skip
    y = np.load(f"{out}/y.npy")
    equal = [np.array_equal(np.load(f"{out}/z{n}.npy").sum(1), counts[n]) for n in range(2)]
    print(f"spikes {engine}: equal", *equal, np.allclose(y, mean, rtol=1e-6, atol=1e-6),
          "fired", 0.05 < np.mean(counts[1]) / steps < 0.95)  # fmt: skip
print("output: equal", y.shape == mean.shape)
convert(f"{out}/mlp.mlir", f"{out}/spikes.mlir", dataset=f"{out}/x.npy", method="max", steps=steps, output="spikes")
run(["lle-run", f"{out}/spikes.mlir", f"--input={out}/xt.npy", f"--output={out}/y.npy"])
print("output spikes: equal", np.array_equal(np.load(f"{out}/y.npy").sum(1), spikes), spikes.sum() > 100)

# All operations, on numbers without structure. What a layer may lose in T steps is a threshold / T a neuron.
blob = {"wc": (4, 2, 3, 3), "w3": (4, 4, 3, 3), "w1": (2, 4, 2), "w4": (4, 8)}
text = open(source).read() + "{-#\n  dialect_resources: {\n    builtin: {\n"
text += ",\n".join(f'      {k}: "0x04000000{(random.normal(0, 0.5, s).astype("<f4")).tobytes().hex().upper()}"'
                   for k, s in blob.items()) + "\n    }\n  }\n#-}\n"  # fmt: skip
open(f"{out}/relus.mlir", "w").write(text)
x = random.random((32, 1, 2, 6, 6)).astype(np.float32)
np.save(f"{out}/x.npy", x)
run(["lle-run", f"{out}/relus.mlir", f"--input={out}/x.npy", f"--output=y={out}/y.npy", f"--output=r={out}/r.npy"])
y, r = np.load(f"{out}/y.npy")[:, 0], np.load(f"{out}/r.npy")[:, 0]
for steps in (16, 64, 256):
    convert(f"{out}/relus.mlir", f"{out}/snn.mlir", dataset=f"{out}/x.npy", method="max", steps=steps)
    np.save(f"{out}/xt.npy", np.repeat(x, steps, 1))
    run(["lle-run", f"{out}/snn.mlir", f"--input={out}/xt.npy", f"--output=y={out}/ys.npy", f"--output=r={out}/rs.npy"])
    error = np.abs(np.load(f"{out}/ys.npy") - y).max() / np.abs(y).max()
    print(f"error {steps} steps: below bound", error < 4 / steps, f"({error:.4f})")
print("both outputs: near", np.abs(np.load(f"{out}/rs.npy") - r).max() < 0.02 * r.max())
