"""Spiking neurons of NIR as modules of PyTorch, whose step is that of the compiled network (the operations of
dialects/Spk). Numbers of the file are parameters that are not trained unless requires_grad is set."""
import numpy as np
import torch

from .errors import ExportError
from .surrogate import Count, Spike

EXTRA = ("v_init", "v_min", "i_leak", "decay", "decay_syn", "decay_mem", "bias")
WITH_CURRENT = ("CubaLI", "CubaLIF")
FIRING = ("IF", "LIF", "CubaLIF")
TYPES = ("I", "LI", *FIRING, "CubaLI")
# Values of a rule that this module knows.
CHOICES = {"integrator": ("euler", "exact", "hold", "decay_euler", "decay_exp", "discrete"),
           "order": ("decay_first", "input_first"), "gain": ("unit", "continuous", "per_step"),
           "scale": ("membrane", "input"), "compare": ("gt", "ge"), "reset": ("to_value", "subtract", "none"),
           "when": ("same_step", "next_before", "next_after", "same_step_held"), "emit": ("updated", "held"),
           "scope": ("membrane", "all")}


def parse_rule(text, where):
    rule = dict(item.partition("=")[::2] for item in text.split(","))
    for key, value in rule.items():
        if key in CHOICES and value not in CHOICES[key]:
            raise ExportError(f"{where}: 'lle/rule' has {key}={value}, expected {', '.join(CHOICES[key])}")
    return rule


class Neuron(torch.nn.Module):
    def __init__(self, node, metadata, dt, slope, where):
        super().__init__()
        self.kind, self.dt, self.slope = node["type"], dt, slope
        if "lle/rule" not in metadata:
            raise ExportError(f"{where}: it has no 'lle/rule', which says what a step is; lle-translate --export-nir writes it")
        self.rule = parse_rule(metadata["lle/rule"], where)
        self.fires = self.kind in FIRING
        numbers = {key: value for key, value in node.items() if key != "type"}
        numbers.update({key: metadata[f"lle/{key}"] for key in EXTRA if f"lle/{key}" in metadata})
        self.numbers = tuple(numbers)
        for key, value in numbers.items():
            tensor = torch.as_tensor(np.array(value))
            self.register_parameter(key, torch.nn.Parameter(tensor, requires_grad=False))

    def get(self, key, otherwise=0.0):
        """A number of each neuron, in the precision in which coefficients are computed."""
        value = getattr(self, key) if key in self.numbers else torch.tensor(otherwise)
        return value.double()

    def prepare(self):
        """Coefficients, once for all steps, in the precision of the states."""
        rule, dt = self.rule, self.dt
        one = torch.ones((), dtype=torch.float64)
        w_in, r = self.get("w_in", 1.0), self.get("r", 1.0)
        unit = one
        if rule["scale"] == "input":
            unit = (r * dt if self.kind in ("I", "IF") else w_in * (dt / self.get("tau_syn")) * r * (dt / self.get("tau_mem"))
                    if self.kind in WITH_CURRENT else r * (dt / self.get("tau")))
        c = {key: self.get(name) / unit for key, name in (("threshold", "v_threshold"), ("reset", "v_reset"), ("floor", "v_min"))
             if name in self.numbers}
        if self.kind in ("I", "IF"):
            c.update(decay=one, k=r * dt if rule["gain"] == "per_step" else one, offset=0 * one)
            self.integrator = "discrete"
        else:
            self.integrator = rule["integrator"]
            if self.integrator == "discrete":
                self._prepare_discrete(c, one)
            else:
                self._prepare_equation(c, w_in, r, unit)
        self.c = {key: value.float() for key, value in c.items()}
        # Numbers of a rule that resets elsewhere are still in the file.
        if rule.get("reset") != "to_value":
            self.c.pop("reset", None)

    def _prepare_discrete(self, c, one):
        c.update(k=one, g=one, offset=self.get("bias"))
        if self.kind in WITH_CURRENT:
            c.update(decay_syn=self.get("decay_syn"), decay=self.get("decay_mem"))
        else:
            c.update(decay=self.get("decay"))

    def _prepare_equation(self, c, w_in, r, unit):
        dt, gain = self.dt, self.rule["gain"]
        is_euler = self.integrator in ("euler", "decay_euler")

        def decay(rate):
            return 1 - rate if is_euler else torch.exp(-rate)
        tau = self.get("tau_mem" if self.kind in WITH_CURRENT else "tau")
        a, leak = dt / tau, self.get("v_leak") / unit
        d = decay(a)
        own = r if gain == "continuous" else r * a if gain == "per_step" else torch.ones_like(r)
        c.update(rate=a, decay=d, rest=leak, offset=(1 - d) * leak, k=own, g=own)
        if self.kind not in WITH_CURRENT:
            return
        tau_syn = self.get("tau_syn")
        b = dt / tau_syn
        c.update(rate_syn=b, decay_syn=decay(b), rest_syn=self.get("i_leak"),
                 k=w_in if gain == "continuous" else w_in * b if gain == "per_step" else torch.ones_like(w_in))
        if self.integrator == "exact":
            # Without cancellation where the two time constants are nearly equal.
            difference = tau_syn - tau
            grown = torch.expm1(dt * difference / (tau_syn * tau))
            divisor = torch.where(difference == 0, torch.ones_like(difference), difference)
            c["transient"] = own * torch.where(difference == 0, a * d, tau_syn / divisor * d * grown)

    def start(self, shape):
        """States before the first step: the current, where there is one, and the potential."""
        zero = torch.zeros(shape)
        v = self.get("v_init").float().expand(shape).clone()
        return [zero, v] if self.kind in WITH_CURRENT else [v]

    def advance(self, states, x):
        c, integrator = self.c, self.integrator
        if self.kind in WITH_CURRENT:
            return self._advance_with_current(states, x)
        v = states[0]
        if integrator == "euler":
            return [v + c["rate"] * ((c["rest"] - v) + c["k"] * x)]
        if integrator in ("exact", "hold"):
            w = c["rest"] + c["k"] * x
            return [w + (v - w) * c["decay"]]
        if self.rule["order"] == "decay_first":
            return [c["decay"] * v + c["k"] * x + c["offset"]]
        return [c["decay"] * (v + c["k"] * x) + c["offset"]]

    def _advance_with_current(self, states, x):
        c, integrator = self.c, self.integrator
        i, v = states
        if integrator == "euler":
            i = i + c["rate_syn"] * ((c["rest_syn"] - i) + c["k"] * x)
            return [i, v + c["rate"] * ((c["rest"] - v) + c["g"] * i)]
        if integrator == "exact":
            j = c["k"] * x
            excess, w = i - j, c["rest"] + c["g"] * j
            return [j + excess * c["decay_syn"], w + (v - w) * c["decay"] + excess * c["transient"]]
        if integrator == "hold":
            j = c["k"] * x
            i = j + (i - j) * c["decay_syn"]
            w = c["rest"] + c["g"] * i
            return [i, w + (v - w) * c["decay"]]
        if self.rule["order"] == "decay_first":
            i = c["decay_syn"] * i + c["k"] * x
        else:
            i = c["decay_syn"] * (i + c["k"] * x)
        return [i, c["decay"] * v + c["g"] * i + c["offset"]]

    def spikes(self, v):
        most = int(self.rule["max_spikes"])
        if most == 1:
            return Spike.apply(v - self.c["threshold"], self.rule["compare"], self.slope)
        return Count.apply(v / self.c["threshold"], most)

    def _reset(self, states, spikes):
        """Spikes of a reset have no gradient, as in snnTorch."""
        spikes, v = spikes.detach(), states[-1]
        if self.rule["reset"] == "subtract":
            return [*states[:-1], v - spikes * self.c["threshold"]]
        if self.rule["reset"] == "none":
            return states
        states = [*states[:-1], torch.where(spikes > 0, self.c["reset"].expand_as(v), v)]
        if self.rule["scope"] == "all":
            states[0] = torch.where(spikes > 0, torch.zeros_like(v), states[0])
        return states

    @property
    def is_late(self):
        """Whether what it gives is known before what it takes."""
        return self.fires and self.rule["emit"] == "held"

    def forward(self, states, x):
        """The states after a step, and what the neurons give."""
        if not self.fires:
            states = self.advance(states, x)
            return states, states[-1]
        when = self.rule["when"]
        held = self.spikes(states[-1])
        result = held
        if when == "next_before":
            states = self._reset(states, held)
        states = self.advance(states, x)
        if when == "next_after":
            states = self._reset(states, held)
        v = states[-1]
        spikes = self.spikes(v - held.detach() * self.c["threshold"] if when == "same_step_held" else v)
        if when in ("same_step", "same_step_held"):
            states = self._reset(states, spikes)
        if "floor" in self.c:
            states = [*states[:-1], torch.maximum(states[-1], self.c["floor"].expand_as(v))]
        return states, result if self.is_late else spikes

    def store(self, node, metadata):
        """Puts the numbers back. A rule of decays has time constants for readers that know no decays."""
        for key in self.numbers:
            value = getattr(self, key).detach().cpu().numpy()
            if key in node:
                node[key] = value
            else:
                metadata[f"lle/{key}"] = value
        if self.rule["integrator"] != "discrete" or self.kind in ("I", "IF"):
            return
        potential = ("tau_mem", "decay_mem", "r") if self.kind in WITH_CURRENT else ("tau", "decay", "r")
        current = [("tau_syn", "decay_syn", "w_in")] if self.kind in WITH_CURRENT else []
        for tau, decay, gain in [potential, *current]:
            rate = 1 - self.get(decay).detach().numpy()
            shape = np.shape(node[tau])
            node[tau], node[gain] = np.broadcast_to(self.dt / rate, shape), np.broadcast_to(1 / rate, shape)
            if gain == "r":
                node["v_leak"] = np.broadcast_to(self.get("bias").detach().numpy() / rate, shape)
