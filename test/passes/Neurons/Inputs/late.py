"""Two samples of 8 steps. In the first neuron 1 fires three times, and neuron 0 could fire in every step."""
import sys

import numpy as np

x = np.zeros((2, 8, 2), np.float32)
x[0, :, 0] = x[0, 2:5, 1] = x[1, :, 0] = 1
np.save(f"{sys.argv[1]}/x.npy", x)
np.save(f"{sys.argv[1]}/y.npy", [1, 0])
np.save(f"{sys.argv[1]}/wrong.npy", [0, 1])
