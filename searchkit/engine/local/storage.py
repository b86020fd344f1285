"""How do arrays get into a file, and out again unharmed?

A container is one file with many named arrays::

    data        the arrays, each at a multiple of 8
    checks      CRC32 of every 8 KiB of the data, little-endian
    directory   JSON: name, arrays (offset, bytes, type), facts
    footer      lengths, CRC32 over checks + directory + footer, magic

Every byte is under a checksum, and a reader checks the blocks it touches,
once.  Standard library only: what the numbers mean is not known here.
"""

import errno
import mmap
import os
import stat
import struct
import zlib

from searchkit.engine.local.jsonscan import loads
from searchkit.errors import IndexDamagedError, IndexUnsafeError
from searchkit.typed import NamedTuple

BLOCK_BYTES = 8 << 10
WIDTHS = {"|u1": 1, "<u1": 1, "<u2": 2, "<u4": 4, "<u8": 8}  # bytes of a number, by the type strings of numpy
SMALL_BYTES = 16 << 20  # of a manifest or a table of contents; they have some 10 KB
_FOOTER = struct.Struct("<QQQI")
_MAGIC = b"SKARRAY1"
_BUFFER_BYTES = 1 << 20


class FileFact(NamedTuple):
    """What a manifest says of a file: length and SHA-256."""

    length: int
    sha256: str


class Disk:
    """The calls by which an index changes what is on a disk; a test puts one in its place that fails."""

    def make_folder(self, path: str) -> None:
        """Make a folder, and those above it that are missing; each is on the disk only with the folder that it is in."""
        from contextlib import suppress  # writers alone need it

        missing = []
        while not os.path.isdir(path):
            missing.append(path)
            path = os.path.dirname(path)
        for each in reversed(missing):
            with suppress(FileExistsError):  # made by somebody else just now; a file of this name is told by whoever opens it
                os.mkdir(each)
            with suppress(PermissionError):  # a folder that we may write to but not list
                self.sync_folder(os.path.dirname(each))

    def create(self, path: str) -> int:
        """Open a new file for writing; it must not be there yet."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)

    def write(self, handle: int, data: bytes | bytearray | memoryview) -> None:
        """Write all of it."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]

    def sync(self, handle: int) -> None:
        """Wait until the file is on the disk."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close a file."""
        os.close(handle)

    def rename(self, old: str, new: str) -> None:
        """Put a file in the place of another, atomically."""
        os.replace(old, new)

    def remove(self, path: str) -> None:
        """Remove a file."""
        os.unlink(path)

    def sync_folder(self, path: str) -> None:
        """Wait until the names in a folder are on the disk."""
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno != errno.EINVAL:  # a file system that knows no such thing keeps names in order by itself, or not at all
                raise
        finally:
            os.close(handle)


class FileWriter:
    """A new file, written front to back; counts and hashes what passes."""

    def __init__(self, disk: Disk, path: str) -> None:
        import hashlib

        self._disk = disk
        self.path = path
        self._handle = disk.create(path)
        self._open = True
        self._buffer = bytearray()
        self._hash = hashlib.sha256()
        self.length = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Add bytes at the end."""
        self._hash.update(data)
        self.length += len(data)
        if len(data) >= _BUFFER_BYTES:
            self._flush()
            self._disk.write(self._handle, data)
            return
        self._buffer += data
        if len(self._buffer) >= _BUFFER_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._buffer:
            self._disk.write(self._handle, self._buffer)
            self._buffer = bytearray()

    def finish(self) -> FileFact:
        """Write what is left, wait for the disk, close."""
        try:
            self._flush()
            self._disk.sync(self._handle)
        finally:
            self.abandon()
        return FileFact(self.length, self._hash.hexdigest())

    def abandon(self) -> None:
        """Close without caring for what is in it."""
        if self._open:
            self._open = False
            self._disk.close(self._handle)


class ContainerWriter:
    """Writes a container; ``begin``, ``part`` … for an array that is not there as a whole."""

    def __init__(self, disk: Disk, path: str) -> None:
        self._file = FileWriter(disk, path)
        self._arrays: dict[str, tuple[int, int, str]] = {}
        self._checks = bytearray()
        self._check = 0
        self._room = BLOCK_BYTES
        self._name = ""
        self._type = ""
        self._start = 0

    def add(self, name: str, data: bytes | bytearray | memoryview, kind: str) -> None:
        """Write one whole array; ``kind`` is a type string of numpy's, such as ``<u4``."""
        self.begin(name, kind)
        self.part(data)

    def begin(self, name: str, kind: str) -> None:
        """Start an array; the one before it is complete."""
        self._end()
        if name in self._arrays:
            raise ValueError(f"twice the same array: {name}")
        self._name, self._type, self._start = name, kind, self._file.length

    def part(self, data: bytes | bytearray | memoryview) -> None:
        """Add to the array that was begun."""
        view = memoryview(data)
        self._file.write(view)
        at = 0
        while at < len(view):
            take = min(self._room, len(view) - at)
            self._check = zlib.crc32(view[at : at + take], self._check)
            at += take
            self._room -= take
            if not self._room:
                self._close_block()

    def _close_block(self) -> None:
        self._checks += self._check.to_bytes(4, "little")
        self._check, self._room = 0, BLOCK_BYTES

    def _end(self) -> None:
        if self._name:
            self._arrays[self._name] = (self._start, self._file.length - self._start, self._type)
            self._name = ""
        self.part(bytes(-self._file.length % 8))

    def finish(self, facts: dict[str, object]) -> FileFact:
        """Write table and footer, wait for the disk, close."""
        import json

        self._end()
        data_bytes = self._file.length
        if self._room < BLOCK_BYTES:
            self._close_block()
        directory = json.dumps(
            {"name": os.path.basename(self._file.path), "arrays": self._arrays, "facts": facts}, separators=(",", ":"), sort_keys=True
        ).encode()
        lengths = struct.pack("<QQQ", data_bytes, len(self._checks), len(directory))
        seal = zlib.crc32(lengths, zlib.crc32(directory, zlib.crc32(self._checks)))
        self._file.write(self._checks)
        self._file.write(directory)
        self._file.write(lengths + seal.to_bytes(4, "little") + _MAGIC)
        return self._file.finish()

    def abandon(self) -> None:
        """Give the file up."""
        self._file.abandon()


class _Arrays(dict[str, tuple[int, int, str]]):
    """Where each array of a container lies, how long it is, and of which type.

    Raises:
        ValueError, TypeError: an array does not lie in the container, or is none.
    """

    def __init__(self, path: str, places: dict[str, tuple[int, int, str]], room: int) -> None:
        self._path = path
        for name, (start, length, kind) in places.items():
            fits = type(start) is type(length) is int and start >= 0 and 0 <= length <= room - start
            if not fits or kind not in WIDTHS or length % WIDTHS[kind]:
                raise ValueError(f"{name} at {start}, {length} bytes of {kind}")
            self[name] = (start, length, kind)

    def __missing__(self, name: str) -> tuple[int, int, str]:
        raise IndexDamagedError(self._path, f"it has no {name}")


class Container:
    """A container, mapped for reading.

    Attributes:
        seal: checksum of what every byte is under.

    Args:
        folder: of the index.
        name: of the file in it.
        length: that the manifest tells.
        trust: whether a file of another user is all right.

    Raises:
        FileNotFoundError: it has gone; a newer generation may be there.
        IndexDamagedError, IndexUnsafeError.
    """

    def __init__(self, folder: str, name: str, length: int, *, trust: bool = False) -> None:
        self.path = os.path.join(folder, name)
        self.name = name
        handle = open_safely(folder, name, trust=trust)
        try:
            found = os.fstat(handle).st_size
            if found != length:
                raise IndexDamagedError(self.path, f"{found} bytes, expected {length}")
            self._map = mmap.mmap(handle, 0, access=mmap.ACCESS_READ) if length else mmap.mmap(-1, 1)
        finally:
            os.close(handle)
        self._view = memoryview(self._map)
        self._read_directory()

    def _read_directory(self) -> None:
        tail = _FOOTER.size + len(_MAGIC)
        if len(self._view) < tail or self._view[-len(_MAGIC) :] != _MAGIC:
            raise IndexDamagedError(self.path, "no footer")
        data, checks, directory, seal = _FOOTER.unpack(self._view[-tail : -len(_MAGIC)])
        if data + checks + directory + tail != len(self._view) or checks != 4 * -(-data // BLOCK_BYTES):
            raise IndexDamagedError(self.path, "the footer's lengths do not fit the file")
        self.seal = seal
        if zlib.crc32(self._view[data:-12]) != seal:
            raise IndexDamagedError(self.path, "checksum of the table differs")
        try:
            parsed = loads(str(self._view[data + checks : data + checks + directory], "utf-8"))
            name, self.facts = parsed["name"], dict[str, object](parsed["facts"])
            self.arrays = _Arrays(self.path, parsed["arrays"], data)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(self.path, f"its directory is none ({type(error).__name__}: {error})") from error
        if name != self.name:
            raise IndexDamagedError(self.path, f"it says that it is {name}")
        self._data = data
        self._checks = bytes(self._view[data : data + checks])
        self._good = bytearray(checks // 4)

    def __contains__(self, name: str) -> bool:
        return name in self.arrays

    def kind(self, name: str) -> str:
        """Give the type string of an array."""
        return self.arrays[name][2]

    def size_bytes(self, name: str) -> int:
        """Give the length of an array."""
        return self.arrays[name][1]

    def piece(self, name: str, start: int = 0, end: int | None = None) -> memoryview:
        """Give bytes ``start`` to ``end`` of an array, checked.

        Raises:
            IndexDamagedError: they are not what was written.
        """
        offset, length, _ = self.arrays[name]
        stop = length if end is None else end
        if not 0 <= start <= stop <= length:
            raise IndexDamagedError(self.path, f"{name}: {start} to {stop} of {length} bytes")
        self._verify(offset + start, offset + stop)
        return self._view[offset + start : offset + stop]

    def _verify(self, start: int, stop: int) -> None:
        if start == stop:
            return
        first, last = start // BLOCK_BYTES, -(-stop // BLOCK_BYTES)
        block = self._good.find(0, first, last)
        while block >= 0:
            begin = block * BLOCK_BYTES
            found = zlib.crc32(self._view[begin : min(begin + BLOCK_BYTES, self._data)])
            if found != int.from_bytes(self._checks[4 * block : 4 * block + 4], "little"):
                raise IndexDamagedError(self.path, f"checksum of block {block} differs ({self.array_at(begin)})")
            self._good[block] = 1
            block = self._good.find(0, block, last)

    def array_at(self, offset: int) -> str:
        """Name the arrays that lie in the block at an offset."""
        end = offset + BLOCK_BYTES
        names = [key for key, (start, length, _) in self.arrays.items() if start < end and start + length > offset]
        return ", ".join(names[:3]) or "padding"

    def verify(self) -> None:
        """Check every block."""
        self._verify(0, self._data)

    def release(self) -> None:
        """Give the memory of what was read back to the system; it is read again where it is asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file; arrays that are still in use keep it mapped."""
        self._view = memoryview(b"")


def open_safely(folder: str, name: str, *, trust: bool = False) -> int:
    """Open a file of an index for reading, if it is one we should read.

    Raises:
        FileNotFoundError: it is not there.
        IndexUnsafeError: it is a link out of the folder, no plain file, or another user's.
    """
    path = os.path.join(folder, name)
    if os.path.basename(name) != name or name in {"", ".", ".."}:
        raise IndexUnsafeError(folder, f"it names a file outside: {name!r}")
    if os.path.islink(path) and os.path.dirname(os.path.realpath(path)) != os.path.realpath(folder):
        raise IndexUnsafeError(folder, f"{name} is a link out of the folder")
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        _check_status(folder, name, os.fstat(handle), trust=trust)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _check_status(folder: str, name: str, status: os.stat_result, *, trust: bool) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise IndexUnsafeError(folder, f"{name} is no plain file")
    check_owner(folder, name, status.st_uid, trust=trust)


def check_owner(folder: str, name: str, owner: int, *, trust: bool) -> None:
    """Refuse what belongs to another user than the caller and root.

    Raises:
        IndexUnsafeError: it does.
    """
    if not trust and owner not in {0, os.geteuid()}:
        raise IndexUnsafeError(folder, f"{name} belongs to user {owner}, not to you", hint="copy it, or say that you trust it with --trust")


def read_whole(folder: str, name: str, *, trust: bool = False) -> bytes:
    """Read a small file of an index.

    Raises:
        FileNotFoundError, IndexUnsafeError: as ``open_safely`` says.
        IndexDamagedError: it is too large to be one.
    """
    with os.fdopen(open_safely(folder, name, trust=trust), "rb") as file:
        data = file.read(SMALL_BYTES + 1)
    if len(data) > SMALL_BYTES:
        raise IndexDamagedError(os.path.join(folder, name), f"more than {SMALL_BYTES >> 20} MB")
    return data


def file_fact(folder: str, name: str) -> FileFact:
    """Measure and hash a file as it is."""
    import hashlib

    with os.fdopen(open_safely(folder, name, trust=True), "rb") as file:
        return FileFact(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())
