#!/usr/bin/env bash
# The digits ReLU network as a spiking network: converts it for several numbers of time steps, and classifies the test
# split with compiled code. Needs LLE's tools on PATH.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1
python=/usr/bin/python3

$python export_ann.py > "$work/ann.mlir"
# run MODEL STEPS OPTIONS...: the test images as constant input of that many steps
run() {
  $python -c 'import sys, numpy as n; n.save(sys.argv[2], n.repeat(n.load("test_x.npy")[:, :1], int(sys.argv[1]), 1))' \
    "$2" "$work/x.npy"
  lle-run "$1" --input="$work/x.npy" --evaluate=test_y.npy --output="$work/y.npy" --json "${@:3}" > "$work/run.json"
}

echo "steps  accuracy  other class than the ReLU network  spikes per inference"
run "$work/ann.mlir" 1
mv "$work/y.npy" "$work/ann.npy"
for steps in 0 8 16 32 64; do
  if [ $steps != 0 ]; then
    lle-opt "$work/ann.mlir" -o "$work/snn.mlir" \
      --spk-from-ann="dataset=calibration_x.npy method=percentile percentile=99.9 steps=$steps"
    run "$work/snn.mlir" $steps --spikes
  fi
  $python - "$work" $steps <<'PY'
import json, sys

import numpy as np

work, steps = sys.argv[1], int(sys.argv[2])
metrics = {m["name"]: m["value"] for m in json.load(open(f"{work}/run.json"))["metrics"]}
ann = np.load(f"{work}/ann.npy")[:, 0].argmax(1)
accuracy, expected = metrics["accuracy"], json.load(open("ann.json"))["accuracy"]
if steps == 0:
    print(f"ReLU   {accuracy:.4f}")
    if abs(accuracy - expected) > 1e-9:
        sys.exit("the ReLU network does not reach the trainer's accuracy")
    sys.exit()
other = int((np.load(f"{work}/y.npy").argmax(1) != ann).sum())
spikes = sum(v for k, v in metrics.items() if k.startswith("spikes of node"))
print(f"{steps:<6} {accuracy:.4f}    {other} of {len(ann)}{'':28} {spikes:.0f}")
if steps >= 32 and abs(accuracy - expected) > 0.005:
    sys.exit(f"{steps} steps change the accuracy by more than 0.5 points")
PY
done
