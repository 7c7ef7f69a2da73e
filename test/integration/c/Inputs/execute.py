"""execute.py TESTS: every executed test of the dialects on the C form, by lle-check --engine=c. Prints what fails."""
import concurrent.futures
import pathlib
import subprocess
import sys

from c_form import compilers


def run(job):
    file, compiler = job
    done = subprocess.run(["lle-check", "--engine=c", "--compiler=" + compiler, file], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print("%s, %s:\n%s" % (file.name, compiler, done.stdout[-2000:]))
    return done.returncode == 0


files = sorted(pathlib.Path(sys.argv[1]).glob("*/execute-*.mlir"))
names = compilers()
# The compilers take turns.
jobs = [(file, names[index % len(names)]) for index, file in enumerate(files)]
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    passed = sum(pool.map(run, jobs))
print("%d of %d pass" % (passed, len(files)))
sys.exit(passed != len(files))
