"""Here is a document's number: what is its key, its text, where are its chunks?

Reads the columns that ``table`` writes.  A document's number is its row in
the segment; no number leaves ``engine/local``.
"""

import zlib

from searchkit.engine.contract import Chunk, Key, Stored
from searchkit.engine.local.arrays import Column, size, view
from searchkit.engine.local.columns import CHUNKS, NUMBERS, key_hash
from searchkit.engine.local.records import parse_record
from searchkit.engine.local.storage import Container
from searchkit.engine.local.streams import Stream
from searchkit.engine.local.terms import TermList, decode, encode

FEW_LOOKUPS = 8  # of keys: then a table of all of them is cheaper than looking through all of them each time
HELD_LABELS = 1 << 12  # paths, languages and dates


class ChunkTable:
    """The chunks of one document, column by column; see ``columns.CHUNKS``."""

    __slots__ = ("line", "size", "start", "stem_base", "widths", "word_base", "words")

    def __init__(self, columns: dict[str, list[int]]) -> None:
        self.start, self.size, self.line, self.words = columns["start"], columns["size"], columns["line"], columns["words"]
        self.word_base, self.stem_base, self.widths = columns["word_base"], columns["stem_base"], columns["widths"]


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
        self._numbers = {name: Column(container, name) for name in (*NUMBERS, "path", "language", "date", "rank")}
        self._rows: dict[int, list[int]] | None = None
        self._lookups = 0
        self._labels: dict[tuple[str, int], str] = {}

    def column(self, name: str) -> memoryview:
        """Give a whole column of numbers."""
        return view(self._container, name)

    def number(self, name: str, row: int) -> int:
        """Give one number of a column."""
        return self._numbers[name][row]

    def with_number(self, name: str, value: int) -> list[int]:
        """Give the rows in which a column has a number."""
        return _rows_of(self.column(name), value)

    def key(self, row: int) -> Key:
        """Give the key of a document."""
        path = self._label("path", self.paths, row)
        name = self._ids[row]
        return path, decode(name[1:]) if name else path

    def _label(self, name: str, labels: TermList, row: int) -> str:
        """Give one of few different strings; a stream of queries meets the same ones again."""
        number = self.number(name, row)
        found = self._labels.get((name, number))
        if found is None:
            if len(self._labels) >= HELD_LABELS:
                self._labels.clear()
            found = self._labels[name, number] = decode(labels[number])
        return found

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
        rows = self.with_number("key_hash", value) if self._lookups <= FEW_LOOKUPS else self._by_hash().get(value, [])
        return [row for row in rows if self.key(row) == key]

    def _by_hash(self) -> dict[int, list[int]]:
        """Give the rows of every hash."""
        if self._rows is None:
            self._rows = {}
            for row, value in enumerate(self.column("key_hash").tolist()):
                self._rows.setdefault(value, []).append(row)
        return self._rows

    def named(self, name: str) -> list[int]:
        """Give the numbers of the documents whose id or path it is."""
        data = encode(name)
        rows = [row for row in _rows_of(self.column("id_hash"), zlib.crc32(data)) if self.key(row)[1] == name]
        place = self.paths.find(data)
        if place >= 0:
            rows.extend(_rows_of(self.column("path"), place))
        return sorted(set(rows))

    def stored(self, row: int, key: Key | None = None) -> Stored:
        """Give what is kept of a document beside its text; its key is looked up where it is not known."""
        start = self.number("record_start", row)
        title, metadata = parse_record(self._records.read(start, start + self.number("record_size", row)))
        date = self._label("date", self.dates, row)
        language = self._label("language", self.languages, row)
        return Stored(key or self.key(row), title, language, date or None, self.number("line", row), metadata, self.number("length", row))

    def text(self, row: int, start: int = 0, end: int | None = None) -> str:
        """Give a piece of a document's text."""
        base, length = self.number("text_start", row), self.number("length", row)
        low, high, _ = slice(start, end).indices(length)
        return self._texts.read(base + low, base + high)

    def chunk_table(self, row: int) -> ChunkTable:
        """Give the chunks of a document as columns."""
        first, last = view(self._container, "chunk_at", row, row + 2).tolist()
        return ChunkTable({name: view(self._container, f"chunk_{name}", first, last).tolist() for name in CHUNKS})

    def chunks(self, row: int) -> list[Chunk]:
        """Give the chunks of a document's text."""
        table = self.chunk_table(row)
        return [
            Chunk(start, start + length, line, words)
            for start, length, line, words in zip(table.start, table.size, table.line, table.words, strict=True)
        ]

    def widths(self, table: ChunkTable, chunk: int) -> tuple[list[int], list[int]]:
        """Give how many positions each written word of a chunk takes up in ``word`` and in ``stem``."""
        words, start = table.words[chunk], table.widths[chunk]
        if not start:
            return [1] * words, [1] * words
        both = list(map(ord, self._widths.read(start - 1, start - 1 + 2 * words)))
        return both[::2], both[1::2]

    @property
    def streams(self) -> dict[str, Stream]:
        """Give the streams by name, for merging."""
        return {"texts": self._texts, "records": self._records, "widths": self._widths}


def _rows_of(column: memoryview, value: int) -> list[int]:
    """Give the rows in which a number stands.  By its bytes: ``bytes.find`` looks through 65,000 rows in 20 microseconds."""
    width = column.itemsize
    if value >> (8 * width):
        return []
    data, wanted = column.tobytes(), value.to_bytes(width, "little")
    rows: list[int] = []
    at = data.find(wanted)
    while at >= 0:
        if at % width:
            at = data.find(wanted, at + 1)
        else:
            rows.append(at // width)
            at = data.find(wanted, at + width)
    return rows
