"""refused.py FOLDER DIGITS: what lle.load_torch and lle.load_ncps refuse, in their words."""
import sys

import numpy as np

import lle
from lle import nirfile

folder, digits = sys.argv[1:]
sys.argv = ["liquid.py", "none", folder]
BITS, SCALE, GROUP = (f"lle/bits/weight/value/{key}" for key in ("bits/0", "scale/0", "group"))


def refuse(load, *arguments):
    try:
        load(*arguments)
    except lle.ExportError as error:
        print(error)
    else:
        raise AssertionError("nothing was refused")


def refuse_changed(change):
    graph = nirfile.read(digits)
    change(graph)
    graph.write(f"{folder}/digits.nir")
    refuse(lle.load_torch, f"{folder}/digits.nir")


def annotate(**values):
    names = {"bits": BITS, "scale": SCALE, "group": GROUP}
    return lambda graph: graph.node_metadata["fc1"].update({names[key]: np.asarray(value) for key, value in values.items()})


refuse_changed(lambda graph: graph.node_metadata["lif1"].clear())
refuse_changed(lambda graph: graph.metadata.pop("lle/dt"))
refuse_changed(annotate(bits=8, scale=[0.3]))
refuse_changed(annotate(bits=1, scale=[2.0**-8]))
refuse_changed(annotate(bits=8, scale=[1.0, 2.0]))
refuse_changed(annotate(bits=8, scale=[2.0**-8], group=np.ones(128, np.int8)))
refuse(lle.load_torch, f"{folder}/ltc.tuned.nir")
timeless = nirfile.read(f"{folder}/ltc.tuned.nir")
timeless.metadata.pop("lle/dt")
timeless.write(f"{folder}/timeless.nir")
refuse(lle.load_torch, f"{folder}/timeless.nir")
import liquid  # noqa: E402

(cfc, head), (ltc, _) = (liquid.make_modules()[name] for name in ("cfc", "ltc"))
refuse(lle.load_ncps, cfc, f"{folder}/ltc.tuned.nir")
refuse(lle.load_ncps, ltc, f"{folder}/ltc.tuned.nir")
