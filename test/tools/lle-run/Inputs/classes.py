"""Two samples of two steps whose classes one sees at a glance."""
import sys

import numpy as np

out = sys.argv[1]
np.save(f"{out}/x.npy", np.array([[[1, 0, 0], [0, .25, 0]], [[0, 1, 1], [0, 0, 1]]]))
np.save(f"{out}/last.npy", np.array([1, 2]))  # the largest value of the last step
np.save(f"{out}/first.npy", np.array([0, 1]))  # that of the first one; of equal values the first counts
np.save(f"{out}/each.npy", np.array([[0, 1], [1, 0]]))  # of each step: 0 1, 1 (a tie), 2
np.save(f"{out}/count.npy", np.array([0, 1]))  # spikes: 1 0 0, 0 1 2
np.save(f"{out}/target.npy", np.zeros((2, 2, 3), np.float32))
np.save(f"{out}/ones.npy", np.array([1, 1]))
np.save(f"{out}/high.npy", np.array([0, 3]))
