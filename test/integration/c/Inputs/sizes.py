"""sizes.py EXAMPLES WORK: the C form of examples by cross-compilers that this machine has, and what it takes of flash."""
import os
import shutil
import subprocess
import sys

from c_form import CForm

# ESP32-S3 is served by C; the compiler of its older sibling, which Debian has, knows its base instructions and no
# floating-point unit.
MACHINES = {"xtensa-lx106-elf-gcc": [],
            "arm-none-eabi-gcc": ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"]}
FLAGS = "-std=c99 -Os -ffreestanding -Wall -Wextra -Wconversion -pedantic -Werror -c".split()

examples, work = sys.argv[1:]
for name, model in (("digits", "digits/digits.nir"), ("ltc", "sunspots/ltc.nir"), ("cfc", "sunspots/cfc.nir"),
                    ("izhikevich", "neurons/izhikevich.mlir")):
    form = CForm(os.path.join(examples, model), [], os.path.join(work, name))
    for compiler, machine in MACHINES.items():
        if not shutil.which(compiler):
            print("%s: %s is not installed" % (name, compiler))
            continue
        path = form.path[:-2] + ".o"
        subprocess.run([compiler, *machine, *FLAGS, form.path, "-o", path], check=True)
        size = subprocess.run([compiler.replace("gcc", "size"), path], check=True, stdout=subprocess.PIPE, text=True)
        text, data, bss = (int(number) for number in size.stdout.splitlines()[1].split()[:3])
        if data or bss:
            sys.exit("%s, %s: %d bytes of writable data" % (name, compiler, data + bss))
        undefined = subprocess.run([compiler.replace("gcc", "nm"), "--undefined-only", path], check=True,
                                   stdout=subprocess.PIPE, text=True).stdout.split()[1::2]
        # What compilers call for what the machine has not, and those that they make of copies, are no library of ours.
        library = [symbol for symbol in undefined if not symbol.startswith("__") and symbol not in ("memcpy", "memset")]
        if library:
            sys.exit("%s, %s: needs %s" % (name, compiler, ", ".join(library)))
        print("%s: %s: %d bytes of code and constants" % (name, compiler, text))
