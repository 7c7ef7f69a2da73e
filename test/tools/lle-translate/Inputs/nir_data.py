"""Recordings with h5py, in the layout that nir's write_data has: nir_data.py make OUT | nir_data.py list FILE."""
import sys

import h5py
import numpy as np


def observable(group, kind, attributes, **arrays):
    group.attrs["__type__"] = kind
    for name, value in arrays.items():
        group.create_dataset(name, data=value, dtype=value.dtype, compression="gzip")
    for name, value in attributes.items():
        group.attrs[name] = value


def write(path, nodes):
    """nodes: {node: {observable: (kind, attributes, arrays)}}"""
    with h5py.File(path, "w") as file:
        file.attrs["__type__"] = "NIRGraphData"
        for node, observables in nodes.items():
            group = file.require_group("nodes").create_group(node)
            group.attrs["__type__"] = "NIRNodeData"
            for name, (kind, attributes, arrays) in observables.items():
                observable(group.create_group("observables").create_group(name) if "observables" not in group
                           else group["observables"].create_group(name), kind, attributes, **arrays)  # fmt: skip


def make(out):
    grid = np.zeros((2, 4, 24), bool)
    grid[0, 0, [0, 23]] = grid[0, 2, 7] = grid[1, 3, 1] = True
    np.save(f"{out}/x.npy", grid.reshape(2, 4, 2, 4, 3).astype(np.float32))
    gridded = ("TimeGriddedData", {"dt": 1e-3}, {"data": grid})
    # The same as events in a list of four, the unused ones marked.
    idx = np.full((2, 4), -1)
    time = np.full((2, 4), np.inf)
    for sample in range(2):
        steps, neurons = np.nonzero(grid[sample])
        idx[sample, : len(steps)], time[sample, : len(steps)] = neurons, steps * 1e-3 + 4e-4
    events = ("EventData", {"n_neurons": 24, "t_max": 4e-3}, {"idx": idx, "time": time})
    value = np.where(idx >= 0, (idx + 1) / 4, 0.0)
    valued = ("ValuedEventData", {"n_neurons": 24, "t_max": 4e-3}, {"idx": idx, "time": time, "value": value})
    np.save(f"{out}/valued.npy", (grid * ((np.arange(24) + 1) / 4)).reshape(2, 4, 2, 4, 3).astype(np.float32))
    write(f"{out}/grid.nir", {"input0": {"spikes": gridded}})
    write(f"{out}/events.h5", {"camera": {"spikes": events}})
    write(f"{out}/valued.h5", {"camera": {"current": valued}})
    write(f"{out}/several.h5", {"input0": {"spikes": events, "current": valued}, "lif": {"spikes": gridded}})
    write(f"{out}/narrow.h5", {"input0": {"spikes": ("TimeGriddedData", {"dt": 1e-3}, {"data": grid[:, :, :5]})}})
    write(f"{out}/slow.h5", {"input0": {"spikes": ("TimeGriddedData", {"dt": 1e-2}, {"data": grid})}})
    with open(f"{out}/grid.nir", "rb") as whole, open(f"{out}/cut.nir", "wb") as cut:
        cut.write(whole.read()[:1500])


def show(path):
    with h5py.File(path) as file:
        print(file.attrs["__type__"])
        for node, group in file["nodes"].items():
            for name, data in group["observables"].items():
                parts = {k: (v.shape, str(v.dtype)) for k, v in sorted(data.items())}
                print(node, group.attrs["__type__"], name, data.attrs["__type__"], parts,
                      {k: data.attrs[k] for k in ("dt", "n_neurons", "t_max") if k in data.attrs})  # fmt: skip


make(sys.argv[2]) if sys.argv[1] == "make" else show(sys.argv[2])
