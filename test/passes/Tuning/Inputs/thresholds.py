"""thresholds.py OUT: data for the tests of spk-tune-thresholds, each array (samples, steps, 2), and their labels."""
import sys

import numpy as np

out = sys.argv[1]


def save(name, samples, labels):
    np.save(f"{out}/{name}.npy", np.array(samples, np.float32).transpose(0, 2, 1))
    np.save(f"{out}/{name}-labels.npy", labels)


def both(signal, noise):
    return [[signal, noise], [noise, signal]]


steps = [3.2, 2.1, 2.1, 2.1], [1.2, 1.2, 0, 0]
# Classes 0, 1, 0, 1: element of the class, and the other one.
save("relay", both(*steps) * 2, [0, 1] * 2)
# Sample 2 is of class 1 and weaker: a threshold above 2.1 silences it.
weak = both(*steps) * 2
weak[2] = [steps[1], [2.1, 2.1, 2.1, 2.1]]
save("weak", weak, [0, 1, 1, 1])
# Seven of class 0, which silence is too, and one of class 1 that a threshold of 1.5 silences.
save("odds", [[[3.2, 0], [1.4, 0]]] * 7 + [[[0, 0], [1.4, 1.4]]], [0] * 7 + [1])
# Noise of element 0 is above the signal of element 1.
save("uneven", [[[3, 3], [0, 0]], [[1.4, 0], [1.3, 1.3]]], [0, 1])
save("balance", both([1.2, 2, 2, 1.2], [0] * 4), [0, 1])
save("integers", both([24, 24, 12, 24, 24, 12], [0] * 6), [0, 1])
save("currents", both([1.0] * 20, [0.5] * 20), [0, 1])
