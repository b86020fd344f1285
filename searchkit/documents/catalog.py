"""What does an index remember of its sources and their files?

The catalogue as bytes and back: JSON lines, compressed, every field checked
when it is read, so that a blob that somebody made up is a ``ValueError`` and
nothing worse.  Where the bytes are kept is not known here.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from searchkit.documents.changes import KnownFile
from searchkit.documents.model import Problem
from searchkit.typed import Any

_MAGIC = b"searchkit catalog 1\n"
# A catalogue shrinks to a sixth, one of a million like-named files to a fiftieth; more is a bomb.
_MAX_RATIO = 400
_MAX_SMALL_BYTES = 1 << 20


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
    packer = zlib.compressobj(6)
    sources = [
        [source.path, source.lang, source.globs, source.excludes, source.max_size_bytes, source.device] for source in catalog.sources
    ]
    out = [_MAGIC, packer.compress(_line({"sources": sources, "files": len(catalog.files)}))]
    out.extend(packer.compress(_line(_packed(file))) for _, file in sorted(catalog.files.items()))
    return b"".join([*out, packer.flush()])


def _line(value: object) -> bytes:
    # ensure_ascii: surrogates of undecodable path bytes survive as \udcXX.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _packed(file: KnownFile) -> list[object]:
    # A file that is one document has its own path for an id: not written twice.
    ids = None if file.ids == (file.path,) else file.ids
    problems = [[problem.path if problem.path != file.path else None, problem.reason, problem.line] for problem in file.problems]
    return [file.path, file.size, file.mtime_ns, file.ctime_ns, file.inode, file.digest, ids, problems, file.checked_ns]


def load_catalog(data: bytes) -> Catalog:
    """Read a catalogue.

    Raises:
        ValueError: the bytes are no catalogue of this version, or a damaged one.
    """
    if not data.startswith(_MAGIC):
        raise ValueError("no catalogue of this version")
    try:
        lines = _unpacked(data[len(_MAGIC) :]).decode("ascii").splitlines()
        head = json.loads(lines[0])
        sources = tuple(_source(row) for row in _as(head["sources"], list))
        files = {file.path: file for file in map(_known, map(json.loads, lines[1:]))}
        complete = len(files) == head["files"] == len(lines) - 1
    except (zlib.error, ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError(f"damaged catalogue: {error}") from error
    if not complete:
        raise ValueError("damaged catalogue: it has lost lines")
    return Catalog(sources, MappingProxyType(files))


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
    return tuple(_as(item, str) for item in _as(value, list))


def _source(row: Any) -> Source:
    path, lang, globs, excludes, max_size_bytes, device = _as(row, list)
    return Source(_as(path, str), _as(lang, str), _strings(globs), _strings(excludes), _as(max_size_bytes, int), _as(device, int))


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
