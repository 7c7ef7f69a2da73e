#!/usr/bin/env bash
# From a bare clone to a compiled network that classifies real data.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/demo.sh

Installs what is missing, builds LLE, and runs examples/digits/demo.sh: a spiking
classifier of handwritten digits goes from its NIR file to native code, and its
accuracy, speed, spikes and memory are printed.

Environment: LLE_SKIP_SETUP=1 leaves out scripts/setup.sh.
TXT
}

case "${1:-}" in
  -h | --help) usage && exit 0 ;;
  '') ;;
  *) usage >&2 && exit 1 ;;
esac

[ -n "${LLE_SKIP_SETUP:-}" ] || scripts/setup.sh
scripts/build.sh -DLLE_BUILD_BENCH=OFF
PATH=$PWD/build/bin:$PATH exec examples/digits/demo.sh
