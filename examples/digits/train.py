#!/usr/bin/python3
"""Trains the digits network by surrogate gradient and writes weights.npz, test_x.npy, test_y.npy
and trainer.json beside itself. Needs Debian's python3-torch and python3-sklearn; one core, minutes."""
import json
import os

import numpy as np
import sklearn
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import reference
from reference import DT, R, STEPS, TAU, THRESHOLD

SEED = 7
EPOCHS = 100
BATCH = 32
RATE = 5e-3  # AdamW, cosine decay to 0
WEIGHT_DECAY = 0.05
DROPOUT = 0.2  # of the inputs of fc1, one mask for all steps of a sample
SPARSITY = 1e-4  # loss per spike and inference
GAIN = 2.0  # on torch's initial weights, so that all layers spike from the start
SLOPE = 2.0  # of the fast-sigmoid surrogate
GRID = 2.0**-8  # weights are multiples of it, see README.md


class Spike(torch.autograd.Function):
    @staticmethod
    def forward(ctx, u):
        ctx.save_for_backward(u)
        return (u > 0).to(u.dtype)

    @staticmethod
    def backward(ctx, grad):
        (u,) = ctx.saved_tensors
        return grad / (1 + SLOPE * u.abs()) ** 2


def lif(x):  # (steps, samples, ...) currents -> spikes; the rule is in README.md
    v, out = torch.zeros_like(x[0]), []
    for current in x:
        v = (1 - DT / TAU) * v + current
        z = Spike.apply(v - THRESHOLD)
        v = v * (1 - z.detach())
        out.append(z)
    return torch.stack(out)


def snap(w):  # rounds to the grid; the gradient passes through
    return w + ((w / GRID).round() * GRID - w).detach()


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = torch.nn.Conv2d(16, 32, 3, padding=1)
        self.fc1 = torch.nn.Linear(128, 64)
        self.fc2 = torch.nn.Linear(64, 10)
        with torch.no_grad():
            for p in self.parameters():
                p *= GAIN

    def weights(self):
        w = {k: snap(p) for k, p in self.named_parameters()}
        w["conv1.weight"] = w["conv1.weight"] / 16  # takes pixels 0..16 as 0..1
        return w

    def forward(self, x):  # (samples, 1, 8, 8) pixels -> spikes of the four layers over all steps
        w = self.weights()

        def per_step(f, s):
            return f(s.flatten(0, 1)).unflatten(0, s.shape[:2])

        def conv(s, name):
            return F.conv2d(s, w[name + ".weight"], w[name + ".bias"], padding=1)

        def pool(s):
            return F.avg_pool2d(s, 2) * 4

        s1 = lif(conv(x, "conv1").expand(STEPS, -1, -1, -1, -1))  # the same image every step
        s2 = lif(per_step(lambda s: conv(pool(s), "conv2"), s1))
        p2 = per_step(pool, s2).flatten(2)
        p2 = p2 * F.dropout(torch.ones_like(p2[0]), DROPOUT, self.training)
        s3 = lif(F.linear(p2, w["fc1.weight"], w["fc1.bias"]))
        s4 = lif(F.linear(s3, w["fc2.weight"], w["fc2.bias"]))
        return s1, s2, s3, s4


def train(x, y):
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    net = Network()
    batches = -(-len(x) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS * batches)
    for epoch in range(EPOCHS):
        for i in torch.randperm(len(x)).split(BATCH):
            spikes = net(x[i])
            total = sum(s.sum() for s in spikes) / len(i)
            loss = F.cross_entropy(spikes[-1].sum(0), y[i]) + SPARSITY * total
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1}: loss {loss.item():.4f}, {total.item():.0f} spikes", flush=True)
    return net.eval()


def main():
    digits = load_digits()
    images = digits.images.astype(np.uint8)[:, None]  # (1797, 1, 8, 8), 0..16
    train_x, test_x, train_y, test_y = train_test_split(
        images, digits.target, test_size=360, stratify=digits.target, random_state=SEED
    )
    net = train(torch.from_numpy(train_x).float(), torch.from_numpy(train_y))

    with torch.no_grad():
        weights = {k: p.numpy().astype(np.float32) for k, p in net.weights().items()}
        spikes = net(torch.from_numpy(test_x).float())
    counts = {f"lif{i + 1}": s.sum(0).numpy() for i, s in enumerate(spikes)}
    test_x = np.repeat(test_x[:, None], STEPS, axis=1)  # (360, steps, 1, 8, 8)
    for dtype in (np.float32, np.float64):  # equal in double: no sum was rounded
        for name, expected in reference.infer(weights, test_x, dtype).items():
            assert np.array_equal(expected, counts[name]), f"{name} differs in {dtype.__name__}"

    out = counts["lif4"]
    top = np.sort(out, axis=1)
    layers = {k: float(v.reshape(len(v), -1).sum(1).mean()) for k, v in counts.items()}
    report = {
        "accuracy": float((out.argmax(1) == test_y).mean()),
        "correct": int((out.argmax(1) == test_y).sum()),
        "samples": len(test_y),
        "ties": int((top[:, -1] == top[:, -2]).sum()),
        "spikes_per_inference": {"layers": layers, "total": sum(layers.values())},
        "spikes_per_neuron_and_step": {k: float(v.mean() / STEPS) for k, v in counts.items()},
        "parameters": int(sum(w.size for w in weights.values())),
        "steps": STEPS, "dt": DT, "tau": TAU, "r": R, "threshold": THRESHOLD,
        "seed": SEED, "epochs": EPOCHS, "train_samples": len(train_y),
        "torch": torch.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__,
    }  # fmt: skip
    path = lambda name: os.path.join(reference.HERE, name)
    np.savez(path("weights.npz"), **weights)
    np.save(path("test_x.npy"), test_x)
    np.save(path("test_y.npy"), test_y.astype(np.uint8))
    with open(path("trainer.json"), "w") as f:
        f.write(json.dumps(report, indent=2) + "\n")
    print(f"test accuracy {report['accuracy']:.4f} ({report['correct']} of {len(test_y)}), "
          f"{report['ties']} ties, {report['spikes_per_inference']['total']:.1f} spikes per inference")  # fmt: skip


if __name__ == "__main__":
    main()
