"""Steps with useful gradients, for training in PyTorch."""
import torch
from torch.nn.utils import parametrize


class Spike(torch.autograd.Function):
    """1 where u is above 0 (or not below it). The gradient is that of a fast sigmoid, as in snnTorch (Zenke and Ganguli,
    Neural Computation 2018)."""

    @staticmethod
    def forward(ctx, u, compare, slope):
        ctx.save_for_backward(u)
        ctx.slope = slope
        return (u > 0 if compare == "gt" else u >= 0).to(u.dtype)

    @staticmethod
    def backward(ctx, gradient):
        (u,) = ctx.saved_tensors
        return gradient / (1 + ctx.slope * u.abs()) ** 2, None, None


class Count(torch.autograd.Function):
    """Whole spikes of a potential in units of its threshold, up to a limit. The gradient passes where there can be any."""

    @staticmethod
    def forward(ctx, u, most):
        ctx.save_for_backward((u > 0) & (u < most + 1))
        return u.floor().clamp(0, most)

    @staticmethod
    def backward(ctx, gradient):
        (passes,) = ctx.saved_tensors
        return gradient * passes, None


class Round(torch.autograd.Function):
    """The nearest level; the gradient passes, but for weights outside of the levels (straight-through estimator, Bengio,
    Léonard and Courville, arXiv 1308.3432)."""

    @staticmethod
    def forward(ctx, weight, scale, lowest, highest, binary):
        level = weight.double() / scale
        ctx.save_for_backward((level >= lowest - 0.5) & (level <= highest + 0.5))
        signs = torch.where(level < 0, -1.0, 1.0).double()
        level = torch.minimum(torch.maximum(level.round(), lowest), highest)
        return (torch.where(binary, signs, level) * scale).to(weight.dtype)

    @staticmethod
    def backward(ctx, gradient):
        (passes,) = ctx.saved_tensors
        return gradient * passes, None, None, None, None


class FakeQuantise(torch.nn.Module):
    """A parametrization of a weight (torch.nn.utils.parametrize): what is used and saved lies on the grid."""

    def __init__(self, grid):
        super().__init__()
        for name in ("scale", "lowest", "highest", "binary"):
            self.register_buffer(name, torch.as_tensor(getattr(grid, name)))

    def forward(self, weight):
        return Round.apply(weight, self.scale, self.lowest, self.highest, self.binary)


def quantise(module, name, grid):
    """The parameter of the module is trained as a real number and used as one of the grid."""
    parametrize.register_parametrization(module, name, FakeQuantise(grid))
