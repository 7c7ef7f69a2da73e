"""Live modules: classes with the names and attributes of ncps 1.0.1 for PyTorch are exported to the same bytes as their
state dictionary and configuration. usage: modules.py FOLDER [torch]"""
import filecmp
import sys

import lle
import numpy as np
from lle import ncps
from lle.errors import ExportError

import states

USE_TORCH = sys.argv[2:] == ["torch"]
if USE_TORCH:
    import torch


class Module:
    def __init__(self, state, **attributes):
        self.state = state
        self.__dict__.update(attributes)

    def state_dict(self):
        if not USE_TORCH:
            return self.state
        return {key: torch.nn.Parameter(torch.from_numpy(np.asarray(value, np.float32))) for key, value in
                self.state.items()}


def make(name, state, **attributes):
    return type(name, (Module,), {})(state, **attributes)


def make_modules():
    all_states = {name: state for name, (state, _) in states.make_all().items()}
    ltc_cell = make("LTCCell", {}, _implicit_param_constraints=True, _ode_unfolds=6, _epsilon=1e-8, _input_mapping="affine",
                    _output_mapping="linear", motor_size=np.int64(2))
    silu = make("SiLU", {})
    cfc_cell = make("CfCCell", {}, mode="default", backbone=[make("Linear", {}), silu, make("Linear", {}), silu])
    wired_cell = make("WiredCfCCell", {}, _layers=[make("CfCCell", {}, mode="pure", backbone=None)])
    common = {"return_sequences": True}
    return {"ltc": make("LTC", all_states["ltc"], rnn_cell=ltc_cell, use_mixed=False, **common),
            "cfc": make("CfC", all_states["cfc"], rnn_cell=cfc_cell, use_mixed=False, proj_size=None, **common),
            "wired": make("CfC", all_states["wired"], rnn_cell=wired_cell, use_mixed=True, proj_size=None, **common)}


def refuse(module, text):
    try:
        lle.export_ncps(module, f"{folder}/refused.nir")
    except ExportError as error:
        assert text in str(error), error
        print("refused:", error)
    else:
        raise AssertionError("nothing was refused")


folder = sys.argv[1]
for name, module in make_modules().items():
    lle.export_ncps(module, f"{folder}/live.nir")
    state, config = module.state, states.make_all()[name][1]
    ncps.build_graph({key: np.asarray(value, np.float32) for key, value in state.items()} if USE_TORCH else state, config,
                     name).write(f"{folder}/saved.nir")
    assert filecmp.cmp(f"{folder}/live.nir", f"{folder}/saved.nir", shallow=False), name
    print(name, "same")

modules = make_modules()
if USE_TORCH:
    head = torch.nn.Linear(2, 4)
    torch.save({key: value.detach() for key, value in modules["ltc"].state_dict().items()}, f"{folder}/ltc.pt")
    np.savez(f"{folder}/ltc.npz", **modules["ltc"].state)
else:
    head = make("Linear", {}, weight=np.ones((4, 2), np.float32), bias=np.ones(4, np.float32))
lle.export_ncps(modules["ltc"], f"{folder}/head.nir", head=head, irregular=True)

del modules["ltc"].rnn_cell._epsilon
refuse(modules["ltc"], "LTCCell: it has no attribute '_epsilon', which that of ncps 1.0.1 has")
refuse(make("LSTM", {}), "LSTM: expected an LTC, CfC, LTCCell, CfCCell or WiredCfCCell of ncps for PyTorch")
modules["cfc"].rnn_cell.backbone[1] = make("Mish", {})
refuse(modules["cfc"], "the backbone's function is a Mish")
