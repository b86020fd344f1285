"""Disks that are quick, or that fail at a chosen moment."""

import errno

from searchkit.engine.local.storage import Disk


class QuickDisk(Disk):
    """Does not wait for the disk: for tests that are not about that."""

    def sync(self, handle: int) -> None:
        """Do nothing."""

    def sync_folder(self, path: str) -> None:
        """Do nothing."""


class FailingDisk(QuickDisk):
    """Fails once, at the n-th change, as a full or broken disk does.

    Args:
        at: which change fails, from 1; 0 for none.
        error: number of the error.
        half: write half of the data first.
    """

    def __init__(self, at: int = 0, error: int = errno.ENOSPC, *, half: bool = False) -> None:
        self.at, self.error, self.half = at, error, half
        self.count = 0
        self.switched = False

    def _step(self, path: str) -> None:
        self.count += 1
        if self.count == self.at:
            raise OSError(self.error, "injected", path)

    def create(self, path: str) -> int:
        """Open, or fail."""
        self._step(path)
        return super().create(path)

    def write(self, handle: int, data: bytes | bytearray | memoryview) -> None:
        """Write, or write half and fail."""
        if self.half and self.count + 1 == self.at:
            super().write(handle, memoryview(data)[: len(data) // 2])
        self._step("")
        super().write(handle, data)

    def sync(self, handle: int) -> None:
        """Pretend to wait, or fail."""
        self._step(str(handle))

    def sync_folder(self, path: str) -> None:
        """Pretend to wait, or fail."""
        self._step(path)

    def rename(self, old: str, new: str) -> None:
        """Rename, or fail."""
        self._step(new)
        super().rename(old, new)
        self.switched = self.switched or new.endswith("searchkit.json")
