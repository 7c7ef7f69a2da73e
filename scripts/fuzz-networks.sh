#!/usr/bin/env bash
# Runs many random networks on the native engine and on the reference.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/fuzz-networks.sh [--boards] [COUNT [SEED]]

Builds the release preset and runs COUNT random networks (100,000 where not given), the
first of them from SEED (1), on all processors. Exit status 1 if any network differs
between the two engines or crashes one, if more than 1 % of those with real numbers have
a spike that differs near its threshold, or if an operation, attribute value or kind of
edge was in none of them. One network in ten is compiled with all of LLVM's optimisations
and its kernels are compared with each other (in the tests one in four); the others have one
kernel, each in turn, and no optimisation by LLVM. 100,000 networks take an hour and a half
on two cores.

With --boards each network becomes firmware of a board, in turn, and runs under QEMU; 1,000
networks take a quarter of an hour.
TXT
}

options=(--thorough=10)
case "${1:-}" in
  -h | --help) usage && exit 0 ;;
  --boards)
    options=(--board=mps2-an386,mps2-an500,mps3-an547,aarch64,rpi4b,rpizero2w,jetson-nano,rv32imafc,esp32c3,rv64gcv)
    shift ;;
  -*) usage >&2 && exit 1 ;;
esac
[ $# -le 2 ] || { usage >&2 && exit 1; }
scripts/build.sh lle-fuzz-networks lle-compile
export PATH="$PWD/build/bin:$PATH"
exec build/bin/lle-fuzz-networks --count="${1:-100000}" --seed="${2:-1}" --jobs="$(nproc)" "${options[@]}"
