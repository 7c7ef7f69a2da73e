"""compare_models.py ANALYTIC EXACT LIMIT: what both cost models say of one network is as near as the limit."""
import json
import sys

(analytic,), (exact,) = (json.load(open(path))["networks"] for path in sys.argv[1:3])
limit = float(sys.argv[3])
for quantity in ("step", "time", "energy"):
    if quantity != "step" and not analytic[quantity] and not exact[quantity]:
        continue  # the target says nothing of energy, or of a clock
    found, expected = analytic[quantity]["value"], exact[quantity]["value"]
    assert abs(found / expected - 1) < limit, f"{quantity}: {found}, by the emitted code {expected}"
