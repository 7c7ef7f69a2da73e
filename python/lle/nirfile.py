"""Reads and writes graphs in NIR's HDF5 layout, as nir 1.0.7 does: text in UTF-8 of variable length, arrays in chunks with gzip
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
        # By key, which may be a path ("lle/rule").
        self.metadata = {}
        self.node_metadata = {}

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
                _write(group, key, value, text)
            for key, value in sorted(self.node_metadata.get(name, {}).items()):
                _write(group, f"metadata/{key}", value, text)
        for key, value in sorted(self.metadata.items()):
            _write(node, f"metadata/{key}", value, text)


def read(path):
    """The graph of a file; a graph inside of it is refused."""
    h5py = import_h5py()
    try:
        with open(path, "rb"), h5py.File(path, "r") as file:
            if _text(file.get("node/type")) != "NIRGraph":
                raise ExportError(f"{path}: this is no network in NIR's layout")
            graph = Graph()
            root = file["node"]
            graph.edges = [tuple(str(end) for end in edge) for edge in root["edges"].asstr()[()].reshape(-1, 2)] if \
                root["edges"].size else []
            graph.metadata = _read_metadata(root)
            for name, group in root["nodes"].items():
                node_type = _text(group.get("type"))
                if node_type is None or node_type == "NIRGraph":
                    raise ExportError(f"{path}: node '{name}' is {'a graph' if node_type else 'no node'}, expected a node "
                                      "of one operation")
                graph.add_node(name, node_type, {key: _read(value) for key, value in group.items()
                                                 if key != "type" and isinstance(value, h5py.Dataset)})
                graph.node_metadata[name] = _read_metadata(group)
            return graph
    except FileNotFoundError:
        raise
    except (OSError, KeyError, AttributeError, TypeError, ValueError) as error:
        if isinstance(error, ExportError):
            raise
        raise ExportError(f"{path}: this is no readable file of NIR: {error}") from error


def _text(dataset):
    value = None if dataset is None else dataset[()]
    return value.decode("utf-8") if isinstance(value, bytes) else None


def _read(dataset):
    value = dataset[()]
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return dataset.asstr()[()] if getattr(value, "dtype", None) == object else value


def _read_metadata(group):
    """Paths of datasets to their values."""
    found = {}
    if "metadata" in group:
        group["metadata"].visititems(lambda key, item: found.update({key: _read(item)}) if hasattr(item, "dtype") else None)
    return found


def _write(group, key, value, text):
    if isinstance(value, str) or getattr(value, "dtype", None) == object:
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
