#!/usr/bin/env bash
# Builds LLE and runs every test.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/test.sh [-j N] [-DVARIABLE=VALUE...]

Installs what is missing, builds the release preset, and runs every test: lit,
GoogleTest and integration, plus the unit tests of runtime, frontends and reference
again under AddressSanitizer and UndefinedBehaviorSanitizer. The last line is
`N passed, N failed, N skipped`; the exit status is 0 if nothing failed.

Environment:
  LLE_TEST_DATA=DIR    golden data of the reference frameworks; default ../shared/data
  LLE_REQUIRE_DATA=1   a test skipped for want of that data counts as failed
  CI=true              warnings are errors, and the lit suite runs a second time with
                       --verify-roundtrip
  LLE_SKIP_SETUP=1     do not call scripts/setup.sh
TXT
}

jobs=()
configure=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage && exit 0 ;;
    -j) jobs=(-j "${2:?-j needs a number}") && shift ;;
    -j*) jobs=("$1") ;;
    -D*) configure+=("$1") ;;
    *) usage >&2 && exit 1 ;;
  esac
  shift
done
if [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ]; then
  configure+=(-DLLE_WERROR=ON -DLLE_VERIFY_ROUNDTRIP=ON)
fi

# A build that fails is a failed test: the last line must say so.
broken() {
  echo "test: $1" >&2
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

# run_tests DIRECTORY [CTEST OPTION...]: ctest there, leaving test-reports/ for the summary. Which tests
# failed is the summary's business, so ctest's own status is not.
run_tests() {
  rm -rf "$1/test-reports"
  mkdir -p "$1/test-reports"
  (cd "$1" && ctest -j "$(nproc)" --output-on-failure --output-junit test-reports/ctest.xml \
    "${@:2}") || true
}

[ -n "${LLE_SKIP_SETUP:-}" ] || scripts/setup.sh || broken "setup failed"
scripts/build.sh --preset release "${jobs[@]}" "${configure[@]}" || broken "the build failed"
scripts/build.sh --preset asan "${jobs[@]}" "${configure[@]}" LLESanitizedTests ||
  broken "the sanitized build failed"
run_tests build
run_tests build-asan -L sanitized
python3 scripts/summarise-tests.py build build-asan
