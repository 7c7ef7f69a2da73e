"""The keys of the saved states, and whether two parts make up the whole run, with and without the saved states."""
import sys

import numpy as np

folder = sys.argv[1]
whole, first, second, fresh = (np.load(f"{folder}/{name}.npy") for name in ("whole", "1", "2", "fresh"))
saved = np.load(f"{folder}/saved.npz")
print(sorted(saved), saved["if1/v"].shape, np.array_equal(whole, np.concatenate([first, second], 1)),
      np.array_equal(whole, np.concatenate([first, fresh], 1)))
