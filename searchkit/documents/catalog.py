"""What does an index remember of its sources and their files?

The catalogue as bytes and back, column by column: 100,000 files are read in a
tenth of a second (as JSON lines they took ten times as long, and most runs
read it to find that nothing has changed).  What is odd about a file (several
documents, problems) is JSON, every field of it checked, so that a blob that
somebody made up is a ``ValueError`` and nothing worse.  Where the bytes are
kept is not known here.
"""

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import repeat
from types import MappingProxyType

from searchkit.documents.changes import DIGEST_BYTES, KnownFile
from searchkit.documents.model import Problem
from searchkit.typed import Any

_MAGIC = b"searchkit catalog 2\n"
_OLD_MAGIC = b"searchkit catalog 1\n"  # JSON lines; read, and written anew with the next change
# A catalogue shrinks to a sixth, one of a million like-named files to a fiftieth; more is a bomb.
_MAX_RATIO = 400
_MAX_SMALL_BYTES = 1 << 20
_LEVEL = 1  # 6 takes four times as long for a tenth fewer bytes
_NUMBERS = {"size": "Q", "mtime_ns": "q", "ctime_ns": "q", "inode": "Q", "checked_ns": "q"}
_NO_DIGEST = "0" * 2 * DIGEST_BYTES


@dataclass(frozen=True, slots=True)
class Source:
    """A remembered source and the options it was given with.

    Attributes:
        path: absolute, of a folder or a file.
        lang, globs, excludes, max_size_bytes: as in ``IndexSettings``.
        device: number of the file system it was on when it was given, 0 if that
            is not known; an empty folder on another one is a disk that is not mounted.
    """

    path: str
    lang: str = "auto"
    globs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    max_size_bytes: int = 256 << 20
    device: int = 0


@dataclass(frozen=True, slots=True)
class Catalog:
    """Sources in the order in which they were first given, and known files by path."""

    sources: tuple[Source, ...] = ()
    files: Mapping[str, KnownFile] = field(default_factory=lambda: MappingProxyType({}))


def dump_catalog(catalog: Catalog) -> bytes:
    """Write a catalogue; the same catalogue gives the same bytes."""
    files = [file for _, file in sorted(catalog.files.items())]
    sources = [
        [source.path, source.lang, source.globs, source.excludes, source.max_size_bytes, source.device] for source in catalog.sources
    ]
    head = {"sources": sources, "files": len(files), "odd": [_odd(row, files[row]) for row in _odd_rows(files)]}
    columns = list(zip(*files, strict=True)) or [()] * len(KnownFile._fields)
    numbers = b"".join(_bytes_of(kind, columns[KnownFile._fields.index(name)]) for name, kind in _NUMBERS.items())
    digests = bytes.fromhex("".join([file.digest or _NO_DIGEST for file in files]))
    # ensure_ascii: surrogates of undecodable path bytes survive as \\udcXX.
    written = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    paths = "\0".join(columns[0]).encode("utf-8", "surrogatepass")
    packed = [zlib.compress(part, _LEVEL) for part in (written, paths)]
    sizes = struct.pack("<3Q", *map(len, packed), len(numbers))
    check = zlib.crc32(numbers + digests)
    return b"".join((_MAGIC, sizes, check.to_bytes(4, "little"), *packed, numbers, digests))


def _bytes_of(kind: str, numbers: "tuple[int, ...]") -> bytes:
    try:
        column = array(kind, numbers)
    except OverflowError:  # those that do not fit are told as odd ones
        column = array(kind, [number if _fits(kind, number) else 0 for number in numbers])
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _fits(kind: str, number: int) -> bool:
    return 0 <= number < 1 << 64 if kind == "Q" else -(1 << 63) <= number < 1 << 63


def _odd_rows(files: list[KnownFile]) -> list[int]:
    """Number the files that are more than one document under their own path, or whose facts are beyond 64 bits."""
    odd = [row for row, file in enumerate(files) if file.problems or file.ids != (file.path,)]
    large = [
        row
        for name, kind in _NUMBERS.items()
        for numbers in [[getattr(file, name) for file in files]]
        if numbers and not (_fits(kind, min(numbers)) and _fits(kind, max(numbers)))
        for row, number in enumerate(numbers)
        if not _fits(kind, number)
    ]
    return sorted({*odd, *large})


def _odd(row: int, file: KnownFile) -> list[object]:
    problems = [[problem.path if problem.path != file.path else None, problem.reason, problem.line] for problem in file.problems]
    facts = [getattr(file, name) for name in _NUMBERS]
    fit = all(_fits(kind, number) for kind, number in zip(_NUMBERS.values(), facts, strict=True))
    return [row, None if file.ids == (file.path,) else file.ids, problems, None if fit else facts]


def load_catalog(data: bytes) -> Catalog:
    """Read a catalogue.

    Raises:
        ValueError: the bytes are no catalogue of this version, or a damaged one.
    """
    try:
        if data.startswith(_OLD_MAGIC):
            return _loaded_lines(data[len(_OLD_MAGIC) :])
        if data.startswith(_MAGIC):
            return _loaded(data[len(_MAGIC) :])
    except (zlib.error, struct.error, ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError(f"damaged catalogue: {error}") from error
    raise ValueError("no catalogue of this version")


def _loaded(data: bytes) -> Catalog:
    head_bytes, path_bytes, number_bytes = struct.unpack_from("<3Q", data)
    at = struct.calcsize("<3Q") + 4
    head = json.loads(_unpacked(data[at : at + head_bytes]))
    paths = _unpacked(data[at + head_bytes : at + head_bytes + path_bytes]).decode("utf-8", "surrogatepass").split("\0")
    at += head_bytes + path_bytes
    count = _as(head["files"], int)
    paths = paths if count else []
    if count != len(paths) or number_bytes != 8 * count * len(_NUMBERS) or len(data) != at + number_bytes + DIGEST_BYTES * count:
        raise ValueError("it is cut, too long or has lost lines")
    if int.from_bytes(data[at - head_bytes - path_bytes - 4 : at - head_bytes - path_bytes], "little") != zlib.crc32(data[at:]):
        raise ValueError("its checksum differs")
    columns = [_column(kind, data, at + 8 * count * number, count) for number, kind in enumerate(_NUMBERS.values())]
    digests = data[at + number_bytes :].hex()
    width = 2 * DIGEST_BYTES
    hexed = [digests[low : low + width] for low in range(0, len(digests), width)]
    hexed = ["" if digest == _NO_DIGEST else digest for digest in hexed]
    size, mtime_ns, ctime_ns, inode, checked_ns = columns
    files = list(map(KnownFile, paths, size, mtime_ns, ctime_ns, inode, hexed, zip(paths, strict=True), repeat(()), checked_ns))
    for row, ids, problems, facts in _as(head["odd"], list):
        path = files[_as(row, int)].path
        if facts is not None:
            numbers = dict(zip(_NUMBERS, (_as(number, int) for number in _as(facts, list)), strict=True))
            files[row] = files[row]._replace(**numbers)
        files[row] = files[row]._replace(
            ids=(path,) if ids is None else _strings(ids), problems=tuple(_problem(path, item) for item in _as(problems, list))
        )
    known = dict(zip(paths, files, strict=True))
    if len(known) != count:
        raise ValueError("a file is there twice")
    return Catalog(tuple(_source(row) for row in _as(head["sources"], list)), MappingProxyType(known))


def _column(kind: str, data: bytes, start: int, count: int) -> "array[int]":
    column = array(kind, data[start : start + 8 * count])
    if sys.byteorder == "big":
        column.byteswap()
    return column


def _unpacked(data: bytes) -> bytes:
    """Decompress, but no bomb."""
    limit = len(data) * _MAX_RATIO + _MAX_SMALL_BYTES
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(data, limit)
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("it is cut, too long or goes on after its end")
    return plain


def _as(value: Any, kind: type | tuple[type, ...]) -> Any:
    """Give a value of JSON that has to be of a type."""
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{type(value).__name__} in the wrong place")
    return value


def _strings(value: Any) -> tuple[str, ...]:
    strings = tuple(_as(value, list))
    # One look at each: an index of 100,000 records in a few files has as many of these.
    if not set(map(type, strings)) <= {str}:
        raise TypeError("something else among strings")
    return strings


def _source(row: Any) -> Source:
    path, lang, globs, excludes, max_size_bytes, device = _as(row, list)
    return Source(_as(path, str), _as(lang, str), _strings(globs), _strings(excludes), _as(max_size_bytes, int), _as(device, int))


def _loaded_lines(data: bytes) -> Catalog:
    lines = _unpacked(data).decode("ascii").splitlines()
    head = json.loads(lines[0])
    files = {file.path: file for file in map(_known, map(json.loads, lines[1:]))}
    if not len(files) == head["files"] == len(lines) - 1:
        raise ValueError("it has lost lines")
    return Catalog(tuple(_source(row) for row in _as(head["sources"], list)), MappingProxyType(files))


def _known(row: Any) -> KnownFile:
    path, size, mtime_ns, ctime_ns, inode, digest, ids, problems, checked_ns = _as(row, list)
    return KnownFile(
        path=_as(path, str),
        size=_as(size, int),
        mtime_ns=_as(mtime_ns, int),
        ctime_ns=_as(ctime_ns, int),
        inode=_as(inode, int),
        digest=_as(digest, str),
        ids=(path,) if ids is None else _strings(ids),
        problems=tuple(_problem(path, item) for item in _as(problems, list)),
        checked_ns=_as(checked_ns, int),
    )


def _problem(path: str, row: Any) -> Problem:
    where, reason, line = _as(row, list)
    return Problem(path if where is None else _as(where, str), _as(reason, str), line if line is None else _as(line, int))
