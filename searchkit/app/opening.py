"""Which engine is behind an index folder?"""

import os

from searchkit.engine.contract import Engine
from searchkit.engine.local.engine import LocalEngine


def open_engine(index: str) -> Engine:
    """Give the engine of an index folder, which need not exist yet."""
    return LocalEngine(os.path.abspath(index))
