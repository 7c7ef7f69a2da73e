"""The digits example, quantised and trained further: finetune.py DIGITS FOLDER. Half of the images are trained on, half
are held out. Writes quantised.nir, tuned.nir, their inputs and what PyTorch gives."""
import sys

import numpy as np
import torch

import lle
from lle import nirfile

digits, folder = sys.argv[1:]
BITS, LAYERS = 2, ("conv2", "fc1", "fc2")


def quantise():
    """Rounds to the nearest level, and says so as a pass does."""
    graph = nirfile.read(f"{digits}/digits.nir")
    for name in LAYERS:
        weight = graph.nodes[name]["weight"].astype(np.float64)
        rows = weight.reshape(len(weight), -1)
        scale = np.abs(rows).max(1) / 2 ** (BITS - 1)
        level = np.clip(np.rint(rows / scale[:, None]), -(2 ** (BITS - 1)), 2 ** (BITS - 1) - 1)
        graph.nodes[name]["weight"] = (level * scale[:, None]).astype(np.float32).reshape(weight.shape)
        graph.node_metadata[name].update({"lle/bits/weight/value/bits/0": np.int64(BITS),
                                          "lle/bits/weight/value/scale/0": scale})
    graph.write(f"{folder}/quantised.nir")


def accuracy(network, x, y):
    with torch.no_grad():
        return (network(x).sum(0).argmax(1) == y).double().mean().item()


torch.manual_seed(1)
torch.set_num_threads(1)
quantise()
images, labels = np.load(f"{digits}/test_x.npy"), torch.from_numpy(np.load(f"{digits}/test_y.npy").astype(np.int64))
x = torch.from_numpy(images).float().transpose(0, 1)
network = lle.load_torch(f"{folder}/quantised.nir", slope=2.0)
before = accuracy(network, x[:, 180:], labels[180:])
optimiser = torch.optim.Adam([each for each in network.parameters() if each.requires_grad], 1e-3)
for epoch in range(4):
    for batch in torch.randperm(180).split(30):
        loss = torch.nn.functional.cross_entropy(network(x[:, batch]).sum(0), labels[batch])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
after = accuracy(network, x[:, 180:], labels[180:])
print(f"held out: {before:.3f} of the rounded network, {after:.3f} trained")
assert after > before + 0.05
network.save(f"{folder}/tuned.nir")

for name in LAYERS:
    layer = network.layer(name)
    levels = layer.weight.double() / layer.parametrizations.weight[0].scale
    assert (levels - levels.round()).abs().max() < 1e-5 and levels.unique().numel() > 2, name
    assert layer.weight.reshape(-1).shape == layer.parametrizations.weight.original.reshape(-1).shape
    assert all(len(np.unique(np.round(row / scale))) <= 2 ** BITS for row, scale in zip(
        layer.weight.detach().reshape(len(levels), -1).double().numpy(),
        layer.parametrizations.weight[0].scale.reshape(len(levels), -1)[:, :1].numpy()))
np.save(f"{folder}/x.npy", images[180:])
with torch.no_grad():
    np.save(f"{folder}/expected.npy", network(x[:, 180:]).transpose(0, 1).numpy())
# What was saved is what is loaded.
again = lle.load_torch(f"{folder}/tuned.nir")
with torch.no_grad():
    assert np.array_equal(again(x[:, 180:]).transpose(0, 1).numpy(), np.load(f"{folder}/expected.npy"))
