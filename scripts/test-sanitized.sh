#!/usr/bin/env bash
# Runs every test under sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/testing.sh

usage() {
  cat <<'TXT'
usage: scripts/test-sanitized.sh [-j N] [-DVARIABLE=VALUE...]

Builds the asan preset (AddressSanitizer and UndefinedBehaviorSanitizer, in build-asan/)
and runs the whole test suite with it. Slow; scripts/test.sh runs the unit tests of
runtime, frontends and reference this way as well. Ends like test.sh, and reads the same
environment variables.
TXT
}

parse_options "$@"
[ -n "${LLE_SKIP_SETUP:-}" ] || scripts/setup.sh || broken "setup failed"
scripts/build.sh --preset asan "${jobs[@]}" "${configure[@]}" || broken "the build failed"
run_tests build-asan
python3 scripts/summarise-tests.py build-asan
