"""A Keras model of the drone papers, evaluated by NumPy in double precision, beside what lle-run gives.

usage: drone.py network MODEL PARAMS IMAGES OUT     images.npz (steps, H, W, C) -> OUT/{images,expected}.npy, OUT/m.nir
       drone.py cell MODEL PARAMS TRACE OUT         the recurrent part of m.nir alone, with the trace's x and out
"""
import os
import sys

import h5py
import numpy as np

from lle import keras
from lle.cells import make_cell
from lle.nirfile import Graph


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


def read(model):
    """Layers by name, in order, from the file itself: not by what the exporter makes of it."""
    with h5py.File(model) as file:
        return [{key.decode(): np.asarray(file[name][key], np.float64) for key in file[name].attrs["weight_names"]}
                for name in file.attrs["layer_names"] if len(file[name].attrs["weight_names"])]


def convolve(x, kernel, bias, stride):
    """(H, W, C), no padding, relu."""
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(0, 1))[::stride, ::stride]
    return np.maximum(np.einsum("hwcij,ijco->hwo", windows, kernel, optimize=True) + bias, 0)


def pick(arrays, name):
    return next(value for key, value in arrays.items() if key.split("/")[-1] == name + ":0")


def step_ltc(p, x, v, unfolds, elapsed, wired):
    v = np.zeros(pick(p, "cm").size) if v is None else v
    x = x * pick(p, "input_w") + pick(p, "input_b")
    mask, sensory = (pick(p, name) != 0 if wired else 1 for name in ("erev", "sensory_erev"))
    s = sensory * pick(p, "sensory_w") * sigmoid(pick(p, "sensory_sigma") * (x[:, None] - pick(p, "sensory_mu")))
    cm = pick(p, "cm") / (elapsed / unfolds)
    for _ in range(unfolds):
        a = mask * pick(p, "w") * sigmoid(pick(p, "sigma") * (v[:, None] - pick(p, "mu")))
        top = (a * pick(p, "erev")).sum(0) + (s * pick(p, "sensory_erev")).sum(0)
        v = (cm * v + pick(p, "gleak") * pick(p, "vleak") + top) / (cm + pick(p, "gleak") + a.sum(0) + s.sum(0) + 1e-8)
    scale = pick(p, "output_w")
    return v[:scale.size] * scale + pick(p, "output_b"), v


def step_cfc(arrays, x, h, elapsed):
    lecun = lambda z: 1.7159 * np.tanh(0.666 * z)
    layers = list(zip(arrays[::2], arrays[1::2]))
    z = np.concatenate([x, np.zeros(layers[-1][1].size) if h is None else h])
    for kernel, bias in layers[:-4]:
        z = z @ kernel + bias
        z = z * sigmoid(z)
    f1, f2, a, b = (z @ kernel + bias for kernel, bias in layers[-4:])
    t = sigmoid(-a * elapsed + b)
    return lecun(f1) * (1 - t) + t * lecun(f2)


def step_mixed(p, x, state, forget_bias):
    arrays = list(p.values())
    kernel, recurrent, bias = (pick(p, name) for name in ("input_kernel", "recurrent_kernel", "bias"))
    cell = [array for array in arrays if all(array is not own for own in (kernel, recurrent, bias))]
    c, h = (np.zeros(bias.size // 4),) * 2 if state is None else state
    i, ig, fg, og = np.split(x @ kernel + h @ recurrent + bias, 4)
    c = c * sigmoid(fg + forget_bias) + np.tanh(i) * sigmoid(ig)
    h = step_cfc(cell, np.tanh(c) * sigmoid(og), h, 0)
    return h, (c, h)


def step(kind, cell, x, state):
    if kind == "mixedcfc":
        return step_mixed(cell, x, state, 1.5)
    if kind == "cfc":
        state = step_cfc(list(cell.values()), x, state, 1)
        return state, state
    return step_ltc(cell, x, state, *((3, 1.001, False) if kind == "ltc" else (6, 1.0, True)))


def evaluate(model, images):
    layers = read(model)
    mean, deviation, scale = 0, 1, 1
    if len(layers[0]) == 3:
        mean, deviation, scale = pick(layers[0], "mean"), np.sqrt(pick(layers[0], "variance")), 255
        layers = layers[1:]
    trunk, dense, cell, head = layers[:5], layers[5], layers[6], layers[7:]
    kind = next(kind for kind in ("mixedcfc", "cfc", "ltc", "ncp") if kind in os.path.basename(model))
    state, outputs = None, []
    for image in images.astype(np.float64):
        x = (image / scale - mean) / deviation
        for layer, stride in zip(trunk, (2, 2, 2, 1, 2)):
            x = convolve(x, pick(layer, "kernel"), pick(layer, "bias"), stride)
        x = x.reshape(-1) @ pick(dense, "kernel") + pick(dense, "bias")
        y, state = step(kind, cell, x, state)
        for layer in head:
            y = y @ pick(layer, "kernel") + pick(layer, "bias")
        outputs.append(y)
    return np.array(outputs)


def write_cell(model, params, out):
    """input -> rnn -> [head ->] output."""
    parts = keras.Model(model)
    description = keras.read_description(params, model, None)
    kind, datasets, inputs, outputs = make_cell(*keras.get_cell_state(parts.cell, description["cell"], model), model)
    graph = Graph()
    graph.add("input", "Input", shape=np.array([inputs]))
    graph.add_node("rnn", kind, datasets)
    path = ["input", "rnn"]
    if parts.head is not None:
        graph.add("head", "Affine", weight=np.ascontiguousarray(parts.head[0].T), bias=parts.head[1])
        path.append("head")
        outputs = parts.head[1].size
    graph.add("output", "Output", shape=np.array([outputs]))
    graph.chain(*path, "output")
    graph.write(out)


def main(mode, model, params, data, out):
    os.makedirs(out, exist_ok=True)
    if mode == "network":
        keras.export_keras(model, params, f"{out}/m.nir")
        images = np.load(data)["images"].astype(np.float32)
        np.save(f"{out}/input.npy", images[None])
        np.save(f"{out}/expected.npy", evaluate(model, images))
    else:
        write_cell(model, params, f"{out}/m.nir")
        trace = np.load(data)
        np.save(f"{out}/input.npy", trace["x"][None])
        np.save(f"{out}/expected.npy", trace["out"])


if __name__ == "__main__":
    main(*sys.argv[1:])
