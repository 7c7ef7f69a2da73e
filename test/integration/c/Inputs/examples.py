"""examples.py WORK: the C form of the repository's own networks beside lle-run."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Inputs")]
from c_form import CForm
from example_networks import run_all

for text in run_all(CForm, sys.argv[1]):
    print(text, flush=True)
