"""Small NetX files, each with one thing wrong: broken.py FOLDER"""
import sys

import h5py
import numpy as np

NEURON = {"type": "CUBA", "iDecay": 410, "vDecay": 410, "vThMant": 64}


def dense(outputs, inputs, neuron=NEURON, **others):
    layer = {"type": "dense", "shape": [outputs], "weight": np.full((outputs, inputs), 2), "neuron": neuron}
    return {**layer, **others}


def conv(**others):
    layer = {"type": "conv", "shape": [2, 2, 2], "weight": np.full((2, 1, 1, 1), 2), "stride": 1, "padding": 0,
             "dilation": 1, "groups": 1, "neuron": NEURON}
    return {**layer, **others}


def write(name, *layers, numbers=None):
    with h5py.File(f"{sys.argv[1]}/{name}.net", "w") as file:
        group = file.create_group("layer")
        for number, layer in zip(numbers or range(len(layers)), layers):
            put(group.create_group(str(number)), layer)


def put(group, items):
    for key, value in items.items():
        if isinstance(value, dict):
            put(group.create_group(key), value)
        elif value is not None:
            group[key] = value


image = {"type": "input", "shape": [1, 2, 2]}
write("pool", image, {"type": "pool", "shape": [1, 1, 1]})
SDNN = {"type": "SDNN", "activation": "relu", "vThMant": 13}
RF = {"type": "RF_PHASE", "sinDecay": 2000, "cosDecay": 3000, "vThMant": 64}
COMPLEX = {"type": "dense", "shape": [3], "weight/real": np.ones((3, 2)), "weight/imag": np.ones((3, 2))}
write("alif", dense(3, 2, {**NEURON, "type": "ALIF"}))
write("complex", {**COMPLEX, "neuron": NEURON})
write("plain", dense(3, 2, RF))
write("imag", {**COMPLEX, "weight/imag": np.ones((3, 1)), "neuron": RF})
write("real", {key: value for key, value in COMPLEX.items() if key != "weight/real"} | {"neuron": RF})
write("turn", {**COMPLEX, "neuron": {**RF, "sinDecay": 4097}})
write("turns", {**COMPLEX, "neuron": {**RF, "sinDecay": np.ones(2)}})
write("sine", {**COMPLEX, "neuron": {**RF, "sinDecay": None}})
write("rfgraded", {**COMPLEX, "neuron": {**RF, "gradedSpike": True}})
write("rfconv", image, conv(neuron=RF))
write("sdnnrec", {**dense(3, 2, SDNN), "type": "dense_rec", "weight_rec": np.ones((3, 3))})
write("sigma", dense(3, 2, {**SDNN, "sigma_output": True}, bias=np.ones(3)))
write("high", dense(3, 2, {**SDNN, "vThMant": 2049}))
write("convdelay", image, conv(delay=np.zeros(3)))
write("recdelay", {**dense(3, 2), "type": "dense_rec", "weight_rec": np.ones((3, 3)), "delay": np.zeros((3, 2))})
write("graded", dense(3, 2, {**SDNN, "activation": "tanh"}), {**COMPLEX, "weight/real": np.ones((3, 3)),
      "weight/imag": np.ones((3, 3)), "neuron": RF, "bias": np.ones(3), "delay": 4})
write("decay", dense(3, 2, {**NEURON, "vDecay": 4097}))
write("missing", dense(3, 2, {**NEURON, "vThMant": None}))
write("weight", dense(3, 2), dense(2, 4))
write("gap", dense(3, 2), dense(2, 3), numbers=[0, 2])
write("image", image, dense(3, 4))
write("conv", image, conv(shape=[2, 3, 3]))
write("neuron", image, conv(neuron={}))
write("delay", dense(3, 2, delay=np.zeros(5)))
write("negative", dense(3, 2, delay=-1))
write("bias", dense(3, 2, bias=np.array([0, 200000, 0])))
write("rec", {**dense(3, 2), "type": "dense_rec", "weight_rec": np.ones((3, 2))})
write("empty")
write("odd", dense(3, 2, {**NEURON, "refDelay": 3}, weight=np.array([[300, -2], [4, -400], [0, 0]]),
                   bias=np.array([0.5, 1, -1.5]), colour=7, delay=np.array([[0, 70], [1, 2], [3, 62]])))
