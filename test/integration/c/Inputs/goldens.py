"""goldens.py DATA WORK [PREFIX]: the C form of networks with recorded outputs, by gcc and clang."""
import os
import re
import shutil
import sys

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Inputs")]
from c_form import CForm
from golden import Mismatch
from golden_networks import make_goldens

data, work, prefix = (sys.argv + [""])[1:4]
goldens, failed = make_goldens(data, prefix), 0
for golden in goldens:
    folder = os.path.join(work, re.sub(r"\W+", "_", golden.name))
    try:
        print(f"{golden.name}: {golden.run(CForm, folder)}", flush=True)
    except Mismatch as error:
        failed += 1
        print(f"FAILED: {error}", flush=True)
    shutil.rmtree(folder)
print(f"{len(goldens) - failed} of {len(goldens)} goldens reached")
sys.exit(failed != 0)
