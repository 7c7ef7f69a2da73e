"""Sigma-delta and resonate-and-fire networks beside NumPy transcriptions of Lava's fixed-point models.

  graded.py make FOLDER      networks NAME.net and inputs NAME.npy
  graded.py compare FOLDER NAME OUTPUT.npy [PROBES.npy...]

Lava 0.10. Dense and Conv send what they were sent a step before: a[t] = W s[t - 1]. proc/sdn/models.py, fixed_pt, with
n = spike_exp + state_exp = 6 + 6:
  Delta:      act' = x << n;  d = act' - act + residue;  s = d where |d| >= vth << n, else 0;  residue' = d - s;  s >> 6
  SigmaDelta: sigma' = sigma + a;  act' = relu(sigma' + (bias << n));  then as Delta
  Sigma:      sigma' = sigma + a, which is sent
proc/rf/models.py and proc/rf_iz/models.py, fixed_pt: t(c, s) = sgn(c s) (|c s| >> 12), clipped at 2^23 - 1,
  re' = t(cos, re) - t(sin, im) + (a_re << 6);  im' = t(sin, re) + t(cos, im) + (a_im << 6)
  RF: z = re' >= vth << 6 and im' >= 0 and im < 0;  RF_IZ: z = im' >= vth << 6, then re' = 0, im' = (vth << 6) - 1
"""
import sys

import h5py
import numpy as np

action, folder = sys.argv[1:3]
STEPS = 60
random = np.random.default_rng(11)


def even(low, high, shape, density=1.0):
    weights = random.integers(low // 2, high // 2, shape) * 2
    return np.where(random.random(shape) < density, weights, 0)


SDNN = {"type": "SDNN", "activation": "relu"}
KERNEL, KERNEL_BIAS = even(-40, 60, (4, 2, 3, 3)), random.integers(-9, 9, 4)
HIDDEN, HIDDEN_BIAS = even(-12, 18, (10, 4 * 3 * 4)), random.integers(-20, 30, 10)
READOUT = even(-30, 30, (3, 10))
THRESHOLDS = {"input": 3, "conv": 13, "dense": 8}
# A picture that moves.
PHASES = random.random((2, 8, 6)) * 6
PICTURES = (40 * np.sin(PHASES + np.arange(STEPS)[:, None, None, None] * 0.15)).astype(np.int32)

REAL, IMAGINARY = even(-70, 100, (12, 20), 0.6), even(-70, 100, (12, 20), 0.6)
SINE, COSINE = random.integers(500, 2200, 12), random.integers(2800, 3300, 12)
SPIKES = (random.random((STEPS, 20)) < 0.2).astype(np.uint8)

FORWARD, RECURRENT = even(-40, 60, (6, 20)), even(-30, 30, (6, 6))
AXONS = random.integers(0, 9, 6)
IMAGES = (random.random((STEPS, 2, 8, 6)) < 0.1).astype(np.uint8)
CONV_AXONS = random.integers(0, 7, 4)


def convolve(x):
    """Two steps down, one step right, no padding."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))[:, ::2]
    return np.einsum("ocij,chwij->ohw", KERNEL, windows)


class Delta:
    def __init__(self, threshold):
        self.threshold, self.act, self.residue = threshold << 12, 0, 0

    def __call__(self, act):
        change = act - self.act + self.residue
        sent = np.where(np.abs(change) >= self.threshold, change, 0)
        self.act, self.residue = act, change - sent
        return sent >> 6


def sigma_delta(latency=1):
    encode, conv, dense = Delta(THRESHOLDS["input"]), Delta(THRESHOLDS["conv"]), Delta(THRESHOLDS["dense"])
    a1, a2, a3 = np.zeros((4, 3, 4), int), np.zeros(10, int), np.zeros(3, int)
    sigma1, sigma2, sigma3, result = 0, 0, 0, []
    for x in PICTURES.astype(int):
        s0 = encode(x << 12)
        if not latency:
            a1 = convolve(s0)
        sigma1 = sigma1 + a1
        s1 = conv(np.maximum(sigma1 + (KERNEL_BIAS[:, None, None] << 12), 0))
        if not latency:
            a2 = HIDDEN @ s1.ravel()
        sigma2 = sigma2 + a2
        s2 = dense(np.maximum(sigma2 + (HIDDEN_BIAS << 12), 0))
        if not latency:
            a3 = READOUT @ s2
        sigma3 = sigma3 + a3
        result.append((s0, s1, s2, sigma3))
        a1, a2, a3 = convolve(s0), HIDDEN @ s1.ravel(), READOUT @ s2
    return [np.array(values) for values in zip(*result)]


def turn(factor, state):
    product = factor * state
    return np.sign(product) * (np.abs(product) >> 12)


def resonate(is_phase, threshold):
    re, im, past, result = np.zeros(12, int), np.zeros(12, int), np.zeros(20, int), []
    limit = (1 << 23) - 1
    for spikes in SPIKES.astype(int):
        before = im
        re, im = (turn(COSINE, re) - turn(SINE, im) + (REAL @ past << 6),
                  turn(SINE, re) + turn(COSINE, im) + (IMAGINARY @ past << 6))
        re, im, past = np.clip(re, -limit, limit), np.clip(im, -limit, limit), spikes
        level = threshold << 6
        fired = (re >= level) & (im >= 0) & (before < 0) if is_phase else im >= level
        if not is_phase:
            re, im = np.where(fired, 0, re), np.where(fired, level - 1, im)
        result.append(fired)
    return np.array(result)


def cuba(sums, feedback=None):
    """CUBA neurons (dialects/Spk/FixedPoint.td): iDecay 4096, vDecay 1024, vThMant 60. `sums` come a step late."""
    v, past, spikes = 0, np.zeros(len(sums[0]), int), []
    for t in range(len(sums)):
        a = sums[t - 1] if t > 0 else 0 * sums[0]
        if feedback is not None:
            a = a + feedback @ past
        v = np.clip(np.sign(v) * (np.abs(v) * (4096 - 1024) >> 12) + (a << 6), 1 - (1 << 23), (1 << 23) - 1)
        fired = v > 60 << 6
        v, past = np.where(fired, 0, v), fired.astype(int)
        spikes.append(fired)
    return np.array(spikes)


def late(spikes, delays):
    """What lava-dl trains: spikes of channel c leave the layer delays[c] steps later."""
    result = np.zeros_like(spikes)
    for channel, delay in enumerate(delays):
        result[delay:, channel] = spikes[:len(spikes) - delay, channel]
    return result


def put(group, items):
    for key, value in items.items():
        if isinstance(value, dict):
            put(group.create_group(key), value)
        else:
            group[key] = value


CUBA = {"type": "CUBA", "iDecay": 4096, "vDecay": 1024, "vThMant": 60}
CONV = {"type": "conv", "shape": [4, 3, 4], "weight": KERNEL, "stride": [2, 1], "padding": 0, "dilation": 1, "groups": 1}
SIGMA_DELTA = [
    {"type": "input", "shape": [2, 8, 6], "neuron": {**SDNN, "vThMant": THRESHOLDS["input"]}},
    {**CONV, "bias": KERNEL_BIAS, "neuron": {**SDNN, "vThMant": THRESHOLDS["conv"]}},
    {"type": "flatten", "shape": [48, 1, 1]},
    {"type": "dense", "shape": [10], "weight": HIDDEN, "bias": HIDDEN_BIAS,
     "neuron": {**SDNN, "vThMant": THRESHOLDS["dense"]}},
    {"type": "dense", "shape": [3], "weight": READOUT, "neuron": {**SDNN, "vThMant": 1, "sigma_output": True}}]
RESONATORS = {"type": "dense", "shape": [12], "weight/real": REAL, "weight/imag": IMAGINARY}
NETWORKS = {
    "sdnn": (SIGMA_DELTA, PICTURES),
    "phase": ([{**RESONATORS, "neuron": {"type": "RF_PHASE", "sinDecay": SINE, "cosDecay": COSINE, "vThMant": 120,
                                         "gradedSpike": False}}], SPIKES),
    "izhikevich": ([{**RESONATORS, "neuron": {"type": "RF_IZHIKEVICH", "sinDecay": SINE, "cosDecay": COSINE,
                                              "vThMant": 300}}], SPIKES),
    "recurrent": ([{"type": "dense_rec", "shape": [6], "weight": FORWARD, "weight_rec": RECURRENT, "delay": AXONS,
                    "neuron": CUBA}], SPIKES),
    "conv": ([{"type": "input", "shape": [2, 8, 6]}, {**CONV, "delay": CONV_AXONS, "neuron": CUBA}], IMAGES),
    "convscalar": ([{"type": "input", "shape": [2, 8, 6]}, {**CONV, "delay": 5, "neuron": CUBA}], IMAGES)}

if action == "make":
    for name, (layers, inputs) in NETWORKS.items():
        np.save(f"{folder}/{name}.npy", inputs[None])
        with h5py.File(f"{folder}/{name}.net", "w") as file:
            put(file, {"layer": {str(i): layer for i, layer in enumerate(layers)}})
    sys.exit()

name, output, *probes = sys.argv[3:]
got = [np.load(path)[0] for path in [*probes, output]]
expected = {"sdnn": lambda: sigma_delta(), "sdnn-none": lambda: sigma_delta(latency=0),
            "phase": lambda: [resonate(True, 120)], "izhikevich": lambda: [resonate(False, 300)],
            "recurrent": lambda: [late(cuba([FORWARD @ s for s in SPIKES.astype(int)], RECURRENT), AXONS)],
            "conv": lambda: [late(cuba([convolve(s) for s in IMAGES.astype(int)]), CONV_AXONS)],
            "convscalar": lambda: [late(cuba([convolve(s) for s in IMAGES.astype(int)]), [5] * 4)]}[name]()
for ours, theirs in zip(got, expected):
    assert ours.shape == theirs.shape, (ours.shape, theirs.shape)
    print(name, (ours != theirs).sum(), "of", theirs.size, "differ;", (theirs != 0).sum(), "are not zero")
