"""Where does lie what can be made again?  In the user's cache folder; nothing there is ever needed."""

import os
from collections.abc import Iterable


def path() -> str:
    """Give the folder: ``$XDG_CACHE_HOME/searchkit`` or ``~/.cache/searchkit``."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return f"{home if os.path.isabs(home) else os.path.expanduser('~/.cache')}/searchkit"


def _privately(path: str, flags: int) -> int:
    """Open a file that only its owner can read: words of documents stand in some."""
    return os.open(path, flags, 0o600)


def names(folder: str) -> list[str]:
    """List the files of a folder; none where it cannot be read."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def size(name: str) -> int:
    """Give the size of a file in bytes; 0 where there is none."""
    try:
        return os.stat(name).st_size
    except OSError:
        return 0


def remove(name: str) -> None:
    """Take a file away, if that can be done."""
    try:
        os.unlink(name)
    except OSError:
        return


class ForAllRuns:
    """What is made within is kept for all runs: whoever limits time lets it be finished, or it would be begun again each time.

    Attributes:
        under_way: how many of these this process is in.
    """

    under_way = 0

    def __enter__(self) -> None:
        ForAllRuns.under_way += 1

    def __exit__(self, *exc: object) -> None:
        ForAllRuns.under_way -= 1


def write(name: str, data: bytes | Iterable[bytes]) -> None:
    """Put a file there, whole or not at all: written aside and renamed, for another process may be making the same one.

    Args:
        name: path of the file; its folder is made if need be.
        data: its content, in one piece or several.

    Raises:
        OSError: it cannot be written.
    """
    os.makedirs(os.path.dirname(name), mode=0o700, exist_ok=True)
    aside = f"{name}.{os.getpid()}-{os.urandom(4).hex()}"
    try:
        with open(aside, "xb", opener=_privately) as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
        os.replace(aside, name)
    except OSError:
        remove(aside)
        raise
