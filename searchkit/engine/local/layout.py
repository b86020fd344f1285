"""What are the files in an index folder called, and which of them are ours?

Names only: nothing here opens a file.  Every file but the manifest and the
lock has a random part in its name, so that no write ever lands in a file that
somebody has mapped, not even one that an interrupted run left behind.
"""

import os

from searchkit.text.patterns import lazy_pattern

FORMAT_VERSION = 3
INDEX_NAME = "MAIN"  # Whoosh's own default, so that open_dir finds the index without being told a name
MANIFEST = "searchkit.json"
LOCK = f"{INDEX_NAME}_WRITELOCK"  # the file that Whoosh's writers lock as well: they and ours exclude each other

_ID = "[0-9a-f]{16}"
_TOC = lazy_pattern(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_SEGMENT = lazy_pattern(rf"{INDEX_NAME}_({_ID})\.segment")
_OURS = lazy_pattern(
    rf"{INDEX_NAME}_{_ID}\.(?:segment|{_ID}\.dead)|searchkit-{_ID}\.blob|_{INDEX_NAME}_[0-9]+\.toc(?:\.new)?|searchkit\.json(?:\.new)?"
)


def new_id() -> str:
    """Make up the random part of a name."""
    return os.urandom(8).hex()


def segment_name(segment_id: str) -> str:
    """Name the file of a segment."""
    return f"{INDEX_NAME}_{segment_id}.segment"


def dead_name(segment_id: str, unique: str) -> str:
    """Name a file of deletions of a segment."""
    return f"{INDEX_NAME}_{segment_id}.{unique}.dead"


def blob_name(unique: str) -> str:
    """Name the file of a caller's own data."""
    return f"searchkit-{unique}.blob"


def toc_name(generation: int) -> str:
    """Name Whoosh's table of contents of a generation."""
    return f"_{INDEX_NAME}_{generation}.toc"


def segment_id(name: str) -> str:
    """Give the random part of a segment's name.

    Raises:
        ValueError: it is no such name.
    """
    match = _SEGMENT.fullmatch(name)
    if match is None:
        raise ValueError(f"not a segment: {name!r}")
    return match[1]


def is_ours(name: str) -> bool:
    """Tell whether we may have written a file of this name (the lock is nobody's to remove)."""
    return _OURS.fullmatch(name) is not None


def toc_generation(name: str) -> int:
    """Give the generation of a table of contents by its name; -1 for other names."""
    match = _TOC.fullmatch(name)
    return int(match[1]) if match else -1
