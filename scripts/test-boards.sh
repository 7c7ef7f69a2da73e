#!/usr/bin/env bash
# Runs the golden networks and the examples on every emulated board and through C.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/test-boards.sh [-j N] [BOARD...]

Builds the release preset and runs what frameworks recorded (LLE_TEST_DATA, default
../shared/data) and the repository's examples as firmware on the boards (default: all
that can be emulated), and the recordings through C as well. Prints a line for each and a
table at the end; says of boards for which another stands in which networks fit them. The
exit status is 0 if nothing failed. scripts/test.sh does a part of it: each short recording on
a Cortex-M and on a larger core.
TXT
}

jobs=$(nproc)
boards=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    -j) jobs=${2:?-j needs a number} && shift ;;
    -*) usage >&2 && exit 1 ;;
    *) boards+=("$1") ;;
  esac
  shift
done
emulated=(mps2-an386 mps2-an500 mps3-an547 nrf52840 rv32imafc esp32c3 rv64gcv rpi4b rpizero2w jetson-nano aarch64)
stood_in=(stm32l4r5 stm32h743)

[ -n "${LLE_SKIP_SETUP:-}" ] || scripts/setup.sh
scripts/build.sh
export PATH="$PWD/build/bin:/usr/lib/llvm-22/bin:$PATH" PYTHONPATH="$PWD/python" PYTHONDONTWRITEBYTECODE=1
data=${LLE_TEST_DATA:-../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests=test/integration
status=0
if [ ${#boards[@]} -eq 0 ]; then
  boards=("${emulated[@]}")
  /usr/bin/python3 $tests/c/Inputs/goldens.py "$data" "$work" || status=1
  /usr/bin/python3 $tests/boards/Inputs/goldens.py "$data" "$work" "${emulated[@]}" "${stood_in[@]}" --jobs="$jobs" || status=1
else
  /usr/bin/python3 $tests/boards/Inputs/goldens.py "$data" "$work" "${boards[@]}" --jobs="$jobs" || status=1
fi
for board in "${boards[@]}"; do
  /usr/bin/python3 $tests/boards/Inputs/examples.py "$board" || status=1
done
exit $status
