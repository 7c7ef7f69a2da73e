"""The goldens: networks of the frameworks, with what those computed. One list for the host, boards and C.

Each family is a function that gives its goldens; make_goldens gives all.
"""
import glob
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", "..", ".."))
sys.path[:0] = [os.path.join(HERE, "..", "liquid", "Inputs"), os.path.join(ROOT, "test", "python", "Inputs"),
                os.path.join(ROOT, "python")]
from golden import Expected, Golden, run_reference
from liquid import export, final_state


def read_models(folder):
    """The models of a folder's index: name, recorded arrays, and what exports the network into a folder of work."""
    for entry in json.load(open(f"{folder}/index.json")):
        name = entry["name"]

        def model(work, name=name):
            export(f"{folder}/{name}.npz", f"{folder}/index.json", name, f"{work}/m.nir")
            return f"{work}/m.nir"

        yield name, np.load(f"{folder}/{name}.npz"), model


def ncps(data):
    """ncps's cells with random weights: outputs and final states. Its own error in f32 is up to 6.8e-7."""
    for name, arrays, model in read_models(f"{data}/liquid/golden"):
        def inputs(arrays=arrays):
            return {"input": arrays["x"], **({"timespans": arrays["timespans"]} if "timespans" in arrays else {})}

        def expected(arrays=arrays):
            last = lambda states: final_state({key: values[:, -1] for key, values in states.items()})
            return [Expected("output", arrays["y"], 2e-6),
                    Expected("states", arrays["hn"], 2e-6, take=last, what="final state")]

        yield Golden(f"ncps {name}", model, inputs, expected)


def trained(data, sequences=64):
    """Models trained by ncps on data sets of the LTC paper, with the logits for 64 sequences of each test set. Errors are
    relative to the largest logit, which is up to 18. Those of gesture, whose features have far outliers, grow in 32 steps:
    the recordings, in f32, are up to 3.1e-6 from f64 there, and in f64 outputs move by up to 2e-5 if inputs move by 2e-6
    of themselves. So these models keep 2e-6 in the first step, and 2e-5 in all."""
    for name, arrays, model in read_models(f"{data}/liquid/trained"):
        def expected(name=name, arrays=arrays):
            logits, task = arrays["logits"][:sequences], name.split("_")[0]
            found = [Expected("output", logits[:, 0], 2e-6, "largest", take=lambda y: y[:, 0], what="first step"),
                     Expected("output", logits, 2e-5 if task == "gesture" else 2e-6, "largest")]
            if task != "cheetah":
                found.append(Expected("output", logits.argmax(-1) + 1, take=lambda y: y.argmax(-1) + 1, what="classes"))
            return found

        yield Golden(f"trained {name}", model, lambda arrays=arrays: arrays["test_x"][:sequences], expected,
                     is_long=not name.startswith("occupancy"))


def drone(data):
    """The flown drone models: 64 steps of the recurrent cell, and the whole network on four images, both in f64."""
    folder = f"{data}/liquid/drone"
    import drone as keras_model  # needs h5py

    for kind in ("ncp", "ctrnn_ltc", "ctrnn_cfc"):
        weights, = glob.glob(f"{folder}/*model-{kind}_seq*.hdf5")
        params, = glob.glob(f"{folder}/*params.json")

        def write(mode, source, work, weights=weights, params=params):
            keras_model.main(mode, weights, params, source, work)
            return f"{work}/m.nir"

        for mode, source in (("cell", f"{folder}/{kind}.npz"), ("network", f"{folder}/images4.npz")):
            def model(work, mode=mode, source=source, write=write):
                return write(mode, source, work)

            def expected(mode=mode, source=source, weights=weights):
                if mode == "cell":
                    return [Expected("output", np.load(source)["out"][None], 1e-6)]
                return [Expected("output", keras_model.evaluate(weights, np.load(source)["images"])[None], 1e-6)]

            def inputs(mode=mode, source=source):
                arrays = np.load(source)
                return arrays["x"][None] if mode == "cell" else arrays["images"].astype(np.float32)[None]

            yield Golden(f"drone {kind} {mode}", model, inputs, expected, is_long=(kind, mode) != ("ncp", "cell"))


def plain(path):
    return lambda work: path


def repaired(path, profile, dt=1e-4):
    """A file that breaks a rule of NIR, mended."""
    def model(work):
        subprocess.run(["lle-translate", "--import-nir", "--repair", f"--profile={profile}", f"--dt={dt}", path,
                        "-o", f"{work}/m.mlir"], check=True, stderr=subprocess.DEVNULL)
        return f"{work}/m.mlir"
    return model


def braille(data):
    """The recurrent network of the NIR paper on six platforms: each spike of the hidden layer. Two files are nested, and
    have to be mended."""
    nir, spiking = f"{data}/spiking/nir_files", f"{data}/spiking"
    x = np.load(f"{spiking}/derived/braille_input_256x12_label1.npy")[None]
    activity = "paper_03_rnn/{}_activity_noDelay_{}.npy".format
    zero, subtract = "braille_noDelay_bias_zero", "braille_noDelay_noBias_subtract"
    by_snntorch, by_subtract = activity("snntorch", "bias_zero"), activity("snntorch", "noBias_subtract")
    for name, file, profile, recording, node in [
            ("snntorch", zero, "snntorch", by_snntorch, "lif1.lif"),
            ("snntorch_subtract", subtract, "snntorch:reset=subtract", by_subtract, "lif1.lif"),
            ("norse", zero, "norse", activity("norse", "bias_zero"), "lif1.lif"),
            ("spyx", zero, "spyx", activity("spyx", "bias_zero"), "lif1.lif"),
            ("spinnaker2", zero, "spinnaker2", activity("s2", "bias_zero"), "lif1.lif"),
            ("norse_head", zero, "norse", "derived/norse_head_noDelay_bias_zero.npz", "lif1.lif"),
            ("subgraph", zero + "_subgraph", "snntorch", by_snntorch, "lif1/lif1"),
            ("subgraph_subtract", subtract + "_subgraph", "snntorch:reset=subtract", by_subtract, "lif1/lif1")]:
        path, options = f"{nir}/{file}.nir", [f"--keep={node}"]
        is_malformed = "subgraph" in file
        if not is_malformed:
            options += [f"--profile={profile}", "--dt=1e-4"]
        values = np.load(f"{spiking}/{recording}")
        values = values["lif1_spk"] if recording.endswith(".npz") else values
        yield Golden(f"braille {name}", repaired(path, profile) if is_malformed else plain(path), lambda: x,
                     lambda node=node, values=values: [Expected(node, values[None])], options)
    # The same with states and outputs, by snnTorch 0.7.
    for file, profile in [(zero, "snntorch"), (subtract, "snntorch:reset=subtract")]:
        def expected(file=file):
            traces = np.load(f"{spiking}/derived/snntorch_old_{file[8:]}.npz")
            return [Expected("output", traces["lif2_spk"][None]),
                    Expected("lif1.lif/v", traces["lif1_mem"][None], 1e-6, "each"),
                    Expected("lif1.lif/i", traces["lif1_syn"][None], 1e-6, "each")]

        yield Golden(f"braille traces {file[16:]}", plain(f"{nir}/{file}.nir"), lambda: x, expected,
                     [f"--profile={profile}", "--dt=1e-4"])


def neuron(data):
    """One neuron on ten platforms. `unit` is what a recording shows for a potential of one, `behind` the steps by which
    the network is behind the recording; tolerances are those of test/unit/NIR/ReplayTest.cpp for f32."""
    single = 2e-7 * 25  # of recordings in double precision, of which ours differ by the rounding of f32
    for platform, profile, unit, behind, tolerance in [
            ("exact", "nir:reset=subtract", 1, 0, 0.1 * 0.0393), ("norse", "norse", 1, 0, 5e-9),
            ("snntorch", "snntorch", 1, 0, 0), ("nengo", "nengo", 1 / float(np.float32(0.1)), 0, 10 * single),
            ("sinabs", "sinabs", 1, 0, 2e-7), ("rockpool", "rockpool", 1, 0, 2e-7), ("spyx", "spyx", 1, 0, 1e-7),
            ("lava_cpu_float", "lava-float", 1, 0, single), ("spinnaker2", "spinnaker2:weight_scale=102.02", 1 / 102.02, 1, 5e-7),
            ("lava_cpu_fixed", "loihi:scale=256", 1, 0, 0)]:
        rows = np.loadtxt(f"{data}/spiking/paper_01_lif/lif_{platform}.csv", delimiter=",")

        def expected(rows=rows, unit=unit, behind=behind, tolerance=tolerance):
            recorded = rows[:len(rows) - behind]
            return [Expected("output", recorded[None, :, 2:], take=lambda z: z[:, behind:]),
                    Expected("1/v", recorded[None, :, 1:2], tolerance, take=lambda v: v[:, behind:].astype(float) * unit)]

        yield Golden(f"lif {platform}", plain(f"{data}/spiking/nir_files/lif_norse.nir"),
                     lambda rows=rows: rows[None, :, :1].astype(np.float32), expected,
                     [f"--profile={profile}", "--dt=1e-4"])


def unrecorded(data):
    """Files without a recording of anyone: spikes of the reference interpreter, of which native f32 has the same bits.
    Those that are not listed here are among the recorded ones, or copies of them."""
    nir = f"{data}/spiking/nir_files"
    tactile = np.load(f"{data}/spiking/derived/braille_input_256x12_label1.npy")[None]

    def noise(drive, *shape):
        return np.random.default_rng(11).uniform(0, drive, (2, 300) + shape).astype(np.float32)

    # Step and drive are such that the node, the last one that ever fires, does.
    for name, profile, dt, x, node in [
            ("two_lif_neurons", "norse", 1e-4, noise(100, 1), "lif1"),
            ("lif_rockpool", "rockpool", 1e-4, noise(2, 1), "1_LIFNeuronTorch"),
            ("snn2mcu_snntorch_snn_232", "snntorch", 4, noise(100, 2), "lif3"),
            ("probe_v107_synthetic", "snntorch", 1e-3, noise(10, 2, 8, 8), "sub/lif"),
            ("nirtorch_tests_braille", "snntorch", 1e-4, tactile, "lif2"),
            ("norse_tests_braille", "norse", 1e-4, tactile, "lif2"),
            ("rockpool_tests_braille", "snntorch", 1, 30 * tactile.astype(np.float32), "hidden/lif")]:
        path = f"{nir}/{name}.nir"
        is_malformed = name in ("lif_rockpool", "rockpool_tests_braille")
        model = repaired(path, profile, dt) if is_malformed else plain(path)
        options = [] if is_malformed else [f"--profile={profile}", f"--dt={dt}"]

        def expected(model=model, options=options, x=x, node=node):
            with tempfile.TemporaryDirectory() as work:
                return [Expected(node, run_reference(model(work), options, x, work, node))]

        yield Golden(f"nir {name}", model, lambda x=x: x, expected, options + [f"--keep={node}"])


def read_events(path):
    b = np.fromfile(path, np.uint8).reshape(-1, 5).astype(np.int64)
    return b[:, 0], b[:, 1], b[:, 2] >> 7, (b[:, 2] & 127) << 16 | b[:, 3] << 8 | b[:, 4]


def make_frames(events, bins, steps):
    x, y, polarity, _ = events
    frames = np.zeros((1, steps, 2, 34, 34), np.float32)
    np.add.at(frames, (0, bins, polarity, y, x), 1)
    return frames


def nmnist(data):
    """The convolutional network of the NIR paper, as four rules have it: each spike of its first layer and of its outputs
    for a recording in frames of a millisecond. test/unit/NIR/ReplayTest.cpp has the counts for ten of them."""
    spiking = f"{data}/spiking"
    for key, profile in [("zero", "snntorch"), ("sub", "snntorch:reset=subtract,when=same_step"), ("sinabs", "sinabs"),
                         ("sinabs_nomin", "sinabs:v_min=none")]:
        def expected(key=key):
            recorded = np.load(f"{spiking}/derived/nmnist_ref_{key}.npz")
            return [Expected("output", recorded["out"][None]), Expected("1", recorded["conv1"][None])]

        yield Golden(f"nmnist {key}", plain(f"{spiking}/nir_files/cnn_sinabs.nir"),
                     lambda: np.load(f"{spiking}/derived/nmnist_sample_frames_1ms.npz")["frames"][None], expected,
                     [f"--profile={profile}", "--dt=1e-3", "--keep=1"], is_long=key != "sinabs")


def spikeedge(data):
    """SpikeEdge's network for N-MNIST, 50 equal bins: the counts of its own C runtime."""
    spiking = f"{data}/spiking"

    def model(work):
        script = os.path.join(HERE, "..", "spiking", "Inputs", "spikeedge.py")
        with open(f"{work}/m.mlir", "w") as file:
            subprocess.run([sys.executable, script, "export", spiking], stdout=file, check=True)
        return f"{work}/m.mlir"

    def inputs():
        events = read_events(f"{spiking}/nmnist/0.bin")
        first, last = events[3].min(), events[3].max()
        return make_frames(events, np.minimum((events[3] - first) * 50 // (last - first), 49), 50)

    def expected():
        reference = open(f"{spiking}/snn_generator/ref_nmnist.txt").read().split("nmnist ")[1]
        counts = [[int(n) for n in re.search("COUNTS (.*)", reference)[1].split()]]
        return [Expected("output", np.array(counts), take=lambda spikes: spikes.sum(1))]

    yield Golden("spikeedge", model, inputs, expected)


def encode_mnist(data, images):
    """Current into a neuron that fires above 1 and starts anew; nothing in the first step."""
    with gzip.open(f"{data}/spiking/mnist/t10k-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)[:images] / 255.0
    spikes, v = np.zeros((images, 32, 784), np.uint8), np.zeros((images, 784))
    for step in range(1, 32):
        v += pixels
        spikes[:, step] = v > 1
        v[v > 1] = 0
    return spikes


def netx(data):
    """Lava in Loihi's integers."""
    folder = f"{data}/spiking/netx"
    golden = np.load(f"{folder}/min_conv_rec_dense_golden.npz")
    yield Golden("netx min", plain(f"{folder}/min_conv_rec_dense.net"),
                 lambda: golden["input_WHCT"].transpose(3, 2, 1, 0)[None],
                 lambda: [Expected("output", golden["lava_fixed_pt_out"].T[None])], ["--profile=loihi"])

    def tiny():
        for node, file in (("layer0", "input"), ("layer1", "layer1"), ("output", "output")):
            # Recorded from step 1 on, layers in step with each other.
            recorded = np.moveaxis(np.load(f"{folder}/gts_tinynet/{file}.npy")[0], -1, 0)[1:]
            yield Expected(node, recorded[None], take=lambda spikes, steps=len(recorded): spikes[:, :steps])

    bias = np.load(f"{folder}/gts_tinynet/input_bias.npy").transpose(2, 1, 0)  # the image: that of the first layer
    yield Golden("netx tiny", plain(f"{folder}/tiny.net"), lambda: np.repeat(bias[None, None], 64, 1),
                 lambda: list(tiny()), ["--profile=loihi:latency=none", "--keep=layer0", "--keep=layer1"])
    mnist = plain(f"{folder}/mnist_trained_network.net")
    counts = lambda: np.load(f"{data}/spiking/derived/mnist_counts_aligned.npy")[:50]
    yield Golden("netx mnist, 50 images", mnist, lambda: encode_mnist(data, 50),
                 lambda: [Expected("output", counts(), take=lambda spikes: spikes.sum(1))],
                 ["--profile=loihi:latency=none"])
    stream = lambda: np.load(f"{data}/spiking/derived/mnist_lava_fixedpt_out_20img.npy").T[None]
    yield Golden("netx mnist, stream", mnist, lambda: encode_mnist(data, 20).reshape(1, -1, 784),
                 lambda: [Expected("output", stream())], ["--profile=loihi:reset_interval=32,reset_offset=1"])


def make_goldens(data, only="", is_quick=False, sequences=64):
    """Those whose names begin with `only`, and without the long ones if `is_quick`; `sequences` of the trained models, of
    64."""
    families = (ncps, lambda data: trained(data, sequences), drone, braille, neuron, unrecorded, nmnist, spikeedge, netx)
    return [golden for family in families for golden in family(data)
            if golden.name.startswith(only) and not (is_quick and golden.is_long)]


def add_arguments(parser):
    parser.add_argument("data", help="the recordings of the frameworks")
    parser.add_argument("work", help="a folder for what is built")
    parser.add_argument("--only", default="", metavar="PREFIX", help="goldens whose names begin so")
    parser.add_argument("--quick", action="store_true", help="not the long ones")
