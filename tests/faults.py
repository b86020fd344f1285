"""An operating system that fails, or kills, at a chosen call.

``Faults`` stands between the program and the system for one folder: it counts
the calls of a kind that touch the folder, and at the n-th does what it was
told.  Everything else passes through.
"""

import builtins
import errno
import io
import mmap
import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES, "EMFILE": errno.EMFILE}
ON_PATHS = {
    "open": ["open"],
    "rename": ["replace", "rename"],
    "remove": ["unlink", "remove", "rmdir"],
    "make": ["mkdir"],
    "list": ["listdir", "scandir"],
}
ON_HANDLES = {"write": ["write", "pwrite", "writev", "ftruncate", "posix_fallocate"], "fsync": ["fsync", "fdatasync"]}
KINDS = (*ON_PATHS, *ON_HANDLES, "map")


class Faults:
    """What goes wrong in a folder.

    Args:
        folder: whose calls are counted.
        kind: of call that goes wrong; "any" for each that changes something.
        at: which one, from 1; 0 for none.
        error: number of the error; 0 kills the process instead.

    Attributes:
        counts: calls so far, by kind.
        struck: whether it has happened.
    """

    CHANGES = ("open", "rename", "remove", "make", "write", "fsync")

    def __init__(self, folder: str, kind: str, at: int, error: int) -> None:
        self._folder = os.path.abspath(folder)
        self._kind, self._at, self._error = kind, at, error
        self._handles: set[int] = set()
        self.counts: Counter[str] = Counter()
        self.struck = False

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Stand between."""
        for kind, names in ON_PATHS.items():
            for name in names:
                patch.setattr(os, name, self._on_path(kind, getattr(os, name)))
        for kind, names in ON_HANDLES.items():
            for name in names:
                patch.setattr(os, name, self._on_handle(kind, getattr(os, name)))
        patch.setattr(os, "close", self._closing(os.close))
        opened = self._on_path("open", builtins.open)
        patch.setattr(builtins, "open", opened)
        patch.setattr(io, "open", opened)
        real = mmap.mmap

        def mapped(handle: int, *arguments: Any, **options: Any) -> mmap.mmap:
            if handle in self._handles:
                self._step("map", "")
            return real(handle, *arguments, **options)

        patch.setattr(mmap, "mmap", mapped)

    def _step(self, kind: str, path: str) -> None:
        self.counts[kind] += 1
        if kind in self.CHANGES:
            self.counts["any"] += 1
        if self.struck or self.counts[self._kind] != self._at or self._kind not in {kind, "any"}:
            return
        self.struck = True
        if not self._error:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(self._error, os.strerror(self._error), path)

    def _is_inside(self, path: object) -> bool:
        if isinstance(path, int):
            return path in self._handles
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        return (os.path.abspath(os.fsdecode(path)) + "/").startswith(self._folder + "/")

    def _on_path(self, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(path: Any, *arguments: Any, **options: Any) -> Any:
            inside = self._is_inside(path)
            if inside:
                self._step(kind, os.fsdecode(path) if not isinstance(path, int) else "")
            result = real(path, *arguments, **options)
            if inside and kind == "open":
                self._handles.add(result if isinstance(result, int) else result.fileno())
            return result

        return called

    def _on_handle(self, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(handle: int, *arguments: Any) -> Any:
            if handle in self._handles:
                self._step(kind, "")
            return real(handle, *arguments)

        return called

    def _closing(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def closed(handle: int) -> None:
            self._handles.discard(handle)
            real(handle)

        return closed
