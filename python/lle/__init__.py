"""Ways into LLE from where liquid networks are trained: writers of .nir files (docs/formats.md).

    lle.export_ncps(module, "m.nir")                 a live module of ncps for PyTorch
    python3 -m lle.export_ncps  STATE --config ...   a saved state dictionary
    python3 -m lle.export_keras MODEL --config ...   the Keras models of the drone papers
    python3 -m lle.export_csv   FOLDER ...           the CSV folder of the AAAI code

and back, to train on (docs/finetuning.md):

    lle.load_torch("m.nir")                          a spiking network as a module of PyTorch; .save("m.nir")
    lle.load_ncps(module, "m.nir")                   a liquid one into a live module of ncps; lle.save_ncps
    python3 -m lle.import_ncps MODEL ...             or as a state dictionary
"""
from .errors import ExportError

__all__ = ["ExportError", "export_ncps", "load_ncps", "load_torch", "save_ncps"]


def export_ncps(module, path, **options):
    """Writes a live LTC, CfC, LTCCell, CfCCell or WiredCfCCell of ncps for PyTorch; see lle.ncps.export_module."""
    from .ncps import export_module
    export_module(module, path, **options)


def load_torch(path, **options):
    """A spiking network of a .nir file as a module of PyTorch; see lle.torchnet.Network."""
    from .torchnet import load
    return load(path, **options)


def load_ncps(module, path, **options):
    """Puts a liquid network of a .nir file into a live module of ncps for PyTorch; see lle.ncpsback.load_module."""
    from .ncpsback import load_module
    return load_module(module, path, **options)


def save_ncps(module, path, like, **options):
    """Writes it again; see lle.ncpsback.save_module."""
    from .ncpsback import save_module
    save_module(module, path, like, **options)
