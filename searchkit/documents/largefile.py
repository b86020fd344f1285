"""How is a large file of records read without holding it?

In two passes: the first digests it and tells whether it is UTF-8, the second
reads line by line.  What is no such file is left to ``read``, which needs all
of it at once.
"""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from hashlib import blake2b
from io import TextIOWrapper
from typing import BinaryIO

from searchkit.documents.changes import DIGEST_BYTES
from searchkit.documents.decode import Utf8Check
from searchkit.documents.discover import open_regular, read_some
from searchkit.documents.model import Document, Problem
from searchkit.documents.read import is_record_lines
from searchkit.documents.readers.jsonl import read_lines

_PIECE_BYTES = 1 << 20  # of the first pass; the first line of a file of records lies in it


def digest_of_records(path: str) -> str:
    """Digest a file that can be read record by record; "" for any other.

    Raises:
        OSError: it cannot be read.
    """
    digest, check = blake2b(digest_size=DIGEST_BYTES), Utf8Check()
    with open_regular(path) as file:
        head = read_some(file, _PIECE_BYTES)
        if not is_record_lines(path, head.removeprefix(BOM_UTF8).decode("utf-8", "replace")):
            return ""
        piece = head
        while piece:
            digest.update(piece)
            check.feed(piece)
            piece = read_some(file, _PIECE_BYTES)
    return digest.hexdigest() if check.is_utf8() else ""


def iter_records(path: str, most_chars: int, reason: Callable[[int], str]) -> Iterator[Document | Problem]:
    """Read such a file record by record.

    Args:
        path: absolute.
        most_chars: of a line; a longer one is a problem.
        reason: says why a line of so many characters is one.

    Yields:
        The same as ``read.read_file``.

    Raises:
        OSError, UnicodeDecodeError: it has changed since it was digested, or cannot be read any more.
    """
    long: list[Problem] = []
    with open_regular(path) as file:
        for item in read_lines(path, _lines(path, file, most_chars, reason, long)):
            yield from long
            long.clear()
            yield item
    yield from long


def _lines(path: str, file: BinaryIO, most_chars: int, reason: Callable[[int], str], long: list[Problem]) -> Iterator[str]:
    """Give the lines of a file; one that is too long is an empty one, and told of."""
    number = 0
    with TextIOWrapper(file, "utf-8-sig", newline=None) as text:
        while line := text.readline(most_chars + 1):
            number += 1
            if len(line) <= most_chars:
                yield line
                continue
            size = len(line)
            while not line.endswith("\n") and (line := text.readline(most_chars)):
                size += len(line)
            long.append(Problem(path, reason(size), number))
            yield ""
