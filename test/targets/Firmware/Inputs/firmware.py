"""What the tests of firmware share: inputs of test/tools/Inputs/classifier.mlir, and whether two machines agree.

    firmware.py data FOLDER              x.npy for lle-run, FOLDER/fw*/input0.bin for firmware
    firmware.py compare FOLDER           output0.bin and output1.bin of each fw* with spikes.npy and membrane.npy
    firmware.py stack FIRMWARE SAID      what a run said of its stack, beside the header and the linker script
    firmware.py uart FOLDER COMMAND...   the same by the serial line of the command's standard input and output
"""

import glob
import os
import re
import signal
import subprocess
import sys

import numpy as np

SAMPLES, STEPS = 2, 5  # the network's samples have 5 steps


def write_data(folder):
    x = (np.random.default_rng(1).random((SAMPLES, STEPS, 2, 6, 6)) * 2).astype(np.float32)
    np.save(folder + "/x.npy", x)
    for firmware in glob.glob(folder + "/fw*"):
        x.tofile(firmware + "/input0.bin")


def compare(folder):
    spikes, membrane = np.load(folder + "/spikes.npy"), np.load(folder + "/membrane.npy")
    assert spikes.any() and not spikes.all()
    runs = sorted(glob.glob(folder + "/fw*"))
    for firmware in runs:
        same = [np.fromfile(firmware + "/output%d.bin" % i, type).tobytes() == expected.astype(type).tobytes()
                for i, expected, type in ((0, spikes, np.uint8), (1, membrane, np.float32))]
        print(firmware.rsplit("/", 1)[1], *("same" if s else "DIFFERENT" for s in same))


def check_stack(firmware, said):
    used, reserved = map(int, re.search(r"stack: (\d+) of (\d+) bytes used", open(said).read()).groups())
    header, = glob.glob(firmware + "/model/*.h")
    network = int(re.search(r"_STACK_BYTES (\d+)", open(header).read())[1])
    main = int(re.search(r"\((\d+) at most\)", open(firmware + "/board/link.ld").read())[1])
    assert network < used <= network + main < reserved, (network, used, main, reserved)
    print(f"{os.path.basename(firmware)}: network {network}, main {used - network} of {main}, reserved {reserved}")


def talk(folder, command):
    spikes, membrane = np.load(folder + "/spikes.npy"), np.load(folder + "/membrane.npy")
    signal.alarm(300)  # a machine that does not answer is a failure, not a test without end
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    def ask(request, bytes_expected):
        process.stdin.write(request)
        process.stdin.flush()
        return process.stdout.read(bytes_expected)
    assert ask(b"", 1) == b"r"
    assert ask(b"x", 1) == b"?"
    same = True
    for sample, steps in enumerate(np.load(folder + "/x.npy")):
        assert ask(b"i", 1) == b"i"
        for t, x in enumerate(steps):
            expected = spikes[sample, t].astype(np.uint8).tobytes() + membrane[sample, t].astype(np.float32).tobytes()
            same &= ask(b"s" + x.tobytes(), len(expected)) == expected
    process.kill()
    process.wait()
    print("uart", "same" if same else "DIFFERENT")


if sys.argv[1] == "data":
    write_data(sys.argv[2])
elif sys.argv[1] == "compare":
    compare(sys.argv[2])
elif sys.argv[1] == "stack":
    check_stack(sys.argv[2], sys.argv[3])
else:
    talk(sys.argv[2], sys.argv[3:])
