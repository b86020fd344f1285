"""How is a word found among a million, without loading the million?

A word list is a hash table in a file that is mapped into memory: opening it
costs nothing, a look-up two microseconds, and all processes share its pages.
(simplemma's German dictionary as a dict takes 0.9 s and 100 MB to load, in
every process; even its low-memory form takes 0.4 s.)  The file is made once
from what is installed, in the user's cache folder; where nothing can be
written, it is made in memory.  It is never redistributed.

What the words mean is the business of the language that packs them.
"""

import mmap
import os
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from searchkit import cachefolder

_MAGIC = b"searchkit words 1\n"
_HEADER = 64
_SHARE = 33  # "!", the first character of a shortened string that repeats nothing
_MOST_SHARED = 90
_PIECE_BYTES = 1 << 20


class WordList:
    """Words and what is known of each: a read-only mapping ``str`` to ``str``.

    Args:
        data: what ``pack`` gave, as bytes or as a mapped file.

    Raises:
        ValueError: this is not a whole word list.
    """

    __slots__ = ("_data", "_lines", "_mask", "_slots")

    def __init__(self, data: "bytes | mmap.mmap") -> None:
        fields = bytes(data[len(_MAGIC) : _HEADER]).split()
        if data[: len(_MAGIC)] != _MAGIC or len(fields) < 2:  # noqa: PLR2004 -- number of slots, length of the file
            raise ValueError("not a word list")
        slots, length = int(fields[0]), int(fields[1])
        if len(data) != length:
            raise ValueError("a word list cut short")
        self._data = data
        self._lines = _HEADER + 4 * slots  # where they begin
        self._slots = memoryview(data)[_HEADER : _HEADER + 4 * slots].cast("I")
        self._mask = slots - 1

    def get(self, word: str) -> str | None:
        """Give what is known of a word, or None."""
        value = self.raw(word.encode("utf-8", "replace"))
        return lengthened(value.decode("utf-8", "replace"), word) if value else None

    def raw(self, word: bytes) -> bytes | None:
        """Give the bytes that stand for a word, or None."""
        data, slots, mask = self._data, self._slots, self._mask
        key = word + b"\t"
        slot = zlib.crc32(key) & mask
        while at := slots[slot]:
            end = at + len(key)
            if data[at:end] == key:
                return data[end : data.find(b"\n", end)]
            slot = (slot + 1) & mask
        return None

    @property
    def size_bytes(self) -> int:
        """Give the size of all words and values."""
        return len(self._data) - self._lines

    def pieces(self) -> Iterator[bytes]:
        """Give the lines as they stand in the file, many at a time."""
        for at in range(self._lines, len(self._data), _PIECE_BYTES):
            yield self._data[at : at + _PIECE_BYTES]

    def keys_at(self) -> Iterator[tuple[int, bytes]]:
        """Give where each line begins, counted from the first, and its key."""
        data, start = self._data, self._lines
        at, end = start, len(data)
        while at < end:
            yield at - start, data[at : data.find(b"\t", at) + 1]
            at = data.find(b"\n", at) + 1

    def __contains__(self, word: str) -> bool:
        """Tell whether anything is known of a word."""
        return self.get(word) is not None


def pack(rows: Iterable[tuple[str, str]]) -> bytes:
    """Write words and values (one line each, no tab in a word) as the bytes of a word list."""
    return pack_bytes((word.encode(), shortened(value, word).encode()) for word, value in rows)


def pack_bytes(rows: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Write words and what ``WordList.raw`` is to give for them."""
    # One run of bytes and two of numbers: a million lines as objects took 250 MB.
    lines = bytearray()
    places, hashes = array("I"), array("I")
    for word, value in rows:
        key = word + b"\t"
        places.append(len(lines))
        hashes.append(zlib.crc32(key))
        lines += key + value + b"\n"
    return b"".join((_head(len(places), zip(places, hashes, strict=True), len(lines)), lines))


def merged(lists: Sequence[WordList]) -> Iterator[bytes]:
    """Write several word lists as one, piece by piece; of a word that stands in more than one the first value counts."""
    sizes = [words.size_bytes for words in lists]
    offsets = accumulate(sizes, initial=0)
    keys = ((offset + at, zlib.crc32(key)) for offset, words in zip(offsets, lists) for at, key in words.keys_at())  # noqa: B905 -- as above
    yield _head(sum(piece.count(b"\n") for words in lists for piece in words.pieces()), keys, sum(sizes))
    for words in lists:
        yield from words.pieces()


def _head(count: int, keys: Iterable[tuple[int, int]], length: int) -> bytes:
    """Write what stands before the lines: who they are, and the table that leads to them.

    Args:
        count: number of lines.
        keys: of each line where it begins, counted from the first, and the checksum of its key with the tab.
        length: of all lines in bytes.
    """
    size = 1 << max(4, (count * 3 // 2).bit_length())  # between a third and two thirds full
    slots = array("I", bytes(4 * size))
    start = _HEADER + 4 * size
    mask = size - 1
    for at, crc in keys:
        slot = crc & mask
        while slots[slot]:
            slot = (slot + 1) & mask
        slots[slot] = start + at
    header = _MAGIC + f"{size} {start + length} ".encode()
    return header.ljust(_HEADER - 1) + b"\n" + slots.tobytes()


def shortened(string: str, base: str) -> str:
    """Write what a string repeats of the beginning of another one as a count, in one character, from "!" on."""
    size = len(string)
    if size <= _MOST_SHARED and base.startswith(string):  # a lemma and an ending: a quarter of German
        return chr(_SHARE + size)
    if string[:1] != base[:1]:
        return chr(_SHARE) + string
    most = min(size, len(base), _MOST_SHARED)
    shared = next((at for at in range(most) if string[at] != base[at]), most)
    return chr(_SHARE + shared) + string[shared:]


def lengthened(short: str, base: str) -> str:
    """Give the string that ``shortened`` has written."""
    return base[: ord(short[0]) - _SHARE] + short[1:]


def word_list(name: str, rows: Callable[[], Iterable[tuple[str, str]]], folder: str | os.PathLike[str] | None = None) -> WordList:
    """Open a word list from the cache folder, making it if it is not there.

    Args:
        name: of the file; holds the versions of everything that went into it.
        rows: gives the words and their values; called only if the file must be made.
        folder: instead of ``cachefolder.path()``.

    Returns:
        The word list; one in memory if the folder cannot be written to.
    """
    path = os.path.join(folder or cachefolder.path(), name)
    found = mapped(path)
    if found is None:
        with cachefolder.ForAllRuns():
            data = pack(rows())
            found = _written(path, data) or WordList(data)
    return found


def _written(path: str, data: bytes) -> WordList | None:
    """Write a word list's file and map it; None where that cannot be done."""
    try:
        cachefolder.write(path, data)
    except OSError:
        return None
    return mapped(path)


def mapped(path: str) -> WordList | None:
    """Map a word list's file; None where there is none, or no whole one."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return WordList(mmap.mmap(file, 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    finally:
        os.close(file)
