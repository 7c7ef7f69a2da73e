"""Reads saved state dictionaries: .npz, .safetensors, .pt."""
import json
import os
import pickle
import struct
import zipfile

import numpy as np

from .errors import ExportError

# Widths beside NumPy's own; bf16 is the upper half of f32.
SAFETENSORS_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
                     "U8": "u1", "BOOL": "?", "BF16": "<u2"}
MAX_HEADER_BYTES = 100 << 20


def load_state(path):
    """Name to array, in the order of the file. Of an .npz with keys 'p/...', those alone, without the prefix."""
    extension = os.path.splitext(path)[1]
    readers = {".npz": _read_npz, ".safetensors": _read_safetensors, ".pt": _read_torch, ".pth": _read_torch}
    if extension not in readers:
        raise ExportError(f"{path}: its name ends with '{extension}', expected {', '.join(readers)}")
    state = readers[extension](path)
    if not state:
        raise ExportError(f"{path}: there are no arrays in it")
    for key, array in state.items():
        if array.dtype.kind not in "fiub":
            raise ExportError(f"{path}: '{key}' has the element type {array.dtype}, expected numbers")
    return state


def _read_npz(path):
    try:
        with np.load(path, allow_pickle=False) as arrays:
            keys = [key for key in arrays.files if key.startswith("p/")]
            if keys:
                return {key[2:]: arrays[key] for key in keys}
            return {key: arrays[key] for key in arrays.files}
    except (ValueError, zipfile.BadZipFile, EOFError) as error:
        raise ExportError(f"{path}: this is no .npz file: {error}") from error


def _read_safetensors(path):
    """An 8-byte length, a JSON header of that length, and the tensors' bytes (huggingface.co/docs/safetensors)."""
    with open(path, "rb") as file:
        data = file.read()
    if len(data) < 8:
        raise ExportError(f"{path}: it has {len(data)} bytes, too few for a safetensors file")
    length = struct.unpack("<Q", data[:8])[0]
    if length > min(len(data) - 8, MAX_HEADER_BYTES):
        raise ExportError(f"{path}: its header claims {length} bytes, but the file has {len(data)}")
    try:
        header = json.loads(data[8:8 + length].decode("utf-8"))
        entries = {key: (entry["dtype"], [int(dim) for dim in entry["shape"]], *map(int, entry["data_offsets"]))
                   for key, entry in header.items() if key != "__metadata__"}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExportError(f"{path}: its header is no description of tensors: {error!r}") from error
    body, state = data[8 + length:], {}
    for key, entry in entries.items():
        if len(entry) != 4:
            raise ExportError(f"{path}: '{key}' has no two data_offsets")
        state[key] = _cut_tensor(path, key, body, *entry)
    return state


def _cut_tensor(path, key, body, dtype, shape, begin, end):
    if dtype not in SAFETENSORS_TYPES:
        raise ExportError(f"{path}: '{key}' has the element type {dtype}, expected {', '.join(SAFETENSORS_TYPES)}")
    numpy_type = np.dtype(SAFETENSORS_TYPES[dtype])
    count = 1
    for dim in shape:
        count *= dim
    if min(shape, default=0) < 0 or not 0 <= begin <= end <= len(body) or end - begin != count * numpy_type.itemsize:
        raise ExportError(f"{path}: '{key}' of shape {shape} ({dtype}) does not fit the bytes {begin} to {end} of "
                          f"{len(body)}")
    array = np.frombuffer(body[begin:end], numpy_type)
    if dtype == "BF16":
        array = (array.astype("<u4") << 16).view("<f4")
    return array.reshape(shape)


def _read_torch(path):
    try:
        import torch
    except ImportError as error:
        raise ExportError(f"{path}: a file of PyTorch needs the Python package torch (Debian: python3-torch); saved as "
                          ".npz or .safetensors it does not") from error
    # Version 1.13, which Debian has, is the first to know the argument: without it a file runs code of its own.
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (RuntimeError, pickle.UnpicklingError, EOFError, KeyError, TypeError) as error:
        raise ExportError(f"{path}: this is no state dictionary of PyTorch: {str(error).splitlines()[0]}") from error
    if isinstance(state, dict) and isinstance(state.get("state_dict"), dict):
        state = state["state_dict"]
    if not isinstance(state, dict):
        raise ExportError(f"{path}: it holds a {type(state).__name__}, expected a state dictionary (module.state_dict())")
    return to_numpy(state, path)


def to_numpy(state, where):
    arrays = {}
    for key, value in state.items():
        if hasattr(value, "detach"):
            value = value.detach().cpu()
            # NumPy has no bf16.
            value = (value.float() if "bfloat16" in str(value.dtype) else value).numpy()
        if not isinstance(value, np.ndarray):
            raise ExportError(f"{where}: '{key}' is a {type(value).__name__}, expected a tensor")
        arrays[key] = value
    return arrays
