"""Neurons whose spikes carry numbers."""

import numpy as np

from golden import attributes, check, dynamics, network

N, T, DT = 32, 120, 1e-3
random = np.random.default_rng(11)
noise = random.normal(size=(T, N)).astype(np.float32).astype(np.float64)
spread = random.uniform(0.7, 1.3, N)


def run(name, body, step, x, result="si8", **options):
    """Runs `step(x[t]) -> spikes, distance, states`, and the network."""
    results = [step(row) for row in x]
    states = {state: np.array([r[2][state] for r in results]) for state in results[0][2]}
    spikes, distance = np.array([r[0] for r in results]), np.array([r[1] for r in results])
    check(name, network(body, N, DT, result), x, spikes, states, distance, tolerance=4e-6,
          reach=8e-6, **options)


# SpikingJelly, ILIFNode: H = (1 - 1/tau) V + X; C = round(clip(H / v_th, 0, D)), V = H - C v_th.
def ilif():
    tau, v_th, D = 4 / 3, 1.5 * spread, 4
    s = {"v": np.zeros(N)}

    def step(x):
        h = (1 - 1 / tau) * s["v"] + x
        u = np.clip(h / v_th, 0, D)
        z = np.round(u)
        s["v"] = h - z * v_th
        # Distance from a tie; what is clipped is at none.
        return z, np.where((u > 0) & (u < D), u - np.floor(u) - 0.5, 1), dict(s)

    body = f'%z = spk.ilif "n" %x {dynamics("discrete")} ' + attributes(
        N, decay=1 - 1 / tau, max_spikes="4 : i64", v_init=0.0, v_threshold=v_th) + f" : tensor<{N}xf32> -> tensor<{N}xsi8>"
    run("ilif", body, step, 1.5 * noise)


# SpikingJelly, stbif_step: q += x / q_threshold; 1 where q >= 1 and acc_q < pos_max; -1 where q < 0 and acc_q > neg_min;
# q -= spike; acc_q += spike. q starts at 0.5.
def st_bif():
    theta, pos_max, neg_min = 0.5 * spread, 5.0, -3.0
    s = {"q": np.full(N, 0.5), "n": np.zeros(N)}

    def step(x):
        q = s["q"] + x / theta
        z = np.where((q >= 1) & (s["n"] < pos_max), 1, np.where((q < 0) & (s["n"] > neg_min), -1, 0))
        s.update(q=q - z, n=s["n"] + z)
        return z, np.minimum(np.abs(q), np.abs(q - 1)), dict(s)

    body = '%z = spk.st_bif "n" %x ' + attributes(
        N, n_max=pos_max, n_min=neg_min, q_init=0.5, v_threshold=theta) + f" : tensor<{N}xf32> -> tensor<{N}xsi8>"
    run("st_bif", body, step, 0.2 * noise)


# Lava, AbstractDeltaModel.delta_dynamics: delta = act - act_old + residue; where |delta| >= vth (or |error| with
# error += delta, and error = 0 where something is sent) delta is sent; residue = delta - sent.
def make_delta(threshold, cumulative, quantum=None):
    s = {"act": np.zeros(N), "residue": np.zeros(N)}
    if cumulative:
        s["error"] = np.zeros(N)

    def step(act):
        delta = act - s["act"] + s["residue"]
        error = s["error"] + delta if cumulative else delta
        fired = np.abs(error) >= threshold
        sent = z = np.where(fired, delta, 0)
        distance = np.abs(np.abs(error) - threshold)
        if quantum is not None:
            ratio = np.clip(delta / quantum, -128, 127)
            z = np.where(fired, np.round(ratio), 0)
            sent = z * quantum
            distance = np.minimum(distance, quantum * np.abs(ratio - np.floor(ratio) - 0.5))
        s.update(act=act, residue=delta - sent)
        if cumulative:
            s["error"] = np.where(sent != 0, 0, error)
        return z, distance, dict(s)

    return step


def delta(cumulative, quantum):
    # A slow walk: the input changes little from step to step.
    threshold, walk = 0.4 * spread, np.cumsum(0.1 * noise, axis=0).astype(np.float32).astype(np.float64)
    element = "f32" if quantum is None else "si8"
    body = '%z = spk.delta "n" %x ge ' + attributes(
        N, cum_error=str(cumulative).lower(), v_threshold=threshold,
        **({} if quantum is None else {"step": quantum})) + f" : tensor<{N}xf32> -> tensor<{N}x{element}>"
    run("delta" + ("-cumulative" if cumulative else "") + ("" if quantum is None else "-integer"), body,
        make_delta(threshold, cumulative, quantum), walk, element, graded=quantum is None)


# Lava, SigmaDelta: sigma += a_in; act = relu(sigma + bias); then as Delta.
def sigma_delta(activation, quantum):
    threshold, bias, sigma = 0.3 * spread, 0.2, np.zeros(N)
    encode = make_delta(threshold, False, quantum)

    def step(a):
        nonlocal sigma
        sigma = sigma + a
        act = sigma + bias
        z, distance, states = encode(np.maximum(act, 0) if activation == "relu" else act)
        return z, distance, {"sigma": sigma, **states}

    element = "f32" if quantum is None else "si16"
    body = '%z = spk.sigma_delta "n" %x ge ' + attributes(
        N, activation=f"#lle.activation<{activation}>", bias=bias, cum_error="false", v_threshold=threshold,
        **({} if quantum is None else {"step": quantum})) + f" : tensor<{N}xf32> -> tensor<{N}x{element}>"
    run("sigma_delta-" + activation + ("" if quantum is None else "-integer"), body, step, 0.12 * noise, element,
        graded=quantum is None)


ilif()
st_bif()
for quantum in (None, 0.16):
    for cumulative in (False, True):
        delta(cumulative, quantum)
    for activation in ("linear", "relu"):
        sigma_delta(activation, quantum)
