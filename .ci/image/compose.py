"""Reads compose.yaml by the Compose Specification: what it does not know, or what refers to nothing, fails."""

import sys

from compose_spec import PyOptions

options = PyOptions()
options.apply_merge = True
with open(sys.argv[1], encoding="utf-8") as file:
    compose = options.from_yaml(file.read())
compose.validate()
print(f"compose.yaml is valid: {', '.join(compose.service_names())}")
