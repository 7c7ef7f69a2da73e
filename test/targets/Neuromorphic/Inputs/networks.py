"""Random networks in Loihi's integers, or as SpiNNaker2 has them: what their cores give, and what another engine gives.

  networks.py OUT [--count N] [--seed S] [--engine E] [--target T]   OUT is a folder for files

Layers are dense, or convolutions over a grid with and without pooling. Besides the layer before it a layer may see an
earlier one, itself with one to three steps of delay, and a later one, with as many as their loop takes on a chip. Neurons
have biases and decays, some fire without input; delays differ from neuron to neuron; inputs are spikes, or numbers of 16
bits; a layer without thresholds may end the network, and states may be reset in the midst of a sample.
On SpiNNaker2 weights are whole numbers of f32, and no current outlasts a step, where the chip has two of them.
"""
import argparse
import pathlib
import subprocess

import numpy as np

STEPS, SAMPLES = 24, 3


class Network:
    def __init__(self, random, target):
        self.random, self.lines, self.names, self.is_real = random, [], 0, target == "spinnaker2"
        self.sum, self.stored = ("f32", "f32") if self.is_real else ("si32", "si8")

    def add(self, text):
        self.names += 1
        self.lines.append(f"  %{self.names} = {text}")
        return f"%{self.names}"

    def chance(self, p):
        return self.random.random() < p

    def dense(self, shape, low, high, element):
        values = self.random.integers(low, high, shape).astype(float if element == "f32" else int)
        return f"dense<{values.tolist()}> : tensor<{tensor(shape, element)}>"

    def weight(self, shape, low=-9, high=14):
        return self.add(f"lle.weight {self.dense(shape, low, high, self.stored)}")

    def delay(self, signal, shape, element, least, most):
        steps = self.dense(shape, least, most + 1, "i64")
        kind = f"tensor<{tensor(shape, element)}>"
        return self.add(f'lle.delay "delay{self.names}" {signal} {{initial = 0.0 : f64, steps = {steps}}} : {kind}')

    def synapses(self, signal, shape, element, size):
        """What `size` neurons get of a signal."""
        kind = f"tensor<{tensor(shape, element)}>"
        if len(shape) > 1:
            size_in = int(np.prod(shape))
            flat = f"tensor<{size_in}x{element}>"
            signal = self.add(f"lle.flatten {signal} {{end_dim = -1 : i64, start_dim = 0 : i64}} : ({kind}) -> {flat}")
            shape, kind = (size_in,), flat
        w = self.weight((size, *shape))
        return self.add(f"lle.linear {signal}, {w} : ({kind}, tensor<{size}x{shape[0]}x{self.stored}>) -> tensor<{size}x{self.sum}>")

    def convolution(self, signal, shape, element):
        """The signal and its shape behind a convolution over a grid, and perhaps a pooling."""
        channels, height, width = shape
        outs, kernel = int(self.random.integers(1, 4)), int(self.random.integers(1, 4))
        stride, padding = int(self.random.integers(1, 3)), int(self.random.integers(0, 2))
        w = self.weight((outs, channels, kernel, kernel))
        b = self.add(f"lle.weight {self.dense((outs,), 0, 1, self.stored)}")
        size = [(n + 2 * padding - kernel) // stride + 1 for n in (height, width)]
        result = (outs, *size)
        signal = self.add(
            f"lle.conv2d {signal}, {w}, {b} {{dilation = array<i64: 1, 1>, groups = 1 : i64, "
            f"padding = array<i64: {padding}, {padding}>, stride = array<i64: {stride}, {stride}>}} : "
            f"(tensor<{tensor(shape, element)}>, tensor<{outs}x{channels}x{kernel}x{kernel}x{self.stored}>, tensor<{outs}x{self.stored}>)"
            f" -> tensor<{tensor(result, self.sum)}>")
        if self.chance(0.5) and min(size) >= 2:
            pooled = (outs, *(n // 2 for n in size))
            signal = self.add(
                f"lle.sum_pool2d {signal} {{kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, "
                f"stride = array<i64: 2, 2>}} : (tensor<{tensor(result, self.sum)}>) -> tensor<{tensor(pooled, self.sum)}>")
            result = pooled
        return signal, result

    def fractions(self, shape, low, high):
        return f"dense<{self.random.uniform(low, high, shape).astype(np.float32).tolist()}> : tensor<{tensor(shape, 'f32')}>"

    def real_neurons(self, name, signal, shape, spiking):
        dynamics, firing, op = "integrator = discrete, order = decay_first, gain = unit, scale = membrane", "", "li"
        parameters = {"v_init": self.dense(shape, 0, 1, "f32")}
        if not spiking and self.chance(0.3):
            dynamics, op = dynamics.replace("discrete", "euler"), "integrator"
        else:
            parameters["decay"] = self.fractions(shape, 0.5, 1)
            if self.chance(0.5):
                parameters["bias"] = self.fractions(shape, -1, 2)
        if spiking:
            reset, op = ("subtract", "lif") if self.chance(0.5) else ("to_value", "lif")
            parameters["v_threshold"] = self.fractions(shape, 10, 60)
            if reset == "to_value":
                parameters["v_reset"] = self.fractions(shape, -5, 5)
            firing = (f" firing<compare = gt, reset = {reset}, when = same_step, emit = updated, scope = membrane, "
                      "max_spikes = 1>")
        text = ", ".join(f"{key} = {value}" for key, value in parameters.items())
        kind = f"tensor<{tensor(shape, 'f32')}>" + (f" -> tensor<{tensor(shape, 'i1')}>" if spiking else "")
        return self.add(f'spk.{op} "{name}" {signal} dynamics<{dynamics}>{firing} {{{text}}} : {kind}')

    def neurons(self, name, signal, shape, reset, spiking=True):
        if self.is_real:
            return self.real_neurons(name, signal, shape, spiking)
        parameters = {"du": self.dense(shape, 1000, 4096, "i32"), "dv": self.dense(shape, 100, 2000, "i32")}
        if spiking:
            parameters["v_threshold"] = self.dense(shape, 10, 60, "i32")
        if self.chance(0.5):
            parameters["bias_mant"] = self.dense(shape, -40, 80, "i32")
            parameters["bias_exp"] = self.dense(shape, 0, 4, "i32")
        if self.chance(0.3):
            parameters["weight_exp"] = f"{self.random.integers(1, 3)} : i64"
        if reset:
            parameters |= {"reset_interval": f"{reset[0]} : i64", "reset_offset": f"{reset[1]} : i64"}
        kind = f"tensor<{tensor(shape, 'si32')}>"
        text = ", ".join(f"{key} = {value}" for key, value in parameters.items())
        result = f"tensor<{tensor(shape, 'i1' if spiking else 'si32')}>"
        op = "fixed_cuba_lif" if spiking else "fixed_cuba_li"
        return self.add(f'spk.{op} "{name}" {signal} loihi {{{text}}} : {kind} -> {result}')

    def build(self):
        random = self.random
        isGrid, isGraded = self.chance(0.5), self.chance(0.25)
        shape = (2, 6, 5) if isGrid else (int(random.integers(3, 12)),)
        element = "i1" if not isGraded else "f32" if self.is_real else "si16"
        layers = [("%x", shape, element)]
        count = int(random.integers(2, 5))
        sizes = [int(random.integers(2, 14)) for _ in range(count + 1)]
        reset = (int(random.integers(5, 12)), 0) if self.chance(0.3) else None
        for number in range(1, count + 1):
            signal, shape, element = layers[-1]
            spiking = number < count or self.chance(0.7)
            if number == 1 and isGrid and self.chance(0.8):
                current, shape = self.convolution(signal, shape, element)
            else:
                shape = (sizes[number],)
                parts = [self.synapses(signal, layers[-1][1], element, shape[0])]
                for other in range(number - 1):
                    if self.chance(0.4):
                        signal, seen, element = layers[other]
                        if self.chance(0.5):
                            signal = self.delay(signal, seen, element, 0, 3)
                        parts.append(self.synapses(signal, seen, element, shape[0]))
                if spiking and self.chance(0.5):
                    own = self.delay(f"%n{number}", shape, "i1", 1, 3)
                    parts.append(self.synapses(own, shape, "i1", shape[0]))
                if number < count - 1 and self.chance(0.4):
                    back = self.delay(f"%n{number + 1}", (sizes[number + 1],), "i1", 2, 4)
                    parts.append(self.synapses(back, (sizes[number + 1],), "i1", shape[0]))
                kind = f"tensor<{shape[0]}x{self.sum}>"
                current = self.add(f"lle.add {', '.join(parts)} : ({', '.join([kind] * len(parts))}) -> {kind}")
            spikes = self.neurons(f"layer{number}", current, shape, reset, spiking)
            self.lines[-1] = self.lines[-1].replace(f"{spikes} =", f"%n{number} =")
            layers.append((f"%n{number}", shape, "i1"))
        outputs = [(count, "i1" if spiking else self.sum)]
        if self.chance(0.5):
            outputs.append((int(random.integers(1, count)), "i1"))
        kinds = [f"tensor<{tensor(layers[i][1], element)}>" for i, element in outputs]
        names = ", ".join(f"%n{i}" for i, _ in outputs)
        results = ", ".join(f'{kind} {{lle.name = "y{i}"}}' for i, kind in enumerate(kinds))
        self.lines.append(f"  lle.output {names} : {', '.join(kinds)}")
        signal, shape, element = layers[0]
        text = (f'lle.network @net(%x: tensor<{tensor(shape, element)}> {{lle.name = "x"}}) -> ({results}) '
                f"attributes {{dt = 1.0e-03 : f64, steps = {STEPS} : i64}} {{\n" + "\n".join(self.lines) + "\n}\n")
        x = random.random((SAMPLES, STEPS, *shape)) < 0.3
        return text, [f"y{i}" for i in range(len(kinds))], x * random.integers(-3, 6, x.shape).astype(np.int16) if isGraded else x.astype(np.uint8)


def tensor(shape, element):
    return "x".join([*map(str, shape), element])


def run(*command):
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL)


def compare(out, number, seed, engine, target):
    """Runs one network on its cores and in another engine: elements that differ, all of them, and those not 0."""
    random = np.random.default_rng([seed, number])
    text, outputs, x = Network(random, target).build()
    network, package, samples = out / f"{number}.mlir", out / f"{number}.lle", out / "x.npy"
    network.write_text(text)
    np.save(samples, x)
    neurons = random.integers(0, 20)  # 0: as many as a core holds
    run("lle-compile", network, f"--target={target}", f"--set=neuro-partition.neurons={neurons}",
        "--set=neuro-place.effort=1", "-o", package)
    results = []
    for model, name in (package, "emulator"), (network, engine):
        files = {port: out / f"{name}-{port}.npy" for port in outputs}
        run("lle-run", model, f"--engine={name}", f"--input={samples}",
            *(f"--output={port}={file}" for port, file in files.items()))
        results.append(np.concatenate([np.load(file).ravel() for file in files.values()]))
    return (results[0] != results[1]).sum(), results[0].size, (results[0] != 0).sum()


parser = argparse.ArgumentParser()
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--count", type=int, default=12)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--engine", default="native")
parser.add_argument("--target", default="loihi2")
options = parser.parse_args()
sums = np.zeros(3, int)
for number in range(options.count):
    counts = compare(options.out, number, options.seed, options.engine, options.target)
    if counts[0]:
        print(f"network {number}: {counts[0]} of {counts[1]} elements differ")
    sums += counts
print(f"{options.count} networks: {sums[0]} of {sums[1]} elements differ, {sums[2]} are not 0")
