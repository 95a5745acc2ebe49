"""Reads a JSON file with Python's own json module and prints the seconds it took as one line of JSON.

    json_load.py FILE
"""

import json
import sys
import time

started = time.perf_counter()
with open(sys.argv[1], "rb") as file:
    kept = json.load(file)
print(json.dumps({"seconds": time.perf_counter() - started}))
