"""The neurons of examples/neurons: state equations in the regions of spk.ode_neuron."""

import os
import sys

import numpy as np

from golden import check

EXAMPLES, N = sys.argv[2], 16
F32 = lambda number: float(np.float32(number))  # of constants in the region
random = np.random.default_rng(17)


def run(name, x, step, states, **options):
    """`step(x[t], states) -> spikes, distance` changes the states."""
    spikes, distances, trajectories = [], [], {state: [] for state in states}
    x = x.astype(np.float32).astype(np.float64)
    for row in x:
        z, distance = step(row, states)
        spikes.append(z)
        distances.append(distance)
        for state, values in states.items():
            trajectories[state].append(values)
    check(name, os.path.join(EXAMPLES, name + ".mlir"), x, np.array(spikes),
          {state: np.array(values) for state, values in trajectories.items()}, np.array(distances), **options)


# E. M. Izhikevich (2003), the published program: fired = find(v >= 30); v(fired) = c; u(fired) += d;
# v += 0.5 (0.04 v^2 + 5 v + 140 - u + I), twice; u += a (b v - u). It looks for spikes at the beginning of a step, here at
# the end of the one before. With steps this long the model is chaotic: u follows the peak of v, so errors grow tenfold in
# 20 ms, and the comparison is short.
def izhikevich(i, s):
    v, u = s["v"], s["u"]
    v = v + 0.5 * (F32(0.04) * v**2 + 5 * v + 140 - u + i)
    v = v + 0.5 * (F32(0.04) * v**2 + 5 * v + 140 - u + i)
    u = u + 0.02 * (0.2 * v - u)
    z = v >= 30
    s.update(v=np.where(z, -65.0, v), u=np.where(z, u + 8, u))
    return z, v - 30


# SpikingJelly, QIFNode: v += (x + a0 (v - v_rest) (v - v_c)) / tau; z = v >= v_th, v = v_reset where z.
def qif(x, s):
    v = s["v"] + (x + 1.0 * (s["v"] - 0.0) * (s["v"] - 0.8)) / 2.0
    z = v >= 1
    s["v"] = np.where(z, -0.1, v)
    return z, v - 1


# SpikingJelly, EIFNode: v += (x + v_rest - v + delta_T exp((v - theta_rh) / delta_T)) / tau.
def eif(x, s):
    v = s["v"] + (x + 0.0 - s["v"] + 1.0 * np.exp((s["v"] - 0.8) / 1.0)) / 2.0
    z = v >= 1
    s["v"] = np.where(z, -0.1, v)
    return z, v - 1


# R. Brette, W. Gerstner (2005), equations 1 and 2, by forward Euler in steps of 0.1 ms; v = E and w += b where v > 20 mV.
def adex(i, s):
    C, g, E, V_T, D, a, tau_w, b, h = 281.0, 30.0, -70.6, -50.4, 2.0, 4.0, 144.0, 80.5, 0.1
    v, w = s["v"], s["w"]
    with np.errstate(over="raise"):
        new_v = v + h * (-g * (v - E) + g * D * np.exp((v - V_T) / D) - w + i) / C
    new_w = w + h * (a * (v - E) - w) / tau_w
    z = new_v > 20
    s.update(v=np.where(z, E, new_v), w=np.where(z, new_w + b, new_w))
    return z, new_v - 20


# A. L. Hodgkin, A. F. Huxley (1952), resting at -65 mV, by exponential Euler: each y' = (inf - y) / tau with all else held
# has the solution inf + (y - inf) exp(-h / tau). Two steps of 0.05 ms; a spike is a crossing of 0 mV.
def hodgkin_huxley(i, s):
    before = s["v"]
    for _ in range(2):
        v, m, h, n = s["v"], s["m"], s["h"], s["n"]
        tenth = F32(0.1)
        am, bm = tenth * (v + 40) / (1 - np.exp(-(v + 40) / 10)), 4 * np.exp(-(v + 65) / 18)
        ah, bh = F32(0.07) * np.exp(-(v + 65) / 20), 1 / (1 + np.exp(-(v + 35) / 10))
        an, bn = tenth * tenth * (v + 55) / (1 - np.exp(-(v + 55) / 10)), 0.125 * np.exp(-(v + 65) / 80)
        na, k, leak = 120 * m**3 * h, 36 * n**4, F32(0.3)
        total = na + k + leak
        rest = (na * 50 + k * -77 + leak * F32(-54.387) + i) / total
        gate = lambda y, a, b: a / (a + b) + (y - a / (a + b)) * np.exp(-0.05 * (a + b))
        s.update(v=rest + (v - rest) * np.exp(-0.05 * total), m=gate(m, am, bm), h=gate(h, ah, bh), n=gate(n, an, bn))
    return (s["v"] >= 0) & (before < 0), s["v"]


def current(steps, low, high, wobble):
    return random.uniform(low, high, N) + wobble * random.normal(size=(steps, N))


full = lambda value: np.full(N, value)
run("izhikevich", current(60, 10, 30, 2), izhikevich, {"v": full(-65.0), "u": full(-13.0)}, node="izhikevich",
    tolerance=1e-4, reach=0.02)
run("qif", current(200, 0.2, 0.6, 0.3), qif, {"v": full(-0.1)}, node="qif")
run("eif", current(200, 0.1, 0.4, 0.3), eif, {"v": full(-0.1)}, node="eif")
run("adex", current(600, 1500, 4000, 300), adex, {"v": full(-70.6), "w": full(0.0)}, node="adex",
    tolerance=1e-3, reach=0.05)
run("hodgkin_huxley", current(600, 22, 62, 2), hodgkin_huxley,
    {"v": full(-65.0), "m": full(0.0529), "h": full(0.5961), "n": full(0.3177)}, node="hh",
    tolerance=5e-5, reach=5e-3)
