"""Which engine is behind an index folder?"""

import os

from searchkit.engine.contract import Engine
from searchkit.engine.local.engine import LocalEngine
from searchkit.errors import IndexDamagedError, SearchkitError


def open_engine(index: str, *, trust: bool = False) -> Engine:
    """Give the engine of an index folder, which need not exist yet.

    Args:
        index: the folder.
        trust: open it also where its files belong to another user.
    """
    return LocalEngine(os.path.abspath(index), trust=trust)


class Sound:
    """Tells a failure in a damaged index for what it is.

    Checksums are looked at on the way; what an index says under the right
    checksums may still make no sense, and shows itself in any exception.
    Only then the whole index is checked.

    Args:
        index: its folder.
        trust: as it was opened.

    Raises:
        IndexDamagedError: at the end, instead of what was raised, if the index is.
    """

    def __init__(self, index: str, *, trust: bool = False) -> None:
        self._index, self._trust = index, trust

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, SearchkitError | OSError):
            return
        fault = next((fault for fault in open_engine(self._index, trust=self._trust).verify() if not fault.harmless), None)
        if fault is not None:
            raise IndexDamagedError(os.path.join(self._index, fault.file), fault.reason) from error


def current_folder() -> str:
    """Give the folder that relative paths start from; the root where it has been removed under us."""
    try:
        return os.getcwd()
    except OSError:
        return "/"
