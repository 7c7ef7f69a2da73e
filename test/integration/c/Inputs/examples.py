"""examples.py EXAMPLES WORK: the C form of the project's examples beside lle-run, on their test data or on random inputs."""
import os
import sys

import numpy

from c_form import compare

examples, work = sys.argv[1:]
compare("digits", examples + "/digits/digits.nir", [], work + "/digits",
         numpy.load(examples + "/digits/test_x.npy")[:100])
# Machine code fuses multiplications with additions, C does not: 2.4e-7 and 4.8e-7 were measured.
for name in ("cfc", "ltc"):
    compare(name, "%s/sunspots/%s.nir" % (examples, name), [], os.path.join(work, name),
            numpy.load(examples + "/sunspots/test_x.npy"), tolerance=1e-6)
for name, current in (("adex", 2000), ("eif", 40), ("hodgkin_huxley", 40), ("izhikevich", 40), ("qif", 40)):
    compare(name, "%s/neurons/%s.mlir" % (examples, name), [], os.path.join(work, name),
            numpy.random.default_rng(1).uniform(0, current, (2, 200, 16)).astype(numpy.float32))
