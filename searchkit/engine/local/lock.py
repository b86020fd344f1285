"""Who may write?

One process at a time, by a lock of the operating system, which lets go when
its holder dies.  Who holds it stands in the file, for the message alone.
"""

import fcntl
import os
import time
import weakref
from contextlib import suppress

from searchkit.engine.local import layout
from searchkit.errors import IndexLockedError

_POLL_SECONDS = 0.05


class WriteLock:
    """The lock of an index folder; taken when it is made.

    Raises:
        IndexLockedError: another process held it for the whole time.
    """

    def __init__(self, folder: str, timeout_seconds: float) -> None:
        path = os.path.join(folder, layout.LOCK)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            self._take(folder, time.monotonic() + timeout_seconds)
        except BaseException:
            self.close()
            raise
        _held.add(self)
        with suppress(OSError):  # the name is for the message alone: a full disk can still be written to by who frees it
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, f"{os.getpid()}\n".encode(), 0)

    def _take(self, folder: str, deadline: float) -> None:
        while True:
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    holder = os.pread(self._handle, 64, 0).decode("ascii", "replace").strip()
                    raise IndexLockedError(folder, f"process {holder}" if holder.isdigit() else "another process") from error
                time.sleep(_POLL_SECONDS)
            else:
                return

    def release(self) -> None:
        """Let others write."""
        if self._handle >= 0:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)
            # Not by closing alone: a child that was just forked may still have the handle.
            fcntl.flock(self._handle, fcntl.LOCK_UN)
            self.close()

    def close(self) -> None:
        """Close the handle; the lock is free when nobody has it open."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


_held: "weakref.WeakSet[WriteLock]" = weakref.WeakSet()


def _drop() -> None:
    """Close, in a worker that was forked, the locks of its parent: it must not hold them when that one has died."""
    for lock in list(_held):
        lock.close()


os.register_at_fork(after_in_child=_drop)
