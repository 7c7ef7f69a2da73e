#!/usr/bin/env bash
# Prints what trained networks cost on boards beside budgets: budgets.sh DATA TASKS
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
PATH="${LLE_BIN_DIR:-$root/build/bin}:$PATH" PYTHONPATH="$root/python${PYTHONPATH:+:$PYTHONPATH}" \
  exec "${PYTHON:-/usr/bin/python3}" -m lle.budgets "$@"
