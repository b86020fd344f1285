"""What does a segment keep of its documents, column by column, while it is being written?

The columns are the same whether they come from documents just analysed or
from segments that are being merged; ``documents`` reads what is written here.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from searchkit.engine.contract import Key
from searchkit.engine.local.columns import CHUNKS, NUMBERS, key_hash
from searchkit.engine.local.dictionary import write_terms
from searchkit.engine.local.packing import Ints, put, starts_of
from searchkit.engine.local.storage import ContainerWriter
from searchkit.engine.local.streambuilding import StreamBuilder
from searchkit.engine.local.terms import encode

RECORD_CHARS = 2_000  # of a block of titles and metadata: ten hits lie in ten blocks, and a long one took as long as the ranking


@dataclass(slots=True)
class Table:
    """Columns of the documents of a segment.

    Attributes:
        keys, languages, dates: one a document; no date is "".
        numbers: name (``NUMBERS``) -> (documents,).
        chunk_counts: (documents,) chunks of each.
        chunks: name (``CHUNKS``) -> (chunks,); ``widths`` is where the
            widths of its words begin in that stream, plus 1; 0 where all are 1.
        texts: stream of the texts.
        records: stream of titles and metadata, as JSON.
        release: lets go of what the streams were copied from.
        widths: stream with two characters for each written word: the number
            of positions that it takes up in ``word`` and in ``stem``.
    """

    keys: list[Key] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    numbers: dict[str, Ints] = field(default_factory=dict)
    chunk_counts: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    chunks: dict[str, Ints] = field(default_factory=dict)
    texts: StreamBuilder = field(default_factory=StreamBuilder)
    records: StreamBuilder = field(default_factory=lambda: StreamBuilder(RECORD_CHARS))
    widths: StreamBuilder = field(default_factory=StreamBuilder)
    release: Callable[[], None] = lambda: None


def write_table(writer: ContainerWriter, table: Table) -> None:
    """Store the columns."""
    lines = table.numbers["line"].tolist()
    order = sorted(range(len(table.keys)), key=lambda row: (table.keys[row][0], lines[row], table.keys[row][1]))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    put(writer, "rank", rank)
    put(writer, "key_hash", np.fromiter(map(key_hash, table.keys), np.int64, len(table.keys)))
    put(writer, "id_hash", np.fromiter((zlib.crc32(encode(key[1])) for key in table.keys), np.int64, len(table.keys)))
    _write_labels(writer, "path", [encode(path) for path, _ in table.keys])
    _write_labels(writer, "language", [encode(language) for language in table.languages])
    _write_labels(writer, "date", [encode(date) for date in table.dates])
    # Most documents are a file: their id is their path, and stands there only once.
    write_terms(writer, "id", [b"" if path == name else b"=" + encode(name) for path, name in table.keys])
    for name in NUMBERS:
        put(writer, name, table.numbers[name])
    put(writer, "chunk_at", starts_of(table.chunk_counts))
    for name in CHUNKS:
        put(writer, f"chunk_{name}", table.chunks[name])
    table.texts.write(writer, "texts", table.release)
    table.records.write(writer, "records", table.release)
    table.widths.write(writer, "widths", table.release)


def _write_labels(writer: ContainerWriter, name: str, values: Sequence[bytes]) -> None:
    """Store a column of few different strings: the strings, sorted, and each document's number among them."""
    labels = sorted(set(values))
    number = {label: index for index, label in enumerate(labels)}
    write_terms(writer, f"{name}s", labels)
    put(writer, name, np.fromiter(map(number.__getitem__, values), np.int64, len(values)))
