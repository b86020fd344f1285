"""Is every file of the index what the manifest says, and do the files fit together?

First bytes (lengths, hashes, checksums of blocks), then meaning (numbers in
range, rising where they must rise), then what the folder holds besides.
"""

import os
from collections.abc import Callable, Iterator

from searchkit.engine.contract import Fault
from searchkit.engine.local import layout, manifest
from searchkit.engine.local.manifest import Manifest
from searchkit.engine.local.segment import open_segment
from searchkit.engine.local.soundness import segment_faults
from searchkit.engine.local.storage import Container, FileFact, file_fact, open_safely, read_whole
from searchkit.engine.local.sweeping import foreign_tocs, leftovers
from searchkit.errors import IndexDamagedError, IndexFormatError, IndexUnsafeError, SearchkitError


def verify(folder: str, *, trust: bool = False) -> list[Fault]:
    """Check an index folder.

    Raises:
        IndexMissingError: there is nothing to check.
    """
    try:
        current = manifest.read(folder, trust=trust)
    except (IndexDamagedError, IndexFormatError, IndexUnsafeError) as error:
        return [Fault(layout.MANIFEST, _reason(error))]
    faults = [fault for name, fact in sorted(current.files.items()) if (fault := _file_fault(folder, name, fact, trust=trust)) is not None]
    bad = {fault.file for fault in faults}
    toc = layout.toc_name(current.generation)
    if toc not in bad:
        faults += _guarded(toc, lambda: _toc_faults(folder, current, trust=trust))
    for entry in current.segments:
        name = layout.segment_name(entry.id)
        if not bad & {name, entry.dead_file}:
            faults += _guarded(name, lambda entry=entry, name=name: _meaning(folder, entry, name, current, trust=trust))  # type: ignore[misc]
    return faults + list(_bystanders(folder, current, trust=trust))


def _reason(error: Exception) -> str:
    if isinstance(error, IndexDamagedError):
        return error.detail
    return error.message if isinstance(error, SearchkitError) else f"{type(error).__name__}: {error}"


def _guarded(name: str, check: Callable[[], list[Fault]]) -> list[Fault]:
    """Run a check; what it stumbles over is a fault."""
    try:
        return check()
    except Exception as error:  # noqa: BLE001 -- somebody may have written the file who wants just that
        return [Fault(name, _reason(error))]


def _file_fault(folder: str, name: str, fact: FileFact, *, trust: bool) -> Fault | None:
    """Compare a file with what the manifest says of it."""
    try:
        os.close(open_safely(folder, name, trust=trust))
        found = file_fact(folder, name)
    except FileNotFoundError:
        return Fault(name, "it is missing")
    except (IndexUnsafeError, OSError) as error:
        return Fault(name, _reason(error))
    if found.length != fact.length:
        return Fault(name, f"{found.length} bytes, expected {fact.length}")
    if found.sha256 != fact.sha256:
        return Fault(name, _where(folder, name, fact, trust=trust))
    return None


def _where(folder: str, name: str, fact: FileFact, *, trust: bool) -> str:
    """Say which block of a container differs."""
    if name.endswith((".segment", ".dead")):
        try:
            Container(folder, name, fact.length, trust=trust).verify()
        except (SearchkitError, OSError, ValueError) as error:
            return _reason(error)
    return "its checksum differs"


def _toc_faults(folder: str, current: Manifest, *, trust: bool) -> list[Fault]:
    """Compare Whoosh's table of contents with what we would write."""
    from searchkit.engine.local.whoosh_writer import toc_bytes

    name = layout.toc_name(current.generation)
    if name not in current.files:
        return [Fault(layout.MANIFEST, f"it does not name {name}")]
    if read_whole(folder, name, trust=trust) != toc_bytes(current):
        return [Fault(name, "it is not the table of contents of this generation")]
    return []


def _meaning(folder: str, entry: manifest.SegmentEntry, name: str, current: Manifest, *, trust: bool) -> list[Fault]:
    segment = open_segment(folder, entry, current, trust=trust)
    try:
        return [Fault(name, reason) for reason in segment_faults(segment)]
    finally:
        segment.close()


def _bystanders(folder: str, current: Manifest, *, trust: bool) -> Iterator[Fault]:
    """Name what the folder holds besides this generation."""
    for name, fact in sorted(current.previous.items()):
        if name not in current.files and os.path.lexists(os.path.join(folder, name)):
            fault = _file_fault(folder, name, fact, trust=trust)
            if fault is not None:
                yield Fault(name, f"of the generation before: {fault.reason}", harmless=True)
    for name in leftovers(folder, current):
        yield Fault(name, "left behind by an interrupted write; the next one removes it", harmless=True)
    for name in foreign_tocs(folder, current):
        yield Fault(name, "the table of contents of another Whoosh index")
