#!/usr/bin/env bash
# Configures a CMake preset and builds it.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/build.sh [--preset NAME] [-j N] [-DVARIABLE=VALUE...] [TARGET...]

Configures and builds LLE; scripts/setup.sh must have run once. Without targets all is
built; tools land in build/bin.

  --preset NAME   release (default, in build/), debug (build-debug/), asan (build-asan/)
  -j N            parallel jobs; the default is one per processor and 1.5 GB of memory
  -DVAR=VALUE     passed on to CMake: LLE_WERROR, LLE_ASSERTS, LLE_TEST_DATA, MLIR_DIR, ...
TXT
}

preset=release
jobs=
configure=()
targets=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    --preset) preset=${2:?--preset needs a name} && shift ;;
    --preset=*) preset=${1#*=} ;;
    -j) jobs=${2:?-j needs a number} && shift ;;
    -j*) jobs=${1#-j} ;;
    -D*) configure+=("$1") ;;
    -*) usage >&2 && exit 1 ;;
    *) targets+=("$1") ;;
  esac
  shift
done

if [ -z "$jobs" ]; then
  # A file that includes much of MLIR takes up to 1.5 GB to compile.
  jobs=$(nproc)
  by_memory=$(awk '/MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo)
  [ "$by_memory" -ge "$jobs" ] || jobs=$((by_memory > 0 ? by_memory : 1))
fi

case "$preset" in
  release) directory=build ;;
  *) directory=build-$preset ;;
esac
if [ -n "${LLE_TEST_DATA:-}" ]; then
  configure+=("-DLLE_TEST_DATA=$LLE_TEST_DATA")
fi
# A preset names the compiler, which CMake takes for another one than that of an existing build: it would forget all
# settings and build everything again.
if [ -f "$directory/CMakeCache.txt" ]; then
  cmake -S . -B "$directory" "${configure[@]}"
else
  cmake --preset "$preset" "${configure[@]}"
fi
ninja -C "$directory" -j "$jobs" "${targets[@]}"
