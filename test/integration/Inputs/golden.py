"""A golden: a network, inputs, and what was recorded for them; and how the results of any engine are compared with it."""
import os
import subprocess
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

import numpy as np


class Mismatch(Exception):
    """A result that is not what was recorded."""


def same(found):
    return found


@dataclass
class Expected:
    """`values` of a port (its name, or that of the node whose result it has), or of a state NODE/STATE."""
    of: str
    values: Any
    #: The largest error that is allowed; None for spikes and integers, which are equal.
    tolerance: Optional[float] = None
    #: What the error is divided by: 1, the magnitude of what was recorded where that is above 1 ("each"), or the
    #: largest magnitude that was recorded ("largest").
    scale: str = "one"
    #: Makes what was recorded of the array (samples, steps, ...), which has no steps where only the last counts. `of`
    #: "states" it gets all states by name.
    take: Callable = same
    #: What it is, where that is not what the name says.
    what: str = ""

    def compare(self, found, name):
        """What to print if the results are those recorded."""
        name = f"{name}, {self.what or self.of}"
        found, values = np.asarray(self.take(found)), np.asarray(self.values)
        if found.shape != values.shape:
            raise Mismatch(f"{name}: shape {found.shape}, expected {values.shape}")
        if self.tolerance is None:
            different = int((found != values).sum())
            if different:
                raise Mismatch(f"{name}: {different} of {values.size} differ")
            if not values.any():
                raise Mismatch(f"{name}: silent, which tests nothing")
            return f"{self.what} equal" if self.what else f"{int(values.astype(np.int64).sum())} spikes"
        if not np.isfinite(values).all() or not values.any():
            raise Mismatch(f"{name}: the recording says nothing")
        size = np.abs(values.astype(float))
        scale = {"one": 1.0, "each": np.maximum(1, size), "largest": size.max()}[self.scale]
        error = float((np.abs(found.astype(float) - values.astype(float)) / scale).max())
        if not error <= self.tolerance:
            raise Mismatch(f"{name}: error {error:.3g}, more than {self.tolerance:g}")
        return f"{error:.1e} of {self.tolerance:.0e}"


@dataclass
class Golden:
    name: str
    #: The file of the network; is called with a folder in which it may write one.
    model: Callable[[str], str]
    #: Values of the inputs by port, or of the only one: (samples, steps, ...).
    inputs: Callable[[], Any]
    #: What is compared.
    expected: Callable[[], list]
    #: Options for lle-compile.
    options: list = field(default_factory=list)
    #: Left to scripts/test-boards.sh.
    is_long: bool = False

    def run(self, engine, folder):
        """Compares what `engine(model, options, folder)` computes. It has `ports`, and `run(inputs, states=True)` which
        gives outputs and states by name, (samples, steps, ...)."""
        os.makedirs(folder)
        network = engine(self.model(folder), self.options, os.path.join(folder, "program"))
        outputs, states = network.run(self.inputs(), states=True)
        found = {"states": states, **states}
        for port in network.ports["output"]:
            values = outputs[port.name]
            found[port.name] = values[:, -1] if port.is_last else values
            if port.node is not None:
                found.setdefault(port.node, found[port.name])
        results = []
        for expected in self.expected():
            if expected.of not in found:
                raise Mismatch(f"{self.name}: there is no '{expected.of}' among {', '.join(sorted(found))}")
            results.append(expected.compare(found[expected.of], self.name))
        return ", ".join(results)


def run_reference(model, options, inputs, folder, node):
    """The spikes of a node by the reference interpreter, (samples, steps, ...)."""
    x, y = (os.path.join(folder, name) for name in ("x.npy", "y.npy"))
    np.save(x, inputs)
    command = ["lle-run", model, *options, f"--input={x}", f"--probe={node}:spike={y}", "--engine=reference"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return np.load(y)
