#!/usr/bin/env bash
# The digits example made cheaper for a microcontroller: networks between which only taste can choose. The first half of
# the test split decides, the second half, which no pass sees, says what was lost. Called by scripts/demo.sh; needs LLE's
# tools on PATH. An argument names the folder that the networks are written to, which must not be there.
set -euo pipefail
front=$(realpath -m "${1:-digits-front}")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 - "$work" <<'PY'
import sys

import numpy as np

for name in "xy":
    test = np.load(f"test_{name}.npy")
    np.save(f"{sys.argv[1]}/seen_{name}.npy", test[:180])
    np.save(f"{sys.argv[1]}/unseen_{name}.npy", test[180:])
PY
echo "== As good as the digits network, or 2 points less, and cheaper on an nRF52840"
start=$SECONDS
lle-optimize digits.nir --target=nrf52840 --dataset="$work/seen_x.npy" --labels="$work/seen_y.npy" --max-drop=0.02 \
  --pareto=6 -o "$front"
echo "all passes tried in $((SECONDS - start)) s; in $(basename "$front"): networks, index.json, front.svg"
for network in "$front"/network_*.mlir; do
  lle-run "$network" --steps=model --input="$work/unseen_x.npy" --evaluate="$work/unseen_y.npy" --metric=accuracy \
    --json > "$work/$(basename "$network").json"
done
/usr/bin/python3 - "$front" "$work" <<'PY'
import json, sys

front, work = sys.argv[1:]
index = json.load(open(f"{front}/index.json"))


def row(name, network, unseen):
    cost = " ".join(f"{network[kind]['value']:>10.4g}" for kind in ("energy", "latency", "memory"))
    print(f"{name:<16}{network['accuracy']['value']:>9.3f}{unseen:>9}  {cost}")


print(f"{'':<16}{'accuracy':>9}{'unseen':>9}  {'mJ':>10} {'ms':>10} {'KB':>10}")
row("as trained", index["before"], "")
for network in index["networks"]:
    run = json.load(open(f"{work}/{network['file']}.json"))
    unseen = next(m["value"] for m in run["metrics"] if m["name"] == "accuracy")
    row(network["file"], network, f"{unseen:.3f}")
for network in index["networks"]:
    print(network["file"] + ": " + (", ".join(network["moves"]) or "as trained"))
kinds = sorted({index["before"][kind]["provenance"] for kind in ("energy", "latency", "memory")})
print(f"(accuracies are measured; energy, latency and memory of an inference are {' or '.join(kinds)}: index.json says which)")
PY
