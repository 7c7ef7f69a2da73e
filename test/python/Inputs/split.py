"""Prints where the samples of lle.estimate.split begin."""
import numpy as np

from lle.estimate import split

for shape, samples in ((64, 2), 3), ((5, 2), 4), ((1, 1000), 3), ((1, 50), 3):
    # Each step is numbered, or in several samples each sample.
    array = np.arange(shape[1])[None] if shape[0] == 1 else np.repeat(np.arange(shape[0])[:, None], shape[1], 1)
    first, second = split(array, samples)
    steps = f", of {first.shape[1]} steps" if shape[0] == 1 else ""
    print(f"{shape} at most {samples}: {first[:, 0].tolist()} and {second[:, 0].tolist()}{steps}")
