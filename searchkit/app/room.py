"""Is there room on the disk for what is about to be written?

Asked before anything is read, so that an hour of work does not end at a full
disk.  What is found there later is the writer's business.
"""

from collections.abc import Iterable

from searchkit.documents.decode import NotTextError, decode_text
from searchkit.documents.discover import open_regular, read_some
from searchkit.documents.model import FoundFile
from searchkit.errors import StorageError

INDEX_SHARE = 2.2  # bytes of index for a byte of text, the most of five collections (1.7 to 2.2)
_LEAST_BYTES = 1 << 20  # of a small index most is lists of words: 600 KB for the first 120 KB of five languages
_HEAD_BYTES = 1 << 12


def check_room(index: str, files: Iterable[FoundFile]) -> None:
    """Refuse to begin what cannot end.

    Args:
        index: the folder.
        files: that are to be read.

    Raises:
        StorageError: the index of these files would not fit on the disk.
    """
    from shutil import disk_usage

    disk = disk_usage(index)
    if not disk.total:  # a file system that does not say
        return
    files = list(files)
    if _needed(files) <= disk.free:
        return
    # Now it is worth a look into each: films beside the texts give no index.
    needed = _needed([file for file in files if _may_be_text(file.path)])
    if needed > disk.free:
        raise StorageError(
            index,
            f"the disk has {_megabytes(disk.free)} MB free, these files need about {_megabytes(needed)} MB",
            hint="the index is as it was before",
        )


def _needed(files: Iterable[FoundFile]) -> int:
    size = sum(file.size for file in files)
    return int(size * INDEX_SHARE) + _LEAST_BYTES if size else 0


def _may_be_text(path: str) -> bool:
    try:
        with open_regular(path) as file:
            decode_text(read_some(file, _HEAD_BYTES))
    except (OSError, NotTextError):
        return False
    return True


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / (1 << 20):,.1f}"
