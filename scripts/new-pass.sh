#!/usr/bin/env bash
# Writes the files of a new pass.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TXT'
usage: scripts/new-pass.sh FOLDER ARGUMENT SUMMARY

Adds a pass to the family in FOLDER, and makes the family if it is new:

  FOLDER/Passes.td     its entry, with a description to complete
  FOLDER/NAME.cpp      a pass that does nothing yet; NAME is ARGUMENT without its
                       prefix, in camel case
  FOLDER/CMakeLists.txt
  test/FOLDER/ARGUMENT.mlir   a test that fails until the pass does its work

Example: scripts/new-pass.sh passes/Simplify lle-fold-scales \
             'fold a scale into the linear operation before it'
TXT
}

case "${1:-}" in -h | --help) usage && exit 0 ;; esac
[ $# -eq 3 ] || { usage >&2 && exit 1; }
folder=${1%/} argument=$2 summary=$3

fail() { echo "new-pass: $1" >&2 && exit 1; }
[[ $folder =~ ^(passes/[A-Z][A-Za-z]*|lowering)$ ]] ||
  fail "FOLDER is passes/<Family> or lowering, not $folder"
[[ $argument =~ ^(lle|spk|ltc|neuro|check)(-[a-z0-9]+)+$ ]] ||
  fail "ARGUMENT is <prefix>-<verb>-<noun>, such as lle-fold-scales, not $argument"
[[ $summary != *'"'* ]] || fail "SUMMARY must not hold quotes"
name=$(sed -E 's/^[a-z]+//; s/-(.)/\U\1/g' <<<"$argument")
family=$(basename "$folder")
source=$folder/$name.cpp
test=test/$folder/$argument.mlir
guard=LLE_$(tr '[:lower:]/' '[:upper:]_' <<<"$folder")_PASSES
for file in "$source" "$test"; do
  [ ! -e "$file" ] || fail "$file exists"
done

# banner FILE TEXT END: a file's first line, 80 columns wide.
banner() {
  local start="//===- $1 - $2 " end="$3===//"
  printf '%s%s%s\n' "$start" "$(printf -- '-%.0s' $(seq $((80 - ${#start} - ${#end}))))" "$end"
}

mkdir -p "$folder" "test/$folder"
if [ ! -e "$folder/Passes.td" ]; then
  cat >"$folder/Passes.td" <<TXT
$(banner Passes.td "the passes of $folder" '*- tablegen -*-')
#ifndef ${guard}_TD
#define ${guard}_TD

include "mlir/Pass/PassBase.td"

#endif
TXT
  cat >"$folder/Passes.h" <<TXT
$(banner Passes.h "the passes of $folder" '*- C++ -*-')
#ifndef ${guard}_H
#define ${guard}_H

#include "dialects/LLE/LLEOps.h"
#include "mlir/Pass/Pass.h"

namespace lle {
#define GEN_PASS_DECL
#include "$folder/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "$folder/Passes.h.inc"
} // namespace lle

#endif
TXT
  echo "lle_add_passes(LLE$family LLE LLELLEDialect)" >"$folder/CMakeLists.txt"
  echo "add_subdirectory($family)" >>"$(dirname "$folder")/CMakeLists.txt"
  echo "new-pass: $folder is new: link LLE$family into the tools that shall have it, and call" \
    "registerLLE${family}Passes() there"
fi

entry=$(mktemp)
trap 'rm -f "$entry"' EXIT
cat >"$entry" <<TXT
def $name : Pass<"$argument", "NetworkOp"> {
  let summary = "$summary";
  let description = [{
    What it does, why, and its preconditions.

    \`\`\`mlir
    to be written: the text of $test
    \`\`\`
  }];
}

TXT
# Before the last #endif.
last=$(grep -n '^#endif' "$folder/Passes.td" | tail -n 1 | cut -d: -f1)
sed -i "$((last - 1))r $entry" "$folder/Passes.td"
sed -i -E "0,/^lle_add_(passes|library)\(\w+/s//& $name.cpp/" "$folder/CMakeLists.txt"

cat >"$source" <<TXT
$(banner "$name.cpp" "$summary" '')
#include "$folder/Passes.h"

namespace lle {
#define GEN_PASS_DEF_$(tr '[:lower:]' '[:upper:]' <<<"$name")
#include "$folder/Passes.h.inc"
} // namespace lle

using namespace mlir;

namespace {

struct $name : lle::impl::${name}Base<$name> {
  void runOnOperation() override {}
};

} // namespace
TXT
cat >"$test" <<TXT
// RUN: lle-opt %s --pass-pipeline='builtin.module(lle.network($argument))' | FileCheck %s

// What the pass does to this network, in one line.
// CHECK-LABEL: lle.network @example
// CHECK: to be written
lle.network @example(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
  lle.output %x : tensor<3xf32>
}
TXT
printf 'new-pass: wrote %s\n' "$folder/Passes.td" "$folder/CMakeLists.txt" "$source" "$test"
