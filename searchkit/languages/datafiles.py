"""What stands in a file of ``data``, and where are the files of an installed package?

Tables with a tab between their columns, and lists of words; a line that begins
with # is a remark.  ``data/SOURCES.tsv`` says where each comes from.
"""

import os

_FOLDER = os.path.join(os.path.dirname(__file__), "data")


def data_bytes(name: str) -> bytes:
    """Give a file as it is."""
    with open(os.path.join(_FOLDER, name), "rb", buffering=0) as file:
        return file.read()


def data_lines(name: str) -> list[str]:
    """Give the lines of a file, without remarks and empty ones."""
    return [line for line in data_bytes(name).decode().split("\n") if line and line[0] != "#"]


def data_rows(name: str) -> list[list[str]]:
    """Give the rows of a table."""
    return [line.split("\t") for line in data_lines(name)]


def data_words(name: str) -> list[str]:
    """Give the words of a list, however many stand on a line."""
    return " ".join(data_lines(name)).split()


def package_folder(name: str) -> str:
    """Find an installed package without importing it.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    from _frozen_importlib_external import PathFinder  # what importlib.machinery names so, without importlib's own imports

    spec = PathFinder.find_spec(name)
    if spec is None or not spec.origin:
        raise ModuleNotFoundError(name, name=name)
    return os.path.dirname(spec.origin)
