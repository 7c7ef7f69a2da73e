#!/usr/bin/python3
"""Trains the ReLU network of the digits example in plain NumPy and writes ann.npz, ann.json and calibration_x.npy beside
itself. One core, about two minutes. Of Debian's python3-sklearn it reads the data file only."""
import argparse
import gzip
import json
import os

import numpy as np

import reference

DATA = "/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz"
SEED = 11
EPOCHS = 60
BATCH = 32
RATE = 2e-3  # Adam, cosine decay to 0
WEIGHT_DECAY = 0.02  # decoupled
DROPOUT = 0.2  # of the inputs of fc1
CALIBRATION = 256  # training images for the conversion into a spiking network


def columns(x):  # (n, c, h, w) -> (n, h, w, c * 9): what a 3x3 kernel sees, zero outside
    x = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(2, 3))
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(len(x), windows.shape[2], windows.shape[3], -1)


def from_columns(d, shape):  # the transpose of columns()
    n, c, h, w = shape
    d = d.reshape(n, h, w, c, 3, 3)
    x = np.zeros((n, c, h + 2, w + 2), d.dtype)
    for i in range(3):
        for j in range(3):
            x[:, :, i : i + h, j : j + w] += d[..., i, j].transpose(0, 3, 1, 2)
    return x[:, :, 1:-1, 1:-1]


def pool(x):  # mean of 2x2
    n, c, h, w = x.shape
    return x.reshape(n, c, h // 2, 2, w // 2, 2).mean(axis=(3, 5))


def unpool(d):
    return np.repeat(np.repeat(d, 2, axis=2), 2, axis=3) / 4


def conv(x, w, b):
    cols = columns(x)
    return (cols @ w.reshape(len(w), -1).T + b).transpose(0, 3, 1, 2), cols


def forward(p, x, mask=1):
    """Images with pixels 0..1 -> logits, and what the backward pass needs."""
    a1, cols1 = conv(x, p["conv1.weight"], p["conv1.bias"])
    h1 = pool(np.maximum(a1, 0))
    a2, cols2 = conv(h1, p["conv2.weight"], p["conv2.bias"])
    h2 = pool(np.maximum(a2, 0))
    flat = h2.reshape(len(x), -1) * mask
    a3 = flat @ p["fc1.weight"].T + p["fc1.bias"]
    h3 = np.maximum(a3, 0)
    return h3 @ p["fc2.weight"].T + p["fc2.bias"], (a1, cols1, h1, a2, cols2, h2, flat, a3, h3)


def backward(p, saved, d, mask):
    a1, cols1, h1, a2, cols2, h2, flat, a3, h3 = saved
    g = {"fc2.weight": d.T @ h3, "fc2.bias": d.sum(0)}
    d = (d @ p["fc2.weight"]) * (a3 > 0)
    g["fc1.weight"], g["fc1.bias"] = d.T @ flat, d.sum(0)
    d = unpool(((d @ p["fc1.weight"]) * mask).reshape(h2.shape)) * (a2 > 0)
    d = d.transpose(0, 2, 3, 1).reshape(-1, len(p["conv2.bias"]))
    g["conv2.weight"] = (d.T @ cols2.reshape(len(d), -1)).reshape(p["conv2.weight"].shape)
    g["conv2.bias"] = d.sum(0)
    d = unpool(from_columns(d @ p["conv2.weight"].reshape(len(p["conv2.bias"]), -1), h1.shape)) * (a1 > 0)
    d = d.transpose(0, 2, 3, 1).reshape(-1, len(p["conv1.bias"]))
    g["conv1.weight"] = (d.T @ cols1.reshape(len(d), -1)).reshape(p["conv1.weight"].shape)
    g["conv1.bias"] = d.sum(0)
    return g


def train(x, y):
    random = np.random.default_rng(SEED)
    shapes = {"conv1": (16, 1, 3, 3), "conv2": (32, 16, 3, 3), "fc1": (64, 128), "fc2": (10, 64)}
    p = {}
    for name, shape in shapes.items():  # He et al. 2015
        p[name + ".weight"] = random.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape).astype(np.float32)
        p[name + ".bias"] = np.zeros(shape[0], np.float32)
    mean, square = ({k: np.zeros_like(v) for k, v in p.items()} for _ in range(2))
    step, steps = 0, EPOCHS * -(-len(x) // BATCH)
    for epoch in range(EPOCHS):
        order = random.permutation(len(x))
        for start in range(0, len(x), BATCH):
            i = order[start : start + BATCH]
            mask = (random.random((len(i), 128)) >= DROPOUT).astype(np.float32) / np.float32(1 - DROPOUT)
            logits, saved = forward(p, x[i], mask)
            d = np.exp(logits - logits.max(1, keepdims=True))
            d /= d.sum(1, keepdims=True)
            loss = -np.log(d[np.arange(len(i)), y[i]]).mean()
            d[np.arange(len(i)), y[i]] -= 1
            step += 1
            rate = RATE * (1 + np.cos(np.pi * step / steps)) / 2
            for k, g in backward(p, saved, d / len(i), mask).items():
                mean[k] += 0.1 * (g - mean[k])
                square[k] += 0.001 * (g * g - square[k])
                update = mean[k] / (1 - 0.9**step) / (np.sqrt(square[k] / (1 - 0.999**step)) + 1e-8)
                if k.endswith("weight"):
                    update = update + WEIGHT_DECAY * p[k]
                p[k] = (p[k] - rate * update).astype(np.float32)
        if epoch % 10 == 9:
            print(f"epoch {epoch + 1}: loss {loss:.4f}", flush=True)
    return p


def split(data):
    """Training and test images and labels; the test split is the one that the spiking network was tested on."""
    with gzip.open(data) as f:
        rows = np.loadtxt(f, delimiter=",").astype(np.uint8)
    images, labels = rows[:, :64], rows[:, 64]
    test_x, test_y = reference.load("test_x.npy")[:, 0].reshape(-1, 64), reference.load("test_y.npy")
    position = {image.tobytes(): i for i, image in enumerate(images)}
    assert len(position) == len(images), "images are not unique"
    test = np.array([position[image.tobytes()] for image in test_x])
    assert np.array_equal(labels[test], test_y)
    rest = np.setdiff1d(np.arange(len(images)), test)
    return images[rest].reshape(-1, 1, 8, 8), labels[rest], test_x.reshape(-1, 1, 8, 8), test_y


def accuracy(p, x, y):
    return float((forward(p, x.astype(np.float32) / 16)[0].argmax(1) == y).mean())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=DATA, help="digits.csv.gz of scikit-learn")
    parser.add_argument("--validate", action="store_true", help="three folds of the training split; writes nothing")
    arguments = parser.parse_args()
    x, y, test_x, test_y = split(arguments.data)
    if arguments.validate:
        for fold in range(3):
            held = np.arange(len(x)) % 3 == fold
            p = train(x[~held].astype(np.float32) / 16, y[~held])
            print(f"fold {fold}: {accuracy(p, x[held], y[held]):.4f}")
        return
    p = train(x.astype(np.float32) / 16, y)
    report = {
        "accuracy": accuracy(p, test_x, test_y), "training_accuracy": accuracy(p, x, y),
        "samples": len(test_y), "train_samples": len(y), "parameters": int(sum(w.size for w in p.values())),
        "seed": SEED, "epochs": EPOCHS, "numpy": np.__version__,
    }  # fmt: skip
    path = lambda name: os.path.join(reference.HERE, name)
    p["conv1.weight"] = p["conv1.weight"] / 16  # takes pixels 0..16 as 0..1
    np.savez(path("ann.npz"), **p)
    np.save(path("calibration_x.npy"), x[:CALIBRATION, None])  # (samples, 1 step, 1, 8, 8)
    with open(path("ann.json"), "w") as f:
        f.write(json.dumps(report, indent=2) + "\n")
    print(f"test accuracy {report['accuracy']:.4f} of {len(test_y)}")


if __name__ == "__main__":
    main()
