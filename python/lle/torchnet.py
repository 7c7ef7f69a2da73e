"""Spiking networks from NIR files as modules of PyTorch, to be trained further and saved again (docs/finetuning.md)."""
import copy

import numpy as np
import torch

from . import nirfile
from .errors import ExportError
from .neurons import TYPES as NEURONS
from .neurons import Neuron
from .quantise import find_grids
from .surrogate import Spike, quantise

SYNAPSES = ("Linear", "Affine", "Conv1d", "Conv2d")
LIQUID = ("LTC", "CfC", "WiredCfC")
FUNCTIONS = {"linear": lambda x: x, "tanh": torch.tanh, "lecun_tanh": lambda x: 1.7159 * torch.tanh(0.666 * x),
             "relu": torch.relu, "silu": torch.nn.functional.silu, "gelu": torch.nn.functional.gelu,
             "softplus": torch.nn.functional.softplus, "sigmoid": torch.sigmoid}


def _integers(value):
    return value if isinstance(value, str) else tuple(int(each) for each in np.atleast_1d(value))


class Apply(torch.nn.Module):
    """A layer without parameters."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Elementwise(torch.nn.Module):
    """A Scale or a Threshold."""

    def __init__(self, name, value, function):
        super().__init__()
        self.register_parameter(name, torch.nn.Parameter(torch.as_tensor(np.array(value, np.float32)),
                                                         requires_grad=name == "scale"))
        self.name, self.function = name, function

    def forward(self, x):
        return self.function(x, getattr(self, self.name))


class Delay(torch.nn.Module):
    """Holds values back by whole steps; the states are what came in the steps before, the latest first."""

    def __init__(self, node, metadata, dt):
        super().__init__()
        self.register_buffer("steps", torch.as_tensor(np.rint(np.asarray(node["delay"], np.float64) / dt).astype(np.int64)))
        self.initial = float(metadata.get("lle/initial", 0.0))
        self.is_late = bool((self.steps >= 1).all())

    def prepare(self):
        pass

    def start(self, shape):
        return [torch.full(shape, self.initial) for _ in range(int(self.steps.max()))]

    def forward(self, states, x):
        # A late one gives what it held, so that it may be asked before x is known.
        known = torch.stack([x, *states])
        index = self.steps.expand(x.shape).unsqueeze(0)
        return [x, *states][:len(states)], torch.gather(known, 0, index).squeeze(0)


def _make_synapse(node, where):
    weight = np.asarray(node["weight"])
    bias = node.get("bias")
    if weight.ndim != {"Conv1d": 3, "Conv2d": 4}.get(node["type"], 2):
        raise ExportError(f"{where}: 'weight' has {weight.ndim} dimensions, which no layer of PyTorch has")
    if node["type"] in ("Linear", "Affine"):
        layer = torch.nn.Linear(weight.shape[1], weight.shape[0], bias is not None)
    else:
        make = torch.nn.Conv1d if node["type"] == "Conv1d" else torch.nn.Conv2d
        layer = make(weight.shape[1] * int(node["groups"]), weight.shape[0], weight.shape[2:], _integers(node["stride"]),
                     _integers(node["padding"]), _integers(node["dilation"]), int(node["groups"]), bias is not None)
    with torch.no_grad():
        layer.weight.copy_(torch.as_tensor(weight.astype(np.float32)))
        if bias is not None:
            layer.bias.copy_(torch.as_tensor(np.broadcast_to(np.asarray(bias, np.float32), layer.bias.shape).copy()))
    return layer


def _make_layer(node, metadata, dt, slope, where):
    kind = node["type"]
    if kind in NEURONS:
        return Neuron(node, metadata, dt, slope, where)
    if kind in SYNAPSES:
        return _make_synapse(node, where)
    if kind == "Delay":
        return Delay(node, metadata, dt)
    if kind == "Scale":
        return Elementwise("scale", node["scale"], lambda x, scale: x * scale)
    if kind == "Threshold":
        compare = metadata.get("lle/rule", "compare=gt").partition("=")[2]
        return Elementwise("threshold", node["threshold"], lambda x, t: Spike.apply(x - t, compare, slope))
    if kind in ("SumPool2d", "AvgPool2d"):
        pool = torch.nn.AvgPool2d(_integers(node["kernel_size"]), _integers(node["stride"]), _integers(node["padding"]))
        pool.divisor_override = 1 if kind == "SumPool2d" else None
        return pool
    if kind == "Flatten":
        # Dimensions are without the batch.
        first, last = (int(node[key]) + (1 if int(node[key]) >= 0 else 0) for key in ("start_dim", "end_dim"))
        return torch.nn.Flatten(first, last)
    if kind == "Activation":
        return Apply(FUNCTIONS[node["function"]])
    if kind == "Slice":
        offset, length = int(node["offset"]), int(node["length"])
        return Apply(lambda x: x[:, offset:offset + length])
    if kind == "Transpose":
        return Apply(lambda x, order=_integers(node["permutation"]): x.permute(0, *(1 + dim for dim in order)))
    if kind in ("Input", "Output"):
        return torch.nn.Identity()
    raise ExportError(f"{where}: there is no layer of PyTorch for it")


class Network(torch.nn.Module):
    """Children have the names of the file's nodes ('.' is '/' in them): Linear, Conv1d, Conv2d, neurons, ..."""

    def __init__(self, graph, slope=25.0, fake_quantise=True, where="the network"):
        super().__init__()
        liquid = next((name for name, node in graph.nodes.items() if node["type"] in LIQUID), None)
        if liquid is not None:
            raise ExportError(f"{where}: node '{liquid}' ({graph.nodes[liquid]['type']}): there is no layer of PyTorch "
                              "for it; lle.load_ncps puts it into a module of ncps")
        if "lle/dt" not in graph.metadata:
            raise ExportError(f"{where}: it has no 'lle/dt', the time of a step; lle-translate --export-nir writes it")
        self.graph, self.steps = copy.deepcopy(graph), int(graph.metadata.get("lle/steps", 0)) or None
        dt = float(graph.metadata["lle/dt"])
        for name, node in graph.nodes.items():
            at = f"{where}: node '{name}' ({node['type']})"
            layer = _make_layer(node, graph.node_metadata.get(name, {}), dt, slope, at)
            if fake_quantise:
                for dataset, grid in find_grids(graph, name).items():
                    quantise(layer, dataset, grid)
            self.add_module(name.replace(".", "/"), layer)
        self.inputs, self.outputs = self._ports("Input", "inputs"), self._ports("Output", "outputs")
        delays = np.asarray(graph.metadata.get("lle/delays", np.zeros((0, 2), object))).reshape(-1, 2)
        self.late_edges = {tuple(str(end) for end in edge) for edge in delays}
        self.sources = {name: [edge[0] for edge in graph.edges if edge[1] == name] for name in graph.nodes}
        for name, sources in self.sources.items():
            if not sources and name not in self.inputs:
                raise ExportError(f"{where}: nothing arrives at node '{name}'")
        self.order = self._sort(where)

    def _ports(self, kind, key):
        listed = self.graph.metadata.get(f"lle/{key}")
        names = sorted(name for name, node in self.graph.nodes.items() if node["type"] == kind)
        return names if listed is None else [str(name) for name in listed]

    def layer(self, name):
        return self._modules[name.replace(".", "/")]

    def _is_late(self, name):
        return getattr(self.layer(name), "is_late", False)

    def _sort(self, where):
        """Nodes after what they take in the same step."""
        order, pending = [], [name for name in self.graph.nodes if not self._is_late(name)]
        done = {name for name in self.graph.nodes if self._is_late(name)}
        while pending:
            ready = [name for name in pending
                     if all(source in done or (source, name) in self.late_edges for source in self.sources[name])]
            if not ready:
                raise ExportError(f"{where}: nodes '{pending[0]}' and others take each other's results in the same step")
            order += ready
            done.update(ready)
            pending = [name for name in pending if name not in done]
        return order

    def _zeros(self, name, samples):
        """What a node gave before the first step."""
        node = self.graph.nodes[name]
        shapes = [np.shape(value) for key, value in node.items() if not isinstance(value, str)]
        shape = max(shapes, key=len) if node["type"] in (*NEURONS, "Delay", "Threshold", "Scale") else \
            np.shape(node["weight"])[:1] if node["type"] in ("Linear", "Affine") else ()
        if not shape:
            raise ExportError(f"node '{name}' ({node['type']}): its result is used a step later, and its shape is unknown")
        return torch.zeros(samples, *shape)

    def forward(self, *inputs):
        """Values of shape (steps, samples, ...), one for each Input in their order. Returns those of the Output, or of
        several a tuple. What other nodes gave is in `self.record` where `self.keep` names them."""
        if len(inputs) != len(self.inputs) or any(x.shape[:2] != inputs[0].shape[:2] for x in inputs):
            raise ExportError(f"expected {len(self.inputs)} inputs of shape (steps, samples, ...)")
        for layer in self._modules.values():
            if hasattr(layer, "prepare"):
                layer.prepare()
        steps, samples = inputs[0].shape[:2]
        states = {}
        self.record = {name: [] for name in (*self.outputs, *getattr(self, "keep", ()))}
        late = [name for name in self.graph.nodes if self._is_late(name)]
        before = {source: self._zeros(source, samples) for source, _ in self.late_edges}
        for step in range(steps):
            values = {}
            for name in late:
                layer, unknown = self.layer(name), self._zeros(name, samples)
                states.setdefault(name, layer.start(unknown.shape))
                values[name] = layer(states[name], unknown)[1]
            for name in self.order:
                x = inputs[self.inputs.index(name)][step] if name in self.inputs else self._arriving(name, values, before)
                layer = self.layer(name)
                if hasattr(layer, "start"):
                    if name not in states:
                        states[name] = layer.start(x.shape)
                    states[name], values[name] = layer(states[name], x)
                else:
                    values[name] = layer(x)
            for name in late:
                states[name] = self.layer(name)(states[name], self._arriving(name, values, before))[0]
            before = values
            for name, kept in self.record.items():
                kept.append(values[name])
        self.record = {name: torch.stack(kept) for name, kept in self.record.items()}
        results = tuple(self.record[name] for name in self.outputs)
        return results[0] if len(results) == 1 else results

    def _arriving(self, name, values, before):
        total = None
        for source in self.sources[name]:
            value = (before if (source, name) in self.late_edges else values)[source]
            total = value if total is None else total + value
        return total

    def to_graph(self):
        """The file's graph with the numbers as they are now; quantised weights lie on their grid."""
        graph = copy.deepcopy(self.graph)
        for name, node in graph.nodes.items():
            layer = self.layer(name)
            if isinstance(layer, Neuron):
                layer.store(node, graph.node_metadata[name])
            for key in ("weight", "bias") if node["type"] in SYNAPSES else ("scale", "threshold"):
                if key in node and getattr(layer, key, None) is not None:
                    node[key] = getattr(layer, key).detach().cpu().numpy()
        return graph

    def save(self, path):
        """Writes the network as a .nir file."""
        self.to_graph().write(path)


def load(path, slope=25.0, fake_quantise=True):
    return Network(nirfile.read(path), slope, fake_quantise, where=str(path))
