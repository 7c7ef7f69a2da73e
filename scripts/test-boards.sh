#!/usr/bin/env bash
# Runs the golden tests and the examples on every emulated board.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/test-boards.sh

Builds the release preset and runs what frameworks recorded (LLE_TEST_DATA, see
scripts/test.sh) and the repository's examples as firmware on every board that can be
emulated. scripts/test.sh does so on one board of each kind of core.
TXT
}

case "${1:-}" in
  -h | --help) usage && exit 0 ;;
  '') ;;
  *) usage >&2 && exit 1 ;;
esac
[ -n "${LLE_SKIP_SETUP:-}" ] || scripts/setup.sh
scripts/build.sh
exec env LLE_ALL_BOARDS=1 LIT_FILTER=integration/boards cmake --build build --target check-lle
