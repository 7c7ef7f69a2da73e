"""What the analytic cost model finds of examples/digits, beside what emitted code says and what counts add up to."""
import json
import sys


def read(path):
    (network,) = json.load(open(path))["networks"]
    return network, {operation["name"]: operation for operation in network["operations"]}


board, operations = read(sys.argv[1])
cycles = sum(operation["cycles"]["value"] for operation in operations.values())
emitted, exact = read(sys.argv[3])
for name in ("conv1", "lif1", "conv2", "lif2", "fc1", "lif3", "fc2"):
    found, expected = operations[name]["cycles"]["value"], exact[name]["cycles"]["value"]
    assert abs(found / expected - 1) < 0.3, f"{name}: {found} cycles, emitted code has {expected}"
assert abs(board["step"]["value"] / emitted["step"]["value"] - 1) < 0.1, (board["step"], emitted["step"])
assert board["step"]["value"] == cycles
assert board["steps"] == 8
# 1.5 for memory, 120 MHz, 350 pJ a cycle.
assert abs(board["time"]["value"] / (cycles * 1.5 * 8 / 120e6 * 1e3) - 1) < 1e-9
assert abs(board["energy"]["value"] / (cycles * 1.5 * 8 * 350e-9) - 1) < 1e-9
assert board["energy"]["provenance"] == "derived"

chip, operations = read(sys.argv[2])
picojoules = 0
for operation in operations.values():
    if operation["operation"] in ("lle.conv2d", "lle.affine", "lle.sum_pool2d"):
        picojoules += 23.6 * operation["synaptic_operations"]
    elif operation["operation"] == "spk.lif":
        picojoules += 81 * operation["state_updates"] + 1.7 * operation["spikes"]
assert abs(chip["energy"]["value"] / (picojoules * 8 * 1e-9) - 1) < 1e-9, (chip["energy"], picojoules)
assert chip["energy"]["provenance"] == "assumed" and chip["time"]["provenance"] == "derived"
