"""The blocks in PyTorch, as the published models run them: (time, batch, channels, tokens) step by step."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from network import EPSILON


class LIF:
    def __init__(self, threshold=1.0):
        self.v, self.threshold = 0.0, threshold

    def __call__(self, x):
        self.v = self.v + (x - self.v) / 2.0
        z = (self.v >= self.threshold).to(x)
        self.v = (1.0 - z) * self.v
        return z


def batch_norm(norm, kind):
    module = kind(len(norm.mean), eps=EPSILON)
    module.running_mean.copy_(torch.from_numpy(norm.mean))
    module.running_var.copy_(torch.from_numpy(norm.variance))
    with torch.no_grad():
        module.weight.copy_(torch.from_numpy(norm.scale))
        module.bias.copy_(torch.from_numpy(norm.shift))
    return module.eval()


def conv_norm(part):
    conv = nn.Conv1d(part.kernel.shape[1], part.kernel.shape[0], 1, bias=False)
    with torch.no_grad():
        conv.weight.copy_(torch.from_numpy(part.kernel)[:, :, None])
    return nn.Sequential(conv, batch_norm(part.norm, nn.BatchNorm1d))


def spikformer(block):
    qkv, proj, fc1, fc2 = (conv_norm(part) for part in (block.qkv, block.proj, block.fc1, block.fc2))
    lif = [LIF(), LIF(0.5), LIF(), LIF(), LIF()]

    def step(x):
        batch, channels, tokens = x.shape
        z = lif[0](qkv(x))
        q, k, v = (part.reshape(batch, block.heads, channels // block.heads, tokens) for part in z.chunk(3, dim=1))
        # SpikingJelly's order: (v @ kT) @ q.
        y = (v @ k.transpose(-2, -1)) @ q * 0.125
        attn = lif[1](y.reshape(batch, channels, tokens))
        projected = lif[2](proj(attn))
        x1 = x + projected
        hidden = lif[3](fc1(x1))
        out = lif[4](fc2(hidden))
        return dict(y=x1 + out, qkv=z, attn=attn, proj=projected, fc1=hidden, fc2=out)
    return step


def spike_driven1(block):
    q_conv, k_conv, v_conv, proj, fc1, fc2 = (
        conv_norm(part) for part in (block.q, block.k, block.v, block.proj, block.fc1, block.fc2))
    lif = [LIF(), LIF(), LIF(), LIF(), LIF(0.5), LIF(), LIF()]

    def step(x):
        identity = x
        x0 = lif[0](x)
        q, k, v = lif[1](q_conv(x0)), lif[2](k_conv(x0)), lif[3](v_conv(x0))
        kv = lif[4](k.mul(v).sum(dim=-1, keepdim=True))
        attn = q.mul(kv)
        x1 = identity + proj(attn)
        hidden = lif[6](fc1(lif[5](x1)))
        return dict(y=x1 + fc2(hidden), q=q, k=k, v=v, kv=kv.squeeze(-1), attn=attn, hidden=hidden)
    return step


class RepConv(nn.Module):
    def __init__(self, part):
        super().__init__()
        channels = len(part.first)
        self.first = nn.Conv2d(channels, channels, 1, bias=False)
        self.norm = batch_norm(part.norm1, nn.BatchNorm2d)
        self.depthwise = nn.Conv2d(channels, channels, 3, groups=channels, bias=False)
        self.second = nn.Conv2d(channels, channels, 1, bias=False)
        self.last = batch_norm(part.norm2, nn.BatchNorm2d)
        with torch.no_grad():
            self.first.weight.copy_(torch.from_numpy(part.first)[:, :, None, None])
            self.depthwise.weight.copy_(torch.from_numpy(part.depthwise)[:, None])
            self.second.weight.copy_(torch.from_numpy(part.second)[:, :, None, None])

    def forward(self, x):
        y = self.norm(self.first(x))
        border = self.norm(torch.zeros_like(y[:, :, :1, :1]))
        padded = border.expand(-1, -1, y.shape[2] + 2, y.shape[3] + 2).clone()
        padded[:, :, 1:-1, 1:-1] = y
        return self.last(self.second(self.depthwise(padded)))


def spike_driven2(block):
    q_conv, k_conv, v_conv, proj = (RepConv(part) for part in (block.q, block.k, block.v, block.proj))
    lif = [LIF(), LIF(), LIF(), LIF(), LIF(0.5)]

    def step(x):
        batch, channels, height, width = x.shape
        head = lif[0](x)
        spikes = [lif[1](q_conv(head)), lif[2](k_conv(head)), lif[3](v_conv(head))]
        q, k, v = (s.flatten(2).transpose(-1, -2).reshape(batch, height * width, block.heads, channels // block.heads)
                   .permute(0, 2, 1, 3) for s in spikes)
        total = (q @ (k.transpose(-2, -1) @ v)).transpose(-1, -2).reshape(batch, channels, height * width)
        y = total * 0.125
        attn = lif[4](y)
        out = x + proj(attn.reshape(batch, channels, height, width))
        return dict(y=out, q=spikes[0], k=spikes[1], v=spikes[2], attn=attn, sums=y, products=total)
    return step


def make_step(name, random, block):
    step = {"spikformer": spikformer, "spike_driven1": spike_driven1, "spike_driven2": spike_driven2}[name](block)

    @torch.no_grad()
    def run(frame):
        return {port: value[0].numpy() for port, value in step(torch.from_numpy(np.asarray(frame))[None]).items()}
    return run
