"""Few-spike neurons.

C. Stöckl, W. Maass, Nature Machine Intelligence 3 (2021), equations 1 to 3: v(1) = x; z(t) = Θ(v(t) - T(t)) for t = 1 to K;
v(t + 1) = v(t) - h(t) z(t); what the neuron sends is the sum of d(t) z(t). A relu up to alpha has T(t) = h(t) = d(t) =
alpha 2^-t.
"""

import numpy as np

from golden import check, network

N, T, DT = 32, 240, 1e-3
random = np.random.default_rng(19)
noise = random.normal(size=(T, N)).astype(np.float32).astype(np.float64)


def code(x, lists):
    """What neurons send in each of the K steps, and how far the nearest threshold is."""
    v, sent, distance = x, [], np.full(x.shape, np.inf)
    for threshold, decrement, amplitude in zip(*lists):
        z = v > threshold
        distance = np.minimum(distance, np.abs(v - threshold))
        sent.append(amplitude * z)
        v = v - decrement * z
    return sent, distance


def attributes(lists):
    names = ("v_threshold", "decrement", "amplitude")
    texts = [f"{name} = dense<[{', '.join(repr(float(v)) for v in values)}]> : tensor<{len(values)}xf64>"
             for name, values in zip(names, lists)]
    return "{" + ", ".join(sorted(texts)) + "}"


# Results are graded: a comparison within the f32 error of x changes them by no more than the last amplitude, but here none is.
def within(name, lists, x):
    sent, distance = code(x, lists)
    body = f'%z = spk.few_spike %x gt {attributes(lists)} : tensor<{N}xf32>'
    check(name, network(body, N, DT, "f32"), x, sum(sent), {}, distance, reach=1e-6, graded=True)


# Windows of K steps: the sum of the inputs of one is coded in the next; before it, zero.
def coder(name, lists, x):
    k = len(lists[0])
    windows = np.concatenate([np.zeros((1, N)), x.reshape(T // k, k, N).sum(1)])[:T // k]
    sent, distance = code(windows, lists)
    spikes = np.stack(sent, 1).reshape(T, N)
    # In the first window all sums are exactly zero.
    distance = np.where(np.arange(len(windows))[:, None] == 0, 1, distance)
    body = f'%z = spk.few_spike_coder "n" %x gt {attributes(lists)} : tensor<{N}xf32>'
    sums = np.concatenate([np.cumsum(window, 0) for window in x.reshape(T // k, k, N)])
    check(name, network(body, N, DT, "f32"), x, spikes, {"sum": sums}, distance, reach=1e-6, graded=True)
    # What a window sends is what the neuron of one step gives for the sum.
    assert np.allclose(spikes.reshape(T // k, k, N).sum(1), sum(code(windows, lists)[0]))


relu = 25 * 0.5 ** np.arange(1, 11)
trained = (random.uniform(0.2, 1.6, 12), random.uniform(-0.3, 1.2, 12), random.uniform(-0.6, 1.5, 12))
within("few_spike-relu", (relu, relu, relu), 6 * noise - 2)
within("few_spike-trained", trained, noise - 0.6)
coder("few_spike_coder-relu", (relu[:8], relu[:8], relu[:8]), 2 * noise)
coder("few_spike_coder-trained", trained, 0.3 * noise - 0.05)
