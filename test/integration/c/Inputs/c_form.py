"""The C form of a network: written by lle-compile, compiled by each C compiler of this machine, and run. All compilers
give the same bits."""

import os
import shutil
import subprocess
import sys

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "..", "..", "..", "python")]
from lle.header import Header

WARNINGS = "-std=c99 -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -pedantic -Werror".split()

# Whole sequences by the function for them, then the same step by step: both must give the same.
MAIN = """
#include "net.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static @NAME@_state_t state;

static void *allocate(size_t bytes) {
  void *memory = malloc(bytes == 0 ? 1 : bytes);
  if (memory == NULL) exit(2);
  return memory;
}

static FILE *open_file(const char *name, const char *mode) {
  FILE *file = fopen(name, mode);
  if (file == NULL) exit(3);
  return file;
}

int main(int argc, char **argv) {
  const size_t samples = (size_t)atol(argv[1]), steps = (size_t)atol(argv[2]);
  FILE *states = open_file("states.bin", "wb");
@BUFFERS@
  (void)argc;
  for (size_t sample = 0; sample < samples; ++sample) {
@READ@
    memset(&state, 0xA5, sizeof(state)); /* init sets all that is read */
    @NAME@_init(&state);
    @NAME@_run(&state, steps@WHOLE@);
    @NAME@_init(&state);
    for (size_t step = 0; step < steps; ++step) {
      @NAME@_step(&state@STEP@);
      if (@UPPER@_STATE_BYTES != 0 && fwrite(state.bytes, @UPPER@_STATE_BYTES, 1, states) != 1) return 8;
    }
@CHECK@
  }
  if (fclose(states) != 0) return 9;
  return 0;
}
"""


def compilers():
    """What this machine has, of gcc and of clang."""
    found = [name for name in ("gcc", "clang-22", "clang") if shutil.which(name)]
    return [name for name in found if name != "clang" or "clang-22" not in found]


def write_main(network, ports):
    lines = {key: [] for key in ("BUFFERS", "READ", "CHECK")}
    whole, step = "", ""
    for port in ports["input"] + ports["output"]:
        name, count = "%s%d" % (port.kind, port.index), port.elements
        size = "%d * sizeof(%s) * steps" % (count, port.ctype)
        lines["BUFFERS"].append("  %s *%s = (%s *)allocate(%s);" % (port.ctype, name, port.ctype, size))
        lines["BUFFERS"].append('  FILE *%s_file = open_file("%s.bin", "%s");' % (
            name, name, "rb" if port.kind == "input" else "wb"))
        if port.kind == "input":
            lines["READ"].append("    if (fread(%s, %d * sizeof(%s), steps, %s_file) != steps) return 4;" % (
                name, count, port.ctype, name))
        else:
            lines["BUFFERS"].append("  %s *%s_again = (%s *)allocate(%s);" % (port.ctype, name, port.ctype, size))
            lines["CHECK"].append("    if (memcmp(%s, %s_again, %s) != 0) return 5;" % (name, name, size))
            lines["CHECK"].append("    if (fwrite(%s, %d * sizeof(%s), steps, %s_file) != steps) return 6;" % (
                name, count, port.ctype, name))
        whole += ", " + name
        step += ", %s%s + step * %d" % (name, "_again" if port.kind == "output" else "", count)
    for port in ports["input"] + ports["output"]:
        lines["CHECK"].append("    if (sample + 1 == samples && fclose(%s%d_file) != 0) return 7;" % (port.kind, port.index))
    text = MAIN.replace("@NAME@", network).replace("@UPPER@", network.upper()).replace("@WHOLE@", whole).replace("@STEP@", step)
    for key, value in lines.items():
        text = text.replace("@%s@" % key, "\n".join(value))
    return text


class CForm:
    """`folder` gets net.c, net.h, main.c, and the programs of all compilers."""

    def __init__(self, model, flags, folder):
        self.model, self.flags, self.folder = model, flags, os.path.abspath(folder)
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(self.folder, "net.c")
        subprocess.run(["lle-compile", model, "--emit=c", "-o", self.path] + flags, check=True)
        self.header = Header(os.path.join(self.folder, "net.h"))
        self.ports = self.header.ports
        with open(os.path.join(self.folder, "main.c"), "w") as file:
            file.write(write_main(self.header.name, self.ports))

    def build(self, compiler):
        program = os.path.join(self.folder, "main-" + compiler)
        subprocess.run([compiler] + WARNINGS + ["-O2", "-c", self.path, "-o", self.path[:-2] + ".o"], check=True)
        subprocess.run([compiler, "-std=c99", "-O2", os.path.join(self.folder, "main.c"), self.path[:-2] + ".o",
                        "-o", program], check=True)
        return program

    def run(self, inputs, states=False):
        """Outputs by name, as Firmware.run of lle.board gives them, of inputs by name or of the only input; followed by
        the states if asked for."""
        if not isinstance(inputs, dict):
            inputs = {self.ports["input"][0].name: inputs}
        for port in self.ports["input"]:
            numpy.asarray(inputs[port.name]).astype(port.type).tofile(os.path.join(self.folder, f"input{port.index}.bin"))
        samples, steps = next(iter(inputs.values())).shape[:2]
        files = [f"output{port.index}.bin" for port in self.ports["output"]] + ["states.bin"]
        results = {}
        for compiler in compilers():
            subprocess.run([self.build(compiler), str(samples), str(steps)], cwd=self.folder, check=True)
            results[compiler] = [open(os.path.join(self.folder, file), "rb").read() for file in files]
        for file, *bytes_of in zip(files, *results.values()):
            if any(other != bytes_of[0] for other in bytes_of):
                raise SystemExit(f"{self.path}: {', '.join(results)} give different bits in {file}")
        outputs = {port.name: self.header.read_output(port, os.path.join(self.folder, file), samples, steps)
                   for port, file in zip(self.ports["output"], files)}
        if not states:
            return outputs
        return outputs, self.header.read_states(os.path.join(self.folder, "states.bin"), samples, steps)
