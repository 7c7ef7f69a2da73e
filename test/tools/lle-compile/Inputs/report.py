"""report.py PROFILED LIMITS: the figures of reports with and without a profile agree."""
import json
import sys

profiled, limits = (json.load(open(path)) for path in sys.argv[1:])
total = profiled["step"]["instructions"]["value"]
if abs(sum(node["instructions"]["value"] for node in profiled["nodes"] if node["instructions"]) - total) > 1e-6 * total:
    sys.exit("the nodes are not the total")
print("the nodes are the total")
step = limits["step"]["instructions"]
if "value" in step or not step["low"] < total < step["high"]:
    sys.exit(f"{total} is not between {step}")
print("the mean is within the limits")
if not step["high"] == limits["longest_path"]["instructions"]["value"] == profiled["longest_path"]["instructions"]["value"]:
    sys.exit(f"the longest path is {limits['longest_path']}")
print("the longest path is the upper limit")
for unit in ("instructions", "cycles", "time", "energy"):
    one, all_ = profiled["step"][unit], profiled["inference"][unit]
    if abs(all_["value"] / one["value"] - 6) > 1e-9 or one["provenance"] != "derived":
        sys.exit(f"{unit}: {one}, {all_}")
print("six steps are an inference")
