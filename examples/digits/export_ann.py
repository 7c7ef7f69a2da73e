#!/usr/bin/python3
"""Writes the ReLU network of ann.npz as textual MLIR: export_ann.py > ann.mlir. One step is one image."""
from export import synapse, tensor
from reference import DT, load


def main():
    w = load("ann.npz")
    conv = "dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 1, 1>, stride = array<i64: 1, 1>, "
    pool = "kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>, "

    def relu(name, source, shape):
        return f'  %{name} = lle.activation <relu> %{source} {{name = "{name}"}} : {tensor(shape)}'

    def mean(name, source, before, after):
        return (f'  %{name} = lle.avg_pool2d %{source} {{{pool}name = "{name}"}} : ({tensor(before)}) -> '
                f'{tensor(after)}')  # fmt: skip

    print(f'lle.network @digits_ann(%x: {tensor((1, 8, 8))} {{lle.name = "input"}}) -> '
          f'({tensor((10,))} {{lle.name = "output"}})\n    attributes {{dt = {DT:e} : f64, steps = 1 : i64}} {{')  # fmt: skip
    print(synapse("conv2d", "conv1", "x", tensor((1, 8, 8)), w, (16, 8, 8), conv))
    print(relu("relu1", "conv1", (16, 8, 8)))
    print(mean("pool1", "relu1", (16, 8, 8), (16, 4, 4)))
    print(synapse("conv2d", "conv2", "pool1", tensor((16, 4, 4)), w, (32, 4, 4), conv))
    print(relu("relu2", "conv2", (32, 4, 4)))
    print(mean("pool2", "relu2", (32, 4, 4), (32, 2, 2)))
    print(f'  %flat = lle.flatten %pool2 {{end_dim = -1 : i64, name = "flatten", start_dim = 0 : i64}} : '
          f'({tensor((32, 2, 2))}) -> {tensor((128,))}')  # fmt: skip
    print(synapse("affine", "fc1", "flat", tensor((128,)), w, (64,)))
    print(relu("relu3", "fc1", (64,)))
    print(synapse("affine", "fc2", "relu3", tensor((64,)), w, (10,)))
    print(f'  lle.output %fc2 : {tensor((10,))}\n}}')


if __name__ == "__main__":
    main()
