#!/usr/bin/env bash
# Partitions the same network with gpmetis and with LLE, and compares their packets.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/compare-partitioners.sh [NETWORK [CORES]]

NETWORK is conv (where not given), ring, or an hMETIS file with weights of nets; CORES,
72 where not given, is what conv fills with 1,024 neurons each. gpmetis minimises the
weight of cut edges, with cores up to 3 % larger than the others; LLE's cores keep the
limit. Packets are spikes times the cores, other than the source's, that they reach.
Needs gpmetis: apt-get install metis
TXT
}

case "${1:-}" in
  -h | --help) usage && exit 0 ;;
  -*) usage >&2 && exit 1 ;;
esac
[ $# -le 2 ] || { usage >&2 && exit 1; }
command -v gpmetis >/dev/null || { echo 'gpmetis is not installed: apt-get install metis' >&2 && exit 1; }
bench=${LLE_BIN_DIR:-build/bin}/lle-bench-mapping
[ -x "$bench" ] || { echo "$bench is not built: scripts/build.sh lle-bench-mapping" >&2 && exit 1; }

network=${1:-conv} cores=${2:-72}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$bench" "$network" --write-graph="$folder/graph"
gpmetis "$folder/graph" "$cores" -ufactor=30 >"$folder/log"
"$bench" "$network" --json --partition="$folder/graph.part.$cores" >"$folder/gpmetis"
"$bench" "$network" --json --cores="$cores" >"$folder/lle"
"${PYTHON:-/usr/bin/python3}" - "$folder" <<'PY'
import json, pathlib, re, sys

folder = pathlib.Path(sys.argv[1])
gpmetis, lle = (json.loads((folder / name).read_text()) for name in ("gpmetis", "lle"))
# Without I/O, as gpmetis counts it.
gpmetis["partition processor s"] = float(re.search(r"Partitioning:\s*([\d.]+)", (folder / "log").read_text())[1])
print(f"{lle['network']}: {lle['neurons']:,} neurons, {lle['synapses']:,} synapses, {lle['parts']} cores")
print(f"{'':10}{'packets':>12}{'largest':>10}{'processor s':>14}")
for name, report in (("gpmetis", gpmetis), ("LLE", lle)):
    print(f"{name:10}{report['packets']:>12,}{report['largest part']:>10,}{report['partition processor s']:>14.1f}")
print(f"ratio of packets: {lle['packets'] / gpmetis['packets']:.3f}")
PY
