"""Networks drawn at random, to compare estimates with: of convolutions, of linear layers, and of liquid cells."""
import numpy as np

from .fitted import FIRING, draw_cfc, draw_ltc, graph_inputs
from .ncps import build_graph

STEPS, SAMPLES = 40, 4
LEAST_ELEMENTS = 1 << 22  # of spiking inputs: no processor learns which branches they take
THRESHOLD = 0.15  # a membrane takes a tenth of its input in a step


class Text:
    """A spiking network as text, of which `value` of `type` is the last one."""

    def __init__(self, random, shape):
        self.random, self.shape, self.is_spikes, self.lines, self.count = random, shape, True, [], 0
        self.value = "%x"

    def get_type(self):
        return f"tensor<{'x'.join(map(str, self.shape))}x{'i1' if self.is_spikes else 'f32'}>"

    def add(self, operation, shape, is_spikes=False):
        """An operation, written with {x}, {type} and {result} for its operand and types."""
        before, operand = self.get_type(), self.value
        self.shape, self.is_spikes, self.value = shape, is_spikes, f"%v{self.count}"
        self.count += 1
        text = operation.replace("{x}", operand).replace("{type}", before).replace("{result}", self.get_type())
        self.lines.append(f"  {self.value} = {text}")

    def add_weights(self, shape):
        """So large that a tenth to a fifth of the inputs makes sums of about one."""
        name = f"%w{len(self.lines)}"
        values = self.random.normal(0, 1 / np.sqrt(0.15 * np.prod(shape[1:])), shape).astype(np.float32)
        kind = f"tensor<{'x'.join(map(str, shape))}xf32>"
        self.lines.append(f'  {name} = lle.weight dense<"0x{values.tobytes().hex().upper()}"> : {kind}')
        return name, kind

    def add_conv(self, channels, kernel):
        weights, kind = self.add_weights((channels, self.shape[0], kernel, kernel))
        self.lines.append(f"  {weights}b = lle.weight dense<0.0> : tensor<{channels}xf32>")
        pad = kernel // 2
        self.add(f"lle.conv2d {{x}}, {weights}, {weights}b {{stride = array<i64: 1, 1>, padding = array<i64: {pad}, {pad}>, "
                 f"dilation = array<i64: 1, 1>, groups = 1 : i64}} : ({{type}}, {kind}, tensor<{channels}xf32>) -> {{result}}",
                 (channels, *self.shape[1:]))

    def add_linear(self, outputs):
        weights, kind = self.add_weights((outputs, *self.shape))
        self.add(f"lle.linear {{x}}, {weights} : ({{type}}, {kind}) -> {{result}}", (outputs,))

    def add_neurons(self):
        shape = self.get_type()
        values = {"r": 1.0, "tau": 0.01, "v_leak": 0.0, "v_init": 0.0, "v_reset": 0.0, "v_threshold": THRESHOLD}
        entries = ", ".join(f"{name} = dense<{value}> : {shape}" for name, value in sorted(values.items()))
        self.add(f'spk.lif "n{self.count}" {{x}} dynamics<integrator = decay_euler, order = decay_first, gain = unit, '
                 f"scale = input> {FIRING['i1']} {{{entries}}} : {{type}} -> {{result}}", self.shape, is_spikes=True)

    def add_pool(self):
        channels, height, width = self.shape
        self.add("lle.sum_pool2d {x} {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : "
                 "({type}) -> {result}", (channels, height // 2, width // 2))

    def flatten(self):
        self.add("lle.flatten {x} {end_dim = -1 : i64, start_dim = 0 : i64} : ({type}) -> {result}",
                 (int(np.prod(self.shape)),), self.is_spikes)

    def finish(self, shape):
        kind = f"tensor<{'x'.join(map(str, shape))}xi1>"
        body = "\n".join(self.lines)
        return (f"lle.network @drawn(%x: {kind}) -> {self.get_type()} attributes {{dt = 1.0e-3 : f64}} {{\n{body}\n"
                f"  lle.output {self.value} : {self.get_type()}\n}}\n")


def draw_spikes(random, shape):
    rate = np.exp(random.uniform(np.log(0.01), np.log(0.3)))
    return (random.random_sample((1, LEAST_ELEMENTS // int(np.prod(shape)), *shape)) < rate).astype(np.uint8)


def draw_convolutions(random):
    side, depth, kernel = random.randint(10, 37), random.randint(1, 4), random.choice([3, 5], p=[0.8, 0.2])
    shape = (random.randint(1, 4), side, side)
    text, name = Text(random, shape), [f"{shape[0]}x{side}x{side}"]
    for _ in range(depth):
        text.add_conv(random.randint(4, 41), kernel)
        text.add_neurons()
        name.append(f"{text.shape[0]}c{kernel}")
        if text.shape[1] > 6 and random.random_sample() < 0.7:
            text.add_pool()
            name[-1] += "p"
    text.flatten()
    text.add_linear(random.randint(2, 21))
    text.add_neurons()
    return "-".join(name + [str(text.shape[0])]), text.finish(shape), draw_spikes(random, shape)


def draw_linear(random):
    shape = (random.randint(40, 801),)
    text, name = Text(random, shape), [str(shape[0])]
    for most in (600, 300, 30)[-random.randint(2, 4):]:
        text.add_linear(random.randint(most // 6, most + 1))
        text.add_neurons()
        name.append(str(text.shape[0]))
    return "-".join(name), text.finish(shape), draw_spikes(random, shape)


def draw_cell(random, kind):
    units, inputs = random.randint(6, 65), random.randint(2, 33)
    if kind == "LTC":
        share = random.uniform(0.15, 1)
        name, (state, config) = f"LTC {units} of {inputs}, {100 * share:.0f} %", draw_ltc(units, inputs, share)
    else:
        backbone = int(random.choice([0, random.randint(16, 129)]))
        name, (state, config) = f"CfC {units} of {inputs}, {backbone}", draw_cfc(units, inputs, backbone, "default")
    graph = build_graph({key: np.asarray(value, np.float32) for key, value in state.items()}, config, "drawn")
    return name, graph, random.uniform(0, 1, (SAMPLES, STEPS, graph_inputs(state, config))).astype(np.float32)


def draw_networks(count, seed):
    """(name, text or graph, array of inputs) of so many networks: half of convolutions, the others in turn."""
    random = np.random.RandomState(seed)
    others = (draw_linear, lambda random: draw_cell(random, "CfC"), lambda random: draw_cell(random, "LTC"))
    for index in range(count):
        yield draw_convolutions(random) if index % 2 == 0 else others[index // 2 % 3](random)
