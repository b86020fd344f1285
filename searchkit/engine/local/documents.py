"""Here is a document's number: what is its key, its text, where are its chunks?

Reads the columns that ``table`` writes.  A document's number is its row in
the segment; no number leaves ``engine/local``.
"""

import zlib
from functools import cached_property
from typing import NamedTuple

import numpy as np

from searchkit.engine.contract import Chunk, Key, Stored
from searchkit.engine.local.columns import CHUNKS, key_hash
from searchkit.engine.local.packing import Ints, Numbers, get, size
from searchkit.engine.local.records import parse_record
from searchkit.engine.local.storage import Container
from searchkit.engine.local.streams import Stream
from searchkit.engine.local.terms import TermList, decode, encode

FEW_LOOKUPS = 20  # of keys: then sorting their hashes once is cheaper than looking through all of them each time


class ChunkTable(NamedTuple):
    """The chunks of one document, column by column; see ``columns.CHUNKS``."""

    start: Ints
    size: Ints
    line: Ints
    words: Ints
    word_base: Ints
    stem_base: Ints
    widths: Ints


class Documents:
    """The documents of a segment."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self.count = size(container, "rank")
        self.paths = TermList(container, "paths")
        self.languages = TermList(container, "languages")
        self.dates = TermList(container, "dates")
        self._ids = TermList(container, "id")
        self._texts = Stream(container, "texts")
        self._records = Stream(container, "records")
        self._widths = Stream(container, "widths")
        self._lookups = 0

    def column(self, name: str) -> Numbers:
        """Give a whole column of numbers."""
        return get(self._container, name)

    def number(self, name: str, row: int) -> int:
        """Give one number of a column."""
        return int(get(self._container, name, row, row + 1)[0])

    def key(self, row: int) -> Key:
        """Give the key of a document."""
        path = decode(self.paths[self.number("path", row)])
        name = self._ids[row]
        return path, decode(name[1:]) if name else path

    def keys(self) -> list[Key]:
        """Give the keys of all documents, by number."""
        paths = [decode(path) for path in self.paths.slice(0, len(self.paths))]
        names = self._ids.slice(0, self.count)
        return [
            (paths[number], decode(name[1:]) if name else paths[number])
            for number, name in zip(self.column("path").tolist(), names, strict=True)
        ]

    def find(self, key: Key) -> list[int]:
        """Give the numbers of the documents with this key."""
        value = key_hash(key)
        self._lookups += 1
        if self._lookups <= FEW_LOOKUPS:
            rows = np.flatnonzero(self.column("key_hash") == value)
        else:
            hashes, order = self._sorted_hashes
            low, high = np.searchsorted(hashes, value, "left"), np.searchsorted(hashes, value, "right")
            rows = order[low:high]
        return [row for row in rows.tolist() if self.key(row) == key]

    @cached_property
    def _sorted_hashes(self) -> tuple[Ints, Ints]:
        """Give the hashes of all keys, sorted, with their documents."""
        column = self.column("key_hash").astype(np.int64)
        order = np.argsort(column, kind="stable")
        return column[order], order

    def named(self, name: str) -> list[int]:
        """Give the numbers of the documents whose id or path it is."""
        data = encode(name)
        rows = [row for row in np.flatnonzero(self.column("id_hash") == zlib.crc32(data)).tolist() if self.key(row)[1] == name]
        place = self.paths.find(data)
        if place >= 0:
            rows.extend(np.flatnonzero(self.column("path") == place).tolist())
        return sorted(set(rows))

    def stored(self, row: int) -> Stored:
        """Give what is kept of a document beside its text."""
        start = self.number("record_start", row)
        title, metadata = parse_record(self._records.read(start, start + self.number("record_size", row)))
        date = decode(self.dates[self.number("date", row)])
        language = decode(self.languages[self.number("language", row)])
        return Stored(self.key(row), title, language, date or None, self.number("line", row), metadata, self.number("length", row))

    def text(self, row: int, start: int = 0, end: int | None = None) -> str:
        """Give a piece of a document's text."""
        base, length = self.number("text_start", row), self.number("length", row)
        low, high, _ = slice(start, end).indices(length)
        return self._texts.read(base + low, base + high)

    def chunk_table(self, row: int) -> ChunkTable:
        """Give the chunks of a document as columns."""
        first, last = get(self._container, "chunk_at", row, row + 2).tolist()
        return ChunkTable(*(get(self._container, f"chunk_{name}", first, last).astype(np.int64) for name in CHUNKS))

    def chunks(self, row: int) -> list[Chunk]:
        """Give the chunks of a document's text."""
        table = self.chunk_table(row)
        columns = (table.start, table.start + table.size, table.line, table.words)
        return [Chunk(*values) for values in zip(*(column.tolist() for column in columns), strict=True)]

    def widths(self, table: ChunkTable, chunk: int) -> tuple[Ints, Ints]:
        """Give how many positions each written word of a chunk takes up in ``word`` and in ``stem``."""
        words, start = int(table.words[chunk]), int(table.widths[chunk])
        if not start:
            return np.ones(words, np.int64), np.ones(words, np.int64)
        pairs = self._widths.read(start - 1, start - 1 + 2 * words).encode("utf-32-le", "surrogatepass")
        both = np.frombuffer(pairs, "<u4").astype(np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    @property
    def streams(self) -> dict[str, Stream]:
        """Give the streams by name, for merging."""
        return {"texts": self._texts, "records": self._records, "widths": self._widths}
