"""Networks of spiking transformers as text, with random weights on a coarse power-of-two grid.

All sums are exact on that grid, in single precision and in any order, so that a spike that differs is an error and no
matter of rounding.
"""
import numpy as np

EPSILON = 2.0**-10


class Norm:
    """A batch norm in eval mode whose deviation is a power of two."""

    def __init__(self, random, channels, shift):
        self.mean = random.integers(-4, 5, channels).astype(np.float32) / 4
        self.variance = random.choice([0.25, 1.0, 4.0], channels).astype(np.float32) - np.float32(EPSILON)
        self.scale = random.choice([0.5, 1.0], channels).astype(np.float32)
        self.shift = (shift + random.integers(-1, 2, channels) / 4).astype(np.float32)

    def map(self):
        factor = self.scale / np.sqrt(self.variance + np.float32(EPSILON))
        return factor, self.shift - factor * self.mean


def weights(random, *shape, density=0.5):
    """Multiples of 1/8, some of them zero."""
    values = random.integers(-4, 6, shape) / 8
    return np.where(random.random(shape) < density, values, 0).astype(np.float32)


class Writer:
    """Writes a network line by line; values are names with types."""

    def __init__(self):
        self.lines, self.count, self.types = [], 0, {}

    def argument(self, name, shape, element):
        self.types[name] = (tuple(shape), element)
        return name

    def type(self, name):
        shape, element = self.types[name]
        return "tensor<" + "".join(f"{n}x" for n in shape) + element + ">"

    def op(self, text, shape, element, *operands, arrow=True):
        name = f"%{self.count}"
        self.count += 1
        self.types[name] = (tuple(shape), element)
        operand_types = ", ".join(self.type(o) for o in operands)
        signature = f"({operand_types}) -> {self.type(name)}" if arrow else self.type(name)
        self.lines.append(f"  {name} = {text} : {signature}")
        return name

    def weight(self, array):
        text = "0x" + np.ascontiguousarray(array, "<f4").tobytes().hex()
        name = f"%{self.count}"
        self.count += 1
        self.types[name] = (array.shape, "f32")
        value = f'"{text}"' if array.size > 1 else repr(float(array.reshape(-1)[0]))
        self.lines.append(f"  {name} = lle.weight dense<{value}> : {self.type(name)}")
        return name

    def norm(self, x, norm):
        vector = lambda array: f"dense<[{', '.join(repr(float(v)) for v in array)}]> : tensor<{len(array)}xf32>"
        text = (f"lle.batch_norm {x} {{channel_dim = 0 : i64, epsilon = {EPSILON!r} : f64, mean = {vector(norm.mean)}, "
                f"scale = {vector(norm.scale)}, shift = {vector(norm.shift)}, variance = {vector(norm.variance)}}}")
        return self.op(text, self.types[x][0], "f32", x)

    def conv1d(self, x, kernel, norm):
        """Conv1d with kernel 1 over tokens, without bias, and a batch norm."""
        w, b = self.weight(kernel[:, :, None]), self.weight(np.zeros(len(kernel), np.float32))
        text = (f"lle.conv1d {x}, {w}, {b} {{dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 0>, "
                "stride = array<i64: 1>}")
        return self.norm(self.op(text, (len(kernel), self.types[x][0][1]), "f32", x, w, b), norm)

    def conv2d(self, x, kernel, bias, padding=1):
        w, b = self.weight(kernel), self.weight(bias)
        text = (f"lle.conv2d {x}, {w}, {b} {{dilation = array<i64: 1, 1>, groups = 1 : i64, "
                f"padding = array<i64: {padding}, {padding}>, stride = array<i64: 1, 1>}}")
        return self.op(text, (len(kernel), *self.types[x][0][1:]), "f32", x, w, b)

    def lif(self, name, x, threshold=1.0):
        """SpikingJelly's LIFNode with tau 2: v += (x - v) / 2, a spike if v >= threshold, then v = 0."""
        shape = self.types[x][0]
        plain = lambda value: f"dense<{value}> : {self.type(x)}"
        text = (f'spk.lif "{name}" {x} dynamics<integrator = euler, order = decay_first, gain = continuous, '
                "scale = membrane> firing<compare = ge, reset = to_value, when = same_step, emit = updated, "
                f"scope = membrane, max_spikes = 1> {{r = {plain(1.0)}, tau = {plain(2.0)}, v_init = {plain(0.0)}, "
                f"v_leak = {plain(0.0)}, v_reset = {plain(0.0)}, v_threshold = {plain(float(threshold))}}}")
        name = self.op(text, shape, "i1", x, arrow=False)
        self.lines[-1] = self.lines[-1].rsplit(" : ", 1)[0] + f" : {self.type(x)} -> {self.type(name)}"
        return name

    def slice(self, x, offset, length):
        shape = (length, *self.types[x][0][1:])
        return self.op(f"lle.slice {x} {{offset = {offset} : i64}}", shape, self.types[x][1], x)

    def reshape(self, x, *shape):
        return self.op(f"lle.reshape {x}", shape, self.types[x][1], x)

    def add(self, element, *terms):
        return self.op(f"lle.add {', '.join(terms)}", self.types[terms[0]][0], element, *terms)

    def both(self, a, b):
        return self.op(f"lle.and {a}, {b}", self.types[a][0], "i1", a, b, arrow=False)

    def attention(self, q, k, v, heads, scale):
        name = self.op(f"spk.self_attention {q}, {k}, {v} {{heads = {heads} : i64, scale = {scale!r} : f64}}",
                       self.types[q][0], "f32", q, arrow=False)
        self.lines[-1] = self.lines[-1].rsplit(" : ", 1)[0] + f" : {self.type(q)} -> {self.type(name)}"
        return name

    def matmul(self, a, b, shape, flags):
        return self.op(f"lle.matmul {a}, {b} {{{flags}}}", shape, "f32", a, b)

    def text(self, arguments, outputs):
        """Outputs are (port, value)."""
        ports = ", ".join(f'{a}: {self.type(a)} {{lle.name = "{a[1:]}"}}' for a in arguments)
        results = ", ".join(f'{self.type(v)} {{lle.name = "{port}"}}' for port, v in outputs)
        last = f"  lle.output {', '.join(v for _, v in outputs)} : {', '.join(self.type(v) for _, v in outputs)}"
        return "\n".join([f"lle.network @block({ports}) -> ({results}) attributes {{dt = 1.0 : f64}} {{", *self.lines,
                          last, "}"]) + "\n"
