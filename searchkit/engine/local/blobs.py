"""Here is a caller's own data: is it still what was committed?"""

import os

from searchkit.engine.local.storage import Disk, FileFact, FileWriter, open_safely
from searchkit.errors import IndexDamagedError


class Blob:
    """A caller's data in a file; kept open, so that later generations may remove the name.

    Raises:
        FileNotFoundError: it has gone.
        IndexUnsafeError.
    """

    def __init__(self, folder: str, name: str, fact: FileFact, *, trust: bool) -> None:
        self._path = os.path.join(folder, name)
        self._fact = fact
        self._file = os.fdopen(open_safely(folder, name, trust=trust), "rb", buffering=0)

    def read(self) -> bytes:
        """Give the data.

        Raises:
            IndexDamagedError: it is not what was written.
        """
        import hashlib

        self._file.seek(0)
        data = self._file.readall()
        if len(data) != self._fact.length:
            raise IndexDamagedError(self._path, f"{len(data)} bytes, expected {self._fact.length}")
        if hashlib.sha256(data).hexdigest() != self._fact.sha256:
            raise IndexDamagedError(self._path, "its checksum differs")
        return data

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if hasattr(self, "_file"):
            self._file.close()


def write_blob(disk: Disk, path: str, data: bytes) -> FileFact:
    """Write data to a new file."""
    file = FileWriter(disk, path)
    try:
        file.write(data)
        return file.finish()
    finally:
        file.abandon()
