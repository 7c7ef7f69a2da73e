"""The N-MNIST model of SpikeEdge as a network, and its output for recordings beside the runtime that it came with.

spikeedge.py export DATA > MODEL.mlir
spikeedge.py check DATA COUNTS.npy     counts (recordings, steps, 10); the recordings 0, 1, 2, 4 to 9
spikeedge.py layers DATA JSON NODE...  of `lle-run --spikes --json`: spikes of nodes in all recordings

architecture.json lists layers; weights.json holds PyTorch's state dictionary, keyed by the position of the layer. Its
runtime (C, f32) computes, for each step and in the order of the layers:
    Conv2d: stride 1, no padding;  MaxPool2d: kernel 2, stride 2, no padding, before the neurons
    SpikingLayer: v = beta v + x;  z = v >= 1;  v = v - z
"""
import json
import re
import sys

import numpy as np

action, data, *arguments = sys.argv[1:]
folder = f"{data}/snn_generator"


def tensor(shape, element="f32"):
    return f"tensor<{'x'.join(map(str, shape))}x{element}>"


def export():
    layers = json.load(open(f"{folder}/snn_nmnist_architecture.json"))["layers"]
    state = {k: np.array(v, "<f4") for k, v in json.load(open(f"{folder}/snn_nmnist_weights_bs_32.json")).items()}
    lines, value, shape, element, spiking = [], "x", (2, 34, 34), "f32", 0

    def parameters(position):
        for kind in ("weight", "bias"):
            array = state[f"{position}.{kind}"]
            lines.append(f'  %{kind}{position} = lle.weight dense<"0x{array.tobytes().hex().upper()}"> : {tensor(array.shape)}')
        return [state[f"{position}.{kind}"].shape for kind in ("weight", "bias")]

    for position, layer in enumerate(layers):
        before, kind = tensor(shape, element), layer["type"]
        result = f"l{position}"
        if kind in ("Conv2d", "Linear"):
            w, b = parameters(position)
            window = ""
            if kind == "Conv2d":
                shape = (w[0], shape[1] - w[2] + 1, shape[2] - w[3] + 1)
                window = "dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>, "
            else:
                shape = (w[0],)
            element = "f32"
            op = "conv2d" if kind == "Conv2d" else "affine"
            text = (f'lle.{op} %{value}, %weight{position}, %bias{position} {{{window}name = "{kind}{position}"}} : '
                    f"({before}, {tensor(w)}, {tensor(b)}) -> {tensor(shape)}")  # fmt: skip
        elif kind == "MaxPool2d":
            k = layer["kernel_size"]
            shape = (shape[0], shape[1] // k, shape[2] // k)
            text = (f'lle.max_pool2d %{value} {{kernel = array<i64: {k}, {k}>, name = "pool{position}", padding = array<i64: 0, 0>, '
                    f"stride = array<i64: {k}, {k}>}} : ({before}) -> {tensor(shape, element)}")  # fmt: skip
        elif kind == "SpikingLayer":
            assert layer["neuron_type"] == "Leaky"
            number = {"decay": layer["beta"], "v_init": 0.0, "v_threshold": 1.0}
            values = ", ".join(f"{k} = dense<{v:e}> : {tensor(shape)}" for k, v in number.items())
            element = "i1"
            text = (f'spk.lif "lif{position}" %{value} dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane> '
                    f"firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1> "
                    f"{{{values}}} : {before} -> {tensor(shape, element)}")  # fmt: skip
        else:
            assert kind == "Flatten"
            shape = (int(np.prod(shape)),)
            text = f"lle.flatten %{value} {{end_dim = -1 : i64, start_dim = 0 : i64}} : ({before}) -> {tensor(shape, element)}"
        lines.append(f"  %{result} = {text}")
        value = result
    print(f'lle.network @spikeedge(%x: {tensor((2, 34, 34))} {{lle.name = "input"}}) -> ({tensor(shape, element)} {{lle.name = "output"}})\n'
          f"    attributes {{dt = 1.0e-3 : f64, steps = 50 : i64}} {{")  # fmt: skip
    print("\n".join(lines))
    print(f"  lle.output %{value} : {tensor(shape, element)}\n}}")


def read_reference():
    """Of each recording the spike counts of the outputs, and the number of spikes of each layer by its position."""
    blocks = open(f"{folder}/ref_nmnist.txt").read().split("nmnist ")[1:]
    counts = np.array([[int(n) for n in re.search("COUNTS (.*)", block)[1].split()] for block in blocks])
    return counts, [{int(k): int(n) for k, n in re.findall(r"LAYER (\d+) .*spikes=(\d+)", block)} for block in blocks]


if action == "export":
    export()
elif action == "check":
    counts, _ = read_reference()
    found = np.load(arguments[0]).sum(1)
    print((found == counts).all(1).sum(), "of", len(counts), "recordings equal,", int(found.sum()), "spikes")
elif action == "layers":
    _, spikes = read_reference()
    metrics = {m["name"]: m["value"] for m in json.load(open(arguments[0]))["metrics"]}
    for node in arguments[1:]:
        expected = sum(each[int(node[3:])] for each in spikes)
        print(node, "equal", round(metrics["spikes of node " + node] * len(spikes)) == expected, expected)
