#!/usr/bin/env bash
# Builds LLE and runs every test.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/testing.sh

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
  CI=true              warnings are errors, and the lit tests that run lle-opt run a
                       second time with --verify-roundtrip
  LLE_SKIP_SETUP=1     do not call scripts/setup.sh
TXT
}

parse_options "$@"
if [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ]; then
  configure+=(-DLLE_WERROR=ON -DLLE_VERIFY_ROUNDTRIP=ON)
fi

[ -n "${LLE_SKIP_SETUP:-}" ] || scripts/setup.sh || broken "setup failed"
scripts/build.sh --preset release "${jobs[@]}" "${configure[@]}" || broken "the build failed"
scripts/build.sh --preset asan "${jobs[@]}" "${configure[@]}" LLESanitizedTests ||
  broken "the sanitized build failed"
run_tests build
run_tests build-asan -L sanitized
python3 scripts/summarise-tests.py build build-asan
