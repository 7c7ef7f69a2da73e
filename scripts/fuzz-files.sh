#!/usr/bin/env bash
# Reads many damaged .nir files, .lle packages and recordings under sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/fuzz-files.sh [COUNT [SEED]]

Builds the asan preset and reads COUNT damaged files (40,000 where not given), the first
of them from SEED (1), on all processors: half .nir files, of spiking and of liquid
networks, a quarter .lle packages, of which half hold core maps, which are emulated where
they are accepted, a quarter NIRData files, recordings of events and NetX files. Exit
status 1 if one crashes or hangs the reader, or loads as something that does not verify;
that file is kept, and its seed printed.
TXT
}

case "${1:-}" in
  -h | --help) usage && exit 0 ;;
  -*) usage >&2 && exit 1 ;;
esac
[ $# -le 2 ] || { usage >&2 && exit 1; }
scripts/build.sh --preset asan lle-fuzz-files
exec build-asan/bin/lle-fuzz-files --count="${1:-40000}" --seed="${2:-1}" --jobs="$(nproc)"
