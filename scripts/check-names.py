#!/usr/bin/env python3
"""Checks that no two classes of a namespace have one name.

usage: check-names.py ROOT

Two definitions of one class break C++'s one-definition rule: where their inline functions are not inlined, the linker
keeps one of them for both, and no tool says so. Reads the headers and sources of ROOT as scripts/format.sh leaves them;
classes of anonymous namespaces and of other classes do not count, nor do examples and tests, which are programs of
their own. Exit status 1 if a name is defined in two files.
"""

import argparse
import collections
import pathlib
import re
import sys

PARTS = ["dialects", "passes", "lowering", "runtime", "reference", "frontends", "targets", "tools"]
OPENED = re.compile(r"namespace (?:([\w:]+) )?\{$")
CLOSED = re.compile(r"\} // (?:anonymous )?namespace")
DEFINED = re.compile(r"(?:class|struct|enum|enum class) (?:LLE_\w+ )?(\w+)(?: final)?(?: : [^;]*)? ?\{")


def definitions(file):
    """The qualified names of the classes that a file defines outside of anonymous namespaces."""
    scopes = []
    for line in file.read_text().splitlines():
        if opened := OPENED.match(line):
            scopes.append(opened[1])
        elif CLOSED.match(line):
            scopes.pop()
        elif (defined := DEFINED.match(line)) and None not in scopes:
            yield "::".join([*scopes, defined[1]])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=pathlib.Path)
    root = parser.parse_args().root
    files = collections.defaultdict(set)
    for part in PARTS:
        for file in sorted((root / part).rglob("*")):
            if file.suffix in (".h", ".cpp"):
                for name in definitions(file):
                    files[name].add(str(file.relative_to(root)))
    assert len(files) > 100, "the patterns above do not fit the sources any more"
    twice = {name: places for name, places in files.items() if len(places) > 1}
    for name, places in sorted(twice.items()):
        print(f"{name} is defined in {' and '.join(sorted(places))}", file=sys.stderr)
    sys.exit(1 if twice else 0)


if __name__ == "__main__":
    main()
