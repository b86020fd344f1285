"""Do the numbers of a segment make sense?

Their checksums are right already: this finds what was written wrong.
"""

import zlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from searchkit.engine.local.columns import CHUNKS, NUMBERS, key_hash
from searchkit.engine.local.fields import Field
from searchkit.engine.local.packing import Ints, get, starts_of
from searchkit.engine.local.postings import read
from searchkit.engine.local.records import parse_record
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.streams import Stream, decompress
from searchkit.engine.local.terms import BLOCK_TERMS, TermList, encode
from searchkit.engine.local.vectors import lengths_of, present

_STRETCH_TERMS = 50_000
_RISING = ("start", "size", "word_base", "stem_base")


def segment_faults(segment: Segment) -> Iterator[str]:
    """Name everything that is wrong in a segment."""
    yield from _document_faults(segment)
    for name in segment.fields:
        field = segment.field(name)
        if field is not None:
            yield from (f"{name}: {reason}" for reason in _field_faults(field, segment.count))
    for language in segment.languages:
        found = segment.lemmas(language)
        if found is not None:
            yield from (f"lemmas of {language}: {reason}" for reason in _list_faults(found))
    counted = set(segment.presence_names)
    for name in segment.fields:
        part, _, language = name.split("_", 2)
        if f"{part}_{language}" not in counted:
            yield f"{name}: nobody says how many documents have text of it"
    for name in segment.presence_names:
        flags = present(segment, name)
        facts = (int(flags.sum()), int(lengths_of(segment, name)[flags].sum(dtype=np.int64)))
        if facts != tuple(segment.container.facts["texts"][name]):
            yield f"documents with text in {name}: {facts}"


def _is_sorted(terms: list[bytes]) -> bool:
    return all(left < right for left, right in pairwise(terms))


def _list_faults(terms: TermList) -> Iterator[str]:
    """Name what is wrong with a list of terms."""
    blocks = [terms.block(number) for number in range(terms.blocks)]
    if not _is_sorted(terms.slice(0, len(terms))):
        yield "terms are not sorted"
    if terms.firsts() != [block.terms[0] for block in blocks]:
        yield "its blocks begin with other terms than it says"
    sizes = [len(block.terms) for block in blocks]
    if sum(sizes) != len(terms) or any(size != BLOCK_TERMS for size in sizes[:-1]):
        yield "its blocks hold other numbers of terms than it says"


def _field_faults(field: Field, documents: int) -> Iterator[str]:
    """Name what is wrong with a field."""
    count = len(field.terms)
    yield from _list_faults(field.terms)
    sizes = [sum(field.terms.block(number).sizes) for number in range(field.terms.blocks)]
    if [field.start(number) for number in range(field.terms.blocks)] != starts_of(np.array(sizes, np.int64))[:-1].tolist():
        yield "records do not follow each other"
    for low in range(0, count, _STRETCH_TERMS):
        postings = read(field, low, min(low + _STRETCH_TERMS, count), positions=True)
        if not _rise_within(postings.documents, postings.counts, strictly=True) or postings.documents.max() >= documents:
            yield "documents out of order"
        if postings.frequencies.min() < 1:
            yield "a frequency of 0"
        if field.positional and not _rise_within(postings.positions, postings.frequencies, strictly=True):
            yield "positions out of order"


def _rise_within(values: Ints, counts: Ints, *, strictly: bool) -> bool:
    steps = np.diff(values, prepend=-1)
    steps[starts_of(counts)[:-1]] = 1
    return bool((steps >= (1 if strictly else 0)).all())


def _document_faults(segment: Segment) -> Iterator[str]:
    """Name what is wrong with the columns of the documents."""
    documents, count = segment.documents, segment.count
    lengths = {name: len(documents.column(name)) for name in (*NUMBERS, "path", "language", "date", "key_hash", "id_hash")}
    # A shorter one leads astray only whoever asks for its last documents.
    yield from (f"column {name} has {length:,} numbers for {count:,} documents" for name, length in lengths.items() if length != count)
    if not np.array_equal(np.sort(np.asarray(documents.column("rank"))), np.arange(count)):
        yield "ranks are no permutation"
    for column, values in (("path", documents.paths), ("language", documents.languages), ("date", documents.dates)):
        yield from (f"column {column}: {reason}" for reason in _list_faults(values))
        if np.asarray(documents.column(column)).max(initial=0) >= len(values):
            yield f"column {column} is out of order"
    keys = documents.keys()
    live = [key for row, key in enumerate(keys) if segment.is_live(row)]
    if len(set(live)) < len(live):
        yield "a key stands twice"
    if documents.column("key_hash").tolist() != list(map(key_hash, keys)):
        yield "documents are not found by their keys"
    if documents.column("id_hash").tolist() != [zlib.crc32(encode(name)) for _, name in keys]:
        yield "documents are not found by their ids"
    records = documents.streams["records"]
    for start, size in zip(documents.column("record_start").tolist(), documents.column("record_size").tolist(), strict=True):
        parse_record(records.read(start, start + size))  # raises what is wrong
    of_streams = [f"{name}: {reason}" for name, stream in documents.streams.items() for reason in _stream_faults(stream)]
    yield from of_streams
    if of_streams:
        return
    ends = np.asarray(documents.column("text_start")).astype(np.int64) + np.asarray(documents.column("length"))
    if ends.max(initial=0) > documents.streams["texts"].bounds()[-1]:
        yield "a text reaches beyond the stream"
    yield from _chunk_faults(segment)


def _stream_faults(stream: Stream) -> Iterator[str]:
    """Name what is wrong with a stream."""
    bounds = stream.bounds()
    if len(bounds) != len(stream) + 1:
        yield f"it says of {len(bounds) - 1:,} blocks how long they are, and has {len(stream):,}"
        return
    for index, (start, end) in enumerate(pairwise(bounds)):
        if len(decompress(stream.raw(index))) != end - start:
            yield f"block {index} is not as long as it says"


def _chunk_faults(segment: Segment) -> Iterator[str]:
    """Name what is wrong with the chunks."""
    columns = {
        name: np.asarray(segment.documents.column(f"chunk_{name}")).astype(np.int64)
        for name in ("start", "size", "words", "word_base", "stem_base", "widths")
    }
    at = get(segment.container, "chunk_at").astype(np.int64)
    counts = at[1:] - at[:-1]
    full = counts[counts > 0]
    if any(len(segment.documents.column(f"chunk_{name}")) != counts.sum() for name in CHUNKS):
        yield "chunks are missing"
        return
    for name in ("start", "word_base", "stem_base"):
        if not _rise_within(columns[name], full, strictly=False):
            yield f"chunks out of order ({name})"
    length = np.repeat(np.asarray(segment.documents.column("length")).astype(np.int64), counts)
    if (columns["start"] + columns["size"] > length).any():
        yield "a chunk reaches beyond its text"
    widths = columns["widths"]
    if ((widths > 0) & (widths - 1 + 2 * columns["words"] > segment.documents.streams["widths"].bounds()[-1])).any():
        yield "the widths of a chunk's words reach beyond the stream"
