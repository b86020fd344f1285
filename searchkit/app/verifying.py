"""Is an index what it was when it was written?"""

from searchkit.app.opening import open_engine
from searchkit.engine.contract import Fault
from searchkit.errors import IndexMissingError


def verify(index: str) -> list[Fault]:
    """Check every checksum and cross-check of an index.

    Returns:
        What was found; nothing, or harmless faults alone, means sound.

    Raises:
        IndexMissingError: there is none.
    """
    engine = open_engine(index)
    if not engine.exists():
        raise IndexMissingError(index)
    return engine.verify()
