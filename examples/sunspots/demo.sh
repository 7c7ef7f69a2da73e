#!/usr/bin/env bash
# The sunspots example: two liquid networks, from their NIR files to native code that predicts the test years. Called by
# scripts/demo.sh; needs LLE's tools on PATH. An argument names the file that the plot is written to.
set -euo pipefail
named=${1:-sunspots.svg}
plot=$(realpath -m "$named")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for model in ltc cfc; do
  echo "== Sunspots, $model: compile, predict the test years, evaluate"
  lle-translate --import-nir $model.nir --explain -o "$work/$model.mlir"
  lle-compile $model.nir --target=native -o "$work/$model.lle"
  lle-run "$work/$model.lle" --input=test_x.npy --output="$work/$model.npy" --evaluate=test_y.npy --metric=mse
  lle-run "$work/$model.lle" --input=test_x.npy --evaluate=test_y.npy --metric=mse --json > "$work/$model.json"
  echo
done
/usr/bin/python3 plot.py "$plot" ltc="$work/ltc.npy" cfc="$work/cfc.npy"
echo "plot of prediction against truth: $named"
/usr/bin/python3 - "$work" <<'PY'
import json, sys

trainer = json.load(open("trainer.json"))["models"]
print("== Beside the trainer's own figures (PyTorch, trainer.json), mean squared error of sqrt(number) / 10")
for name in ("last year's number", "autoregression of nine years"):
    print(f"{name:<30}{trainer[name]['mse']:.6f}")
for name in ("ltc", "cfc"):
    metrics = {m["name"]: m["value"] for m in json.load(open(f"{sys.argv[1]}/{name}.json"))["metrics"]}
    print(f"{name:<30}{metrics['mse']:.6f}   trainer {trainer[name]['mse']:.6f}")
    if abs(metrics["mse"] / trainer[name]["mse"] - 1) > 1e-4:
        sys.exit(f"the compiled {name} does not reach the trainer's own error")
PY
