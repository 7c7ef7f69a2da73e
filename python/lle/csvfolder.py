"""The CSV folder that the LTC code of AAAI 2021 writes (ltc_model.py, export_weights) as a .nir file."""
import argparse
import os
import warnings

import numpy as np

from .cells import LTC_ARRAYS
from .errors import ExportError
from .ncps import build_graph

EPILOG = """
The folder holds w, erev, mu, sigma, sensory_w, sensory_erev, sensory_mu, sensory_sigma, vleak, gleak and cm (.csv,
numbers separated by spaces), and output_w and output_b where there is a linear layer behind the cell. The code does not
export the input map that its models have by default: save input_w and input_b beside the others, or say
--input-mapping none where the model has no map.

The code has no elapsed time: cm is used as it is by the fused solver, and the explicit ones step by 0.1.

example:
  python3 -m lle.export_csv weights/ --solver fused --unfolds 6 --input-mapping affine --emit last -o ltc.nir
"""
# Of the explicit solvers of the code (_ode_step_explicit, _ode_step_runge_kutta).
EXPLICIT_STEP = 0.1
VECTORS = ("gleak", "vleak", "cm", "input_w", "input_b", "output_b")


def read_csv(folder, name):
    path = os.path.join(folder, name + ".csv")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            array = np.loadtxt(path, ndmin=1 if name in VECTORS else 2)
    except FileNotFoundError as error:
        raise ExportError(f"{path}: the file is missing") from error
    except (ValueError, UserWarning) as error:
        raise ExportError(f"{path}: these are no numbers: {error}") from error
    return array.astype(np.float32)


def export_csv(folder, output, solver, unfolds, input_mapping, emit):
    """Writes the network of a folder; the arguments are those of the command."""
    names = list(LTC_ARRAYS) + {"none": [], "linear": ["input_w"], "affine": ["input_w", "input_b"]}[input_mapping]
    state = {name: read_csv(folder, name) for name in names}
    head = None
    if os.path.exists(os.path.join(folder, "output_w.csv")):
        head = (np.ascontiguousarray(read_csv(folder, "output_w").T), read_csv(folder, "output_b"))
    config = {"cell": "LTC", "solver": solver, "positivity": "clip", "ode_unfolds": unfolds, "epsilon": 0.0,
              "input_mapping": None if input_mapping == "none" else input_mapping, "output_mapping": None,
              "motor": state["gleak"].size, "mixed_memory": False, "return_sequences": emit == "all",
              # cm / (elapsed / unfolds) is to be cm; a step of an explicit solver is elapsed / unfolds.
              "elapsed_time": float(unfolds) if solver == "fused" else EXPLICIT_STEP * unfolds}
    build_graph(state, config, folder, head=head).write(output)


def main():
    parser = argparse.ArgumentParser(prog="python3 -m lle.export_csv", epilog=EPILOG,
                                     formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description="Writes the weights that the LTC code of AAAI 2021 exports as CSV "
                                                 "files as a .nir file.")
    parser.add_argument("folder", help="the folder with the .csv files")
    parser.add_argument("--solver", required=True, choices=("fused", "euler", "rk4"),
                        help="ODESolver.SemiImplicit (the default of the code), Explicit or RungeKutta")
    parser.add_argument("--unfolds", required=True, type=int, help="_ode_solver_unfolds (6 in the code)")
    parser.add_argument("--input-mapping", required=True, choices=("none", "linear", "affine"),
                        help="MappingType (Affine in the code)")
    parser.add_argument("--emit", required=True, choices=("all", "last"),
                        help="whether every step gives a result or the last")
    parser.add_argument("-o", dest="output", required=True, help="the .nir file to write")
    args = parser.parse_args()
    if args.unfolds < 1:
        raise ExportError(f"--unfolds is {args.unfolds}, expected 1 or more")
    export_csv(args.folder, args.output, args.solver, args.unfolds, args.input_mapping, args.emit)
