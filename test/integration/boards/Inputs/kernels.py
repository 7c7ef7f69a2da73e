"""kernels.py BOARD WORK: of both kernels of a synapse, the compiler takes the one of fewer instructions.

Widths and rates are others than those that the board's constants were fitted to. Where both cost about the same, either
may be taken.
"""
import importlib.util
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(HERE, "..", "..", "..", "..", "scripts", "sweep-synapses-on-board.py")
spec = importlib.util.spec_from_file_location("sweep", SCRIPT)
sweep = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sweep)

board, work = sys.argv[1:3]
SAME = 1.15  # what fewer terms than the code has cost, at the worst of these cases
for kind, width, outputs in (("linear", 128, 32), ("conv", 6, 6)):
    for signal in ("spikes", "numbers"):
        choices = set()
        for rate in (0.03, 0.95):
            counts = {}
            for kernel in ("dense", "event", "auto"):
                name = f"{kind}-{signal}-{rate}-{kernel}"
                network = sweep.Kernel(board, work, name, sweep.Synapse(kind, signal, width, outputs), kernel, rate)
                counts[kernel] = network.count(rate)
            best = min(counts["dense"], counts["event"])
            if counts["auto"] not in (counts["dense"], counts["event"]) or counts["auto"] > SAME * best:
                sys.exit(f"{board}: {kind}, {signal}, rate {rate}: {counts}")
            choices.add("dense" if counts["auto"] == counts["dense"] else "event")
            print(f"{kind} {signal} {rate:.0%}: dense {counts['dense']:,.0f}, event {counts['event']:,.0f}, "
                  f"auto {counts['auto']:,.0f}")
print(f"{board}: the better kernel")
