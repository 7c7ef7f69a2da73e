"""Liquid cells with the names of ncps, in PyTorch: there and back.

liquid.py make FOLDER     FOLDER/NAME.nir of untrained cells whose weights are rounded, as a pass says it
liquid.py train FOLDER    loads FOLDER/NAME.tuned.nir, trains, writes NAME.back.nir, and what PyTorch gives
"""
import sys

import numpy as np
import torch

import lle
from lle import nirfile

UNITS, INPUTS, MOTOR, STEPS, BITS = 5, 3, 2, 12, 4
what, folder = sys.argv[1:]


class CfCCell(torch.nn.Module):
    mode = "default"

    def __init__(self):
        super().__init__()
        self.backbone = torch.nn.Sequential(torch.nn.Linear(INPUTS + UNITS, 6), torch.nn.SiLU())
        for head in ("ff1", "ff2", "time_a", "time_b"):
            setattr(self, head, torch.nn.Linear(6, UNITS))

    def forward(self, x, h):
        z = self.backbone(torch.cat([x, h], 1))
        gate = torch.sigmoid(self.time_a(z) + self.time_b(z))
        h = torch.tanh(self.ff1(z)) * (1 - gate) + gate * torch.tanh(self.ff2(z))
        return h, h


class LTCCell(torch.nn.Module):
    _implicit_param_constraints, _ode_unfolds, _epsilon = True, 6, 1e-8
    _input_mapping, _output_mapping, motor_size = "affine", "affine", MOTOR

    def __init__(self):
        super().__init__()
        shapes = {"gleak": UNITS, "vleak": UNITS, "cm": UNITS, "input_w": INPUTS, "input_b": INPUTS, "output_w": MOTOR,
                  "output_b": MOTOR}
        for name in ("w", "erev", "mu", "sigma"):
            shapes.update({name: (UNITS, UNITS), "sensory_" + name: (INPUTS, UNITS)})
        # As ncps: parameters are looked up here, not as attributes.
        self._params = {}
        for name, shape in shapes.items():
            self._params[name] = torch.nn.Parameter(torch.rand(shape) + (2 if name.endswith("sigma") else 0))
            self.register_parameter(name, self._params[name])
        for name, shape in (("sparsity_mask", (UNITS, UNITS)), ("sensory_sparsity_mask", (INPUTS, UNITS))):
            self._params[name] = torch.nn.Parameter((torch.rand(shape) > 0.3).float(), requires_grad=False)
            self.register_parameter(name, self._params[name])

    def synapses(self, prefix, v):
        p = self._params
        gate = torch.sigmoid(p[prefix + "sigma"] * (v.unsqueeze(-1) - p[prefix + "mu"]))
        active = torch.nn.functional.softplus(p[prefix + "w"]) * gate * p[prefix + "sparsity_mask"]
        return (active * p[prefix + "erev"]).sum(1), active.sum(1)

    def forward(self, x, v):
        p, softplus = self._params, torch.nn.functional.softplus
        numerator, denominator = self.synapses("sensory_", x * p["input_w"] + p["input_b"])
        cm, leak = softplus(p["cm"]) * self._ode_unfolds, softplus(p["gleak"])
        for _ in range(self._ode_unfolds):
            above, below = self.synapses("", v)
            v = (cm * v + leak * p["vleak"] + above + numerator) / (cm + leak + below + denominator + self._epsilon)
        return v[:, :MOTOR] * p["output_w"] + p["output_b"], v


class Layer(torch.nn.Module):
    use_mixed, return_sequences, proj_size = False, True, None

    def __init__(self, cell):
        super().__init__()
        self.rnn_cell = cell

    def forward(self, x):
        state, results = torch.zeros(x.shape[0], UNITS), []
        for step in range(x.shape[1]):
            result, state = self.rnn_cell(x[:, step], state)
            results.append(result)
        return torch.stack(results, 1)


class CfC(Layer):
    pass


class LTC(Layer):
    pass


WEIGHTS = {"cfc": [("ff1.weight", "node/ff1_weight", False), ("backbone.0.weight", "node/backbone_weights0", False)],
           "ltc": [("w", "node/w", True), ("sensory_erev", "node/sensory_erev", True)]}


def make_modules():
    return {"cfc": (CfC(CfCCell()), torch.nn.Linear(UNITS, 2)), "ltc": (LTC(LTCCell()), torch.nn.Linear(MOTOR, 2))}


def make():
    for name, (module, head) in make_modules().items():
        path = f"{folder}/{name}.nir"
        lle.export_ncps(module, path, head=head)
        graph = nirfile.read(path)
        for dataset, key, is_last in WEIGHTS[name]:
            weight = graph.nodes["rnn"][dataset].astype(np.float64)
            scale = np.abs(weight).max(0 if is_last else 1) / 2 ** (BITS - 1)
            wide = scale if is_last else scale[:, None]
            level = np.clip(np.rint(weight / wide), -(2 ** (BITS - 1)), 2 ** (BITS - 1) - 1)
            graph.nodes["rnn"][dataset] = (level * wide).astype(np.float32)
            graph.node_metadata["rnn"].update({f"lle/bits/{key}/bits/0": np.int64(BITS), f"lle/bits/{key}/scale/0": scale})
        graph.write(path)


def train():
    x = torch.randn(4, STEPS, INPUTS)
    np.save(f"{folder}/x.npy", x.numpy())
    for name, (module, head) in make_modules().items():
        tuned = f"{folder}/{name}.tuned.nir"
        lle.load_ncps(module, tuned, head=head)
        optimiser, losses = torch.optim.Adam([*module.parameters(), *head.parameters()], 0.02), []
        for _ in range(20):
            loss = (head(module(x)) - x[..., :2].cumsum(1).tanh()).square().mean()
            losses.append(loss.item())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        assert losses[-1] < 0.9 * losses[0], losses
        lle.save_ncps(module, f"{folder}/{name}.back.nir", like=tuned, head=head)
        with torch.no_grad():
            np.save(f"{folder}/{name}.expected.npy", head(module(x)).numpy())
        before, after = (nirfile.read(path).nodes["rnn"] for path in (tuned, f"{folder}/{name}.back.nir"))
        for dataset, key, is_last in WEIGHTS[name]:
            scale = nirfile.read(tuned).node_metadata["rnn"][f"lle/bits/{key}/scale/0"]
            level = after[dataset] / (scale if is_last else scale[:, None])
            moved = (before[dataset] != after[dataset]).sum()
            assert np.abs(level - np.rint(level)).max() < 1e-4 and moved > 0, (name, dataset, moved)
        print(f"{name}: loss {losses[0]:.4f} to {losses[-1]:.4f}")


torch.manual_seed(5 if what == "make" else 6)
torch.set_num_threads(1)
if what in ("make", "train"):
    make() if what == "make" else train()
