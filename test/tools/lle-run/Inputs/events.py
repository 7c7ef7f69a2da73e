"""Writes recordings of a sensor of 4 rows and 3 columns, and the frames that binning must make of them."""
import sys

import numpy as np

out = sys.argv[1]


def record(name, events):
    """Five bytes an event: x, y, polarity (bit 7) and time in microseconds."""
    with open(f"{out}/{name}.bin", "wb") as f:
        for x, y, p, t in events:
            f.write(bytes([x, y, p << 7 | t >> 16, t >> 8 & 255, t & 255]))


# Two events of one pixel in one millisecond; the file is not in the order of time everywhere.
a = [(2, 3, 1, 5000), (0, 0, 0, 5999), (0, 0, 0, 5200), (1, 2, 0, 7000), (2, 3, 1, 8999)]
b = [(1, 1, 1, 100), (0, 1, 0, 1100)]
record("a", a)
record("b", b)
record("outside", a + [(3, 0, 0, 9000)])
record("long", a + [(0, 0, 0, 5200000)])
record("empty", [])
with open(f"{out}/a.bin", "rb") as whole, open(f"{out}/cut.bin", "wb") as cut:
    cut.write(whole.read()[:-2])

frames = np.zeros((2, 4, 2, 4, 3), np.float32)  # b ends after 2 of the 4 steps; a relay gives its last frame
for sample, events in enumerate((a, b)):
    start = min(t for *_, t in events)
    for x, y, p, t in events:
        frames[sample, (t - start) // 1000, p, y, x] += 1
frames[1, 2:] = frames[1, 1]
np.save(f"{out}/count.npy", frames)
np.save(f"{out}/binary.npy", np.minimum(frames, 1))
halves = np.zeros((1, 2, 2, 4, 3), np.float32)  # a, in two equal steps
for x, y, p, t in a:
    halves[0, (t - 5000) * 2 // 3999 if t < 8999 else 1, p, y, x] += 1
np.save(f"{out}/halves.npy", halves)
