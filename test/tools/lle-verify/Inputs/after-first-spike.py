"""Where the spike trains (samples, steps, neurons) first matter to what is one step behind: the step after a spike."""
import sys

import numpy as np

trains = np.load(sys.argv[1])[:, :, int(sys.argv[2])]
sample, step = min((s, t + 1) for s, t in np.argwhere(trains) if t + 1 < trains.shape[1])
print(f"sample {sample}, step {step}", end="")
