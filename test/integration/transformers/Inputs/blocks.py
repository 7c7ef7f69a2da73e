"""Blocks of spiking transformers: as a network, and as their papers have them, in NumPy.

Each block is a class with write(writer, x), which adds it to a network and gives (port, value) pairs, and step(x), one
time step of the transcription, which gives the same values by port. Tokens are (channels, tokens).
"""
import numpy as np

from network import Norm, weights


class LIF:
    """v += (x - v) / 2; z = v >= threshold; v = 0 where z (SpikingJelly's LIFNode, tau 2, hard reset)."""

    def __init__(self, threshold=1.0):
        self.v, self.threshold = 0.0, np.float32(threshold)

    def __call__(self, x):
        self.v = self.v + (x - self.v) / np.float32(2)
        z = self.v >= self.threshold
        self.v = np.where(z, np.float32(0), self.v)
        return z.astype(np.float32)


class ConvNorm:
    """Conv1d with kernel 1, no bias, and BatchNorm1d."""

    def __init__(self, random, inputs, outputs, shift=0.75, density=0.5):
        self.kernel, self.norm = weights(random, outputs, inputs, density=density), Norm(random, outputs, shift)

    def __call__(self, x):
        n = self.norm
        y = self.kernel @ x
        return ((y - n.mean[:, None]) / np.sqrt(n.variance + np.float32(2.0**-10))[:, None] * n.scale[:, None]
                + n.shift[:, None])


def split_heads(x, heads):
    return x.reshape(heads, x.shape[0] // heads, x.shape[1])


class Spikformer:
    """Z. Zhou et al., Spikformer, ICLR 2023, as in SpikingJelly's model zoo: x + SSA(x), x + MLP(x)."""

    def __init__(self, random, channels=32, tokens=20, heads=4):
        self.shape, self.heads = (channels, tokens), heads
        self.qkv = ConvNorm(random, channels, 3 * channels)
        self.proj = ConvNorm(random, channels, channels)
        self.fc1 = ConvNorm(random, channels, 4 * channels)
        self.fc2 = ConvNorm(random, 4 * channels, channels, shift=0.5, density=0.2)
        self.neurons = [LIF(), LIF(0.5), LIF(), LIF(), LIF()]

    def write(self, w, x):
        channels, tokens = self.shape
        qkv = w.lif("qkv", w.conv1d(x, self.qkv.kernel, self.qkv.norm))
        q, k, v = (w.slice(qkv, i * channels, channels) for i in range(3))
        attn = w.lif("attn", w.attention(q, k, v, self.heads, 0.125), 0.5)
        proj = w.lif("proj", w.conv1d(attn, self.proj.kernel, self.proj.norm))
        x1 = w.add("si8", x, proj)
        hidden = w.lif("fc1", w.conv1d(x1, self.fc1.kernel, self.fc1.norm))
        out = w.lif("fc2", w.conv1d(hidden, self.fc2.kernel, self.fc2.norm))
        y = w.add("si8", x1, out)
        return [("y", y), ("qkv", qkv), ("attn", attn), ("proj", proj), ("fc1", hidden), ("fc2", out)]

    def step(self, x):
        lif = self.neurons
        qkv = lif[0](self.qkv(x))
        q, k, v = (split_heads(part, self.heads) for part in np.split(qkv, 3))
        # (q kT) v: softmax-free, channels of a head are the inner dimension of the first product.
        scores = np.einsum("hdn,hdm->hnm", q, k)
        y = np.einsum("hnm,hdm->hdn", scores, v).reshape(x.shape) * np.float32(0.125)
        attn = lif[1](y)
        proj = lif[2](self.proj(attn))
        x1 = x + proj
        hidden = lif[3](self.fc1(x1))
        out = lif[4](self.fc2(hidden))
        return dict(y=x1 + out, qkv=qkv, attn=attn, proj=proj, fc1=hidden, fc2=out)


class SpikeDriven1:
    """M. Yao et al., Spike-driven Transformer, NeurIPS 2023 (MS_SSA_Conv, MS_MLP_Conv): residuals of membranes, mask and
    sum in place of products."""

    def __init__(self, random, channels=32, tokens=20):
        self.shape = (channels, tokens)
        self.q, self.k, self.v = (ConvNorm(random, channels, channels) for _ in range(3))
        self.proj = ConvNorm(random, channels, channels, shift=0)
        self.fc1 = ConvNorm(random, channels, 4 * channels)
        self.fc2 = ConvNorm(random, 4 * channels, channels, shift=0, density=0.2)
        self.neurons = [LIF(), LIF(), LIF(), LIF(), LIF(0.5), LIF(), LIF()]

    def write(self, w, x):
        channels, tokens = self.shape
        x0 = w.lif("shortcut", x)
        q, k, v = (w.lif(name, w.conv1d(x0, c.kernel, c.norm)) for name, c in
                   (("q", self.q), ("k", self.k), ("v", self.v)))
        total = w.op(f"lle.reduce sum {w.both(k, v)} {{dim = 1 : i64}}", (channels,), "f32", f"%{w.count - 1}")
        kv = w.lif("talking_heads", total, 0.5)
        mask = w.op(f"lle.broadcast {kv} {{dim = 1 : i64}}", (channels, tokens), "i1", kv)
        attn = w.both(q, mask)
        x1 = w.add("f32", x, w.conv1d(attn, self.proj.kernel, self.proj.norm))
        hidden = w.lif("fc1_lif", x1)
        hidden = w.lif("fc2_lif", w.conv1d(hidden, self.fc1.kernel, self.fc1.norm))
        y = w.add("f32", x1, w.conv1d(hidden, self.fc2.kernel, self.fc2.norm))
        return [("y", y), ("q", q), ("k", k), ("v", v), ("kv", kv), ("attn", attn), ("hidden", hidden)]

    def step(self, x):
        lif = self.neurons
        x0 = lif[0](x)
        q, k, v = lif[1](self.q(x0)), lif[2](self.k(x0)), lif[3](self.v(x0))
        kv = lif[4]((k * v).sum(axis=1))
        attn = q * kv[:, None]
        x1 = x + self.proj(attn)
        hidden = lif[6](self.fc1(lif[5](x1)))
        return dict(y=x1 + self.fc2(hidden), q=q, k=k, v=v, kv=kv, attn=attn, hidden=hidden)


class RepConv:
    """1x1 convolution, batch norm, padding by what the norm makes of zero, 3x3 depthwise convolution, 1x1 convolution,
    batch norm."""

    def __init__(self, random, channels, shift):
        self.first, self.second = weights(random, channels, channels), weights(random, channels, channels)
        self.depthwise = weights(random, channels, 3, 3)
        self.norm1, self.norm2 = Norm(random, channels, 0), Norm(random, channels, shift)

    def fused(self):
        """One 3x3 convolution with bias: its sums are exact, as the unfused ones are."""
        a1, c1 = (v.astype(np.float64) for v in self.norm1.map())
        a2, c2 = (v.astype(np.float64) for v in self.norm2.map())
        kernel = np.einsum("om,mhw,mi->oihw", self.second, self.depthwise, a1[:, None] * self.first)
        bias = self.second @ (self.depthwise.sum(axis=(1, 2)) * c1)
        return (kernel * a2[:, None, None, None]).astype(np.float32), (a2 * bias + c2).astype(np.float32)

    def __call__(self, x):
        channels, height, width = x.shape
        a1, c1 = self.norm1.map()
        y = np.einsum("mi,ihw->mhw", self.first, x) * a1[:, None, None] + c1[:, None, None]
        padded = np.tile(c1[:, None, None], (1, height + 2, width + 2))
        padded[:, 1:-1, 1:-1] = y
        z = sum(self.depthwise[:, i, j, None, None] * padded[:, i:i + height, j:j + width]
                for i in range(3) for j in range(3))
        a2, c2 = self.norm2.map()
        return np.einsum("om,mhw->ohw", self.second, z) * a2[:, None, None] + c2[:, None, None]


class SpikeDriven2:
    """M. Yao et al., Spike-driven Transformer V2, ICLR 2024 (MS_Attention_RepConv): x = kT v, q x scale, with RepConv
    fused to one convolution. Here more channels than tokens in a head, and the attention also as products of matrices."""

    def __init__(self, random, channels=32, heads=2, side=3):
        self.shape, self.heads = (channels, side, side), heads
        self.q, self.k, self.v = (RepConv(random, channels, 1.0) for _ in range(3))
        self.proj = RepConv(random, channels, 0)
        self.neurons = [LIF(), LIF(), LIF(), LIF(), LIF(0.5)]

    def write(self, w, x):
        channels, height, width = self.shape
        tokens, size = height * width, channels // self.heads
        head = w.lif("head_lif", x)
        flat = []
        spikes = [w.lif(name, w.conv2d(head, *conv.fused())) for name, conv in
                  (("q", self.q), ("k", self.k), ("v", self.v))]
        flat = [w.reshape(s, channels, tokens) for s in spikes]
        y = w.attention(*flat, self.heads, 0.125)
        attn = w.lif("attn", y, 0.5)
        out = w.add("f32", x, w.conv2d(w.reshape(attn, channels, height, width), *self.proj.fused()))
        # The same by products of matrices: (d, tokens) for each head.
        q, k, v = (w.reshape(s, self.heads, size, tokens) for s in flat)
        context = w.matmul(k, v, (self.heads, size, size), "transpose_b")
        product = w.reshape(w.matmul(context, q, (self.heads, size, tokens), "transpose_a"), channels, tokens)
        return [("y", out), ("q", spikes[0]), ("k", spikes[1]), ("v", spikes[2]), ("attn", attn), ("sums", y),
                ("products", product)]

    def step(self, x):
        lif = self.neurons
        head = lif[0](x)
        q, k, v = lif[1](self.q(head)), lif[2](self.k(head)), lif[3](self.v(head))
        tokens = x.shape[1] * x.shape[2]
        qh, kh, vh = (s.reshape(self.heads, -1, tokens).transpose(0, 2, 1) for s in (q, k, v))
        total = qh @ (kh.transpose(0, 2, 1) @ vh)
        total = total.transpose(0, 2, 1).reshape(len(x), tokens)
        y = total * np.float32(0.125)
        attn = lif[4](y)
        out = x + self.proj(attn.reshape(x.shape))
        return dict(y=out, q=q, k=k, v=v, attn=attn, sums=y, products=total)


BLOCKS = {"spikformer": Spikformer, "spike_driven1": SpikeDriven1, "spike_driven2": SpikeDriven2}
# What comes in: spikes of a stem, or the membrane of a residual stream.
SPIKING_INPUT = {"spikformer"}
