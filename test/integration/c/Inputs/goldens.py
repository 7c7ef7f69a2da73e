"""The C form of networks with recorded outputs, by gcc and clang."""
import argparse
import os
import re
import shutil
import sys

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Inputs")]
from c_form import CForm
from golden import Mismatch
from golden_networks import add_arguments, make_goldens

parser = argparse.ArgumentParser(description=__doc__)
add_arguments(parser)
arguments = parser.parse_args()
goldens, failed = make_goldens(arguments.data, arguments.only, arguments.quick), 0
for golden in goldens:
    folder = os.path.join(arguments.work, re.sub(r"\W+", "_", golden.name))
    try:
        print(f"C: {golden.name}: {golden.run(CForm, folder)}", flush=True)
        shutil.rmtree(folder)
    except Mismatch as error:
        failed += 1
        print(f"C: {golden.name}: FAILED: {error}", flush=True)
print(f"C: {len(goldens) - failed} of {len(goldens)} goldens reached")
sys.exit(failed != 0)
