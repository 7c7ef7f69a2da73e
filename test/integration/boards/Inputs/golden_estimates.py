"""Instructions of a step that lle-compile estimates, beside those that QEMU counts, of the golden networks on boards.

The profile is of one half of a golden's inputs, the count of the other, in turn. Prints each as it is done, and tables
at the end; the exit status is 1 if an estimate is off by more than the limit, or a step took more than its longest path.
With --log, what it has is not done again."""
import argparse
import json
import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", "..", "..", ".."))
sys.path[:0] = [os.path.join(ROOT, "python"), os.path.join(HERE, "..", "..", "Inputs")]
from golden_networks import add_arguments, make_goldens
from lle.board import BoardError, DoesNotFit, NotEmulated
from lle.estimate import Comparison

BOARDS = ("mps2-an386", "mps2-an500", "mps3-an547", "nrf52840", "rv32imafc", "esp32c3", "rv64gcv", "rpi4b", "rpizero2w",
          "jetson-nano", "aarch64")
# Of each half: an emulator takes a hundred times as long as this machine.
SAMPLES = 4
LIMIT = 0.2


def compare(golden, board, model):
    inputs = golden.inputs()
    inputs = inputs if isinstance(inputs, dict) else np.asarray(inputs)
    try:
        result = Comparison(model, board, inputs, SAMPLES, golden.options)
    except DoesNotFit:
        return {"skipped": "does not fit"}
    except NotEmulated:
        return {"skipped": "not emulated"}
    except BoardError as error:
        if "steps, but a sample of this model has" in str(error):
            return {"skipped": "one sample"}  # whose steps the network counts, so it cannot be cut
        return {"failed": str(error).splitlines()[-1]}
    return {"estimated": result.estimated, "counted": result.counted, "most": result.most}


def get_error(result):
    return result["estimated"] / result["counted"] - 1


def is_wrong(result):
    if "counted" not in result:
        return "failed" in result
    return abs(get_error(result)) > LIMIT or (result["most"] is not None and result["counted"] > result["most"])


def describe(result):
    if "counted" not in result:
        return result.get("skipped") or "FAILED: " + result["failed"]
    most = "no limit" if result["most"] is None else f"at most {result['most']:.0f}"
    return f"{result['estimated']:.0f} estimated, {result['counted']:.0f} counted, {get_error(result):+.1%}; {most}"


def print_tables(goldens, boards, results):
    width = max(len(golden.name) for golden in goldens)
    print("golden".ljust(width), *(board.rjust(10) for board in boards))
    for golden in goldens:
        shown = (results[golden.name, board] for board in boards)
        print(golden.name.ljust(width), *((f"{get_error(result):+.1%}" if "counted" in result else
                                           result.get("skipped", "FAILED")).rjust(10) for result in shown))
    for board in boards:
        compared = {golden.name: results[golden.name, board] for golden in goldens
                    if "counted" in results[golden.name, board]}
        wrong = sum(is_wrong(results[golden.name, board]) for golden in goldens)
        errors = sorted(map(get_error, compared.values()), key=abs)
        worst = max(compared, key=lambda name: abs(get_error(compared[name])), default=None)
        extent = f", half of them within {abs(errors[len(errors) // 2]):.1%}, the worst {errors[-1]:+.1%} ({worst})" if worst else ""
        print(f"{board}: {len(compared)} of {len(goldens)} compared{extent}; {wrong} wrong")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("boards", nargs="*", default=BOARDS, help="default: all that are emulated")
    parser.add_argument("--log", metavar="FILE", help="keeps each result, a line of JSON")
    arguments = parser.parse_intermixed_args()
    goldens = make_goldens(arguments.data, arguments.only, arguments.quick)
    if not goldens:
        sys.exit(f"golden_estimates.py: the name of no golden begins with '{arguments.only}'")
    results = {}
    if arguments.log and os.path.exists(arguments.log):
        for line in map(json.loads, open(arguments.log)):
            results[line["golden"], line["board"]] = line["result"]
    for number, golden in enumerate(goldens):
        left = [board for board in arguments.boards if (golden.name, board) not in results]
        if not left:
            continue
        folder = os.path.join(arguments.work, str(number))
        os.makedirs(folder, exist_ok=True)
        model = golden.model(folder)
        for board in left:
            result = results[golden.name, board] = compare(golden, board, model)
            print(f"{board}: {golden.name}: {describe(result)}", flush=True)
            if arguments.log:
                with open(arguments.log, "a") as log:
                    log.write(json.dumps({"golden": golden.name, "board": board, "result": result}) + "\n")
    print_tables(goldens, arguments.boards, results)
    sys.exit(any(is_wrong(results[golden.name, board]) for golden in goldens for board in arguments.boards))


main()
