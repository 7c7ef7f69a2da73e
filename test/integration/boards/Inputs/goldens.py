"""What frameworks recorded, beside firmware on emulated boards.

Prints each golden as it is done, and a table at the end. `native` is the program of main.c for this machine. A golden
that does not fit a board is no failure; it is listed with the bytes that it takes. Of boards for whose core another
stands in, it is only said what fits.
"""
import argparse
import concurrent.futures
import os
import re
import shutil
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", "..", "..", ".."))
sys.path[:0] = [os.path.join(ROOT, "python"), os.path.join(HERE, "..", "..", "Inputs")]
from golden import Mismatch
from golden_networks import add_arguments, make_goldens
from lle.board import BoardError, DoesNotFit, Firmware, NotEmulated, get_emulated_target, write_firmware

# Of the trained models 16 sequences of the 64, each with all its steps: emulators take a hundred times as long.
SEQUENCES = 16


def run_on(golden, board, folder):
    networks = []

    def build(model, options, path):
        networks.append(Firmware(model, board, path, options))
        return networks[-1]

    text = golden.run(build, folder)
    if stack := networks[-1].stack:
        text += f"; stack {stack[0]} of {stack[1]}"
        if stack[0] >= stack[1]:
            raise Mismatch(f"{golden.name}: the stack was used up: {stack[0]} of {stack[1]} bytes")
    return "passed", text


def check_fit(golden, board, folder):
    os.makedirs(folder)
    write_firmware(golden.model(folder), board, os.path.join(folder, "program"), golden.options)
    return "fits", "fits"


def run(golden, board, work):
    """What the table shows, what to print, and seconds."""
    folder = os.path.join(work, board, re.sub(r"\W+", "_", golden.name))
    start = time.monotonic()
    try:
        check = run_on if board in ("native", get_emulated_target(board)) else check_fit
        result = check(golden, board, folder)
    except DoesNotFit as error:
        result = f"{error.bytes:,} {error.kind}", f"does not fit: {error}"
    except NotEmulated as error:
        result = "emulator", f"not run: {error}"
    except (Mismatch, BoardError) as error:
        return "FAILED", f"FAILED: {error}", time.monotonic() - start
    shutil.rmtree(folder)
    return *result, time.monotonic() - start


def print_results(goldens, boards, results):
    width = max(len(golden.name) for golden in goldens)
    columns = {board: max(len(board), *(len(results[golden.name, board][0]) for golden in goldens)) for board in boards}
    print("golden".ljust(width), *(board.rjust(columns[board]) for board in boards))
    for golden in goldens:
        print(golden.name.ljust(width), *(results[golden.name, board][0].rjust(columns[board]) for board in boards))
    for board in boards:
        kinds = [results[golden.name, board][0] for golden in goldens]
        counts = {kind: kinds.count(kind) for kind in ("passed", "fits", "emulator", "FAILED")}
        reached = f"{counts['fits']} of {len(goldens)} goldens fit" if counts["fits"] else (
            f"{counts['passed']} of {len(goldens)} goldens reached")
        seconds = sum(results[golden.name, board][2] for golden in goldens)
        print(f"{board}: {reached}, {len(kinds) - sum(counts.values())} too large for the board, {counts['emulator']} not "
              f"emulated, {counts['FAILED']} failed; {seconds:.0f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("boards", nargs="+")
    parser.add_argument("--half", type=int, choices=(1, 2), help="one half of the goldens, or the other")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="so many at a time")
    arguments = parser.parse_args()
    goldens = make_goldens(arguments.data, arguments.only, arguments.quick, SEQUENCES)
    if arguments.half:
        # 1 2 2 1 1 2 2 1 ...: of neighbours, which often differ in one thing, either may come first.
        goldens = [golden for i, golden in enumerate(goldens) if (i + i // 2) % 2 == arguments.half - 1]
    results = {}
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        jobs = {pool.submit(run, golden, board, arguments.work): (golden, board)
                for board in arguments.boards for golden in goldens}
        for done, job in enumerate(concurrent.futures.as_completed(jobs), 1):
            golden, board = jobs[job]
            results[golden.name, board] = kind, text, seconds = job.result()
            print(f"[{done}/{len(jobs)}] {board}: {golden.name}: {text} ({seconds:.0f} s)", flush=True)
    print_results(goldens, arguments.boards, results)
    sys.exit(any(kind == "FAILED" for kind, _, _ in results.values()))


main()
