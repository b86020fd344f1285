"""An index in a folder on this disk: open it, write to it, check it."""

import os
from typing import Any

from searchkit.engine.contract import Fault, Writer
from searchkit.engine.local import layout, manifest
from searchkit.engine.local.manifest import Manifest
from searchkit.engine.local.reader import LocalReader
from searchkit.engine.local.storage import Disk, check_owner
from searchkit.errors import IndexDamagedError, IndexFormatError, IndexMissingError, IndexUnsafeError, SearchkitError, StorageError

_RETRIES = 20


class LocalEngine:
    """An index folder; see ``contract.Engine``.

    Args:
        path: of the folder; it need not be there yet.
        trust: read and write an index that belongs to another user, too.
        disk: where changes go; for tests.
    """

    def __init__(self, path: str, *, trust: bool = False, disk: Disk | None = None) -> None:
        self.path = os.path.abspath(path)
        self._trust = trust
        self._disk = disk or Disk()

    def exists(self) -> bool:
        """Tell whether there is an index."""
        return os.path.lexists(os.path.join(self.path, layout.MANIFEST))

    def reader(self) -> LocalReader:
        """Open the last committed state."""
        generation = -1
        for _ in range(_RETRIES):
            current = self._manifest()
            try:
                return LocalReader(self.path, current, trust=self._trust)
            except FileNotFoundError as error:
                # Swept by a writer that has committed twice since we read the manifest: read it again.
                if current.generation == generation:
                    raise IndexDamagedError(str(error.filename), "it is missing") from error
                generation = current.generation
            except OSError as error:
                raise self._unreadable(error) from error
        raise StorageError(self.path, "generations change faster than they can be opened", hint="try again")

    def _manifest(self, *, any_format: bool = False) -> Manifest:
        try:
            check_owner(self.path, "the folder", os.stat(self.path).st_uid, trust=self._trust)
            return manifest.read(self.path, trust=self._trust, any_format=any_format)
        except FileNotFoundError as error:
            raise IndexMissingError(self.path) from error
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> SearchkitError:
        if isinstance(error, PermissionError):
            return IndexUnsafeError(self.path, f"{error.filename}: {error.strerror}", hint="see who may read it: ls -l")
        return StorageError(str(error.filename or self.path), error.strerror or str(error), deed="read", hint="")

    def writer(
        self, *, versions: dict[str, int], rebuild: bool = False, memory_bytes: int = 512 << 20, lock_timeout_seconds: float = 10.0
    ) -> Writer:
        """Begin to write."""
        from searchkit.engine.local.lock import WriteLock
        from searchkit.engine.local.sweeping import refuse_strangers, sweep
        from searchkit.engine.local.writing import WritingRun

        try:
            self._disk.make_folder(self.path)
            check_owner(self.path, "the folder", os.stat(self.path).st_uid, trust=self._trust)
            lock = WriteLock(self.path, lock_timeout_seconds)
        except OSError as error:
            raise StorageError(str(error.filename or self.path), error.strerror or str(error)) from error
        try:
            base, sound = self._base(rebuild=rebuild)
            if sound:
                refuse_strangers(self.path, base)
                sweep(self._disk, self.path, base)
        except OSError as error:
            lock.release()
            raise self._unreadable(error) from error
        except BaseException:
            lock.release()
            raise
        fresh = rebuild or not base.generation
        options = {"lock": lock, "fresh": fresh, "claimed": not sound, "versions": versions, "memory_bytes": memory_bytes}
        return WritingRun(lock, lambda: self._begun(base, options), fresh=fresh)

    def _begun(self, base: Manifest, options: dict[str, Any]) -> Writer:
        """Make the writer of a run that has something to write; it takes over the lock."""
        from searchkit.engine.local.writer import LocalWriter

        try:
            return LocalWriter(self.path, base, disk=self._disk, trust=self._trust, **options)
        except OSError as error:
            raise self._unreadable(error) from error

    def _base(self, *, rebuild: bool) -> tuple[Manifest, bool]:
        """Give the generation to go on from, and whether it is known what may be swept."""
        try:
            return self._manifest(), True
        except IndexMissingError:
            return Manifest(generation=0), True
        except (IndexDamagedError, IndexFormatError):
            if not rebuild:
                raise
            return Manifest(generation=max(map(layout.toc_generation, os.listdir(self.path)), default=0)), False

    def blob(self, name: str) -> bytes | None:
        """Give a caller's own data even where a segment is damaged, or of another format; None if it cannot be had.

        A rebuild starts from nothing, but a caller may want its list of sources back.

        Raises:
            StorageError, IndexUnsafeError: it is there, but not to be had now.
        """
        from searchkit.engine.local.blobs import Blob

        try:
            current = self._manifest(any_format=True)
            file = current.blobs[name]
            return Blob(self.path, file, current.files[file], trust=self._trust).read()
        except (IndexMissingError, IndexDamagedError, IndexFormatError, FileNotFoundError, KeyError):
            return None
        except OSError as error:
            # Not "there is none": whoever took it for that would forget every source over a lack of file handles.
            raise self._unreadable(error) from error

    def verify(self) -> list[Fault]:
        """Check everything."""
        from searchkit.engine.local.verify import verify

        check_owner(self.path, "the folder", os.stat(self.path).st_uid, trust=self._trust) if os.path.isdir(self.path) else None
        return verify(self.path, trust=self._trust)
