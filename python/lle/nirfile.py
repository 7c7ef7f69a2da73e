"""Writes graphs in NIR's HDF5 layout, as nir 1.0.7 does: text in UTF-8 of variable length, arrays in chunks with gzip
level 4. The same graph gives the same bytes."""
import os
import tempfile

import numpy as np

from .errors import ExportError

VERSION = "1.0.7"
GZIP_LEVEL = 4
MAX_CHUNK_BYTES = 1 << 20


def import_h5py():
    try:
        import h5py
    except ImportError as error:
        raise ExportError("HDF5 files need the Python package h5py (Debian: python3-h5py)") from error
    return h5py


class Graph:
    def __init__(self):
        self.nodes = {}
        self.edges = []

    def add(self, name, node_type, **params):
        self.add_node(name, node_type, params)

    def add_node(self, name, node_type, params):
        """A node; datasets that are None are left out."""
        if name in self.nodes:
            raise ExportError(f"two nodes are named '{name}'")
        self.nodes[name] = {"type": node_type, **{key: value for key, value in params.items() if value is not None}}

    def chain(self, *names):
        """Connects each name to the next."""
        self.edges += list(zip(names, names[1:]))

    def write(self, path):
        """The file appears under its name only when it is complete."""
        h5py = import_h5py()
        folder = os.path.dirname(os.path.abspath(path))
        if not os.path.isdir(folder):
            raise ExportError(f"{path}: the folder does not exist")
        handle, temporary = tempfile.mkstemp(prefix=os.path.basename(path) + ".tmp", dir=folder)
        os.close(handle)
        try:
            with h5py.File(temporary, "w") as file:
                self._fill(h5py, file)
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, 0o666 & ~mask)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise

    def _fill(self, h5py, file):
        text = h5py.string_dtype("utf-8")
        file.create_dataset("version", data=VERSION, dtype=text)
        node = file.create_group("node")
        node.create_dataset("type", data="NIRGraph", dtype=text)
        edges = np.array(self.edges, dtype=object).reshape(-1, 2)
        node.create_dataset("edges", data=edges, dtype=text)
        nodes = node.create_group("nodes")
        for name in sorted(self.nodes):
            group = nodes.create_group(name)
            for key, value in sorted(self.nodes[name].items()):
                if isinstance(value, str):
                    group.create_dataset(key, data=value, dtype=text)
                else:
                    _write_array(group, key, np.asarray(value))


def _write_array(group, key, array):
    if array.dtype == bool:
        array = array.astype(np.int64)
    if array.ndim == 0 or array.size == 0:
        group.create_dataset(key, data=array)
        return
    # Rows until a chunk is large enough.
    chunk, size = list(array.shape), array.nbytes
    for dim, length in enumerate(chunk):
        rows = max(1, min(length, MAX_CHUNK_BYTES * length // size))
        size = size // length * rows
        chunk[dim] = rows
    group.create_dataset(key, data=array, chunks=tuple(chunk), compression="gzip", compression_opts=GZIP_LEVEL)
