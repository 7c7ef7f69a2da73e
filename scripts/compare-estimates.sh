#!/usr/bin/env bash
# Prints estimated beside counted instructions of networks: compare-estimates.sh BOARD,... MODEL=INPUT.npy ...
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
PATH="${LLE_BIN_DIR:-$root/build/bin}:$PATH" PYTHONPATH="$root/python${PYTHONPATH:+:$PYTHONPATH}" \
  exec "${PYTHON:-/usr/bin/python3}" -m lle.estimate "$@"
