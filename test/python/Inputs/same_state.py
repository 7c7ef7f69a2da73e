"""same_state.py EXPECTED GOT: whether two state dictionaries hold the same; masks and shapes of one row may be stored in
other ways, and a head may have its own name."""
import sys

import numpy as np

from lle.state import load_state


def normalise(path):
    state = {key.removeprefix("rnn."): value for key, value in load_state(path).items()}
    if any(key.startswith("rnn_cell.") for key in state) and "head.weight" in state:
        state = {key.replace("head.", "fc."): value for key, value in state.items()}
    return {key: np.asarray(value, np.float32) for key, value in state.items()}


expected, got = map(normalise, sys.argv[1:])
assert expected.keys() == got.keys(), expected.keys() ^ got.keys()
for key, value in expected.items():
    assert value.size == got[key].size and np.array_equal(value.ravel(), got[key].ravel()), key
