"""python3 -m lle.export_csv: the CSV folder of the AAAI code as a .nir file; --help says how."""
from .csvfolder import main
from .errors import run

if __name__ == "__main__":
    run("lle.export_csv", main)
