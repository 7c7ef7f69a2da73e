"""measure_time.py WORK: measured time of a step grows with the work of a step, and fits are least squares."""
import sys

import numpy as np
from lle.drawn import draw_networks
from lle.fitted import print_neurons
from lle.hosttime import measure
from lle.unitcosts import estimate, solve

work, times = sys.argv[1], []
for count in (1000, 8000):
    with open(work + "/m.mlir", "w") as file:
        file.write(print_neurons("lif", count, is_uniform=True))
    inputs = np.random.RandomState(1).uniform(0, 2, (1, 8, count)).astype(np.float32)
    time, cycle = measure(work + "/m.mlir", inputs, "native", work, seconds=0.2)
    assert 0.1 < cycle < 2, f"a cycle of {cycle} ns"
    times.append(time)
assert times[1] > 3 * times[0], times

# 2 x + y = 5 and x + 3 y = 5; a unit that would be negative has no figure.
assert np.allclose(solve([[2, 1], [1, 3]], [5, 5]), [2, 1])
assert np.allclose(solve([[2, 1], [1, 3]], [5, 5], is_relative=False), [2, 1])
assert np.allclose(solve([[1, 0], [1, 1]], [2, 1])[1], 0)

# Networks that are drawn are the same for a seed, and can be estimated.
drawn = list(draw_networks(6, seed=1))
assert [name for name, _, _ in drawn] == [name for name, _, _ in draw_networks(6, seed=1)]
assert [name for name, _, _ in drawn] != [name for name, _, _ in draw_networks(6, seed=2)]
for name, model, inputs in drawn:
    assert estimate(model, inputs, "zen4", "analytic", work)["step"]["value"] > 0, name
