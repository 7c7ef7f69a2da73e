#!/usr/bin/env bash
# Prints what the functions for floats of firmware execute, as an entry of a target's file: measure-helpers.sh BOARD
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
PATH="${LLE_BIN_DIR:-$root/build/bin}:$PATH" PYTHONPATH="$root/python${PYTHONPATH:+:$PYTHONPATH}" \
  exec "${PYTHON:-/usr/bin/python3}" -m lle.helpers "$@"
