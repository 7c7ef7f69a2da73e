#!/usr/bin/python3
"""Trains an NCP (LTC cell) and a CfC to predict next year's sunspot number, and writes {ltc,cfc}.npz, {ltc,cfc}.json,
test_x.npy, test_y.npy and trainer.json beside itself. Needs Debian's python3-torch; one core, minutes.

The series itself comes from Debian's python3-statsmodels (public domain): train.py --fetch writes sunspots.csv."""
import json
import os
import sys

import numpy as np

import series
from series import TEST, VALID, WINDOW

SEED = 3
EPOCHS = {"ltc": 700, "cfc": 700}
RATE = {"ltc": 1e-2, "cfc": 4e-3}  # Adam, cosine decay to 0
BURN_IN = 8  # years of a window whose predictions do not count in training
AMPLITUDE = 0.75, 1.4  # a training window is scaled by a random factor: later cycles are higher than all before
NOISE = 0.03  # and its inputs are disturbed


def fetch():
    import statsmodels.api as sm

    data = sm.datasets.sunspots.load_pandas().data
    with open(os.path.join(series.HERE, "sunspots.csv"), "w") as f:
        f.write("year,sunspot_number\n")
        f.writelines(f"{year:.0f},{number:g}\n" for year, number in data.to_numpy())


def build(name):
    import models

    if name == "ltc":
        adjacency, sensory = models.ncp_wiring(inter=12, command=8, motor=1, sensory_fanout=9, inter_fanout=4,
                                               recurrent=8, motor_fanin=6, seed=SEED)
        config = {"cell": "LTC", "framework": "ncps-torch 1.0.1", "positivity": "clip", "ode_unfolds": models.UNFOLDS,
                  "epsilon": models.EPSILON, "input_mapping": "affine", "output_mapping": "affine", "motor": 1,
                  "units": 21, "inputs": 1}
        return models.Sequence(models.LTCCell(adjacency, sensory, motor=1), 1), config
    config = {"cell": "CfC", "framework": "ncps-torch 1.0.1", "mode": "default", "backbone_layers": 1,
              "backbone_units": 48, "backbone_activation": "lecun_tanh", "units": 24, "inputs": 1}
    return models.Sequence(models.CfCCell(1, 24, 48), 24), config


def train(name, net, splits):
    import torch

    (x, y), (valid_x, valid_y) = [[torch.from_numpy(a) for a in split] for split in splits]
    # Each step of a window predicts the year after it.
    targets = torch.cat([x[:, 1:], y[:, None]], 1)
    optimiser = torch.optim.Adam(net.parameters(), RATE[name])
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS[name])
    best, best_epoch, kept = np.inf, 0, None
    for epoch in range(EPOCHS[name]):
        scale = torch.empty(len(x), 1, 1).uniform_(*AMPLITUDE)
        predicted = net(x * scale + NOISE * torch.randn_like(x))
        loss = torch.nn.functional.mse_loss(predicted[:, BURN_IN:], (targets * scale)[:, BURN_IN:])
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        net.rnn.rnn_cell.clip()
        schedule.step()
        with torch.no_grad():
            error = torch.nn.functional.mse_loss(net(valid_x)[:, -1], valid_y).item()
        if error < best:
            best, best_epoch = error, epoch
            kept = {k: v.numpy().astype(np.float32).copy() for k, v in net.state_dict().items()}
        if epoch % 20 == 0:
            print(f"{name} epoch {epoch}: train {loss.item():.5f} valid {error:.5f}", flush=True)
    net.load_state_dict({k: torch.from_numpy(v) for k, v in kept.items()})
    return kept, best, best_epoch


def autoregression(order=9):
    """What a linear model of nine years gives: the yardstick of the literature on this series."""
    (x, y), (test_x, test_y) = series.windows(0, TEST), series.windows(TEST, 9999)
    design = lambda a: np.concatenate([a[:, -order:, 0].astype(float), np.ones((len(a), 1))], 1)
    weights, *_ = np.linalg.lstsq(design(x), y[:, 0].astype(float), rcond=None)
    return design(test_x) @ weights


def main():
    if "--fetch" in sys.argv[1:]:
        return fetch()
    import torch

    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    splits = series.windows(0, VALID), series.windows(VALID, TEST)
    test_x, test_y = series.windows(TEST, 9999)
    path = lambda name: os.path.join(series.HERE, name)
    mse = lambda a: float(np.mean(np.square(np.asarray(a, float) - test_y[:, 0])))
    rmse = lambda a: float(np.sqrt(np.mean(np.square(series.decode(np.asarray(a, float)) - series.decode(test_y[:, 0])))))
    report = {"window": WINDOW, "test_years": len(test_y), "seed": SEED, "torch": torch.__version__, "models": {}}
    for name, prediction in [("last year's number", test_x[:, -1, 0]), ("autoregression of nine years", autoregression())]:
        report["models"][name] = {"mse": mse(prediction), "rmse_sunspots": rmse(prediction)}
    for name in EPOCHS:
        torch.manual_seed(SEED)
        net, config = build(name)
        weights, valid, epoch = train(name, net, splits)
        with torch.no_grad():
            prediction = net(torch.from_numpy(test_x)).numpy()[:, -1, 0]
        report["models"][name] = {"mse": mse(prediction), "rmse_sunspots": rmse(prediction), "valid_mse": valid,
                                  "epoch": epoch, "parameters": int(sum(w.size for k, w in weights.items() if "mask" not in k))}
        np.savez(path(f"{name}.npz"), **weights)
        config.update(elapsed_time=1.0, mixed_memory=False, return_sequences=False)
        entry = {"name": name, "prefix": "rnn.", "config": config,
                 "head": {"type": "Linear", "weight": "fc.weight", "bias": "fc.bias", "outputs": 1}}
        with open(path(f"{name}.json"), "w") as f:
            f.write(json.dumps(entry, indent=2) + "\n")
    np.save(path("test_x.npy"), test_x)
    np.save(path("test_y.npy"), test_y)
    with open(path("trainer.json"), "w") as f:
        f.write(json.dumps(report, indent=2) + "\n")
    for name, figures in report["models"].items():
        print(f"{name:<30} mse {figures['mse']:.5f}   rmse {figures['rmse_sunspots']:.2f} sunspots")


if __name__ == "__main__":
    main()
