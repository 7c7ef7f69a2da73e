"""The time of a network's step on this machine: its code as a library, and a program that runs it again and again."""
import os

import numpy as np

from .board import call
from .header import Header

# Passes over the data start from the initial states, so that a part of one does what it does in the others. The sum of the
# parts' least times is that of a pass that nothing interrupts.
PROGRAM = r"""
#include "net.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}
/* Products of integers of which each waits for the one before: 3 cycles each on x86-64, from Nehalem and Zen on. */
static double nanosecondsOfACycle(void) {
  double best = 1e30;
  for (int i = 0; i < 300; ++i) {
    double start = now();
    for (int k = 0; k < 50; ++k)
      __asm__ volatile(".rept 1000\n\timul %%rax, %%rax\n\t.endr" ::: "rax", "cc");
    double taken = (now() - start) / 150000;
    if (taken < best)
      best = taken;
  }
  return best;
}
static unsigned char *inputs[PORTS], *output[OUTPUTS];
int main(int argc, char **argv) {
  (void)argc;
  long steps = atol(argv[1]), samples = atol(argv[2]), part = atol(argv[3]);
  double limit = atof(argv[4]) * 1e9;
  const size_t sizes[] = {IN_BYTES}, results[] = {OUT_BYTES};
  for (int i = 0; i < PORTS; ++i) {
    FILE *file = fopen(argv[5 + i], "rb");
    size_t bytes = sizes[i] * (size_t)(steps * samples);
    inputs[i] = malloc(bytes);
    if (!file || fread(inputs[i], 1, bytes, file) != bytes)
      return 1;
  }
  for (int i = 0; i < OUTPUTS; ++i)
    output[i] = aligned_alloc(64, (results[i] * (size_t)part + 63) / 64 * 64);
  long parts = (steps + part - 1) / part;
  double *best = malloc(sizeof(double) * (size_t)(parts * samples));
  for (long i = 0; i < parts * samples; ++i)
    best[i] = 1e30;
  static NAME(_state_t) state;
  double begin = now();
  long passes = 0;
  for (; now() - begin < limit || passes < 5; ++passes)
    for (long sample = 0; sample < samples; ++sample) {
      NAME(_init)(&state);
      for (long i = 0; i < parts; ++i) {
        long first = i * part, count = first + part > steps ? steps - first : part;
        const void *in[PORTS];
        for (int k = 0; k < PORTS; ++k)
          in[k] = inputs[k] + sizes[k] * (size_t)(sample * steps + first);
        double start = now();
        RUN(&state, (size_t)count);
        double taken = now() - start;
        if (taken < best[sample * parts + i])
          best[sample * parts + i] = taken;
      }
    }
  double empty = 1e30, sum = 0;
  for (int i = 0; i < 1000; ++i) {
    double start = now(), taken = now() - start;
    if (taken < empty)
      empty = taken;
  }
  for (long i = 0; i < parts * samples; ++i)
    sum += best[i] - empty;
  printf("%.6f %.6f %ld\n", sum / (double)(steps * samples), nanosecondsOfACycle(), passes);
  return 0;
}
"""


PROCESSES = 5
PROFILED = 200  # steps


def measure(model, inputs, target, work, seconds=0.4, part_ns=30e3, prefix=()):
    """(ns of a step, ns of a cycle) of a file with a network on an array (samples, steps, ...)."""
    np.save(os.path.join(work, "activity.npy"), inputs[:, :PROFILED])
    library = os.path.join(work, "net.a")
    call("lle-compile", model, f"--target={target}", "--emit=library", "-o", library,
         f"--activity-data={work}/activity.npy")
    header = Header(os.path.join(work, "net.h"))
    port, = header.ports["input"]
    inputs.astype(port.type).tofile(os.path.join(work, "input.bin"))
    size = port.elements * np.dtype(port.type).itemsize
    results = ", ".join(str(out.elements * np.dtype(out.type).itemsize) for out in header.ports["output"])
    outputs = "".join(f", (void *)output[{i}]" for i in range(len(header.ports["output"])))
    with open(os.path.join(work, "main.c"), "w") as file:
        file.write(PROGRAM)
    run = f"{header.name}_run(s, n, in[0]{outputs})"
    program = os.path.join(work, "measure")
    call("cc", "-O2", "-Wno-incompatible-pointer-types", f"-DNAME(x)={header.name}##x", f"-DRUN(s,n)={run}", "-DPORTS=1",
         f"-DOUTPUTS={len(header.ports['output'])}", f"-DIN_BYTES={size}", f"-DOUT_BYTES={results}", f"-I{work}",
         os.path.join(work, "main.c"), library, "-o", program)
    samples, steps = inputs.shape[:2]

    def run_parts(part, limit):
        found = call(*prefix, program, str(steps), str(samples), str(part), str(limit), os.path.join(work, "input.bin"))
        return [float(number) for number in found.split()]

    part = min(steps, max(1, int(part_ns / run_parts(steps, 0.02)[0])))
    # Where a process has its memory moves its time by up to a quarter.
    return min((run_parts(part, seconds / PROCESSES)[:2] for _ in range(PROCESSES)), key=lambda ns: ns[0] / ns[1])
