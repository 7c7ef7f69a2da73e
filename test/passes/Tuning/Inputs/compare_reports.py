"""The cost model "exact" beside lle-compile --report."""
import json
import sys

compiled = json.load(open(sys.argv[1]))
(exact,) = json.load(open(sys.argv[2]))["networks"]
nodes = {node["name"]: node for node in compiled["nodes"]}
for operation in exact["operations"]:
    assert operation["cycles"]["value"] == nodes[operation["name"]]["cycles"]["value"] > 0, operation
assert exact["step"]["value"] == compiled["step"]["cycles"]["value"]
assert exact["step"]["value"] > sum(operation["cycles"]["value"] for operation in exact["operations"])
for quantity in ("energy", "time"):
    found, expected = exact[quantity], compiled["inference"][quantity]
    assert found["provenance"] == expected["provenance"]
    for limit in ("low", "high"):
        assert abs(found[limit] / expected[limit] - 1) < 1e-12, (quantity, found, expected)
assert exact["steps"] == compiled["inference"]["steps"] == 40
print("equal")
