"""nmnist.py SPIKING_DATA OUT KEY PROFILE [OPTION...]: runs cnn_sinabs.nir on N-MNIST recordings and compares the spike
counts with those that were recorded under KEY."""
import subprocess
import sys

import numpy as np

data, out, key, profile, *options = sys.argv[1:]
golden = np.load(f"{data}/derived/nmnist10_cnn_sinabs_ref.npz")
names = ["0", "1", "2", "4", "5", "6", "7", "8", "9", "tonic_sample_4"]


def run(files):
    inputs = [f"--input={data}/nmnist/{name}.bin" for name in files]
    subprocess.run(["lle-run", f"{data}/nir_files/cnn_sinabs.nir", f"--profile={profile}", "--dt=1e-3", "--bin=1ms",
                    f"--output={out}/y.npy", *inputs, *options], check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    return np.load(f"{out}/y.npy").sum(1)  # (samples, steps, 10) -> (samples, 10)


counts = golden[key + "_counts"]
together = run(names)
# Neurons that are reset by subtraction would go on firing behind the end of a short recording.
if key == "sub":
    alone = np.concatenate([run([name]) for name in names])
    print((alone == counts).all(1).sum(), "of 10 recordings equal, one by one")
print((together == counts).all(1).sum(), "of 10 recordings equal, together")
print("labels", (together.argmax(1) == golden["labels"]).sum(), "of 10")
