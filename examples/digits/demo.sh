#!/usr/bin/env bash
# The digits example, from its NIR file to native code that classifies the test split. Called by scripts/demo.sh; needs
# LLE's tools on PATH.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "== What the importer makes of digits.nir"
lle-translate --import-nir digits.nir --explain -o "$work/digits.mlir"
echo
echo "== Compile for this machine"
lle-compile digits.nir --target=native -o "$work/digits.lle"
echo
echo "== Classify the test split"
lle-run "$work/digits.lle" --input=test_x.npy --evaluate=test_y.npy --metric=accuracy --json > "$work/run.json"
lle-run "$work/digits.lle" --input=test_x.npy --evaluate=test_y.npy --metric=accuracy
echo
python3 - "$work/run.json" <<'PY'
import json, sys

run, trainer = json.load(open(sys.argv[1])), json.load(open("trainer.json"))
accuracy = next(m["value"] for m in run["metrics"] if m["name"] == "accuracy")
print(f"accuracy: compiled {accuracy:.4f}, trainer {trainer['accuracy']:.4f}")
if round(accuracy * trainer["samples"]) != trainer["correct"]:
    sys.exit("the compiled network does not reach the trainer's own figure")
PY
