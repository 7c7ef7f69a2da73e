"""Writes the arrays of these tests into a folder: dyadic numbers, so that every engine computes exactly."""
import sys

import numpy as np

out = sys.argv[1]
x = np.random.default_rng(1).integers(0, 8, (3, 12, 2, 6, 6)).astype(np.float32) / 8
np.save(f"{out}/x.npy", x)
np.save(f"{out}/begin.npy", x[:, :7])
np.save(f"{out}/end.npy", x[:, 7:])
np.save(f"{out}/short.npy", x[:, :4])
np.save(f"{out}/flat.npy", x.reshape(3, 12, 72))
np.save(f"{out}/infinite.npy", np.where(np.arange(6) == 4, np.inf, x))
with open(f"{out}/x.npy", "rb") as whole, open(f"{out}/cut.npy", "wb") as cut:
    cut.write(whole.read()[:1000])
