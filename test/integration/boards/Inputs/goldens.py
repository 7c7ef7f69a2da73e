"""goldens.py DATA WORK BOARD... [OPTION...]: what frameworks recorded, beside firmware on emulated boards.

Prints each golden as it is done, and a table at the end. `native` is the program of main.c for this machine. A golden
that does not fit a board is no failure; it is listed with the bytes that it takes.
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
from golden_networks import make_goldens
from lle.board import BoardError, DoesNotFit, Firmware, NotEmulated


def run(golden, board, work):
    """What the table shows, and what to print."""
    folder = os.path.join(work, board, re.sub(r"\W+", "_", golden.name))
    start = time.monotonic()
    networks = []

    def build(model, options, path):
        networks.append(Firmware(model, board, path, options))
        return networks[-1]

    try:
        text = golden.run(build, folder)
        # With a header's bound and the reserve for main.c behind it, no byte at the lower end was written.
        if stack := networks[-1].stack:
            text += f"; stack {stack[0]} of {stack[1]}"
            if stack[0] >= stack[1]:
                raise Mismatch(f"{golden.name}: the stack was used up: {stack[0]} of {stack[1]} bytes")
        result = "passed", text
    except DoesNotFit as error:
        # "... does not fit: WHAT takes N bytes, for which no MEMORY has room (NAME: M, ...)"
        takes = re.search(r"take (\d+) bytes, for which no (\w+) has room", str(error))
        result = f"{int(takes[1]):,} {takes[2]}", "does not fit: " + str(error).splitlines()[-1]
    except NotEmulated as error:
        result = "emulator", f"not run: {error}"
    except (Mismatch, BoardError) as error:
        result = "FAILED", f"FAILED: {error}"
    else:
        shutil.rmtree(folder)
    return *result, time.monotonic() - start


def print_table(goldens, boards, results):
    width = max(len(golden.name) for golden in goldens)
    print("golden".ljust(width), *(board.rjust(11) for board in boards))
    for golden in goldens:
        print(golden.name.ljust(width), *(results[golden.name, board][0].rjust(max(11, len(board))) for board in boards))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("work")
    parser.add_argument("boards", nargs="+")
    parser.add_argument("--only", default="", metavar="PREFIX", help="goldens whose names begin so")
    parser.add_argument("--skip", metavar="TEXT", help="no goldens whose names have it")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    # Of the trained models 16 sequences of the 64, each with all its steps: emulators take a hundred times as long.
    goldens = make_goldens(arguments.data, arguments.only, sequences=16)
    goldens = [golden for golden in goldens if not arguments.skip or arguments.skip not in golden.name]
    results, failed = {}, False
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        jobs = {pool.submit(run, golden, board, arguments.work): (golden, board)
                for board in arguments.boards for golden in goldens}
        for done, job in enumerate(concurrent.futures.as_completed(jobs), 1):
            golden, board = jobs[job]
            results[golden.name, board] = job.result()
            _, text, seconds = job.result()
            print(f"[{done}/{len(jobs)}] {board}: {golden.name}: {text} ({seconds:.0f} s)", flush=True)
    print_table(goldens, arguments.boards, results)
    for board in arguments.boards:
        kinds = [results[golden.name, board][0] for golden in goldens]
        counts = {kind: kinds.count(kind) for kind in ("passed", "emulator", "FAILED")}
        failed |= counts["FAILED"] > 0
        seconds = sum(results[golden.name, board][2] for golden in goldens)
        print(f"{board}: {counts['passed']} of {len(goldens)} goldens reached, {len(kinds) - sum(counts.values())} too large "
              f"for the board, {counts['emulator']} not emulated, {counts['FAILED']} failed; {seconds:.0f} s")
    sys.exit(failed)


main()
