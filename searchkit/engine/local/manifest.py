"""Which files are the index, at this moment?

The manifest is the one file that changes in place, by rename: whoever reads
it sees one whole generation.  It covers itself (a CRC32 over everything else
in it; hashlib would cost a cold search 4 ms) and every other file.  Nothing is opened here but the manifest.
"""

import os
import zlib
from collections.abc import Iterable

from searchkit.engine.local import layout
from searchkit.engine.local.jsonscan import loads
from searchkit.engine.local.storage import FileFact, read_whole
from searchkit.errors import IndexDamagedError, IndexFormatError, IndexMissingError
from searchkit.typed import Any, NamedTuple


class SegmentEntry(NamedTuple):
    """One segment of a generation.

    Attributes:
        id: random part of its name.
        documents: in it, dead ones too.
        dead: how many of them are dead.
        dead_file: that tells which; "" if none is.
    """

    id: str
    documents: int
    dead: int
    dead_file: str


class Manifest(NamedTuple):
    """One generation.

    Attributes:
        generation: its number; 0 for nothing at all.
        segments: oldest first.
        fields: names of the fields with any term, sorted.
        files: name -> length and hash, of every file but the manifest.
        previous: the same of the generation before, as far as its files are still there.
        blobs: caller's name -> file.
        versions: of the analysers, by language.
        updated: ISO 8601, UTC.
        whoosh: version whose table of contents was written.
    """

    generation: int = 0
    segments: tuple[SegmentEntry, ...] = ()
    fields: tuple[str, ...] = ()
    files: dict[str, FileFact] = {}  # noqa: RUF012 -- never changed; a NamedTuple has no default_factory
    previous: dict[str, FileFact] = {}  # noqa: RUF012
    blobs: dict[str, str] = {}  # noqa: RUF012
    versions: dict[str, int] = {}  # noqa: RUF012
    updated: str = ""
    whoosh: tuple[int, ...] = ()

    @property
    def named(self) -> set[str]:
        """Give the names of the files of both generations; not the manifest's own."""
        return {*self.files, *self.previous}


def dump(manifest: Manifest) -> bytes:
    """Write a manifest as JSON that holds its own hash."""
    body = {"format": layout.FORMAT_VERSION, **manifest._asdict()}
    return _encode({**body, "check": zlib.crc32(_encode(body))})


def _encode(body: dict[str, object]) -> bytes:
    import json

    return (json.dumps(body, indent=1, sort_keys=True) + "\n").encode()


def load(data: bytes, path: str, *, any_format: bool = False) -> Manifest:
    """Read a manifest.

    Args:
        data: the file.
        path: where it lies.
        any_format: also of another version: what it says of files and blobs has been the same from the first one on.

    Raises:
        IndexDamagedError: it is not as it was written.
        IndexFormatError: it is of another version of searchkit.
    """
    try:
        body = loads(data.decode())
        check, version = body.pop("check"), body.pop("format")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise IndexDamagedError(path, f"not a manifest ({error})") from error
    # The bytes, not the meaning: white space and the spelling of a number are covered too.
    line = f'\n "check": {check},'.encode()
    before, found, after = data.partition(line)
    if not found or check != zlib.crc32(after, zlib.crc32(before)):
        raise IndexDamagedError(path, "its checksum differs")
    if version != layout.FORMAT_VERSION and not any_format:
        raise IndexFormatError(os.path.dirname(path), str(version), str(layout.FORMAT_VERSION))
    try:
        return _checked(body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(path, f"not a manifest ({type(error).__name__}: {error})") from error


def _checked(body: dict[str, Any]) -> Manifest:
    """Take what a manifest says, if it is of the right types: its checksum may be right and its author a liar.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is not.
    """
    body["segments"] = tuple(SegmentEntry(*entry) for entry in body["segments"])
    body["fields"] = tuple(_typed(body["fields"], str))
    body["whoosh"] = tuple(_typed(body["whoosh"], int))
    for key in ("files", "previous"):
        body[key] = {name: FileFact(*fact) for name, fact in body[key].items()}
        _typed((fact.length for fact in body[key].values()), int)
        _typed((fact.sha256 for fact in body[key].values()), str)
    manifest = Manifest(**body)
    if len({entry.id for entry in manifest.segments}) < len(manifest.segments):
        raise ValueError("a segment is named twice")
    for entry in manifest.segments:
        _typed((entry.documents, entry.dead), int)
        # Whatever is named is among the files.
        for name in [layout.segment_name(entry.id), *([entry.dead_file] if entry.dead_file else [])]:
            manifest.files[name]
    for name in manifest.blobs.values():
        manifest.files[name]
    _typed((manifest.generation, *manifest.versions.values()), int)
    _typed((manifest.updated, *manifest.versions), str)
    return manifest


def _typed(values: Iterable[Any], kind: type) -> list[Any]:
    """Give values that are all of a type, numbers from 0 on."""
    found = list(values)
    for value in found:
        if type(value) is not kind or (isinstance(value, int) and value < 0):
            raise TypeError(f"{value!r:.40} in the wrong place")
    return found


def read(folder: str, *, trust: bool = False, any_format: bool = False) -> Manifest:
    """Read the manifest of a folder; ``any_format`` as in ``load``.

    Raises:
        IndexMissingError: there is none.
        IndexDamagedError, IndexFormatError, IndexUnsafeError.
    """
    path = os.path.join(folder, layout.MANIFEST)
    try:
        data = read_whole(folder, layout.MANIFEST, trust=trust)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(folder) from error
    return load(data, path, any_format=any_format)
