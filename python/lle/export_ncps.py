"""python3 -m lle.export_ncps: a saved network of ncps as a .nir file; --help says how."""
from .errors import run
from .ncps import main

if __name__ == "__main__":
    run("lle.export_ncps", main)
