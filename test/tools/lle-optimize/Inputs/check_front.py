"""Checks what lle-optimize wrote into a folder: FOLDER SEEN_X SEEN_Y UNSEEN_X UNSEEN_Y TARGET."""
import json
import os
import re
import subprocess
import sys

import numpy as np

KINDS = ("energy", "latency", "memory")


def evaluate(network, x, y, work):
    """The accuracy of a file, each sample as long as it says."""
    steps = int(re.search(r"\bsteps = (\d+) : i64} *{", open(network).read())[1])
    path = os.path.join(work, "cut.npy")
    np.save(path, np.load(x)[:, :steps])
    out = subprocess.run(["lle-run", network, f"--input={path}", f"--evaluate={y}", "--metric=accuracy", "--json"],
                         check=True, capture_output=True, text=True).stdout
    return next(m["value"] for m in json.loads(out)["metrics"] if m["name"] == "accuracy")


def main():
    folder, seen_x, seen_y, unseen_x, unseen_y = sys.argv[1:]
    index = json.load(open(f"{folder}/index.json"))
    networks = index["networks"]
    merits = [[1 - n["accuracy"]["value"], *(n[kind]["value"] for kind in KINDS)] for n in networks]
    assert sorted(os.listdir(folder)) == sorted([n["file"] for n in networks] + ["front.svg", "index.json"])
    assert sum(n["chosen"] for n in networks) <= 1
    for a in merits:
        assert not any(b != a and all(x <= y for x, y in zip(b, a)) for b in merits), merits
    assert merits == sorted(merits), "best accuracy first"
    assert all(n["accuracy"]["value"] >= index["required"] for n in networks)
    print(f"networks: {len(networks)}, none better than another in all")

    work = os.path.dirname(seen_x)
    for network in networks:
        found = evaluate(os.path.join(folder, network["file"]), seen_x, seen_y, work)
        assert abs(found - network["accuracy"]["value"]) < 1e-9, (network["file"], found)
    print("the accuracies of the index are those of the files")

    cheapest = networks[-1]
    accuracies = [evaluate(os.path.join(folder, n["file"]), unseen_x, unseen_y, work) for n in networks]
    print("on samples that were not seen:", *(f"{a:.4f}" for a in accuracies))
    before = evaluate(os.path.join(folder, networks[0]["file"]), unseen_x, unseen_y, work)
    lost = before - min(accuracies)
    print(f"{'at most 0.05' if lost <= 0.05 else f'{lost:.4f}'} lost on samples that were not seen")
    saved = index["before"]["energy"]["value"] / cheapest["energy"]["value"]
    print(f"the cheapest takes 1/{saved:.1f} of the energy")


main()
