"""goldens.py DATA WORK: the C form of networks with recorded outputs. Liquid networks: outputs of ncps, to 2e-6 as the
machine code has them. Spiking networks: the spikes that lle-run gives, which other tests compare with the recorded ones,
on the same inputs."""
import json
import os
import subprocess
import sys

import numpy

from c_form import compare

data, work = sys.argv[1:]


def check_liquid():
    folder = data + "/liquid/golden"
    for golden in json.load(open(folder + "/index.json")):
        name = golden["name"]
        if not os.path.exists("%s/%s.npz" % (folder, name)):
            continue
        model = os.path.join(work, name + ".nir")
        subprocess.run([sys.executable, "-m", "lle.export_ncps", "%s/%s.npz" % (folder, name), "--config",
                        folder + "/index.json", "--name", name, "-o", model], check=True, stdout=subprocess.DEVNULL)
        arrays = numpy.load("%s/%s.npz" % (folder, name))
        inputs = {"input": arrays["x"].astype(numpy.float32)}
        if "timespans" in arrays.files:
            inputs["timespans"] = arrays["timespans"].astype(numpy.float32)
        compare(name, model, [], os.path.join(work, name), inputs, tolerance=2e-6, expected=[arrays["y"]])


def check_spiking():
    nir, netx, derived = (data + "/spiking/" + part for part in ("nir_files", "netx", "derived"))
    braille = numpy.load(derived + "/braille_input_256x12_label1.npy")[None].astype(numpy.float32)
    for name in ("braille_noDelay_bias_zero", "braille_noDelay_noBias_subtract"):
        compare(name, "%s/%s.nir" % (nir, name), ["--profile=snntorch", "--dt=1e-4"], os.path.join(work, name), braille)
    frames = numpy.load(derived + "/nmnist_sample_frames_1ms.npz")["frames"][None].astype(numpy.float32)
    for profile in ("sinabs", "snntorch"):
        compare("cnn_sinabs " + profile, nir + "/cnn_sinabs.nir", ["--profile=" + profile, "--dt=1e-3"],
                os.path.join(work, "cnn_" + profile), frames)
    golden = numpy.load(netx + "/min_conv_rec_dense_golden.npz")
    compare("min_conv_rec_dense", netx + "/min_conv_rec_dense.net", ["--profile=loihi"], os.path.join(work, "min"),
            golden["input_WHCT"].transpose(3, 2, 1, 0)[None],
            expected=[golden["lava_fixed_pt_out"].T[None]])
    bias = numpy.load(netx + "/gts_tinynet/input_bias.npy").transpose(2, 1, 0)
    compare("tiny", netx + "/tiny.net", ["--profile=loihi:latency=none"], os.path.join(work, "tiny"),
            numpy.repeat(bias[None, None], 64, 1).astype(numpy.int32))
    compare("mnist_trained_network", netx + "/mnist_trained_network.net", ["--profile=loihi:latency=none"],
            os.path.join(work, "mnist"), steps=32)
    compare("lif_norse", nir + "/lif_norse.nir", ["--profile=norse", "--dt=1e-4"], os.path.join(work, "lif_norse"),
            steps=300)


check_liquid()
check_spiking()
