#!/usr/bin/env bash
# Fits `unit_cycles` of targets to the cycles of emitted code, and compares on networks that set no figure.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
PATH="${LLE_BIN_DIR:-$root/build/bin}:$PATH" PYTHONPATH="$root/python${PYTHONPATH:+:$PYTHONPATH}" \
  exec "${PYTHON:-/usr/bin/python3}" -m lle.unitcosts "$@"
