"""The figures of m.json against each other and against libm.a and m.h of the same network."""

import json
import re
import subprocess
import sys

folder = sys.argv[1]
report = json.load(open(folder + "/m.json"))
for what in ("parameters", "code"):
    total = report["total"][what]["value"]
    assert total > 0
    print(what, "sum" if sum(node[what]["value"] for node in report["nodes"]) == total else "DIFFER")
sections = subprocess.run(["llvm-size", "-A", folder + "/libm.a"], capture_output=True, text=True, check=True).stdout
text = sum(int(size) for size in re.findall(r"^\.text\S*\s+(\d+)", sections, re.M))
print("code is that of the library" if text == report["total"]["code"]["value"] else "code DIFFERS: %d" % text)
header = open(folder + "/m.h").read()
numbers = {name: int(value) for name, value in re.findall(r"#define CLASSIFIER_(\w+) (\d+)", header)}
same = (numbers["STATE_BYTES"] == report["total"]["states"]["value"] and
        numbers["ARENA_BYTES"] == report["arena"]["value"])
print("states are those of the header" if same else "states DIFFER")
print("fits", report["fits"])
