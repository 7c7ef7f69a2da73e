"""The MNIST network of lava-dl's tutorial (Lava bit-accurate, 784-128-64-10).

  mnist.py encode DATA OUT [--first N]   OUT/x.npy (N, 32, 784), OUT/y.npy; and OUT/stream.npy, 20 images in a row
  mnist.py augment DATA OUT [--first N]  OUT/augmented.npy (15 N, 32, 784): three times images 0 to N - 1, and 12
                                         distortions of each; OUT/augmented_labels.npy
  mnist.py counts DATA SPIKES.npy        compares the spikes that each output gave with those stored
  mnist.py stream DATA SPIKES.npy        compares 640 steps of 10 outputs, bit by bit, with those of Lava

The figure for all 10,000 images:

  mnist.py encode DATA OUT --first 10000
  lle-run DATA/spiking/netx/mnist_trained_network.net --profile=loihi:latency=none --input=OUT/x.npy
          --output=OUT/o.npy --evaluate=OUT/y.npy --metric=accuracy
  mnist.py counts DATA OUT/o.npy
"""
import argparse
import gzip

import numpy as np

STEPS = 32


def read_pixels(data, first):
    with gzip.open(f"{data}/spiking/mnist/t10k-images-idx3-ubyte.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)[:first] / 255.0


def to_spikes(pixels):
    spikes = np.zeros((len(pixels), STEPS, 784), np.uint8)
    v = np.zeros_like(pixels)
    # Integrate and fire: a pixel p of 255 spikes when the sum of p / 255 passes 1. The first step is silent.
    for step in range(1, STEPS):
        v += pixels
        spikes[:, step] = v > 1
        v[v > 1] = 0
    return spikes


def read_labels(data, first):
    return np.fromfile(f"{data}/spiking/mnist/t10k-labels-idx1-ubyte", np.uint8)[8:][:first].astype(np.int64)


def encode(data, out, first):
    spikes = to_spikes(read_pixels(data, first))
    np.save(f"{out}/x.npy", spikes)
    np.save(f"{out}/y.npy", read_labels(data, first))
    np.save(f"{out}/stream.npy", spikes[:20].reshape(1, -1, 784))


def smooth(field, sigma):
    distance = np.subtract.outer(np.arange(28), np.arange(28))
    kernel = np.exp(-0.5 * (distance / sigma) ** 2) * (np.abs(distance) <= 3 * sigma)
    kernel /= kernel.sum(1).max()
    return kernel @ field @ kernel


def get_centre(image):
    return np.array([(image * place).sum() for place in np.mgrid[:28, :28]]) / image.sum()


def sample(image, rows, columns):
    """Between the four pixels around each place; 0 outside."""
    result, top, left = 0, np.floor(rows).astype(int), np.floor(columns).astype(int)
    for y, ys in ((top, 1 + top - rows), (top + 1, rows - top)):
        for x, xs in ((left, 1 + left - columns), (left + 1, columns - left)):
            inside = (y >= 0) & (y < 28) & (x >= 0) & (x < 28)
            result = result + np.where(inside, image[y.clip(0, 27), x.clip(0, 27)], 0) * ys * xs
    return result


def distort(image, random):
    """Turns, scales, shears and bends a digit, centres it again and changes its contrast."""
    centre, grid = get_centre(image), np.mgrid[:28, :28].astype(float)
    angle, scale, shear = random.normal(0, np.deg2rad(5.6)), np.exp(random.normal(0, 0.056, 2)), random.normal(0, 0.08)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn @ np.array([[1, 0], [shear, 1]]) @ np.diag(scale)
    bend = np.array([smooth(random.uniform(-1, 1, (28, 28)), 4) * random.uniform(0, 8.4) for _ in (0, 1)])
    shift = random.normal(0, 0.28, 2)
    places = np.tensordot(matrix, grid - centre[:, None, None], 1) + (centre + shift)[:, None, None] + bend
    result = sample(image, *places)
    result = np.roll(result, np.rint(centre - get_centre(result)).astype(int), (0, 1))
    return np.rint(result.clip(0, 1) ** np.exp(random.normal(0, 0.12)) * 255) / 255


def augment(data, out, first):
    images, random = read_pixels(data, first), np.random.default_rng(0)
    distorted = [distort(image.reshape(28, 28), random).ravel() for image in images for _ in range(12)]
    np.save(f"{out}/augmented.npy", to_spikes(np.concatenate([images] * 3 + [np.array(distorted)])))
    labels = read_labels(data, first)
    np.save(f"{out}/augmented_labels.npy", np.concatenate([labels] * 3 + [labels.repeat(12)]))


def counts(data, path):
    spikes = np.load(path)
    expected = np.load(f"{data}/spiking/derived/mnist_counts_aligned.npy")[:len(spikes)]
    print((spikes.sum(1) != expected).sum(), "of", expected.size, "counts differ;", expected.sum(), "spikes")


def stream(data, path):
    spikes = np.load(path)[0].T
    expected = np.load(f"{data}/spiking/derived/mnist_lava_fixedpt_out_20img.npy")
    print((spikes != expected).sum(), "of", expected.size, "bits differ;", expected.sum(), "spikes")


parser = argparse.ArgumentParser()
parser.add_argument("action", choices=["encode", "augment", "counts", "stream"])
parser.add_argument("data")
parser.add_argument("path")
parser.add_argument("--first", type=int, default=10000)
options = parser.parse_args()
if options.action in ("encode", "augment"):
    {"encode": encode, "augment": augment}[options.action](options.data, options.path, options.first)
else:
    {"counts": counts, "stream": stream}[options.action](options.data, options.path)
