"""python3 -m lle.export_keras: a Keras model of the drone papers as a .nir file; --help says how."""
from .errors import run
from .keras import main

if __name__ == "__main__":
    run("lle.export_keras", main)
