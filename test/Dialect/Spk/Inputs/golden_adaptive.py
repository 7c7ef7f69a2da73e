"""Neurons with adaptation, refractoriness, trained leaks and two thresholds."""

import numpy as np

from golden import attributes, check, dynamics, firing, network

N, T, DT = 32, 120, 1e-3
random = np.random.default_rng(7)
# Numbers that f32 has, so that all engines get the same input.
noise = (random.normal(size=(T, N)) * random.uniform(0.5, 1.5, N)).astype(np.float32).astype(np.float64)
spread = random.uniform(0.7, 1.3, N)


def simulate(x, step):
    """Runs `step(x[t]) -> spikes, distance, states` and stacks what it gives."""
    results = [step(row) for row in x]
    states = {name: np.array([r[2][name] for r in results]) for name in results[0][2]}
    return np.array([r[0] for r in results]), states, np.array([r[1] for r in results])


def run(name, body, step, x, result="i1", **options):
    spikes, states, distance = simulate(x, step)
    check(name, network(body, N, DT, result), x, spikes, states, distance, **options)


# Norse, lsnn_feed_forward_step, with the current as input: v += dt/tau_m ((v_leak - v) + i); b += dt/tau_b (v_th - b);
# z = v > b; v = (1 - z) v + z v_reset; b += beta z. (Its b is the threshold; here b is what is above v_th.)
def lsnn():
    tau_m, tau_b, v_th, beta = 0.01, 0.05, 0.4 * spread, 0.15
    s = {"v": np.zeros(N), "b": v_th.copy()}

    def step(i):
        v = s["v"] + DT / tau_m * ((0.0 - s["v"]) + i)
        b = s["b"] + DT / tau_b * (v_th - s["b"])
        z = v > b
        s.update(v=np.where(z, 0.05, v), b=b + beta * z)
        return z, v - b, {"v": s["v"], "b": s["b"] - v_th}

    body = f'%z = spk.alif "n" %x {dynamics("euler")} {firing("gt", "to_value")} ' + attributes(
        N, adapt="#spk.adapt_time<before>", beta=1.0, jump=beta, r=1.0, tau=tau_m, tau_b=tau_b, v_init=0.0, v_leak=0.0,
        v_reset=0.05, v_threshold=v_th) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("alif-norse", body, step, 2 * noise + 1.5)


# sinabs, ALIF: v = alpha_mem v + (1 - alpha_mem) x; z = v >= B; v -= z B; b = alpha_b b + (1 - alpha_b) z;
# B = b0 + adapt_scale b; v = max(v, min_v_mem).
def sinabs():
    alpha, alpha_b, b0, scale = np.exp(-1 / 10), np.exp(-1 / 20), 0.35 * spread, 1.8
    s = {"v": np.zeros(N), "b": np.zeros(N)}

    def step(x):
        v = alpha * s["v"] + (1 - alpha) * x
        level = b0 + scale * s["b"]
        z = v >= level
        s.update(v=np.maximum(v - z * level, -0.5), b=alpha_b * s["b"] + (1 - alpha_b) * z)
        return z, v - level, dict(s)

    body = f'%z = spk.alif "n" %x {dynamics("exact")} {firing("ge", "subtract")} ' + attributes(
        N, adapt="#spk.adapt_time<after>", beta=scale, jump=1 - alpha_b, r=1.0, tau=10 * DT, tau_b=20 * DT, v_init=0.0,
        v_leak=0.0, v_min=-0.5, v_threshold=b0) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("alif-sinabs", body, step, 2 * noise + 1)


# Lava, ATRLIF (floating point): i = (1 - delta_i) i + a; v = (1 - delta_v) v + i + bias;
# theta = (1 - delta_theta) (theta - theta_0) + theta_0; r = (1 - delta_r) r; s = (v - r) >= theta;
# r += 2 theta and theta += theta_step where s.
def atrlif():
    delta_i, delta_v, delta_theta, delta_r, theta_0, theta_step, bias = 0.4, 0.1, 0.2, 0.1, 2.0 * spread, 0.75, 0.1
    s = {"i": np.zeros(N), "v": np.zeros(N), "theta": theta_0.copy(), "r": np.zeros(N)}

    def step(a):
        s["i"] = (1 - delta_i) * s["i"] + a
        s["v"] = (1 - delta_v) * s["v"] + s["i"] + bias
        s["theta"] = (1 - delta_theta) * (s["theta"] - theta_0) + theta_0
        s["r"] = (1 - delta_r) * s["r"]
        z = (s["v"] - s["r"]) >= s["theta"]
        distance = s["v"] - s["r"] - s["theta"]
        s["r"] = s["r"] + 2 * s["theta"] * z
        s["theta"] = s["theta"] + theta_step * z
        return z, distance, {"v": s["v"], "b": s["theta"] - theta_0, "r": s["r"]}

    current = f'%i = spk.li "i" %x {dynamics("discrete")} ' + attributes(N, decay=1 - delta_i, v_init=0.0) + f" : tensor<{N}xf32>\n  "
    body = current + f'%z = spk.alif "n" %i {dynamics("discrete")} {firing("ge", "none")} ' + attributes(
        N, adapt="#spk.adapt_time<before>", beta=1.0, bias=bias, decay=1 - delta_v, decay_b=1 - delta_theta,
        decay_r=1 - delta_r, jump=theta_step, r_jump=2.0, v_init=0.0,
        v_threshold=theta_0) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("alif-lava-atrlif", body, step, noise)


# BindsNET, AdaptiveLIFNodes without refractory period: v = decay (v - rest) + rest; theta *= theta_decay; v += x;
# s = v >= thresh + theta; v = reset where s; theta += theta_plus s; v = max(v, lbound).
def bindsnet():
    rest, reset, thresh, plus, bound = -65.0, -60.0, -52.0 + spread, 2.0, -70.0
    decay, theta_decay = np.exp(-1 / 20), np.exp(-1 / 50)
    s = {"v": np.full(N, rest), "b": np.zeros(N)}

    def step(x):
        v = decay * (s["v"] - rest) + rest + x
        theta = s["b"] * theta_decay
        z = v >= thresh + theta
        s.update(v=np.maximum(np.where(z, reset, v), bound), b=theta + plus * z)
        return z, v - thresh - theta, dict(s)

    body = f'%z = spk.alif "n" %x {dynamics("decay_exp")} {firing("ge", "to_value")} ' + attributes(
        N, adapt="#spk.adapt_time<before>", beta=1.0, jump=plus, r=1.0, tau=20 * DT, tau_b=50 * DT, v_init=rest,
        v_leak=rest, v_min=bound, v_reset=reset, v_threshold=thresh) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("alif-bindsnet", body, step, 2 * noise + 1.5, tolerance=1e-6)


# Norse, ada_lif_step: v += dt/tau_m ((v_leak - v) + i - b) and b -= dt/tau_b b, both from the old values; z = v > v_th;
# v -= z (v_th - v_reset), with v_reset 0; b += beta z.
def norse_adaptive():
    tau_m, tau_b, v_th, beta = 0.01, 0.04, 0.4 * spread, 0.5
    s = {"v": np.zeros(N), "w": np.zeros(N)}

    def step(i):
        v = s["v"] + DT / tau_m * ((0.0 - s["v"]) + i - s["w"])
        w = s["w"] - DT / tau_b * s["w"]
        z = v > v_th
        s.update(v=v - z * v_th, w=w + beta * z)
        return z, v - v_th, dict(s)

    body = f'%z = spk.adlif "n" %x {dynamics("euler")} {firing("gt", "subtract")} ' + attributes(
        N, a=0.0, couple="#spk.coupling<simultaneous>", jump=beta, r=1.0, tau=tau_m, tau_w=tau_b, v_init=0.0, v_leak=0.0,
        v_threshold=v_th) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("adlif-norse", body, step, 2 * noise + 1.5)


# A. Bittar, P. N. Garner (2022), equations 5 and 6, as their code computes them: w = beta w + a u + b s;
# u = alpha (u - s) + (1 - alpha) (I - w); s = u > theta, with the spike of the step before. Its u is before the reset.
def bittar():
    alpha, beta, a, b, theta = 0.9, 0.95, 0.3, 0.6, 1.0
    s = {"u": np.zeros(N), "w": np.zeros(N), "s": np.zeros(N)}

    def step(i):
        w = beta * s["w"] + a * s["u"] + b * s["s"]
        u = alpha * (s["u"] - s["s"]) + (1 - alpha) * (i - w)
        z = u > theta
        s.update(u=u, w=w, s=z.astype(float))
        # Here the reset is in the membrane at once, and with it what the reset and the spike do to w one step later.
        return z, u - theta, {"v": u - z * theta, "w": w + (b + a * theta) / beta * z}

    body = f'%z = spk.adlif "n" %x {dynamics("exact")} {firing("gt", "subtract")} ' + attributes(
        N, a=a / (1 - beta), couple="#spk.coupling<w_first>", jump=(b + a * theta) / beta, r=1.0, tau=-DT / np.log(alpha),
        tau_w=-DT / np.log(beta), v_init=0.0, v_leak=0.0, v_threshold=theta) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("adlif-bittar", body, step, 6 * noise + 9 * spread)


# M. Baronig, R. Ferrand, S. Sabathiel, R. Legenstein (2024), SE-adLIF: u^ = alpha u + (1 - alpha) (I - w); s = u^ >= theta;
# u = u^ (1 - s); w = beta w + (1 - beta) (a u + b s).
def baronig():
    alpha, beta, a, b, theta = 0.9, 0.97, 4.0, 6.0, 0.5 * spread
    s = {"v": np.zeros(N), "w": np.zeros(N)}

    def step(i):
        u = alpha * s["v"] + (1 - alpha) * (i - s["w"])
        z = u >= theta
        v = u * (1 - z)
        w = beta * s["w"] + (1 - beta) * (a * v + b * z)
        s.update(v=v, w=w)
        return z, u - theta, dict(s)

    # With discrete dynamics the input has factor one, so the membrane is in units of 1 - alpha: a and theta change.
    body = f'%z = spk.adlif "n" %x {dynamics("discrete")} {firing("ge", "to_value")} ' + attributes(
        N, a=(1 - beta) * a * (1 - alpha), couple="#spk.coupling<v_first>", decay=alpha, decay_w=beta,
        jump=(1 - beta) * b, v_init=0.0, v_reset=0.0,
        v_threshold=theta / (1 - alpha)) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"

    def scaled(i):
        z, distance, states = step(i)
        return z, distance / (1 - alpha), {"v": states["v"] / (1 - alpha), "w": states["w"]}

    run("adlif-baronig", body, scaled, 6 * noise + 5)


# SpikingJelly, ParametricLIFNode: decay_input: v += (x - (v - v_reset)) sigmoid(w); else
# v += x - (v - v_reset) sigmoid(w); spike H(v - v_threshold) with H(0) = 1, hard reset.
def plif(decay_input):
    w, v_reset, v_th = random.uniform(-2, 0.5, N), 0.1, 0.5 if decay_input else 2.0
    rate = 1 / (1 + np.exp(-w))
    s = {"v": np.zeros(N)}

    def step(x):
        v = s["v"] + ((x - (s["v"] - v_reset)) * rate if decay_input else x - (s["v"] - v_reset) * rate)
        z = v >= v_th
        s["v"] = np.where(z, v_reset, v)
        return z, v - v_th, dict(s)

    body = f'%z = spk.plif "n" %x {firing("ge", "to_value")} ' + attributes(
        N, decay_input=str(decay_input).lower(), v_init=0.0, v_leak=v_reset, v_reset=v_reset, v_threshold=v_th,
        w=w) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("plif" + ("" if decay_input else "-undecayed"), body, step, noise)


# Norse, lif_refrac_feed_forward_step without its current: m = rho > 0; v = (1 - m) v_new + m v; z = (1 - m) z_new;
# rho = (1 - z) relu(rho - m) + z rho_reset.
def refractory_hold():
    tau, v_th, rho_reset = 0.01, 0.3 * spread, 4
    s = {"v": np.zeros(N), "c": np.zeros(N)}

    def step(x):
        new = s["v"] + DT / tau * ((0.0 - s["v"]) + x)
        z = new > v_th
        reset, m = np.where(z, 0.0, new), s["c"] > 0
        z = z & ~m
        s.update(v=np.where(m, s["v"], reset), c=np.where(z, rho_reset, np.maximum(s["c"] - m, 0)))
        return z, new - v_th, dict(s)

    body = f'%z = spk.refractory_lif "n" %x {dynamics("euler")} {firing("gt", "to_value")} ' + attributes(
        N, period=4.0, r=1.0, refractory="#spk.refractory<hold>", tau=tau, unit="#spk.time_unit<steps>", v_init=0.0,
        v_leak=0.0, v_reset=0.0, v_threshold=v_th) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("refractory-norse", body, step, 2 * noise + 1.5)


# BindsNET, LIFNodes: v = decay (v - rest) + rest; x = 0 where refrac_count > 0; refrac_count -= dt; v += x;
# s = v >= thresh; refrac_count = refrac and v = reset where s; v = max(v, lbound).
def refractory_mask():
    rest, reset, thresh, refrac, bound, decay = -65.0, -65.0, -60.0 + spread, 3.0, -68.0, np.exp(-1 / 20)
    s = {"v": np.full(N, rest), "c": np.zeros(N)}

    def step(x):
        v = decay * (s["v"] - rest) + rest
        v = v + np.where(s["c"] > 0, 0.0, x)
        c = s["c"] - 1
        z = v >= thresh
        s.update(v=np.maximum(np.where(z, reset, v), bound), c=np.where(z, refrac, c))
        return z, v - thresh, {"v": s["v"], "c": np.maximum(s["c"], 0)}

    body = f'%z = spk.refractory_lif "n" %x {dynamics("decay_exp")} {firing("ge", "to_value")} ' + attributes(
        N, period=refrac * DT, r=1.0, refractory="#spk.refractory<mask_input>", tau=20 * DT, unit="#spk.time_unit<seconds>",
        v_init=rest, v_leak=rest, v_min=bound, v_reset=reset, v_threshold=thresh) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("refractory-bindsnet", body, step, 2 * noise + 1, tolerance=1e-6)


# Brian 2, threshold='v>v_th', reset='v=v_r', refractory=n*dt: v is v_r and does not move for n steps.
def refractory_clamp():
    tau, v_th, v_r, n = 0.01, 0.3 * spread, -0.1, np.where(np.arange(N) % 2, 2.0, 5.0)
    s = {"v": np.zeros(N), "c": np.zeros(N)}

    def step(x):
        busy = s["c"] > 0
        new = np.where(busy, v_r, x + (s["v"] - x) * np.exp(-DT / tau))
        z = (new > v_th) & ~busy
        s.update(v=np.where(z, v_r, new), c=np.where(z, n, np.maximum(s["c"] - 1, 0)))
        return z, new - v_th, dict(s)

    body = f'%z = spk.refractory_lif "n" %x {dynamics("exact")} {firing("gt", "to_value")} ' + attributes(
        N, period=n, r=1.0, refractory="#spk.refractory<clamp>", tau=tau, unit="#spk.time_unit<steps>", v_init=0.0,
        v_leak=0.0, v_reset=v_r, v_threshold=v_th) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("refractory-brian", body, step, 2 * noise + 1.5)


# Lava, TernaryLIF (floating point): u = (1 - du) u + a; v = (1 - dv) v + u + bias; s = (v > vth_hi) - (v < vth_lo);
# v = 0 where s.
def ternary():
    du, dv, low, high, bias = 0.4, 0.15, -3.0 * spread, 2.5 * spread, 0.1
    s = {"u": np.zeros(N), "v": np.zeros(N)}

    def step(a):
        s["u"] = (1 - du) * s["u"] + a
        v = (1 - dv) * s["v"] + s["u"] + bias
        z = -1 * (v < low) + (v > high)
        s["v"] = np.where(z != 0, 0.0, v)
        return z, np.minimum(np.abs(v - low), np.abs(v - high)), {"v": s["v"]}

    current = f'%i = spk.li "i" %x {dynamics("discrete")} ' + attributes(N, decay=1 - du, v_init=0.0) + f" : tensor<{N}xf32>\n  "
    body = current + f'%z = spk.ternary_lif "n" %i {dynamics("discrete")} {firing("gt", "to_value")} ' + attributes(
        N, bias=bias, decay=1 - dv, v_init=0.0, v_low=low, v_reset=0.0, v_threshold=high) + f" : tensor<{N}xf32> -> tensor<{N}xsi8>"
    run("ternary-lava", body, step, noise, "si8")


# SpikingJelly, KLIFNode: v += (x - (v - v_reset)) / tau (decay_input); v = relu(k v); z = v >= v_th; with scale_reset v/k
# and v_th/k are reset instead of v and v_th: hard: v = v_reset where z; soft: v -= z v_th.
def klif(scale_reset, soft):
    tau, k, v_th, v_reset = 2.0, random.uniform(0.8, 1.5, N), 0.8, 0.05
    rest = 0.0 if soft else v_reset
    s = {"v": np.zeros(N)}

    def step(x):
        v = np.maximum(k * (s["v"] + (x - (s["v"] - rest)) / tau), 0)
        z = v >= v_th
        scale = k if scale_reset else 1.0
        s["v"] = v / scale - z * (v_th / scale) if soft else np.where(z, v_reset, v / scale)
        return z, v - v_th, dict(s)

    reset = {} if soft else {"v_reset": v_reset}
    body = f'%z = spk.klif "n" %x {dynamics("euler")} {firing("ge", "subtract" if soft else "to_value")} ' + attributes(
        N, k=k, r=1.0, scale_reset=str(scale_reset).lower(), tau=tau * DT, v_init=0.0, v_leak=rest, v_threshold=v_th,
        **reset) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    run("klif" + ("-scaled" if scale_reset else "") + ("-soft" if soft else ""), body, step, noise)


lsnn()
sinabs()
atrlif()
bindsnet()
norse_adaptive()
bittar()
baronig()
plif(True)
plif(False)
refractory_hold()
refractory_mask()
refractory_clamp()
ternary()
for scale_reset in (False, True):
    for soft in (False, True):
        klif(scale_reset, soft)
