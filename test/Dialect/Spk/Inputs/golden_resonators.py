"""Neurons that turn, and neurons that filter."""

import numpy as np

from golden import attributes, check, network

N, T, DT = 32, 200, 1e-3
random = np.random.default_rng(13)
noise = random.normal(size=(T, N)).astype(np.float32).astype(np.float64)
spread = random.uniform(0.7, 1.3, N)


# Lava, RF and RF_IZ (floating point): real = cos_decay real - sin_decay imag + a_real; imag = sin_decay real +
# cos_decay imag + a_imag, both from the old values. RF: (real >= vth) (imag >= 0) (imag_old < 0). RF_IZ: imag >= vth, and
# there real = 0, imag = vth - 1e-5 (with 0.1 here: a membrane 1e-5 below its threshold is no test of f32). Lava's process:
# cos_decay = (1 - alpha) cos(2 pi / period), sin_decay the same with the sine.
def resonator(name, kind, continuous, imaginary):
    period, alpha = random.uniform(8, 20, N), 0.05
    vth = (1.2 if kind == "phase" else 2.0) * spread
    c, s = (1 - alpha) * np.cos(2 * np.pi / period), (1 - alpha) * np.sin(2 * np.pi / period)
    re = im = np.zeros(N)
    below = 0.1
    spikes, res, ims, distances = [], [], [], []
    for x in noise:
        new_re, new_im = c * re - s * im + x, s * re + c * im + (x if imaginary else 0)
        if kind == "phase":
            z = (new_re >= vth) & (new_im >= 0) & (im < 0)
            # At the beginning the state is exactly zero, in all engines.
            distance = np.minimum(np.abs(new_re - vth), np.abs(new_im) + (len(spikes) == 0))
        else:
            z = new_im >= vth
            distance = np.abs(new_im - vth)
            new_re, new_im = np.where(z, 0, new_re), np.where(z, vth - below, new_im)
        re, im = new_re, new_im
        for history, value in ((spikes, z), (res, re), (ims, im), (distances, distance)):
            history.append(value)
    parameters = dict(resonator=f"#spk.resonator<{kind}>", v_threshold=vth)
    if continuous:
        parameters.update(frequency=1 / (period * DT), tau=-DT / np.log(1 - alpha))
    else:
        parameters.update(decay_cos=c, decay_sin=s)
    if kind == "izhikevich":
        parameters.update(v_reset=vth - below)
    inputs, types = ("%x, %x", f"tensor<{N}xf32>, tensor<{N}xf32>") if imaginary else ("%x", f"tensor<{N}xf32>")
    body = f'%z = spk.rf "n" {inputs} ge {attributes(N, **parameters)} : {types} -> tensor<{N}xi1>'
    check(name, network(body, N, DT), noise, np.array(spikes), {"im": np.array(ims), "re": np.array(res)},
          np.array(distances), tolerance=1e-6)


# SpikingJelly, SlidingPSN: H[t] = sum_i W_i X[t - k + 1 + i]; S = H - B >= 0. W = (..., 1/4, 1/2, 1) at first; trained here.
def sliding_psn(k):
    weights = random.uniform(-0.5, 1, k).astype(np.float32).astype(np.float64)
    level = 1.2 * np.linalg.norm(weights) * spread
    padded = np.concatenate([np.zeros((k - 1, N)), noise])
    h = np.array([sum(weights[i] * padded[t + i] for i in range(k)) for t in range(T)])
    states = {f"x{i}": np.concatenate([np.zeros((i - 1, N)), noise])[:T] for i in range(1, k)}
    text = "dense<[" + ", ".join(repr(float(w)) for w in weights) + f"]> : tensor<{k}xf32>"
    body = '%z = spk.sliding_psn "n" %x ge ' + attributes(
        N, v_threshold=level, weights=text) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    check(f"sliding_psn-{k}", network(body, N, DT), noise, h >= level, states, h - level,
          tolerance=1e-6)


resonator("rf-lava", "phase", False, False)
resonator("rf-lava-complex", "phase", False, True)
resonator("rf-continuous", "phase", True, False)
resonator("rf_iz-lava", "izhikevich", False, False)
resonator("rf_iz-continuous-complex", "izhikevich", True, True)
for taps in (2, 3, 7):
    sliding_psn(taps)
