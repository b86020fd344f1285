"""Which engine is behind an index folder?"""

import os

from searchkit.engine.contract import Engine
from searchkit.engine.local.engine import LocalEngine


def open_engine(index: str) -> Engine:
    """Give the engine of an index folder, which need not exist yet."""
    return LocalEngine(os.path.abspath(index))


def current_folder() -> str:
    """Give the folder that relative paths start from; the root where it has been removed under us."""
    try:
        return os.getcwd()
    except OSError:
        return "/"
