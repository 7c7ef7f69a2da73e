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
lle-compile digits.nir --target=native -o "$work/digits.lle" --report="$work/report.json"
python3 - "$work/report.json" <<'PY'
import json, sys

report = json.load(open(sys.argv[1]))
for name in ["arena", "code", "constants", "lower_time", "optimize_time", "states"]:
    entry = report[name]
    print(f"  {name:<38}{entry['value']:.6g} {entry['unit']}  ({entry['provenance']})")
PY
echo
echo "== Classify the test split"
lle-run "$work/digits.lle" --input=test_x.npy --evaluate=test_y.npy --metric=accuracy
echo
echo "== The same with every layer's spikes counted (more outputs, so more time)"
lle-run digits.nir --input=test_x.npy --evaluate=test_y.npy --metric=accuracy --spikes
lle-run digits.nir --input=test_x.npy --evaluate=test_y.npy --metric=accuracy --spikes --json > "$work/run.json"
echo
python3 - "$work/run.json" <<'PY'
import json, sys

metrics = {m["name"]: m["value"] for m in json.load(open(sys.argv[1]))["metrics"]}
trainer = json.load(open("trainer.json"))
layers = trainer["spikes_per_inference"]["layers"]
spikes = {name: metrics["spikes of node " + name] for name in layers}
print("== Beside the trainer's own figures (PyTorch, trainer.json)")
print(f"accuracy              compiled {metrics['accuracy']:.4f}   trainer {trainer['accuracy']:.4f}")
print(f"spikes per inference  compiled {sum(spikes.values()):.3f}  trainer {sum(layers.values()):.3f}")
if round(metrics["accuracy"] * trainer["samples"]) != trainer["correct"]:
    sys.exit("the compiled network does not reach the trainer's own accuracy")
if any(abs(spikes[name] - layers[name]) > 1e-3 for name in layers):
    sys.exit(f"the compiled network fires differently: {spikes}, trainer {layers}")
PY
