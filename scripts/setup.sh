#!/usr/bin/env bash
# Installs what LLE needs from the distribution's packages.
set -euo pipefail

usage() {
  cat <<'TXT'
usage: scripts/setup.sh [--list]

Installs the packages that LLE is built with and tested with. Packages that are
already there are left alone; when all are, nothing is fetched. Needs root or sudo
only when something is missing.

  --list   print the packages and exit

Set LLE_SKIP_SETUP=1 to make test.sh and demo.sh skip this step, for instance where MLIR
22.1 was built by hand.
TXT
}

packages=(
  clang-22 lld-22 llvm-22-dev llvm-22-tools libmlir-22-dev mlir-22-tools # compiler and MLIR
  libclang-rt-22-dev clang-format-22                                     # sanitizers, format
  libflatbuffers-dev flatbuffers-compiler libeigen3-dev                  # package format, reference
  libhdf5-dev hdf5-tools libzip-dev zlib1g-dev libxxhash-dev             # NIR files, .npz, gzip, hashes
  libgtest-dev libgmock-dev libbenchmark-dev                             # tests and benchmarks
  cmake ninja-build ccache pkg-config make                               # build
  python3 python3-numpy python3-h5py git ca-certificates                 # scripts, python/lle
  qemu-system-arm qemu-system-misc qemu-user                             # emulated boards
  gcc g++ gcc-arm-none-eabi gcc-xtensa-lx106                             # tests: headers, C and firmware by other compilers
)

case "${1:-}" in
  -h | --help) usage && exit 0 ;;
  --list) printf '%s\n' "${packages[@]}" && exit 0 ;;
  '') ;;
  *) usage >&2 && exit 1 ;;
esac

by_hand() {
  cat >&2 <<TXT
setup: $1

LLE needs these, under whatever names your distribution has for them:
$(printf '%s ' "${packages[@]}" | fold -s -w 88 | sed 's/^/  /')

MLIR and LLVM must be 22.1, built as shared libraries (libMLIR.so, libLLVM.so). Debian 12
has them in its security archive (debian-security, bookworm-security), LLVM's own package
archive has them for other versions of Debian and for Ubuntu; an own build needs
-DLLVM_BUILD_LLVM_DYLIB=ON -DLLVM_LINK_LLVM_DYLIB=ON -DMLIR_BUILD_MLIR_DYLIB=ON
-DLLVM_INSTALL_UTILS=ON. Where they are not under /usr/lib/llvm-22, say so:

  LLE_SKIP_SETUP=1 scripts/build.sh -DMLIR_DIR=<prefix>/lib/cmake/mlir \\
      -DLLVM_DIR=<prefix>/lib/cmake/llvm
TXT
  exit 1
}

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
  by_hand 'this system has no apt.'

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
    missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "setup: all ${#packages[@]} packages are installed"
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "setup: not root, and there is no sudo; as root: apt-get install ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi

echo "setup: reading the package lists"
"${as_root[@]}" apt-get update -qq || echo "setup: could not refresh the package lists" >&2
for package in "${missing[@]}"; do
  [ -n "$(apt-cache policy "$package" 2>/dev/null | sed -n 's/^ *Candidate: *//p' | grep -v none)" ] ||
    by_hand "the package archives configured here have no $package."
done
echo "setup: installing ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  "${missing[@]}"
echo "setup: done"
