# Sourced by test.sh and test-sanitized.sh: their options, and how each runs ctest.

jobs=()
configure=()
# parse_options ARGUMENT...: fills the two lists above; the caller defines usage().
parse_options() {
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
}

# A build that fails is a failed test: the last line must say so.
broken() {
  echo "test: $1" >&2
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

# run_tests DIRECTORY [CTEST OPTION...]: ctest there, leaving test-reports/ for the summary. Which
# tests failed is the summary's business, so ctest's own status is not.
run_tests() {
  rm -rf "$1/test-reports"
  mkdir -p "$1/test-reports"
  (cd "$1" && ctest -j "$(nproc)" --output-on-failure --output-junit test-reports/ctest.xml \
    "${@:2}") || true
}
