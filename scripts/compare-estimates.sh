#!/usr/bin/env bash
# Prints estimated beside counted instructions of networks: compare-estimates.sh BOARD,... MODEL=INPUT.npy ...
# or of all goldens (LLE_TEST_DATA, default ../shared/data): compare-estimates.sh --goldens [--log FILE] [BOARD...]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export PATH="${LLE_BIN_DIR:-$root/build/bin}:$PATH" PYTHONPATH="$root/python${PYTHONPATH:+:$PYTHONPATH}"
if [ "${1:-}" = --goldens ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  "${PYTHON:-/usr/bin/python3}" "$root/test/integration/boards/Inputs/golden_estimates.py" \
    "${LLE_TEST_DATA:-$root/../shared/data}" "$work" "${@:2}"
  exit
fi
exec "${PYTHON:-/usr/bin/python3}" -m lle.estimate "$@"
