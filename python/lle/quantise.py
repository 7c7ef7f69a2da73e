"""Training for the weights that the compiler chose: fake quantisation from `lle/bits` in a file (docs/finetuning.md)."""
import re

import numpy as np

from .errors import ExportError

# Of a weight from its levels, as a fraction of the distance between two: files hold f32.
TOLERANCE = 1e-2
# Rows of the gates: those of the compiler's LSTM (input, forget, candidate, output) in the order of ncps.
GATES = (2, 0, 1, 3)


class Grid:
    """The numbers that a weight may become: `scale q` with an integer q from `lowest` to `highest`, or -scale and scale
    where `binary` holds. Arrays of the weight's shape."""

    def __init__(self, scale, lowest, highest, binary):
        self.scale, self.lowest, self.highest, self.binary = scale, lowest, highest, binary

    def round(self, weight):
        weight = np.asarray(weight, np.float64)
        level = np.clip(np.rint(weight / self.scale), self.lowest, self.highest)
        return np.where(self.binary, np.where(weight < 0, -1, 1), level) * self.scale


def _levels(weight, scale, bits, where):
    """What q may be in a part of a tensor: signed integers unless its weights need others."""
    q = np.rint(weight / scale)
    if np.abs(weight / scale - q).max(initial=0) > TOLERANCE:
        raise ExportError(f"{where}: 'lle/bits' says that weights are multiples of {scale}, which they are not")
    least, most, half = q.min(initial=0), q.max(initial=0), 2.0 ** (bits - 1)
    if bits == 1 and weight.size and (np.abs(q) == 1).all():
        return -1.0, 1.0, True
    if least >= -half and most <= half - 1:
        return -half, half - 1, False
    lowest = 0.0 if least >= 0 else 1 - 2 * half if most <= 0 else least
    if most - lowest > 2 * half - 1 or least < lowest:
        raise ExportError(f"{where}: 'lle/bits' says that weights have {bits} bits, but they need more")
    return lowest, lowest + 2 * half - 1, False


def make_grid(weight, note, where, outputs_last=False, row_order=None):
    """The grid of a tensor: `note` has `bits` and `scale` of each group of inputs, and perhaps the `group` of each input.
    One scale, or one for each output. None where nothing of it is quantised."""
    weight = np.asarray(weight, np.float64)
    matrix = weight.T if outputs_last else weight.reshape(weight.shape[0], -1)
    rows, inputs = matrix.shape
    bits, scales = note.get("bits"), note.get("scale")
    if not isinstance(bits, list) or not isinstance(scales, list) or len(bits) != len(scales):
        raise ExportError(f"{where}: 'lle/bits' has no 'bits' and 'scale' of as many groups")
    group = np.asarray(note["group"]) if "group" in note else np.zeros(inputs, int)
    if group.shape != (inputs,) or group.min(initial=0) < 0 or group.max(initial=0) >= len(bits):
        raise ExportError(f"{where}: 'group' in 'lle/bits' is not one of {len(bits)} groups for each of {inputs} inputs")
    if not any(bits):
        return None
    scale, lowest, highest = np.ones_like(matrix), np.full_like(matrix, -np.inf), np.full_like(matrix, np.inf)
    binary = np.zeros(matrix.shape, bool)
    for index, width in enumerate(bits):
        own = np.asarray(scales[index], np.float64)
        if own.shape not in ((1,), (rows,)) or not (own > 0).all() or not 0 <= width <= 32:
            raise ExportError(f"{where}: 'scale' in 'lle/bits' is not one number above 0, or one for each of {rows} outputs")
        if width == 0:
            raise ExportError(f"{where}: 'lle/bits' has a group of weights that is not quantised beside one that is")
        own = np.broadcast_to(own, rows)
        own = own if row_order is None else own[row_order]
        columns = np.flatnonzero(group == index)
        for row in range(rows):
            at = (row, columns)
            scale[at] = own[row]
            lowest[at], highest[at], binary[at] = _levels(matrix[at], own[row], int(width), where)
    back = (lambda array: array.T) if outputs_last else (lambda array: array.reshape(weight.shape))
    return Grid(*(np.ascontiguousarray(back(array)) for array in (scale, lowest, highest, binary)))


#
# What a file says
#


def to_tree(metadata, prefix):
    """The group below a prefix: dictionaries, and lists where keys are 0, 1, ..."""
    tree = {}
    for key, value in metadata.items():
        if key.startswith(prefix):
            *path, last = key[len(prefix):].split("/")
            node = tree
            for name in path:
                node = node.setdefault(name, {})
            node[last] = value

    def settle(node):
        if not isinstance(node, dict):
            return node
        node = {key: settle(value) for key, value in node.items()}
        if node and set(node) == {str(i) for i in range(len(node))}:
            return [node[str(i)] for i in range(len(node))]
        return node
    return settle(tree)


def _dataset(node, part, attribute):
    """The dataset of the file whose weights an attribute of an operation holds."""
    if part in ("weight", "bias", "scale"):
        return part
    if part == "lstm":
        return {"w_in": "lstm.input_map.weight", "w_rec": "lstm.recurrent_map.weight"}.get(attribute)
    prefix = f"{part}." if part.startswith("layer_") else ""
    backbone = re.fullmatch(r"backbone_weights(\d+)", attribute)
    if backbone:
        numbers = sorted(int(m.group(1)) for m in (re.fullmatch(r"backbone\.(\d+)\.weight", key) for key in node) if m)
        index = int(backbone.group(1))
        return f"backbone.{numbers[index]}.weight" if index < len(numbers) else None
    if node["type"] in ("CfC", "WiredCfC"):
        attribute = re.sub(r"_weight$", ".weight", attribute)
    return prefix + attribute


def find_grids(graph, name):
    """Dataset to grid of a node."""
    node, grids = graph.nodes[name], {}
    for part, attributes in to_tree(graph.node_metadata.get(name, {}), "lle/bits/").items():
        for attribute, note in (attributes.items() if isinstance(attributes, dict) else ()):
            if not isinstance(note, dict):
                continue
            dataset = _dataset(node, part, attribute)
            where = f"node '{name}' ({node['type']}), '{dataset or attribute}'"
            if dataset not in node:
                raise ExportError(f"{where}: 'lle/bits' is of weights that the node has not")
            order = None
            if part == "lstm":
                units = len(node[dataset]) // 4
                order = np.concatenate([np.arange(units) + gate * units for gate in GATES])
            grid = make_grid(node[dataset], note, where, outputs_last=node["type"] == "LTC" and part != "lstm",
                             row_order=order)
            if grid is not None:
                grids[dataset] = grid
    return grids
