"""goldens.py BOARD DATA WORK [PREFIX]: what frameworks recorded, beside firmware on an emulated board.

Spikes must be equal, outputs and states within the tolerances of the tests of these recordings on the host. Networks
that do not fit the board are listed.
"""
import gzip
import json
import os
import re
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
TEST = os.path.join(HERE, "..", "..", "..")
sys.path[:0] = [os.path.join(TEST, "..", "python"), os.path.join(HERE, "..", "..", "liquid", "Inputs")]
from lle.board import DoesNotFit, Firmware, NotEmulated
from liquid import export

board, data, work = sys.argv[1:4]
prefix = sys.argv[4] if len(sys.argv) > 4 else ""
spiking = f"{data}/spiking"
CASES = []


def case(name, *arguments):
    """Registers a function as a case; it gets the arguments."""
    def register(function):
        CASES.append((name, function, arguments))
        return function
    return register


def build(name, model, *options):
    return Firmware(model, board, f"{work}/{name}", options)


def fail(what):
    sys.exit(f"{board}: {what}")


def equal(found, expected, what):
    if found.shape != expected.shape:
        fail(f"{what}: shape {found.shape}, expected {expected.shape}")
    if (found != expected).any():
        fail(f"{what}: {(found != expected).sum()} of {expected.size} differ")
    if not expected.any():
        fail(f"{what}: silent")
    return f"{int(expected.astype(np.int64).sum())} spikes"


def close(found, expected, tolerance, what, relative=False):
    if found.shape != expected.shape:
        fail(f"{what}: shape {found.shape}, expected {expected.shape}")
    error = np.abs(found.astype(float) - expected.astype(float))
    error = float((error / np.maximum(1, np.abs(found)) if relative else error).max())
    if not error <= tolerance:
        fail(f"{what}: error {error:.3g}, more than {tolerance:g}")
    return f"within {error:.1e}"


# ncps: outputs and final states.
def liquid(golden):
    name = golden["name"]
    arrays = np.load(f"{data}/liquid/golden/{name}.npz")
    model = f"{work}/{name}.nir"
    export(f"{data}/liquid/golden/{name}.npz", f"{data}/liquid/golden/index.json", name, model)
    firmware = build(name, model)
    inputs = {port.name: arrays["timespans" if port.name == "timespans" else "x"] for port in firmware.ports["input"]}
    outputs, states = firmware.run(inputs, states=True)
    (port,) = firmware.ports["output"]
    y = outputs[port.name]

    def rank(key):  # states in the order of ncps: those of layers, then the memory of a mixed-memory cell
        layer = re.search(r"layer_(\d+)", key)
        return (key.endswith("/c"), int(layer.group(1)) if layer else 0)

    final = np.concatenate([states[key][:, -1].reshape(len(y), -1) for key in sorted(states, key=rank)], axis=1)
    close(final, arrays["hn"], 2e-6, f"{name}, final state")
    return close(y[:, -1] if port.is_last else y, arrays["y"], 2e-6, name)


for golden in json.load(open(f"{data}/liquid/golden/index.json")):
    case(f"ncps {golden['name']}", golden)(liquid)


# Models trained on the data sets of the LTC paper, on inputs beyond those: the error of f32 grows in 32 steps, here by
# up to 1e-5 as well.
def trained(name):
    model, x = f"{work}/{name}.nir", f"{work}/{name}_x.npy"
    export(f"{data}/liquid/trained/{name}.npz", f"{data}/liquid/trained/index.json", name, model)
    firmware = build(name, model)
    sequences = np.random.default_rng(3).normal(size=[2, 32] + firmware.ports["input"][0].shape).astype(np.float32)
    np.save(x, sequences)
    subprocess.run(["lle-run", model, "--engine=reference", "--precision=f64", f"--input={x}", f"--output={work}/y.npy"],
                   check=True, stdout=subprocess.DEVNULL)
    return close(firmware.run(sequences)["output"], np.load(f"{work}/y.npy"), 2e-5, name, relative=True)


for entry in json.load(open(f"{data}/liquid/trained/index.json")):
    case(f"trained {entry['name']}", entry["name"])(trained)


# The recurrent network of the NIR paper on six platforms: each spike of the hidden layer.
def get_braille(network):
    return f"{spiking}/nir_files/braille_noDelay_{network}.nir"


def braille(name, network, profile, file, key=None):
    x = np.load(f"{spiking}/derived/braille_input_256x12_label1.npy")[None]
    recorded = np.load(f"{spiking}/{file}")
    firmware = build(name, get_braille(network), f"--profile={profile}", "--dt=1e-4", "--keep=lif1.lif")
    (kept,) = [port.name for port in firmware.ports["output"] if port.node == "lif1.lif"]
    return equal(firmware.run(x)[kept][0], recorded[key] if key else recorded, name)


rnn = "paper_03_rnn/{}_activity_noDelay_{}.npy".format
for recording in [
        ("braille_snntorch", "bias_zero", "snntorch", rnn("snntorch", "bias_zero")),
        ("braille_snntorch_subtract", "noBias_subtract", "snntorch:reset=subtract", rnn("snntorch", "noBias_subtract")),
        ("braille_norse", "bias_zero", "norse", rnn("norse", "bias_zero")),
        ("braille_spyx", "bias_zero", "spyx", rnn("spyx", "bias_zero")),
        ("braille_spinnaker2", "bias_zero", "spinnaker2", rnn("s2", "bias_zero")),
        ("braille_norse_head", "bias_zero", "norse", "derived/norse_head_noDelay_bias_zero.npz", "lif1_spk")]:
    case(recording[0], *recording)(braille)


# The same with states and outputs.
def braille_traces(network, profile):
    traces = np.load(f"{spiking}/derived/snntorch_old_noDelay_{network}.npz")
    name = f"braille_traces_{network}"
    firmware = build(name, get_braille(network), f"--profile={profile}", "--dt=1e-4")
    x = np.load(f"{spiking}/derived/braille_input_256x12_label1.npy")[None]
    outputs, states = firmware.run(x, states=True)
    found = equal(outputs["output"][0], traces["lif2_spk"], name)
    for state, trace in (("v", "lif1_mem"), ("i", "lif1_syn")):
        found += ", " + close(states[f"lif1.lif/{state}"][0], traces[trace], 1e-6, f"{name}, {state}", relative=True)
    return found


for arguments in [("bias_zero", "snntorch"), ("noBias_subtract", "snntorch:reset=subtract")]:
    case(f"braille_traces_{arguments[0]}", *arguments)(braille_traces)


# One neuron on nine platforms: tolerances of test/unit/NIR/ReplayTest.cpp for f32.
def neuron(platform, profile, unit, behind, tolerance):
    rows = np.loadtxt(f"{spiking}/paper_01_lif/lif_{platform}.csv", delimiter=",")
    firmware = build(f"lif_{platform}", f"{spiking}/nir_files/lif_norse.nir", f"--profile={profile}", "--dt=1e-4")
    outputs, states = firmware.run(rows[None, :, :1].astype(np.float32), states=True)
    length = len(rows) - behind
    found = equal(outputs["output"][0, behind:, 0], rows[:length, 2], platform)
    voltage = states["1/v"][0, behind:, 0].astype(float) * unit
    return found + ", " + close(voltage, rows[:length, 1], tolerance, f"{platform}, potential")


single = 2e-7 * 25  # of recordings in double precision, of which ours differ by the rounding of f32
for trace in [("exact", "nir:reset=subtract", 1, 0, 0.1 * 0.0393), ("norse", "norse", 1, 0, 5e-9),
              ("snntorch", "snntorch", 1, 0, 0), ("nengo", "nengo", 1 / float(np.float32(0.1)), 0, 10 * single),
              ("sinabs", "sinabs", 1, 0, 2e-7), ("rockpool", "rockpool", 1, 0, 2e-7), ("spyx", "spyx", 1, 0, 1e-7),
              ("lava_cpu_float", "lava-float", 1, 0, single), ("spinnaker2", "spinnaker2", 1 / 127, 1, 1e-3)]:
    case(f"lif_{trace[0]}", *trace)(neuron)


# N-MNIST recordings: frames of a millisecond (cnn_sinabs), or 50 equal bins (SpikeEdge). Spikes of each output.
def read_events(name):
    b = np.fromfile(f"{spiking}/nmnist/{name}.bin", np.uint8).reshape(-1, 5).astype(np.int64)
    return b[:, 0], b[:, 1], b[:, 2] >> 7, (b[:, 2] & 127) << 16 | b[:, 3] << 8 | b[:, 4]


def make_frames(events, bins, steps):
    x, y, polarity, _ = events
    frames = np.zeros((1, steps, 2, 34, 34), np.float32)
    np.add.at(frames, (0, bins, polarity, y, x), 1)
    return frames


def nmnist(key, profile):
    reference = np.load(f"{spiking}/derived/nmnist10_cnn_sinabs_ref.npz")[f"{key}_counts"]
    firmware = build(f"nmnist_{key}", f"{spiking}/nir_files/cnn_sinabs.nir", f"--profile={profile}", "--dt=1e-3")
    events = read_events("0")
    bins = (events[3] - events[3].min()) // 1000
    spikes = firmware.run(make_frames(events, bins, bins.max() + 1))["output"]
    return equal(spikes[0].sum(0), reference[0], f"cnn_sinabs, {key}")


for arguments in [("zero", "snntorch"), ("sub", "snntorch:reset=subtract,when=same_step"), ("sinabs", "sinabs"),
                  ("sinabs_nomin", "sinabs:v_min=none")]:
    case(f"nmnist_{arguments[0]}", *arguments)(nmnist)


@case("spikeedge")
def spikeedge():
    script = f"{TEST}/integration/spiking/Inputs/spikeedge.py"
    with open(f"{work}/spikeedge.mlir", "w") as file:
        subprocess.run([sys.executable, script, "export", spiking], stdout=file, check=True)
    firmware = build("spikeedge", f"{work}/spikeedge.mlir")
    reference = open(f"{spiking}/snn_generator/ref_nmnist.txt").read().split("nmnist ")[1]
    counts = np.array([int(n) for n in re.search("COUNTS (.*)", reference)[1].split()])
    events = read_events("0")
    first, last = events[3].min(), events[3].max()
    bins = np.minimum((events[3] - first) * 50 // (last - first), 49)
    return equal(firmware.run(make_frames(events, bins, 50))["output"][0].sum(0), counts, "spikeedge")


# Lava in Loihi's integers.
@case("netx_min")
def netx_min():
    golden = np.load(f"{spiking}/netx/min_conv_rec_dense_golden.npz")
    firmware = build("netx_min", f"{spiking}/netx/min_conv_rec_dense.net", "--profile=loihi")
    spikes, = firmware.run(golden["input_WHCT"].transpose(3, 2, 1, 0)[None]).values()
    return equal(spikes[0], golden["lava_fixed_pt_out"].T, "min_conv_rec_dense.net")


@case("netx_tiny")
def netx_tiny():
    folder = f"{spiking}/netx/gts_tinynet"
    firmware = build("netx_tiny", f"{spiking}/netx/tiny.net", "--profile=loihi:latency=none", "--keep=layer0",
                     "--keep=layer1")
    bias = np.load(f"{folder}/input_bias.npy").transpose(2, 1, 0)
    outputs = firmware.run(np.repeat(bias[None, None], 64, 1))
    found = []
    for port in firmware.ports["output"]:
        file = {"layer0": "input", "layer1": "layer1"}.get(port.node, "output")
        recorded = np.moveaxis(np.load(f"{folder}/{file}.npy")[0], -1, 0)[1:]
        found.append(equal(outputs[port.name][0][:len(recorded)], recorded, f"tiny.net, {file}"))
    return ", ".join(found)


@case("netx_lif")
def netx_lif():
    rows = np.loadtxt(f"{spiking}/paper_01_lif/lif_lava_cpu_fixed.csv", delimiter=",")
    firmware = build("netx_lif", f"{spiking}/nir_files/lif_norse.nir", "--profile=loihi:scale=256", "--dt=1e-4")
    outputs, states = firmware.run(rows[None, :, :1], states=True)
    close(states["1/v"][0, :, 0], rows[:, 1], 0, "lif in Lava's integers, potential")
    return equal(outputs["output"][0, :, 0], rows[:, 2], "lif in Lava's integers")


def encode_mnist(images):
    with gzip.open(f"{spiking}/mnist/t10k-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)[:images] / 255.0
    spikes, v = np.zeros((images, 32, 784), np.uint8), np.zeros((images, 784))
    for step in range(1, 32):
        v += pixels
        spikes[:, step] = v > 1
        v[v > 1] = 0
    return spikes


@case("netx_mnist")
def netx_mnist():
    firmware = build("netx_mnist", f"{spiking}/netx/mnist_trained_network.net", "--profile=loihi:latency=none")
    spikes, = firmware.run(encode_mnist(50)).values()
    return equal(spikes.sum(1), np.load(f"{spiking}/derived/mnist_counts_aligned.npy")[:50], "MNIST, 50 images")


@case("netx_mnist_stream")
def netx_mnist_stream():
    firmware = build("netx_mnist_stream", f"{spiking}/netx/mnist_trained_network.net",
                     "--profile=loihi:reset_interval=32,reset_offset=1")
    spikes, = firmware.run(encode_mnist(20).reshape(1, -1, 784)).values()
    return equal(spikes[0].T, np.load(f"{spiking}/derived/mnist_lava_fixedpt_out_20img.npy"), "MNIST as a stream")


def main():
    too_large, not_emulated = 0, 0
    cases = [c for c in CASES if c[0].startswith(prefix)]
    for name, function, arguments in cases:
        try:
            print(f"{board}: {name}: {function(*arguments)}", flush=True)
        except DoesNotFit as error:
            too_large += 1
            print(f"{board}: {name}: {str(error).splitlines()[-1]}", flush=True)
        except NotEmulated as error:
            not_emulated += 1
            print(f"{board}: {name}: not run: {error}", flush=True)
    print(f"{board}: {len(cases) - too_large - not_emulated} of {len(cases)} goldens reached, {too_large} too large for "
          f"the board, {not_emulated} not emulated")


main()
