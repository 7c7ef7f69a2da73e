"""The C form of a network: written by lle-compile, compiled by C compilers of this machine, run, and compared with
lle-run. Spikes and integers must be equal; numbers are within a tolerance, and the largest error is printed."""

import os
import re
import shutil
import subprocess

import numpy

WARNINGS = "-std=c99 -Wall -Wextra -Wconversion -pedantic -Werror".split()
TYPES = {"float": numpy.float32, "double": numpy.float64, "uint8_t": numpy.uint8, "int8_t": numpy.int8,
         "int16_t": numpy.int16, "int32_t": numpy.int32}

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

static FILE *open_port(const char *kind, int index, const char *mode) {
  char name[64];
  FILE *file;
  (void)snprintf(name, sizeof(name), "%s%d.bin", kind, index);
  file = fopen(name, mode);
  if (file == NULL) exit(3);
  return file;
}

int main(int argc, char **argv) {
  const size_t samples = (size_t)atol(argv[1]), steps = (size_t)atol(argv[2]);
@BUFFERS@
  (void)argc;
  for (size_t sample = 0; sample < samples; ++sample) {
@READ@
    memset(&state, 0xA5, sizeof(state)); /* init sets all that is read */
    @NAME@_init(&state);
    @NAME@_run(&state, steps@WHOLE@);
    @NAME@_init(&state);
    for (size_t step = 0; step < steps; ++step)
      @NAME@_step(&state@STEP@);
@CHECK@
  }
  return 0;
}
"""


class Port:
    def __init__(self, kind, index, name, ctype, shape, comment):
        self.kind, self.index, self.name, self.type = kind, index, name, ctype
        self.shape = shape
        self.elements = int(numpy.prod(shape))
        self.spikes = "spikes" in comment
        self.last = "counts in the last step" in comment


def read_ports(header):
    """The ports that the comments of a header describe."""
    ports = {"input": [], "output": []}
    pattern = r'/\* (input|output)(\d+) "((?:[^"\\]|\\.)*)": (\w+)((?:\[\d+\])*)(.*?)\*/'
    for kind, index, name, ctype, shape, comment in re.findall(pattern, header, re.S):
        shape = [int(size) for size in re.findall(r"\d+", shape)]
        ports[kind].append(Port(kind, int(index), name, ctype, shape, comment))
    return ports


def compilers():
    """What this machine has, of gcc and of clang."""
    found = [name for name in ("gcc", "clang-22", "clang") if shutil.which(name)]
    return [name for name in found if name != "clang" or "clang-22" not in found]


def write_main(network, ports):
    lines = {key: [] for key in ("BUFFERS", "READ", "CHECK")}
    whole, step = "", ""
    for port in ports["input"] + ports["output"]:
        name, count = "%s%d" % (port.kind, port.index), port.elements
        size = "%d * sizeof(%s) * steps" % (count, port.type)
        lines["BUFFERS"].append("  %s *%s = (%s *)allocate(%s);" % (port.type, name, port.type, size))
        lines["BUFFERS"].append('  FILE *%s_file = open_port("%s", %d, "%s");' % (
            name, port.kind, port.index, "rb" if port.kind == "input" else "wb"))
        if port.kind == "input":
            lines["READ"].append("    if (fread(%s, %d * sizeof(%s), steps, %s_file) != steps) return 4;" % (
                name, count, port.type, name))
        else:
            lines["BUFFERS"].append("  %s *%s_again = (%s *)allocate(%s);" % (port.type, name, port.type, size))
            lines["CHECK"].append("    if (memcmp(%s, %s_again, %s) != 0) return 5;" % (name, name, size))
            lines["CHECK"].append("    if (fwrite(%s, %d * sizeof(%s), steps, %s_file) != steps) return 6;" % (
                name, count, port.type, name))
        whole += ", " + name
        step += ", %s%s + step * %d" % (name, "_again" if port.kind == "output" else "", count)
    for port in ports["input"] + ports["output"]:
        lines["CHECK"].append("    if (sample + 1 == samples && fclose(%s%d_file) != 0) return 7;" % (port.kind, port.index))
    text = MAIN.replace("@NAME@", network).replace("@WHOLE@", whole).replace("@STEP@", step)
    for key, value in lines.items():
        text = text.replace("@%s@" % key, "\n".join(value))
    return text


def random_inputs(port, samples, steps, generator):
    shape = [samples, steps] + port.shape
    if port.spikes:
        return (generator.random(shape) < 0.2).astype(TYPES[port.type])
    if TYPES[port.type] in (numpy.float32, numpy.float64):
        # Some elements are silent, so that event-driven code has something to leave out.
        return (generator.normal(0.5, 1, shape) * (generator.random(shape) < 0.6)).astype(TYPES[port.type])
    return generator.integers(-20, 21, shape).astype(TYPES[port.type])


class CForm:
    """`folder` gets net.c, net.h, main.c and the programs."""

    def __init__(self, model, flags, folder):
        self.model, self.flags, self.folder = model, flags, folder
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(folder, "net.c")
        subprocess.run(["lle-compile", model, "--emit=c", "-o", self.path] + flags, check=True)
        with open(os.path.join(folder, "net.h")) as file:
            header = file.read()
        self.ports = read_ports(header)
        self.name = re.search(r"} (\w+)_state_t;", header).group(1)
        with open(os.path.join(folder, "main.c"), "w") as file:
            file.write(write_main(self.name, self.ports))

    def build(self, compiler, optimize="-O2"):
        program = os.path.join(self.folder, "main-" + compiler)
        subprocess.run([compiler] + WARNINGS + [optimize, "-c", self.path, "-o", self.path[:-2] + ".o"], check=True)
        subprocess.run([compiler, "-std=c99", optimize, os.path.join(self.folder, "main.c"), self.path[:-2] + ".o",
                        "-o", program], check=True)
        return program

    def run(self, program, inputs, samples, steps):
        for port, values in zip(self.ports["input"], inputs):
            values.astype(TYPES[port.type]).tofile(os.path.join(self.folder, "input%d.bin" % port.index))
        subprocess.run([os.path.abspath(program), str(samples), str(steps)], cwd=self.folder, check=True)
        outputs = []
        for port in self.ports["output"]:
            values = numpy.fromfile(os.path.join(self.folder, "output%d.bin" % port.index), TYPES[port.type])
            values = values.reshape([samples, steps] + port.shape)
            outputs.append(values[:, -1] if port.last else values)
        return outputs

    def run_natively(self, inputs, engine=()):
        """By lle-run, with machine code of this machine."""
        package = os.path.join(self.folder, "net.lle")
        subprocess.run(["lle-compile", self.model, "-o", package] + self.flags, check=True)
        command = ["lle-run", package, *engine]
        for port, values in zip(self.ports["input"], inputs):
            path = os.path.join(self.folder, "x%d.npy" % port.index)
            numpy.save(path, values)
            command.append("--input=%s=%s" % (port.name, path))
        for port in self.ports["output"]:
            command.append("--output=%s=%s" % (port.name, os.path.join(self.folder, "y%d.npy" % port.index)))
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return [numpy.load(os.path.join(self.folder, "y%d.npy" % port.index)) for port in self.ports["output"]]


def compare(name, model, flags, folder, inputs=None, samples=2, steps=20, tolerance=0.0, expected=None):
    """Runs the C form on `inputs`, (samples, steps, ...) by the name of the port or for the only one, or on random ones.
    The results must be those of lle-run, or `expected`, one for each output. Prints `name: what is equal`, and the
    largest error of numbers if they are not; ends the program at a difference."""
    form = CForm(model, flags, folder)
    generator = numpy.random.default_rng(1)
    if inputs is None:
        inputs = [random_inputs(port, samples, steps, generator) for port in form.ports["input"]]
    elif isinstance(inputs, dict):
        inputs = [inputs[port.name] for port in form.ports["input"]]
    else:
        inputs = [inputs]
    if inputs:
        samples, steps = inputs[0].shape[:2]
    if expected is None:
        expected = form.run_natively(inputs)
    worst, exact = 0.0, True
    for compiler in compilers():
        spikes = 0
        got = form.run(form.build(compiler), inputs, samples, steps)
        for port, ours, theirs in zip(form.ports["output"], got, expected):
            if ours.shape != theirs.shape:
                raise SystemExit("%s: %s: output '%s' has shape %s, expected %s" % (
                    name, compiler, port.name, ours.shape, theirs.shape))
            if ours.dtype.kind == "f":
                same = numpy.isnan(ours) & numpy.isnan(theirs) | (ours == theirs)
                exact = exact and bool(same.all())
                error = 0.0 if same.all() else float(numpy.abs(ours - theirs)[~same].max())
                if not error <= tolerance:
                    raise SystemExit("%s: %s: output '%s' differs by %g, allowed is %g" % (
                        name, compiler, port.name, error, tolerance))
                worst = max(worst, error)
            else:
                different = int((ours != theirs.astype(ours.dtype)).sum())
                if different:
                    raise SystemExit("%s: %s: output '%s' differs in %d of %d elements" % (
                        name, compiler, port.name, different, ours.size))
                spikes += int(numpy.abs(ours.astype(numpy.int64)).sum()) if port.spikes else 0
    has_spikes = any(port.spikes for port in form.ports["output"])
    print("%s: %s%s" % (name, "equal" if exact else "error %.2g" % worst, ", %d spikes" % spikes if has_spikes else ""),
          flush=True)
    return form
