"""bounds.py REPORT ELF: what the report says of flash and RAM against the sections of the linked program."""

import json
import re
import subprocess
import sys

report = json.load(open(sys.argv[1]))
sizes = subprocess.run(["llvm-size", "-A", sys.argv[2]], capture_output=True, text=True, check=True).stdout
section = {name: int(size) for name, size in re.findall(r"^(\.\S+)\s+(\d+)", sizes, re.M)}
said = {kind: sum(m["used"]["value"] for m in report["memories"] if m["kind"] == kind) for kind in ("flash", "ram")}
taken = {"flash": section[".vectors"] + section[".text"] + section.get(".ARM.exidx", 0) + section[".data"],
         "ram": section[".data"] + section[".bss"] + section[".stack"] + section[".network_state"]}
# The reserve for main.c, start-up code and variables is 5 KB in all.
print(", ".join("%s %s" % (kind, "within" if taken[kind] <= said[kind] <= taken[kind] + 5120 else
                           "%d, said %d" % (taken[kind], said[kind])) for kind in ("flash", "ram")))
