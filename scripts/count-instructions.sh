#!/usr/bin/env bash
# Counts the instructions of a network on an emulated board, by node: count-instructions.sh BOARD MODEL INPUT.npy
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
PATH="${LLE_BIN_DIR:-$root/build/bin}:$PATH" PYTHONPATH="$root/python${PYTHONPATH:+:$PYTHONPATH}" \
  exec "${PYTHON:-/usr/bin/python3}" -m lle.count "$@"
