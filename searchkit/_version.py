"""Which searchkit is this?  A constant: importlib.metadata costs six empty interpreters."""

VERSION = "0.1.0"
