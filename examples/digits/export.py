#!/usr/bin/python3
"""Writes the trained network as textual MLIR: export.py > digits.mlir. `lle-translate --export-nir` makes digits.nir of it."""
import numpy as np

from reference import DT, R, STEPS, TAU, THRESHOLD, load

# v = beta v + x with beta = 1 - dt/tau, then v > threshold, and a reset to zero in the same step: snnTorch's rule.
DYNAMICS = "dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>"
FIRING = ("firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, "
          "max_spikes = 1>")


def tensor(shape, element="f32"):
    return f"tensor<{'x'.join(map(str, shape))}x{element}>"


def weight(name, value):
    data = np.ascontiguousarray(value, "<f4").tobytes().hex().upper()
    return f'  %{name} = lle.weight dense<"0x{data}"> : {tensor(value.shape)}'


def lif(name, current, shape):
    values = {"r": R, "tau": TAU, "v_init": 0.0, "v_leak": 0.0, "v_reset": 0.0, "v_threshold": THRESHOLD}
    parameters = ", ".join(f"{k} = dense<{v:e}> : {tensor(shape)}" for k, v in values.items())
    return (f'  %{name} = spk.lif "{name}" %{current} {DYNAMICS} {FIRING}\n    {{{parameters}}} : '
            f'{tensor(shape)} -> {tensor(shape, "i1")}')


def synapse(op, name, source, source_type, weights, result, attributes=""):
    return "\n".join([
        weight(f"{name}_w", weights[f"{name}.weight"]), weight(f"{name}_b", weights[f"{name}.bias"]),
        f'  %{name} = lle.{op} %{source}, %{name}_w, %{name}_b {{{attributes}name = "{name}"}} : '
        f'({source_type}, {tensor(weights[f"{name}.weight"].shape)}, {tensor(weights[f"{name}.bias"].shape)}) -> '
        f'{tensor(result)}'])


def main():
    w = load("weights.npz")
    conv = "dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 1, 1>, stride = array<i64: 1, 1>, "
    pool = "kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>, "
    print(f'lle.network @digits(%x: {tensor((1, 8, 8))} {{lle.name = "input"}}) -> '
          f'({tensor((10,), "i1")} {{lle.name = "output"}})\n'
          f'    attributes {{dt = {DT:e} : f64, profile = "snntorch", steps = {STEPS} : i64}} {{')
    print(synapse("conv2d", "conv1", "x", tensor((1, 8, 8)), w, (16, 8, 8), conv))
    print(lif("lif1", "conv1", (16, 8, 8)))
    print(f'  %pool1 = lle.sum_pool2d %lif1 {{{pool}name = "pool1"}} : ({tensor((16, 8, 8), "i1")}) -> '
          f'{tensor((16, 4, 4))}')
    print(synapse("conv2d", "conv2", "pool1", tensor((16, 4, 4)), w, (32, 4, 4), conv))
    print(lif("lif2", "conv2", (32, 4, 4)))
    print(f'  %pool2 = lle.sum_pool2d %lif2 {{{pool}name = "pool2"}} : ({tensor((32, 4, 4), "i1")}) -> '
          f'{tensor((32, 2, 2))}')
    print(f'  %flat = lle.flatten %pool2 {{end_dim = -1 : i64, name = "flatten", start_dim = 0 : i64}} : '
          f'({tensor((32, 2, 2))}) -> {tensor((128,))}')
    print(synapse("affine", "fc1", "flat", tensor((128,)), w, (64,)))
    print(lif("lif3", "fc1", (64,)))
    print(synapse("affine", "fc2", "lif3", tensor((64,), "i1"), w, (10,)))
    print(lif("lif4", "fc2", (10,)))
    print(f'  lle.output %lif4 : {tensor((10,), "i1")}\n}}')


if __name__ == "__main__":
    main()
