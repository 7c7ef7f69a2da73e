"""change.py FILE KEY VALUE: the JSON object of the file with another value of a key, or without it (None)."""
import json
import sys

path, key, value = sys.argv[1:]
config = json.load(open(path))
if value == "None":
    del config[key]
else:
    config[key] = value if value.isalpha() and value not in ("true", "false") else json.loads(value)
json.dump(config, sys.stdout)
