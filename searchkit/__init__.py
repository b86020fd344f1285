"""Multilingual search from the command line and from Python."""
