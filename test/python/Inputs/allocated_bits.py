"""allocated_bits.py FOLDER NAME...: reads what lle-allocate-bits chose from NAME.nir as training does. Writes NAME.back.nir
with each weight rounded once more, which changes nothing, and NAME.moved.nir with each weight a level away."""
import sys

import numpy as np

from lle import nirfile
from lle.quantise import make_grid

PARTS = {"backbone_weights0": "backbone.0.weight", "ff1_weight": "ff1.weight", "ff2_weight": "ff2.weight",
         "time_a_weight": "time_a.weight", "time_b_weight": "time_b.weight", "value": "weight"}


def main(folder, names):
    for name in names:
        for kind, step in (("back", 0.0), ("moved", 1.0)):
            graph = nirfile.read(f"{folder}/{name}.nir")
            tensors = moved = 0
            for node, notes in graph.node_metadata.items():
                for key in [key for key in notes if key.startswith("lle/bits/") and key.endswith("/bits/0")]:
                    attribute = key.split("/")[3]
                    part = PARTS.get(attribute, attribute)
                    weight = np.asarray(graph.nodes[node][part])
                    scale = np.asarray(notes[key[:-len("bits/0")] + "scale/0"])
                    is_ltc = graph.nodes[node]["type"] == "LTC"
                    grid = make_grid(weight, {"bits": [int(notes[key])], "scale": [scale]}, f"{node}.{attribute}",
                                     outputs_last=is_ltc)
                    own = np.asarray(grid.scale).reshape(weight.shape)
                    after = np.asarray(grid.round(weight + step * own)).astype(weight.dtype)
                    moved += int((np.abs(after - weight) > 0.5 * own).sum())
                    graph.nodes[node][part] = after
                    tensors += 1
            if (moved > 0) != (step > 0):
                sys.exit(f"{name}.{kind}: {moved} weights moved")
            graph.write(f"{folder}/{name}.{kind}.nir")
        print(f"{name}: {tensors} tensors, {moved} weights moved by a level")


main(sys.argv[1], sys.argv[2:])
