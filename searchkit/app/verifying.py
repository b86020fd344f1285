"""Is an index what it was when it was written?"""

from collections.abc import Iterator

from searchkit.app.opening import open_engine
from searchkit.app.sources import CATALOG, read_catalog
from searchkit.engine.contract import Engine, Fault
from searchkit.errors import IndexDamagedError


def verify(index: str, *, trust: bool = False) -> list[Fault]:
    """Check every checksum and cross-check of an index.

    Returns:
        What was found; nothing, or harmless faults alone, means sound.

    Raises:
        IndexMissingError: there is none.
        IndexUnsafeError: nobody lets us read it.
    """
    engine = open_engine(index, trust=trust)
    if not engine.exists():
        # Whoever opens it to search knows why: no index is another thing than a folder that is closed to us.
        engine.reader().close()
    faults = engine.verify()
    if all(fault.harmless for fault in faults):
        faults += _catalog_faults(engine, index)
    return faults


def _catalog_faults(engine: Engine, index: str) -> Iterator[Fault]:
    """Hold the list of files against the documents."""
    try:
        catalog = read_catalog(engine, index)
    except IndexDamagedError as error:
        yield Fault(CATALOG, error.detail)
        return
    reader = engine.reader()
    try:
        held = set(reader.keys())
    finally:
        reader.close()
    listed = {(file.path, name) for file in catalog.files.values() for name in file.ids}
    if catalog.sources and held != listed:
        yield Fault(
            CATALOG, f"{len(listed - held)} documents of its files are not in the index, {len(held - listed)} in the index are of no file"
        )
