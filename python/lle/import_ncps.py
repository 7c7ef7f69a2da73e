"""python3 -m lle.import_ncps: a .nir file as the state dictionary of ncps; --help says how."""
from .errors import run
from .ncpsback import main

if __name__ == "__main__":
    run("lle.import_ncps", main)
