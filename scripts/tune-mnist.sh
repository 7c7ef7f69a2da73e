#!/usr/bin/env bash
# What tuning makes of a trained MNIST network: decided on 1,000 images, measured on the 9,000 others.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/tune-mnist.sh [DATA]

Each tuning pass alone, and all of them together (lle-optimize) for the least energy on
Loihi 2 and on an STM32H743. Passes see images 0 to 999 of MNIST's test set; what they
made is run once on the 9,000 others. Some fifteen minutes on two processors. LLE must have
been built (scripts/build.sh).

DATA is the folder of golden data (../shared/data): the network is lava-dl's
spiking/netx/mnist_trained_network.net (784-128-64-10, integers, 32 steps).
TXT
}

case "${1:-}" in
  -h | --help) usage && exit 0 ;;
  -*) usage >&2 && exit 1 ;;
esac
data=${1:-../shared/data}
export PATH=$PWD/build/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 test/Frontends/NetX/Inputs/mnist.py encode "$data" "$work" --first 10000
/usr/bin/python3 - "$work" <<'PY'
import os, sys

import numpy as np

work = sys.argv[1]
for name in "xy":
    array = np.load(f"{work}/{name}.npy")
    np.save(f"{work}/seen_{name}.npy", array[:1000])
    np.save(f"{work}/unseen_{name}.npy", array[1000:])
    os.remove(f"{work}/{name}.npy")
PY
lle-translate --import-netx --profile=loihi:latency=none "$data/spiking/netx/mnist_trained_network.net" \
  -o "$work/trained.mlir"
seen="dataset=$work/seen_x.npy labels=$work/seen_y.npy"

# evaluate FILE NAME: on the images that no pass has seen.
evaluate() {
  local steps=() # all of the data, where the network does not say
  if grep -q '^ *lle.network .*[{ ]steps = ' "$1"; then steps=(--steps=model); fi
  lle-run "$1" "${steps[@]}" --input="$work/unseen_x.npy" --evaluate="$work/unseen_y.npy" --metric=accuracy --spikes \
    --json > "$work/run.json"
  /usr/bin/python3 - "$work/run.json" "$2" <<'PY'
import json, sys

metrics = {m["name"]: m["value"] for m in json.load(open(sys.argv[1]))["metrics"]}
spikes = sum(value for name, value in metrics.items() if name.startswith("spikes of node "))
print(f"{sys.argv[2]:<40} {100 * metrics['accuracy']:6.2f} %  {spikes:7.1f} spikes", flush=True)
PY
}

# alone NAME PASS OPTIONS
alone() {
  lle-opt "$work/trained.mlir" "--$2=$seen $3" -o "$work/alone.mlir"
  evaluate "$work/alone.mlir" "$1"
}

evaluate "$work/trained.mlir" "as trained"
alone "fewer steps" spk-tune-timesteps max-drop=0.005
alone "at most 6 bits in the mean" lle-allocate-bits mean-bits=6
alone "at most 4 bits in the mean" lle-allocate-bits mean-bits=4
alone "a fifth of the synapses left" lle-prune-synapses ratio=0.8
alone "half of the hidden neurons" lle-prune-channels ratio=0.5
/usr/bin/python3 test/Frontends/NetX/Inputs/mnist.py augment "$data" "$work" --first 1000
alone "half of them, and trained" lle-prune-channels "ratio=0.5 epochs=30 dropout=0.05 \
  training-dataset=$work/augmented.npy training-labels=$work/augmented_labels.npy"
for target in loihi2 stm32h743; do
  start=$SECONDS
  lle-optimize "$work/trained.mlir" --target=$target --dataset="$work/seen_x.npy" --labels="$work/seen_y.npy" \
    --max-drop=0.0125 --goals=energy:1 -o "$work/best.mlir" --report="$work/report.json"
  took=$((SECONDS - start))
  evaluate "$work/best.mlir" "all passes, $target"
  /usr/bin/python3 - "$work/report.json" $took <<'PY'
import json, sys

report = json.load(open(sys.argv[1]))
network, before = report["networks"][0], report["before"]
for kind in ("energy", "latency", "memory"):
    a, b = before[kind], network[kind]
    print(f"  {kind} {a['value']:.4g} -> {b['value']:.4g} {b['unit']}: 1/{a['value'] / b['value']:.2f}  ({b['provenance']})")
print("  " + ", ".join(network["moves"]) + f"; searched in {sys.argv[2]} s")
PY
done
