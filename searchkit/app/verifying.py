"""Is an index what it was when it was written?"""

from searchkit.app.opening import open_engine
from searchkit.engine.contract import Fault


def verify(index: str) -> list[Fault]:
    """Check every checksum and cross-check of an index.

    Returns:
        What was found; nothing, or harmless faults alone, means sound.

    Raises:
        IndexMissingError: there is none.
        IndexUnsafeError: nobody lets us read it.
    """
    engine = open_engine(index)
    if not engine.exists():
        # Whoever opens it to search knows why: no index is another thing than a folder that is closed to us.
        engine.reader().close()
    return engine.verify()
