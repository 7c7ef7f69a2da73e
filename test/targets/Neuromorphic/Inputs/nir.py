"""nir.py SPIKING_DATA OUT braille | braille-loihi | nmnist TARGET PROFILE EVENTS: compiles a NIR file for a chip, and compares the emulator
with native code, and with what a chip recorded."""
import subprocess
import sys

import numpy as np

data, out, network, *settings = sys.argv[1:]


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def compare(model, options, inputs):
    """Outputs of the emulator and of native code."""
    target, *flags = options
    run("lle-compile", model, *flags, f"--target={target}", "--set=neuro-partition.strategy=sequential",
        "-o", f"{out}/map.lle")  # fmt: skip
    run("lle-run", f"{out}/map.lle", "--engine=emulator", f"--output={out}/chip.npy", *inputs)
    native = [argument for argument in inputs if not argument.startswith("--probe")]
    run("lle-run", model, *flags, f"--output={out}/native.npy", *native)
    return np.load(f"{out}/chip.npy"), np.load(f"{out}/native.npy")


if network == "braille":
    sample = np.load(f"{data}/derived/braille_input_256x12_label1.npy")
    np.save(f"{out}/x.npy", sample[None])
    chip, native = compare(f"{data}/nir_files/braille_noDelay_bias_zero.nir",
                           ["spinnaker2", "--profile=spinnaker2", "--dt=1e-4"],
                           [f"--input={out}/x.npy", f"--probe=lif1.lif:spike={out}/s.npy"])  # fmt: skip
    spikes = np.load(f"{out}/s.npy")[0]
    recorded = np.load(f"{data}/paper_03_rnn/s2_activity_noDelay_bias_zero.npy")
    print((spikes != recorded).sum(), "of", spikes.size, "spikes of the first layer differ from the chip's,",
          recorded.sum(), "spikes")  # fmt: skip
    print((chip != native).sum(), "of", chip.size, "output spikes differ from native code")
elif network == "braille-loihi":
    np.save(f"{out}/x.npy", np.load(f"{data}/derived/braille_input_256x12_label1.npy")[None])
    chip, native = compare(f"{data}/nir_files/braille_noDelay_bias_zero.nir",
                           ["loihi2", "--profile=loihi:scale=auto", "--dt=1e-4"], [f"--input={out}/x.npy"])  # fmt: skip
    print((chip != native).sum(), "of", chip.size, "output spikes differ from native code,", native.sum(), "spikes")
else:
    target, profile, events = settings
    names = ["0", "1", "2", "4", "5", "6", "7", "8", "9", "tonic_sample_4"]
    labels = np.load(f"{data}/derived/nmnist10_cnn_sinabs_ref.npz")["labels"]
    inputs = ["--bin=1ms", *(f"--input={data}/nmnist/{name}.bin" for name in names)]
    if events == "binary":
        inputs.append("--events=binary")
    chip, native = compare(f"{data}/nir_files/cnn_sinabs.nir", [target, f"--profile={profile}", "--dt=1e-3"], inputs)
    print((chip.sum(1).argmax(1) == labels).sum(), "of 10 digits,", (chip != native).sum(),
          "output spikes differ from native code")  # fmt: skip
