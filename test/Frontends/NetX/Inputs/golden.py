"""Networks with recorded outputs.

  golden.py min DATA OUT    input of min_conv_rec_dense.net        golden.py min-compare DATA SPIKES.npy
  golden.py tiny DATA OUT   input of tiny.net                      golden.py tiny-compare DATA OUT
  golden.py lif DATA OUT    input of lif_norse.nir                 golden.py lif-compare DATA OUT
"""
import sys

import numpy as np

action, data, path = sys.argv[1:]
netx = f"{data}/spiking/netx"


def lif(name):
    """Columns input, voltage, spike."""
    return np.loadtxt(f"{data}/spiking/paper_01_lif/{name}.csv", delimiter=",")


if action == "min":
    golden = np.load(f"{netx}/min_conv_rec_dense_golden.npz")
    np.save(f"{path}/min.npy", golden["input_WHCT"].transpose(3, 2, 1, 0)[None])
elif action == "min-compare":
    expected = np.load(f"{netx}/min_conv_rec_dense_golden.npz")["lava_fixed_pt_out"].T
    print((np.load(path)[0] != expected).sum(), "of", expected.size, "differ;", expected.sum(), "spikes")
elif action == "tiny":
    # The image is the bias of the input layer, (x, y, channel).
    bias = np.load(f"{netx}/gts_tinynet/input_bias.npy").transpose(2, 1, 0)
    np.save(f"{path}/tiny.npy", np.repeat(bias[None, None], 64, 1).astype(np.int32))
elif action == "tiny-compare":
    # Recorded from step 1 on, layers in step with each other.
    for ours, theirs in [("layer0", "input"), ("layer1", "layer1"), ("layer2", "output")]:
        expected = np.moveaxis(np.load(f"{netx}/gts_tinynet/{theirs}.npy")[0], -1, 0)[1:]
        spikes = np.load(f"{path}/{ours}.npy")[0][:len(expected)]
        print(ours, (spikes != expected).sum(), "of", expected.size, "differ;", int(expected.sum()), "spikes")
elif action == "lif":
    np.save(f"{path}/lif.npy", lif("lif_lava_cpu_fixed")[None, :, :1].astype(np.float32))
elif action == "lif-compare":
    spike, voltage = np.load(f"{path}/spike.npy")[0, :, 0], np.load(f"{path}/v.npy")[0, :, 0]
    for name in ["lif_lava_cpu_fixed", "lif_lava_loihi_fixed"]:
        golden = lif(name)
        other = voltage != golden[:, 1]
        # The chip's probe reads 128 in a step with a spike, after which the potential is 0.
        print(name, (spike != golden[:, 2]).sum(), "spikes differ of", int(golden[:, 2].sum()),
              "and", other.sum(), "voltages:", sorted(set(golden[other, 1])), (golden[other, 2] == 1).all())
