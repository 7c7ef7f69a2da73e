"""compare.py GOT EXPECTED TOLERANCE: arrays of one shape but for leading ones."""
import sys

import numpy as np

got, expected = (np.load(path).astype(np.float64) for path in sys.argv[1:3])
worst = np.abs(got.reshape(expected.shape) - expected).max()
equal = worst <= float(sys.argv[3])
print(f"{'equal' if equal else 'DIFFERENT'}: {worst:.2e} of {np.abs(expected).max():.3g}")
sys.exit(0 if equal else 1)
