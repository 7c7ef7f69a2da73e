"""Inputs of timespans.test, written to the folder in argv[1]: 3 samples of 4 steps."""
import sys

import numpy as np

x = np.arange(12, dtype=np.float32).reshape(3, 4, 1)
t = np.arange(12, dtype=np.float32)[::-1].reshape(3, 4) / 8
np.save(sys.argv[1] + "/x.npy", x)
np.save(sys.argv[1] + "/x2.npy", x[..., 0])  # one element: its own dimension may be absent
np.save(sys.argv[1] + "/t.npy", t)
np.save(sys.argv[1] + "/short.npy", t[:, :3])
np.save(sys.argv[1] + "/sum.npy", x + t[..., None])
np.save(sys.argv[1] + "/before.npy", x[:, -2])
