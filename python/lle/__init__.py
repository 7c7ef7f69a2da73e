"""Ways into LLE from where liquid networks are trained: writers of .nir files (docs/formats.md).

    lle.export_ncps(module, "m.nir")                 a live module of ncps for PyTorch
    python3 -m lle.export_ncps  STATE --config ...   a saved state dictionary
    python3 -m lle.export_keras MODEL --config ...   the Keras models of the drone papers
    python3 -m lle.export_csv   FOLDER ...           the CSV folder of the AAAI code
"""
from .errors import ExportError

__all__ = ["ExportError", "export_ncps"]


def export_ncps(module, path, **options):
    """Writes a live LTC, CfC, LTCCell, CfCCell or WiredCfCCell of ncps for PyTorch; see lle.ncps.export_module."""
    from .ncps import export_module
    export_module(module, path, **options)
