"""Checks what lle-optimize wrote into a folder: FOLDER ORIGINAL SEEN_X SEEN_Y UNSEEN_X UNSEEN_Y."""
import json
import os
import subprocess
import sys

KINDS = ("energy", "latency", "memory")


def evaluate(network, x, y):
    """The accuracy of a file, each sample as long as it says."""
    out = subprocess.run(["lle-run", network, "--steps=model", f"--input={x}", f"--evaluate={y}", "--metric=accuracy",
                          "--json"], check=True, capture_output=True, text=True).stdout
    return next(m["value"] for m in json.loads(out)["metrics"] if m["name"] == "accuracy")


def estimate(network, target, x):
    """Energy, latency and memory of a file, as KINDS."""
    report = network + ".json"
    subprocess.run(["lle-opt", network, f"--lle-estimate-cost=target={target} dataset={x} json report={report}", "-o",
                    os.devnull], check=True)
    cost = json.load(open(report))["networks"][0]
    os.remove(report)
    return cost["energy"]["value"], cost["time"]["value"], (cost["flash"]["value"] + cost["ram"]["value"]) / 1024


def main():
    folder, original, seen_x, seen_y, unseen_x, unseen_y = sys.argv[1:]
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

    for network in networks:
        found = evaluate(os.path.join(folder, network["file"]), seen_x, seen_y)
        assert abs(found - network["accuracy"]["value"]) < 1e-9, (network["file"], found)
        for kind, cost in zip(KINDS, estimate(os.path.join(folder, network["file"]), index["target"], seen_x)):
            assert abs(cost / network[kind]["value"] - 1) < 1e-6, (network["file"], kind, cost, network[kind]["value"])
    print("the accuracies and costs of the index are those of the files")

    cheapest = networks[-1]
    accuracies = [evaluate(os.path.join(folder, n["file"]), unseen_x, unseen_y) for n in networks]
    print("on samples that were not seen:", *(f"{a:.4f}" for a in accuracies))
    lost = round(evaluate(original, unseen_x, unseen_y) - min(accuracies), 9)
    print(f"{'at most 0.05' if lost <= 0.05 else f'{lost:.4f}'} lost on samples that were not seen")
    saved = index["before"]["energy"]["value"] / cheapest["energy"]["value"]
    print(f"the cheapest takes 1/{saved:.1f} of the energy")


main()
