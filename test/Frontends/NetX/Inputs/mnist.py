"""The MNIST network of lava-dl's tutorial (Lava bit-accurate, 784-128-64-10).

  mnist.py encode DATA OUT [--first N]   OUT/x.npy (N, 32, 784), OUT/y.npy; and OUT/stream.npy, 20 images in a row
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


def encode(data, out, first):
    with gzip.open(f"{data}/spiking/mnist/t10k-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)[:first] / 255.0
    labels = np.fromfile(f"{data}/spiking/mnist/t10k-labels-idx1-ubyte", np.uint8)[8:][:first]
    spikes = np.zeros((len(pixels), STEPS, 784), np.uint8)
    v = np.zeros_like(pixels)
    # Integrate and fire: a pixel p of 255 spikes when the sum of p / 255 passes 1. The first step is silent.
    for step in range(1, STEPS):
        v += pixels
        spikes[:, step] = v > 1
        v[v > 1] = 0
    np.save(f"{out}/x.npy", spikes)
    np.save(f"{out}/y.npy", labels.astype(np.int64))
    np.save(f"{out}/stream.npy", spikes[:20].reshape(1, -1, 784))


def counts(data, path):
    spikes = np.load(path)
    expected = np.load(f"{data}/spiking/derived/mnist_counts_aligned.npy")[:len(spikes)]
    print((spikes.sum(1) != expected).sum(), "of", expected.size, "counts differ;", expected.sum(), "spikes")


def stream(data, path):
    spikes = np.load(path)[0].T
    expected = np.load(f"{data}/spiking/derived/mnist_lava_fixedpt_out_20img.npy")
    print((spikes != expected).sum(), "of", expected.size, "bits differ;", expected.sum(), "spikes")


parser = argparse.ArgumentParser()
parser.add_argument("action", choices=["encode", "counts", "stream"])
parser.add_argument("data")
parser.add_argument("path")
parser.add_argument("--first", type=int, default=10000)
options = parser.parse_args()
if options.action == "encode":
    encode(options.data, options.path, options.first)
else:
    {"counts": counts, "stream": stream}[options.action](options.data, options.path)
