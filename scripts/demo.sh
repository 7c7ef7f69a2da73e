#!/usr/bin/env bash
# From a bare clone to a compiled network that classifies real data.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/demo.sh

Installs what is missing, builds LLE, and runs two examples. A spiking classifier of
handwritten digits (examples/digits) and two liquid networks that predict sunspots
(examples/sunspots) go from their NIR files to native code; accuracy, speed, spikes
and memory are printed, and build/sunspots.svg is drawn. The digits network is made
cheaper for a microcontroller in a minute: build/digits-front holds the networks
between which only taste can choose, and front.svg, their picture.

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
export PATH=$PWD/build/bin:$PATH
examples/digits/demo.sh
echo
rm -rf build/digits-front
examples/digits/optimize.sh build/digits-front
echo
examples/sunspots/demo.sh build/sunspots.svg
