"""The yearly sunspot numbers as windows: what train.py, demo.sh and plot.py share."""
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
WINDOW = 40  # years that a prediction sees
VALID = 1900  # first year that training does not predict
TEST = 1930  # first year of the test split
SCALE = 10.0  # x = sqrt(number) / SCALE: the noise of a count grows with its root


def load():
    """Years and sunspot numbers."""
    table = np.loadtxt(os.path.join(HERE, "sunspots.csv"), delimiter=",", skiprows=1)
    return table[:, 0].astype(int), table[:, 1]


def encode(numbers):
    return (np.sqrt(numbers) / SCALE).astype(np.float32)


def decode(x):
    return np.square(np.maximum(x, 0) * SCALE)


def windows(first, last):
    """For each year from `first` up to `last`: the WINDOW years before it (samples, WINDOW, 1), and it (samples, 1)."""
    years, numbers = load()
    x = encode(numbers)
    targets = [i for i, year in enumerate(years) if first <= year < last and i >= WINDOW]
    return np.stack([x[i - WINDOW:i, None] for i in targets]), np.stack([x[i:i + 1] for i in targets])
