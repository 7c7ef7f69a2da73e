#!/usr/bin/env bash
# Formats the C++ sources that git tracks.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/format.sh [--check] [FILE...]

Formats the given C++ files, or all that git tracks, with clang-format-22 and the
repository's .clang-format.

  --check   change nothing; name the files that would change and exit with 1
TXT
}

check=
files=()
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage && exit 0 ;;
    --check) check=1 ;;
    -*) usage >&2 && exit 1 ;;
    *) files+=("$argument") ;;
  esac
done
if [ ${#files[@]} -eq 0 ]; then
  mapfile -t files < <(git ls-files '*.cpp' '*.h' '*.c')
fi
each() { printf '%s\0' "${files[@]}" | xargs -0 -r -n 16 -P "$(nproc)" clang-format-22 "$@"; }
if [ -z "$check" ]; then
  each -i
elif ! complaints=$(each --dry-run -Werror 2>&1); then
  echo "not formatted (scripts/format.sh mends it):"
  sed -nE 's/^([^ :]+):[0-9]+:.*/  \1/p' <<<"$complaints" | sort -u
  exit 1
fi
