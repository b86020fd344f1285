"""The catalogue comes back as it was written, and nothing else comes back at all."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.documents.catalog import Catalog, Source, dump_catalog, load_catalog
from searchkit.documents.changes import KnownFile
from searchkit.documents.model import Problem

TEXT = st.text(st.characters(exclude_characters="\0"), max_size=8)  # surrogates too: bytes of a path that are no UTF-8
NUMBERS = st.integers(-(2**66), 2**66)  # there are file systems that date a file beyond 64 bits of nanoseconds
DIGESTS = st.just("") | st.binary(min_size=20, max_size=20).filter(any).map(bytes.hex)
FILES = st.builds(
    KnownFile,
    path=TEXT, size=NUMBERS, mtime_ns=NUMBERS, ctime_ns=NUMBERS, inode=NUMBERS, digest=DIGESTS,
    ids=st.lists(TEXT, max_size=3).map(tuple),
    problems=st.lists(st.builds(Problem, TEXT, TEXT, st.none() | NUMBERS), max_size=2).map(tuple),
    checked_ns=NUMBERS,
)  # fmt: skip
SOURCES = st.builds(Source, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple), st.lists(TEXT, max_size=2).map(tuple), NUMBERS)
SMALL = Catalog(
    (Source("/a", "ko", ("*.md",)),), {"/a/b": KnownFile("/a/b", 1, 2, 3, 4, "d" * 40, ("/a/b",), (Problem("/a/b", "bad", 7),), 5)}
)


@given(sources=st.lists(SOURCES, max_size=3), files=st.lists(FILES, max_size=5))
@settings(max_examples=60, deadline=None)
def test_catalogue_comes_back(sources: list[Source], files: list[KnownFile]) -> None:
    """Every field, any path, and the same bytes for the same catalogue."""
    catalog = Catalog(tuple(sources), {file.path: file for file in files})

    data = dump_catalog(catalog)
    again = load_catalog(data)

    assert (again.sources, dict(again.files)) == (catalog.sources, dict(catalog.files))
    assert dump_catalog(again) == data


def packed(text: str) -> bytes:
    """A blob that somebody made up, in the layout of before."""
    return b"searchkit catalog 1\n" + zlib.compress(text.encode())


def columns(head: str, paths: str = "", numbers: bytes = b"", digests: bytes = b"") -> bytes:
    """Another one, in the layout of today, its checksum right."""
    parts = [zlib.compress(head.encode()), zlib.compress(paths.encode())]
    sizes = struct.pack("<3Q", *map(len, parts), len(numbers))
    return b"".join((b"searchkit catalog 2\n", sizes, zlib.crc32(numbers + digests).to_bytes(4, "little"), *parts, numbers, digests))


def test_catalogue_of_before_is_read() -> None:
    """An index need not be built anew for it."""
    old = packed(
        '{"sources":[["/a","ko",["*.md"],[],268435456,0]],"files":1}\n' + '["/a/b",1,2,3,4,"' + "d" * 40 + '",null,[[null,"bad",7]],5]\n'
    )

    assert load_catalog(old) == Catalog(SMALL.sources, dict(SMALL.files))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"searchkit catalog 2\n",
        b"searchkit catalog 2\n" + b"\xff" * 60,
        b"searchkit catalog 3\n",
        columns(""),
        columns("[]"),
        columns("[" * 100_000),
        columns('{"sources":[],"files":1,"odd":[]}', "/a", bytes(40)),
        columns('{"sources":[],"files":1,"odd":[]}', "/a", bytes(40), bytes(21)),
        columns('{"sources":[],"files":2,"odd":[]}', "/a\0/a", bytes(80), bytes(40)),
        columns('{"sources":[],"files":1,"odd":[[1,null,[],null]]}', "/a", bytes(40), bytes(20)),
        columns('{"sources":[],"files":1,"odd":[[0,[7],[],null]]}', "/a", bytes(40), bytes(20)),
        columns('{"sources":[],"files":1,"odd":[[0,null,[],[1,2]]]}', "/a", bytes(40), bytes(20)),
        columns('{"sources":[["/a"]],"files":0,"odd":[]}'),
        columns('{"sources":[],"files":0,"odd":[]}', "\0" * 100_000_000),
        dump_catalog(SMALL)[:-1] + b"x",
        b"searchkit catalog 1\n",
        b"searchkit catalog 1\nno zlib",
        dump_catalog(SMALL)[:-3],
        dump_catalog(SMALL) + b"x",
        packed(""),
        packed("[]"),
        packed("[" * 100_000),
        packed('{"sources":[],"files":1}\n'),
        packed('{"sources":[],"files":0}\n["/a"]\n'),
        packed('{"sources":[["/a"]],"files":0}\n'),
        packed('{"sources":[["/a","ko","*.md",[],1]],"files":0}\n'),
        packed('{"sources":[],"files":1}\n["/a","1",2,3,4,"d",null,[],5]\n'),
        packed('{"sources":[],"files":1}\n["/a",true,2,3,4,"d",null,[],5]\n'),
        packed('{"sources":[],"files":1}\n["/a",1,2,3,4,"d",[7],[],5]\n'),
        packed('{"sources":[],"files":2}\n' + 2 * '["/a",1,2,3,4,"d",null,[],5]\n'),
        packed(" " * 100_000_000),
    ],
    ids=lambda data: str(zlib.crc32(data)),
)
def test_anything_else_is_refused(data: bytes) -> None:
    """Cut, padded, mistyped, nested, repeated, or a bomb."""
    with pytest.raises(ValueError):  # noqa: PT011 - that it is one is the promise
        load_catalog(data)


@given(data=st.binary(max_size=60), at=st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_damage_is_refused_or_harmless(data: bytes, at: int) -> None:
    """No bytes are anything but a catalogue or a ``ValueError``."""
    good = dump_catalog(SMALL)
    for blob in (b"searchkit catalog 1\n" + data, good[:at] + data + good[at + len(data) :]):
        with suppress(ValueError):
            assert isinstance(load_catalog(blob), Catalog)
