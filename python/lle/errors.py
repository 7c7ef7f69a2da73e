"""Errors of the exporters, and how their commands report them."""
import sys


class ExportError(ValueError):
    """A model that cannot be exported: the message names file, key and reason."""


def run(command, main):
    """Runs the command; exit status 1 and one line on standard error where it fails."""
    try:
        main()
    except ExportError as error:
        print(f"{command}: error: {error}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{command}: error: {where}{error.strerror or error}", file=sys.stderr)
        sys.exit(1)
