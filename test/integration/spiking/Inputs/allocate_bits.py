"""allocate_bits.py DATA WORK BITS: cnn_sinabs.nir with weights of BITS in the mean, with states of at most 16 bits, and with
payloads of a bit for its large populations, decided on five N-MNIST recordings.

Checks on the five others that predictions stay, and that no population's spikes change by more than 15 %.
"""
import re
import subprocess
import sys

import numpy as np

DATA, WORK, BITS = sys.argv[1] + "/spiking", sys.argv[2], float(sys.argv[3])
CALIBRATION, OTHERS = ["0", "1", "2", "4", "5"], ["6", "7", "8", "9", "tonic_sample_4"]
MOST_CHANGE = 0.15


def call(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nexit status {done.returncode}\n{done.stderr}")
    return done.stdout


def read_frames(name):
    """Events of 5 bytes (x, y, polarity and the high bits of microseconds, the others) as frames of 1 ms."""
    raw = np.fromfile(f"{DATA}/nmnist/{name}.bin", np.uint8).reshape(-1, 5).astype(np.int64)
    x, y, polarity = raw[:, 0], raw[:, 1], raw[:, 2] >> 7
    time = ((raw[:, 2] & 127) << 16) | (raw[:, 3] << 8) | raw[:, 4]
    step = (time - time.min()) // 1000
    frames = np.zeros((step.max() + 1, 2, 34, 34), np.float32)
    np.add.at(frames, (step, polarity, y, x), 1)
    return frames


def classify(model, names):
    """The class of each recording, run alone."""
    classes = []
    for name in names:
        call("lle-run", model, f"--input={DATA}/nmnist/{name}.bin", "--bin=1ms", f"--output={WORK}/y.npy")
        classes.append(int(np.load(f"{WORK}/y.npy").sum((0, 1)).argmax()))
    return classes


def count_spikes(model, names):
    """Spikes of each population over the recordings."""
    total = 0
    for name in names:
        np.save(f"{WORK}/one.npy", read_frames(name)[None])
        text = call("lle-opt", model, f"--lle-profile-activity=dataset={WORK}/one.npy")
        rates = [float(rate) for rate in re.findall(r"lle\.rate = ([0-9.eE+-]+)", text)]
        steps = np.load(f"{WORK}/one.npy", mmap_mode="r").shape[1]
        total = total + np.array(rates) * steps
    return total


frames = [read_frames(name) for name in CALIBRATION]
steps = max(len(each) for each in frames)
padded = np.zeros((len(frames), steps, 2, 34, 34), np.float32)
for to, each in zip(padded, frames):
    to[:len(each)] = each
np.save(f"{WORK}/x.npy", padded)
source, rounded = f"{WORK}/cnn.mlir", f"{WORK}/bits.mlir"
call("lle-translate", "--import-nir", f"{DATA}/nir_files/cnn_sinabs.nir", "--profile=sinabs", "--dt=1e-3", "-o", source)
# The frames here are those of lle-run.
np.save(f"{WORK}/one.npy", read_frames("6")[None])
call("lle-run", source, f"--input={WORK}/one.npy", f"--output={WORK}/frames.npy")
call("lle-run", source, f"--input={DATA}/nmnist/6.bin", "--bin=1ms", f"--output={WORK}/events.npy")
if not np.array_equal(np.load(f"{WORK}/frames.npy"), np.load(f"{WORK}/events.npy")):
    sys.exit("frames and events of a recording give other spikes")
before, spikes = classify(source, OTHERS), count_spikes(source, OTHERS)


def check(what, options):
    """Decides, and returns what it says; ends where the other recordings change."""
    call("lle-opt", source, f"--lle-allocate-bits=dataset={WORK}/x.npy max-rate-change={MOST_CHANGE} repairs=0 {options}",
         "-o", rounded)
    said = {key: float(value) for key, value in re.findall(r"(mean_bits|state_bytes|payload_bytes) = ([0-9.eE+-]+)",
                                                           open(rounded).read())}
    after, change = classify(rounded, OTHERS), np.abs(count_spikes(rounded, OTHERS) / spikes - 1)
    print(f"{what}: {said}; classes {before} before, {after} after; spikes change by",
          ", ".join(f"{100 * c:.1f} %" for c in change), flush=True)
    if before != after or change.max() > MOST_CHANGE:
        sys.exit("a limit is not kept")
    return said


if check("weights", f"mean-bits={BITS} widths=3,4,5,6,8")["mean_bits"] > BITS:
    sys.exit("a limit is not kept")
# 8,970 neurons.
if check("states", "max-drop=0 widths=8 state-widths=8,16")["state_bytes"] > 2 * 8970:
    sys.exit("states take more than 16 bits")
# The populations behind 0 and 2 have 4,096 neurons each, all that send to others 8,960.
if check("payloads", "max-drop=0 widths=16 payload-widths=1,8,16")["payload_bytes"] > 2 * 4096 / 8 + 768:
    sys.exit("a population of 4,096 neurons sends more than a bit")
print("limits are kept")
