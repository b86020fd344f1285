"""Changes an index as somebody would who wants to deceive its readers: every checksum is right again afterwards."""

import hashlib
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from searchkit.engine.local import layout, manifest
from searchkit.engine.local.storage import BLOCK_BYTES
from searchkit.engine.local.whoosh_writer import toc_bytes

Body = dict[str, Any]
TAIL_BYTES = 36  # of a container: three lengths, the seal, the magic


class Contents:
    """A container, taken apart.

    Attributes:
        arrays: name -> bytes.
        kinds: name -> type string.
        facts: as the directory has them.
        places: name -> place and length to write in the directory, where they are to be false.
        name: that the directory tells.
    """

    def __init__(self, path: Path) -> None:
        whole = path.read_bytes()
        data, checks, directory = struct.unpack("<QQQ", whole[-TAIL_BYTES:-12])
        parsed = json.loads(whole[data + checks : data + checks + directory])
        self.arrays = {key: whole[start : start + length] for key, (start, length, _) in parsed["arrays"].items()}
        self.kinds: dict[str, Any] = {key: kind for key, (_, _, kind) in parsed["arrays"].items()}
        self.facts: Any = parsed["facts"]
        self.places: dict[str, tuple[Any, Any]] = {}
        self.name = parsed["name"]

    def packed(self) -> bytes:
        """Put it together again, sealed."""
        data = bytearray()
        arrays: dict[str, tuple[Any, Any, Any]] = {}
        for key, value in self.arrays.items():
            arrays[key] = (*self.places.get(key, (len(data), len(value))), self.kinds[key])
            data += value + bytes(-len(value) % 8)
        checks = b"".join(zlib.crc32(data[at : at + BLOCK_BYTES]).to_bytes(4, "little") for at in range(0, len(data), BLOCK_BYTES))
        directory = json.dumps({"name": self.name, "arrays": arrays, "facts": self.facts}).encode()
        return sealed(bytes(data), checks, directory)


def sealed(data: bytes, checks: bytes, directory: bytes, lengths: tuple[int, int, int] | None = None) -> bytes:
    """Put the parts of a container together, with lengths that may be false."""
    packed = struct.pack("<QQQ", *(lengths or (len(data), len(checks), len(directory))))
    seal = zlib.crc32(packed, zlib.crc32(directory, zlib.crc32(checks)))
    return data + checks + directory + packed + seal.to_bytes(4, "little") + b"SKARRAY1"


def dumped(body: Body) -> bytes:
    """Give a manifest's bytes with the right checksum."""

    def encoded(value: Body) -> bytes:
        return (json.dumps(value, indent=1, sort_keys=True) + "\n").encode()

    plain = {key: value for key, value in body.items() if key != "check"}
    whole = encoded({**plain, "check": 0})
    before, _, after = whole.partition(b'\n "check": 0,')
    return before + f'\n "check": {zlib.crc32(after, zlib.crc32(before))},'.encode() + after


def forge_manifest(folder: Path, change: Callable[[Body], None]) -> None:
    """Change what the manifest says."""
    path = folder / layout.MANIFEST
    body = json.loads(path.read_bytes())
    change(body)
    path.write_bytes(dumped(body))


def forge_file(folder: Path, name: str, data: bytes) -> None:
    """Replace a file, and let manifest and table of contents agree with it."""
    (folder / name).write_bytes(data)

    def agree(body: Body) -> None:
        body["files"][name] = [len(data), hashlib.sha256(data).hexdigest()]

    forge_manifest(folder, agree)
    current = manifest.read(str(folder), trust=True)
    toc = layout.toc_name(current.generation)
    written = toc_bytes(current)
    (folder / toc).write_bytes(written)

    def agree_on_toc(body: Body) -> None:
        body["files"][toc] = [len(written), hashlib.sha256(written).hexdigest()]

    forge_manifest(folder, agree_on_toc)


def forge_container(path: Path, change: Callable[[Contents], None]) -> None:
    """Change what a segment or a file of deletions holds."""
    contents = Contents(path)
    change(contents)
    forge_file(path.parent, path.name, contents.packed())
