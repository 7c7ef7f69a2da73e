"""Writes cells.mlir, a network of recurrent cells with random weights, and x.npy and t.npy, inputs and elapsed times, into
a folder. No number of units is a multiple of a register's lanes, and most are several panels on small targets."""
import sys

import numpy as np

out = sys.argv[1]
random = np.random.default_rng(1)
INPUTS = 3


def dense(*shape):
    values = (random.normal(size=shape) / np.sqrt(shape[-1])).astype("<f4")
    return f'dense<"0x{values.tobytes().hex()}"> : tensor<{"x".join(map(str, shape))}xf32>'


def cfc(name, mode, units, hidden, elapsed):
    parameters = [f"mode = #ltc.mode<{mode}>", "elapsed = 0.5 : f64", "activation = #lle.activation<lecun_tanh>",
                  f"backbone_weights = [{dense(hidden, INPUTS + units)}, {dense(hidden, hidden)}]",
                  f"backbone_biases = [{dense(hidden)}, {dense(hidden)}]"]
    heads = ["ff1"] if mode == "pure" else ["ff1", "ff2", "time_a", "time_b"]
    for head in heads:
        parameters += [f"{head}_weight = {dense(units, hidden)}", f"{head}_bias = {dense(units)}"]
    if mode == "pure":
        parameters += [f"w_tau = {dense(units)}", f"a = {dense(units)}"]
    else:
        parameters += ["gate_sign = #ltc.gate_sign<minus>", "head_activation = #lle.activation<tanh>"]
    operands = " elapsed %t" if elapsed else ""
    types = f"tensor<{INPUTS}xf32>" + (", tensor<1xf32>" if elapsed else "")
    return f'ltc.cfc_cell "{name}" %x{operands} {{{", ".join(parameters)}}} : ({types}) -> tensor<{units}xf32>', units


def cell(kind, name, units, rows, parameters):
    return (f'ltc.{kind}_cell "{name}" %x {{{parameters}, w_in = {dense(rows, INPUTS)}, '
            f'w_rec = {dense(rows, units)}}} : (tensor<{INPUTS}xf32>) -> tensor<{units}xf32>', units)


cells = {
    "gated": cfc("gated", "default", 177, 37, elapsed=False),
    "irregular": cfc("irregular", "default", 45, 21, elapsed=True),
    "open": cfc("open", "no_gate", 1, 5, elapsed=False),
    "pure": cfc("pure", "pure", 41, 9, elapsed=True),
    "lstm": cell("lstm", "lstm", 45, 4 * 45, f"bias = {dense(4 * 45)}"),
    "after": cell("gru", "after", 43, 3 * 43, f"reset = #ltc.reset<after>, bias_in = {dense(3 * 43)}, "
                  f"bias_rec = {dense(3 * 43)}"),
    "before": cell("gru", "before", 35, 3 * 35, f"reset = #ltc.reset<before>, bias_in = {dense(3 * 35)}, "
                   f"bias_rec = {dense(3 * 35)}"),
    "euler": cell("ctrnn", "euler", 37, 37, "activation = #lle.activation<tanh>, unfolds = 4 : i64, elapsed = 0.5 : f64, "
                  f"tau = dense<0.75> : tensor<37xf32>, bias = {dense(37)}"),
}
with open(f"{out}/cells.mlir", "w") as file:
    types = ", ".join(f"tensor<{units}xf32>" for _, units in cells.values())
    print(f"lle.network @cells(%x: tensor<{INPUTS}xf32> {{lle.name = \"x\"}}, %t: tensor<1xf32> {{lle.name = \"t\"}}) -> "
          f"({types}) attributes {{dt = 1.0 : f64}} {{", file=file)
    for name, (text, _) in cells.items():
        print(f"  %{name} = {text}", file=file)
    print(f'  lle.output {", ".join("%" + name for name in cells)} : {types}\n}}', file=file)
np.save(f"{out}/x.npy", random.normal(size=(2, 8, INPUTS)).astype(np.float32))
np.save(f"{out}/t.npy", random.uniform(0, 2, size=(2, 8, 1)).astype(np.float32))
