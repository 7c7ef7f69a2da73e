"""dataset.py FILE VALUES: an array (samples, 1 step, features) of the rows of VALUES, a Python expression."""
import sys

import numpy as np

np.save(sys.argv[1], np.array(eval(sys.argv[2]), np.float32)[:, None])
