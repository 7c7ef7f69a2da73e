"""What the header of a compiled network says of its ports and states, and how its arrays lie in raw files."""
import re

import numpy as np

ELEMENTS = {"float": np.float32, "double": np.float64, "uint8_t": np.uint8, "int8_t": np.int8, "int16_t": np.int16,
            "int32_t": np.int32}


def _get_shape(text):
    return [int(n) for n in re.findall(r"\d+", text)]


class Port:
    def __init__(self, kind, index, name, ctype, shape, comment):
        self.kind, self.index, self.name, self.ctype, self.shape = kind, index, name, ctype, _get_shape(shape)
        self.type, self.elements = ELEMENTS[ctype], int(np.prod(self.shape))
        node = re.search(r'the result of node "([^"]*)"', comment)
        self.node = node.group(1) if node else None
        self.is_spike, self.is_last = "spikes" in comment, "counts in the last step" in comment

    def __repr__(self):
        return f"{self.name}: {np.dtype(self.type).name}{self.shape}"


class Header:
    """The header that lle-compile writes for a network."""

    def __init__(self, path):
        with open(path) as file:
            text = file.read()
        self.name = re.search(r"} (\w+)_state_t;", text).group(1)
        self.ports = {"input": [], "output": []}
        pattern = r'/\* (input|output)(\d+) "((?:[^"\\]|\\.)*)": (\w+)((?:\[\d+\])*)(.*?)\*/'
        for kind, index, *description in re.findall(pattern, text, re.S):
            self.ports[kind].append(Port(kind, int(index), *description))
        self.states = []
        for name, node, ctype, shape, order in re.findall(
                r'/\* state "([^"]*)" of node "([^"]*)": (\w+)((?:\[\d+\])*)(?:, kept in the order \(([^)]*)\))?', text):
            offset = int(re.search(rf"_STATE{len(self.states)}_OFFSET (\d+)", text).group(1))
            self.states.append((f"{node}/{name}", ELEMENTS[ctype], _get_shape(shape), _get_shape(order), offset))
        self.state_bytes = int(re.search(r"_STATE_BYTES (\d+)", text).group(1))
        self.arena = int(re.search(r"_ARENA_BYTES (\d+)", text).group(1))
        self.stack = int((re.search(r"_STACK_BYTES (\d+)", text) or [0, 0])[1])

    def read_output(self, port, path, samples, steps):
        return np.fromfile(path, port.type).reshape([samples, steps] + port.shape)

    def read_states(self, path, samples, steps):
        """The states after each step by NODE/STATE, (samples, steps, ...), of what main.c of firmware writes."""
        memory = np.fromfile(path, np.uint8).reshape(samples, steps, self.state_bytes)
        states = {}
        for name, element, shape, order, offset in self.states:
            order = order or list(range(len(shape)))
            size = int(np.prod(shape)) * np.dtype(element).itemsize
            stored = np.ascontiguousarray(memory[:, :, offset:offset + size]).view(element)
            stored = stored.reshape([samples, steps] + [shape[dim] for dim in order])
            # Dimension order[i] of the state is dimension i of what is stored.
            states[name] = stored.transpose([0, 1] + [2 + order.index(dim) for dim in range(len(shape))])
        return states
