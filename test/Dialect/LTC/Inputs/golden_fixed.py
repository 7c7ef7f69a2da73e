"""Compares fixed-point layers and cells with a NumPy transcription of their definition, bit for bit, on all engines.

golden_fixed.py WORK [BOARD...]: with boards, LTC cells alone, as firmware of these in an emulator.

The transcription is of the formulas in dialects/LLE/Quantization.td and dialects/LTC/FixedCells.td; those of LTC and CfC
cells are R. Hasani et al., AAAI 2021 and Nature Machine Intelligence 4 (2022) 992.
"""

import os
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "..", "..", "..", "python"))
from lle.board import Firmware

DIRECTORY, *BOARDS = sys.argv[1:]
random = np.random.RandomState(7)


def table(f, second, h):
    x = (np.arange(513) - 256) * h
    return np.clip(np.floor(2.0**15 * (f(x) - h * h / 16 * second(x)) + 0.5), -32767, 32767).astype(np.int64)


def logistic(x):
    return 1 / (1 + np.exp(-x))


SIGMOID = table(logistic, lambda x: logistic(x) * (1 - logistic(x)) * (1 - 2 * logistic(x)), 1 / 16)
TANH = table(np.tanh, lambda x: 2 * np.tanh(x) * (np.tanh(x) ** 2 - 1), 1 / 32)


def look_up(nodes, z):
    u = z + 2**15
    n, r = u >> 7, u & 127
    return (nodes[n] * (128 - r) + nodes[n + 1] * r + 64) >> 7


def clip(x):
    return np.clip(x, -(2**15), 2**15 - 1)


FUNCTIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: look_up(SIGMOID, z),
    "tanh": lambda z: look_up(TANH, z),
    "silu": lambda z: (z * look_up(SIGMOID, z) + 2**14) >> 15,
}


def affine(x, weights, bias, multiplier, shift, function):
    total = x @ weights.T + bias
    return FUNCTIONS[function](clip((total * multiplier + (1 << (shift - 1))) >> shift))


def ltc(x, v, p, unfolds):
    def synapses(source, prefix):
        z = (p[prefix + "slope"] * source[:, None] + p[prefix + "offset"]) >> p[prefix + "shift"]
        s = look_up(SIGMOID, clip(z))
        return (p[prefix + "conductance"] * s).sum(0), (p[prefix + "current"] * s).sum(0)

    g, d = synapses(x, "sensory_")
    for _ in range(unfolds):
        conductance, current = synapses(v, "")
        den = p["capacitance"] + p["leak"] + g + conductance
        e = 30 - np.floor(np.log2(den)).astype(np.int64)
        assert (den << e >= 2**30).all() and (den << e < 2**31).all()
        q = (den << e) >> 15
        num = ((p["capacitance"] << e) >> 15) * v + ((p["drive"] + d + current) << e)
        assert (np.abs(num) < 2**31).all(), "C4 and C5 promise that"
        v = np.sign(num) * np.minimum((np.abs(num) + q // 2) // q, 32767)
    return v


def gate(f1, f2, t, mode):
    if mode == "default":
        return clip(f1 + (((f2 - f1) * t + 2**14) >> 15))
    return clip((f1 + ((f2 * t + 2**14) >> 15) + 1) >> 1)


def dense(array, bits):
    array = np.asarray(array)
    shape = "x".join(map(str, array.shape))
    return f"dense<{array.tolist()}> : tensor<{shape}xi{bits}>"


def check(name, text, x, expected):
    """`x` is (steps, inputs), `expected` is (steps, outputs); both are written as a batch of one sample."""
    path = os.path.join(DIRECTORY, name)
    with open(path + ".mlir", "w") as file:
        file.write(text)
    np.save(path + "_x.npy", x[None].astype(np.int16))
    def compare(engine, result):
        different = np.argwhere(result != expected)
        assert not len(different), f"{name} {engine}: step, element {different[0]}, {len(different)} in all"
        print(f"{name} {engine}: {expected.size} numbers equal", flush=True)

    for board in BOARDS:
        (result,) = Firmware(path + ".mlir", board, path + "_" + board).run(x[None].astype(np.int16)).values()
        compare(board, result[0])
    engines = {"native": [], "reference": ["--engine=reference"], "f64": ["--engine=reference", "--precision=f64"]}
    for engine, options in engines.items() if not BOARDS else ():
        subprocess.run(["lle-run", path + ".mlir", f"--input={path}_x.npy", f"--output={path}_y.npy", *options],
                       check=True, stdout=subprocess.DEVNULL)
        compare(engine, np.load(path + "_y.npy")[0])


def network(body, inputs, outputs):
    return (f"lle.network @n(%x: tensor<{inputs}xsi16>) -> tensor<{outputs}xsi16> attributes {{dt = 1.0 : f64}} {{\n"
            f"{body}  lle.output %y : tensor<{outputs}xsi16>\n}}\n")


def check_functions():
    """All 65,536 arguments of each function, and what its error is."""
    everything = np.arange(-(2**15), 2**15)
    columns = 256
    for function in FUNCTIONS:
        weights, bias = np.eye(columns, dtype=np.int64), np.zeros(columns, np.int64)
        body = (f"  %y = lle.fixed_affine %x {function} {{bias = dense<0> : tensor<{columns}xi32>, "
                "multiplier = dense<2> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>, "
                f"weights = {dense(weights, 8)}}} : tensor<{columns}xsi16> -> tensor<{columns}xsi16>\n")
        x = everything.reshape(-1, columns)
        expected = affine(x, weights, bias, 2, 1, function)
        check("function_" + function, network(body, columns, columns), x, expected)
        for of, f, bits, limit in (("sigmoid", logistic, 11, 5.2e-5), ("tanh", np.tanh, 12, 6.9e-5)):
            if of == function:
                error = np.abs(expected.ravel() / 2.0**15 - f(everything / 2.0**bits)).max()
                assert 0.9 * limit < error <= limit, f"{of}: {error}, stated {limit}"


def check_affine(name, inputs, outputs, bits, function, shifts_only):
    most = 127 if bits == 8 else min(32767, 65000 // inputs)
    weights = random.randint(-most, most + 1, (outputs, inputs))
    bias = random.randint(-(10**6), 10**6, outputs)
    if shifts_only:
        multiplier, shift = np.ones(outputs, np.int64), random.randint(4, 12, outputs)
    else:
        multiplier, shift = random.randint(2**30, 2**31 - 1, outputs), random.randint(34, 42, outputs)
    body = (f"  %y = lle.fixed_affine %x {function} {{bias = {dense(bias, 32)}, multiplier = {dense(multiplier, 32)}, "
            f"shift = {dense(shift, 8)}, weights = {dense(weights, bits)}}}\n"
            f"    : tensor<{inputs}xsi16> -> tensor<{outputs}xsi16>\n")
    x = random.randint(-(2**15), 2**15, (20, inputs)) >> random.randint(0, 8, (20, 1))
    expected = affine(x, weights, bias, multiplier, shift, function)
    assert len(np.unique(expected)) > 20, "says little"
    check(name, network(body, inputs, outputs), x, expected)


def check_ltc(name, units, inputs, bits, density, unfolds):
    p, most = {}, 127 if bits == 8 else min(32767, 50000 // (units + inputs))
    for prefix, sources in (("", units), ("sensory_", inputs)):
        shape = (sources, units)
        conductance = random.randint(1, most + 1, shape) * (random.rand(*shape) < density)
        p[prefix + "conductance"] = conductance
        p[prefix + "current"] = np.round(conductance * random.uniform(-1, 1, shape)).astype(np.int64)
        p[prefix + "slope"] = random.randint(-(2**15), 2**15, shape)
        p[prefix + "offset"] = random.randint(-(2**29), 2**29, shape)
        p[prefix + "shift"] = int(random.randint(13, 16))
    total = p["conductance"].sum(0) + p["sensory_conductance"].sum(0)
    # Some neurons have a denominator that is next to nothing.
    scale = np.where(random.rand(units) < 0.3, 1e-4, 1) * (2.0**31 - 2.0**15 * (total + 2))
    p["capacitance"] = np.floor(random.uniform(0, 0.3, units) * scale).astype(np.int64)
    p["leak"] = np.floor(random.uniform(0.01, 0.6, units) * scale).astype(np.int64) + 1
    p["drive"] = np.round(p["leak"] * random.uniform(-1, 1, units)).astype(np.int64)
    widths = {"slope": 16, "offset": 32, "conductance": bits, "current": bits}
    items = [f"unfolds = {unfolds} : i64"]
    for key, value in p.items():
        kind = key.replace("sensory_", "")
        items.append(f"{key} = {value} : i64" if kind == "shift" else f"{key} = {dense(value, widths.get(kind, 32))}")
    body = (f"  %y = ltc.fixed_ltc_cell \"rnn\" %x {{{', '.join(items)}}}\n"
            f"    : tensor<{inputs}xsi16> -> tensor<{units}xsi16>\n")
    x = random.randint(-(2**15), 2**15, (30, inputs))
    v, expected = np.zeros(units, np.int64), []
    for step in x:
        v = ltc(step, v, p, unfolds)
        expected.append(v)
    expected = np.array(expected)
    assert np.abs(expected).max() > 5000 and len(np.unique(expected)) > 20, "says little"
    check(name, network(body, inputs, units), x, expected)


def check_gate(mode):
    lines = "".join(f"  %{part} = lle.slice %x {{offset = {n * 64} : i64}} : (tensor<192xsi16>) -> tensor<64xsi16>\n"
                    for n, part in enumerate(("f1", "f2", "t")))
    body = lines + f"  %y = ltc.fixed_cfc_gate {mode} %f1, %f2, %t : tensor<64xsi16>\n"
    x = random.choice([-(2**15), 2**15 - 1, -1, 0, 1, 12345, -20000, 16384], (50, 192))
    check("gate_" + mode, network(body, 192, 64), x, gate(x[:, :64], x[:, 64:128], x[:, 128:], mode))


def check_layers():
    check_functions()
    for function in FUNCTIONS:
        check_affine("affine_" + function, 37, 21, 8, function, False)
    check_affine("affine_wide", 200, 70, 8, "linear", False)
    check_affine("affine_16", 40, 33, 16, "tanh", False)
    check_affine("affine_shift", 30, 19, 8, "sigmoid", True)


if not BOARDS:
    check_layers()
check_ltc("ltc_dense", 13, 5, 8, 1.0, 6)
check_ltc("ltc_nearly_dense", 21, 5, 8, 0.95, 2)
check_ltc("ltc_sparse", 19, 32, 8, 0.25, 6)
check_ltc("ltc_of_40", 40, 7, 8, 0.15, 2)
check_ltc("ltc_of_70", 70, 2, 8, 0.1, 2)
check_ltc("ltc_16", 10, 4, 16, 0.7, 3)
check_ltc("ltc_unconnected", 6, 3, 8, 0.0, 2)
if not BOARDS:
    check_gate("default")
    check_gate("no_gate")
