"""Gated leaky integrate-and-fire neurons.

GLIF (X. Yao et al., NeurIPS 2022, equations 3 to 8), as SpikingJelly's functional gated_lif_step has it, all parameters
behind their sigmoids: I = x (1 - beta (1 - c[t])); v' = ((1 - alpha (1 - tau)) v - (1 - alpha) leak) + I
- (1 - alpha (1 - tau)) v gamma z - (1 - gamma) v_sub z; z' = H(v' - v_threshold) with H(0) = 1.
"""

import numpy as np

from golden import attributes, check, network

N, T, DT = 32, 40, 1e-3
random = np.random.default_rng(23)
noise = (0.5 * random.normal(size=(T, N))).astype(np.float32).astype(np.float64)


def glif(name, own, saturated):
    alpha, beta, gamma, tau = (random.uniform(0, 1, N) for _ in range(4))
    if saturated:
        alpha, beta, gamma = (np.round(gate) for gate in (alpha, beta, gamma))
    leak, subreset, level = random.uniform(0, 0.05, N), random.uniform(0.3, 0.8, N), random.uniform(0.4, 0.7, N)
    # The table ends before the sample does: its last row stays.
    conductance = random.uniform(0, 1, (T - 5, N) if own else T - 5)
    v, z, histories = np.zeros(N), np.zeros(N), ([], [], [])
    for t, x in enumerate(noise):
        current = x * (1 - beta * (1 - conductance[min(t, T - 6)]))
        keep = 1 - alpha * (1 - tau)
        v = (keep * v - (1 - alpha) * leak) + current - keep * v * gamma * z - (1 - gamma) * subreset * z
        z = (v >= level).astype(float)
        for history, value in zip(histories, (z, v, v - level)):
            history.append(value)
    spikes, membrane, distance = map(np.array, histories)
    shape = "x".join(map(str, conductance.shape))
    table = f"dense<{np.array2string(conductance, separator=', ', threshold=10**6, floatmode='unique')}> : tensor<{shape}xf64>"
    body = '%z = spk.glif "n" %x ge ' + attributes(
        N, alpha=alpha, beta=beta, gamma=gamma, tau=tau, linear_decay=leak, v_subreset=subreset, v_threshold=level,
        conductance=table) + f" : tensor<{N}xf32> -> tensor<{N}xi1>"
    check(name, network(body, N, DT), noise, spikes, {"v": membrane}, distance)


glif("glif", own=False, saturated=False)
glif("glif-channels", own=True, saturated=False)
glif("glif-saturated", own=True, saturated=True)
