"""LTC and CfC in PyTorch, with the equations and the parameter names of ncps (Lechner et al.; Hasani et al.)."""
import numpy as np
import torch
from torch import nn

UNFOLDS = 6
EPSILON = 1e-8
ELAPSED = 1.0  # a year


def ncp_wiring(inter, command, motor, sensory_fanout, inter_fanout, recurrent, motor_fanin, seed):
    """Adjacency (+1, -1, 0; [source, target]) of a neural circuit policy with one input.

    Neurons are numbered motor, command, inter, as ncps does.
    """
    rng = np.random.RandomState(seed)
    units = inter + command + motor
    motors, commands = np.arange(motor), np.arange(motor, motor + command)
    inters = np.arange(motor + command, units)
    adjacency, sensory = np.zeros((units, units)), np.zeros((1, units))
    sign = lambda: rng.choice([-1.0, 1.0, 1.0])
    for target in rng.choice(inters, sensory_fanout, replace=False):
        sensory[0, target] = sign()
    for source in inters:
        for target in rng.choice(commands, inter_fanout, replace=False):
            adjacency[source, target] = sign()
    for _ in range(recurrent):
        adjacency[rng.choice(commands), rng.choice(commands)] = sign()
    for target in motors:
        for source in rng.choice(commands, motor_fanin, replace=False):
            adjacency[source, target] = sign()
    return adjacency.astype(np.float32), sensory.astype(np.float32)


class LTCCell(nn.Module):
    """Fused solver; weights are kept positive by clip() after each step of the optimiser."""

    def __init__(self, adjacency, sensory, motor):
        super().__init__()
        units, inputs = adjacency.shape[0], sensory.shape[0]
        uniform = lambda low, high, *shape: nn.Parameter(torch.rand(*shape) * (high - low) + low)
        fixed = lambda array: nn.Parameter(torch.from_numpy(np.abs(array)), requires_grad=False)
        self.gleak, self.vleak, self.cm = uniform(0.001, 1, units), uniform(-0.2, 0.2, units), uniform(0.4, 0.6, units)
        self.sigma, self.mu = uniform(3, 8, units, units), uniform(0.3, 0.8, units, units)
        self.w, self.erev = uniform(0.001, 1, units, units), nn.Parameter(torch.from_numpy(adjacency.copy()))
        self.sensory_sigma, self.sensory_mu = uniform(3, 8, inputs, units), uniform(0.3, 0.8, inputs, units)
        self.sensory_w = uniform(0.001, 1, inputs, units)
        self.sensory_erev = nn.Parameter(torch.from_numpy(sensory.copy()))
        self.sparsity_mask, self.sensory_sparsity_mask = fixed(adjacency), fixed(sensory)
        self.input_w, self.input_b = nn.Parameter(torch.ones(inputs)), nn.Parameter(torch.zeros(inputs))
        self.output_w, self.output_b = nn.Parameter(torch.ones(motor)), nn.Parameter(torch.zeros(motor))
        self.units = units

    def clip(self):
        with torch.no_grad():
            for parameter in (self.w, self.sensory_w, self.cm, self.gleak):
                parameter.clamp_(min=0)

    def forward(self, x, v):
        x = (x * self.input_w + self.input_b)[:, :, None]
        sensory = self.sensory_w * self.sensory_sparsity_mask * torch.sigmoid(self.sensory_sigma * (x - self.sensory_mu))
        current, conductance = (sensory * self.sensory_erev).sum(1), sensory.sum(1)
        cm = self.cm / (ELAPSED / UNFOLDS)
        for _ in range(UNFOLDS):
            a = self.w * self.sparsity_mask * torch.sigmoid(self.sigma * (v[:, :, None] - self.mu))
            v = (cm * v + self.gleak * self.vleak + (a * self.erev).sum(1) + current) / (
                cm + self.gleak + a.sum(1) + conductance + EPSILON)
        return v[:, :len(self.output_w)] * self.output_w + self.output_b, v


class CfCCell(nn.Module):
    """Default mode, backbone of one layer with lecun_tanh."""

    def __init__(self, inputs, units, backbone):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(inputs + units, backbone))
        head = lambda: nn.Linear(backbone, units)
        self.ff1, self.ff2, self.time_a, self.time_b = head(), head(), head(), head()
        self.units = units

    def clip(self):
        pass

    def forward(self, x, h):
        z = 1.7159 * torch.tanh(0.666 * self.backbone(torch.cat([x, h], 1)))
        gate = torch.sigmoid(self.time_a(z) * ELAPSED + self.time_b(z))
        h = torch.tanh(self.ff1(z)) * (1 - gate) + gate * torch.tanh(self.ff2(z))
        return h, h


class Sequence(nn.Module):
    """A cell over (samples, steps, features), and a linear head on what it gives in each step."""

    def __init__(self, cell, width):
        super().__init__()
        self.rnn = nn.Module()
        self.rnn.rnn_cell = cell
        self.fc = nn.Linear(width, 1)

    def forward(self, x):
        state = x.new_zeros(len(x), self.rnn.rnn_cell.units)
        outputs = []
        for step in range(x.shape[1]):
            y, state = self.rnn.rnn_cell(x[:, step], state)
            outputs.append(y)
        return self.fc(torch.stack(outputs, 1))
