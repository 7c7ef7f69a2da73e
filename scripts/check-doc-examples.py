#!/usr/bin/env python3
"""Checks that the examples in op and pass descriptions are tested.

usage: check-doc-examples.py [--tblgen=llvm-tblgen] [--include=DIR...] ROOT

Reads every op of ROOT/dialects and every pass of ROOT/{passes,lowering,targets} through TableGen. Each must
have a description with a ```mlir example, and each such example must be the text of a lit test under
ROOT/test: the same characters, apart from white space and comments. A program in ROOT/README.md, announced by
the path of a file in backquotes and a colon, must be that file. Exit status 1 if one is not.
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys

EXAMPLE = re.compile(r"```mlir\n(.*?)```", re.DOTALL)
COMMENT = re.compile(r"//.*")
PROGRAM = re.compile(r"`(\S+)`:\n\n```\w+\n(.*?)```", re.DOTALL)


def squeeze(text):
    """The text without comments and white space."""
    return re.sub(r"\s+", "", COMMENT.sub("", text))


def records(tblgen, includes, file):
    """(what, name, description) of each op and pass in one .td file."""
    command = [tblgen, "--dump-json", *(f"-I{path}" for path in includes), str(file)]
    dump = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    for name in dump["!instanceof"].get("Op", []):
        op, dialect = dump[name], dump[dump[name]["opDialect"]["def"]]
        if dialect["cppNamespace"].startswith("::lle"): # a file may include upstream ops
            yield "op", f"{dialect['name']}.{op['opName']}", op["description"]
    for name in dump["!instanceof"].get("PassBase", []):
        yield "pass", dump[name]["argument"], dump[name]["description"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tblgen", default="/usr/lib/llvm-22/bin/llvm-tblgen")
    parser.add_argument("--include", action="append", default=["/usr/lib/llvm-22/include"])
    parser.add_argument("root", type=pathlib.Path)
    options = parser.parse_args()
    root = options.root

    files = sorted(root.glob("dialects/**/*.td"))
    files += sorted(file for part in ("passes", "lowering", "targets") for file in root.glob(f"{part}/**/Passes.td"))
    includes = [*options.include, root]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda file: list(records(options.tblgen, includes, file)), files)
    # A file that includes another one's ops repeats them.
    documented = {(what, name): text for rows in found for what, name, text in rows}
    tests = [squeeze(file.read_text()) for file in sorted((root / "test").glob("**/*.mlir"))]

    bad = 0
    for (what, name), description in sorted(documented.items()):
        examples = EXAMPLE.findall(description)
        if not examples:
            print(f"{what} {name}: the description has no ```mlir example")
            bad += 1
        for example in examples:
            if not any(squeeze(example) in test for test in tests):
                print(f"{what} {name}: this example is not the text of a test:\n{example}")
                bad += 1
    programs = PROGRAM.findall((root / "README.md").read_text())
    for path, text in programs:
        if (root / path).read_text() != text:
            print(f"README.md: this program is not {path}:\n{text}")
            bad += 1
    print(f"{len(documented)} ops and passes, {len(programs)} programs, {bad} complaints")
    return 1 if bad or not documented else 0


if __name__ == "__main__":
    sys.exit(main())
