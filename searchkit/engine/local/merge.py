"""How do several segments become one?

Dead documents drop out, the others are numbered through in the order of the
segments.  Postings are read, renumbered and written in stretches of terms, so
that memory is bounded; texts are copied block by block as they are.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from searchkit.engine.local.columns import CHUNKS, NUMBERS
from searchkit.engine.local.dictionary import write_terms
from searchkit.engine.local.fields import Field
from searchkit.engine.local.packing import Ints, get, put_bytes, runs, starts_of
from searchkit.engine.local.postings import FieldWriter, Postings, known_of, read
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.storage import ContainerWriter
from searchkit.engine.local.table import Table, write_table
from searchkit.engine.local.terms import TermList, decode
from searchkit.engine.local.vectors import dead_of, lengths_of, present
from searchkit.typed import NamedTuple

STRETCH_BYTES = 4 << 20  # of stored records held at once: about 200 MB while they are sorted
_STREAMS = {"text_start": "texts", "record_start": "records"}


class Source(NamedTuple):
    """A segment to be merged; ``renumber`` gives each document's new number, -1 for dead ones."""

    segment: Segment
    renumber: Ints
    live: Ints


def merge(writer: ContainerWriter, segments: Sequence[Segment]) -> dict[str, object]:
    """Write the live documents of some segments as one and give its facts."""
    sources = []
    count = 0
    for segment in segments:
        dead = dead_of(segment)
        live = np.arange(segment.count) if dead is None else np.flatnonzero(~dead)
        renumber = np.full(segment.count, -1, np.int64)
        renumber[live] = np.arange(count, count + len(live))
        count += len(live)
        sources.append(Source(segment, renumber, live))
    fields = [name for name in sorted({name for segment in segments for name in segment.fields}) if _merge_field(writer, name, sources)]
    texts = _merge_presence(writer, sources)
    languages = sorted({language for segment in segments for language in segment.languages})
    for language in languages:
        lists = [found.slice(0, len(found)) for segment in segments if (found := segment.lemmas(language)) is not None]
        write_terms(writer, f"lemmas_{language}", sorted(set().union(*lists)))
    write_table(writer, _merged_table(sources))
    return {"fields": fields, "texts": texts, "lemmas": languages, "documents": count}


def _merge_field(writer: ContainerWriter, name: str, sources: Sequence[Source]) -> bool:
    """Write one field; False if no live document has a term in it (its arrays are empty then)."""
    given = [(field, source.renumber) for source in sources if (field := source.segment.field(name)) is not None]
    lists = [field.terms.slice(0, len(field.terms)) for field, _ in given]
    merged = sorted(set().union(*lists))
    number = {term: index for index, term in enumerate(merged)}
    places = [np.fromiter(map(number.__getitem__, terms), np.int64, len(terms)) for terms in lists]
    field_writer = FieldWriter(writer, name, positional=given[0][0].positional)
    kept = []
    for low, high in _stretches(len(merged), [(place, field) for place, (field, _) in zip(places, given, strict=True)]):
        parts = [
            _renumbered(field, int(np.searchsorted(place, low)), int(np.searchsorted(place, high)), place, renumber)
            for place, (field, renumber) in zip(places, given, strict=True)
        ]
        term, postings = _joined(parts)
        field_writer.add(postings)
        kept.append(term)
    numbers = np.concatenate([np.zeros(0, np.int64), *kept]).tolist()
    field_writer.finish([merged[index] for index in numbers])
    return bool(numbers)


def _stretches(count: int, fields: Sequence[tuple[Ints, Field]]) -> Iterator[tuple[int, int]]:
    """Cut the merged terms so that the records of a stretch together stay small (one term's may not)."""
    sizes = np.zeros(count, np.int64)
    for place, field in fields:
        sizes[place] += known_of(field, 0, len(field.terms)).sizes
    total = np.cumsum(sizes)
    low = 0
    while low < count:
        before = int(total[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(total, before + STRETCH_BYTES, "right")))
        yield low, high
        low = high


def _renumbered(field: Field, start: int, stop: int, place: Ints, renumber: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Give live postings of some terms of a segment: merged number of the term, new document number, frequency; and positions."""
    empty = np.zeros(0, np.int64)
    if start == stop:
        return empty, empty, empty, empty
    postings = read(field, start, stop, positions=True)
    term = np.repeat(place[start:stop], postings.counts)
    document = renumber[postings.documents]
    alive = document >= 0
    if alive.all():
        return term, document, postings.frequencies, postings.positions
    positions = postings.positions[np.repeat(alive, postings.frequencies)] if field.positional else empty
    return term[alive], document[alive], postings.frequencies[alive], positions


def _joined(parts: Sequence[tuple[Ints, Ints, Ints, Ints]]) -> tuple[Ints, Postings]:
    """Put the postings of several segments in the order of terms and documents."""
    term, document, frequency, positions = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    if len(parts) > 1:
        # Segments come in the order of their document numbers: a stable sort by term is enough.
        order = np.argsort(term, kind="stable")
        if len(positions):
            positions = positions[runs(starts_of(frequency)[:-1][order], frequency[order])]
        term, document, frequency = term[order], document[order], frequency[order]
    begin = np.flatnonzero(np.diff(term, prepend=-1))
    return term[begin], Postings(np.diff(begin, append=len(term)), document, frequency, positions)


def _merge_presence(writer: ContainerWriter, sources: Sequence[Source]) -> dict[str, tuple[int, int]]:
    """Write which documents have text in which language."""
    texts = {}
    for name in sorted({name for source in sources for name in source.segment.presence_names}):
        flags = np.concatenate([present(source.segment, name)[source.live] for source in sources])
        if flags.any():
            length = np.concatenate([lengths_of(source.segment, name)[source.live] for source in sources])
            put_bytes(writer, f"present/{name}", np.packbits(flags))
            texts[name] = (int(flags.sum()), int(length[flags].sum(dtype=np.int64)))
    return texts


def _merged_table(sources: Sequence[Source]) -> Table:
    """Put the columns of several segments one below the other."""
    table = Table()
    numbers: dict[str, list[Ints]] = {name: [] for name in NUMBERS}
    chunks: dict[str, list[Ints]] = {name: [] for name in CHUNKS}
    counts = []
    for source in sources:
        documents, live = source.segment.documents, source.live
        rows = live.tolist()
        keys = documents.keys()
        table.keys += [keys[row] for row in rows]
        table.languages += _labels(documents.languages, documents.column("language"), live)
        table.dates += _labels(documents.dates, documents.column("date"), live)
        at = get(source.segment.container, "chunk_at").astype(np.int64)
        counts.append((at[1:] - at[:-1])[live])
        entry = runs(at[:-1][live], counts[-1])
        for name in NUMBERS:
            numbers[name].append(np.asarray(documents.column(name))[live].astype(np.int64))
        for name in CHUNKS:
            chunks[name].append(np.asarray(documents.column(f"chunk_{name}"))[entry].astype(np.int64))
        _copy_streams(table, source, {name: numbers[name][-1] for name in NUMBERS}, chunks["widths"][-1], chunks["words"][-1])
    table.numbers = {name: np.concatenate(columns) for name, columns in numbers.items()}
    table.chunks = {name: np.concatenate(columns) for name, columns in chunks.items()}
    table.chunk_counts = np.concatenate(counts)
    return table


def _labels(labels: TermList, column: memoryview, live: Ints) -> list[str]:
    decoded = [decode(label) for label in labels.slice(0, len(labels))]
    return [decoded[number] for number in np.asarray(column)[live].tolist()]


def _copy_streams(table: Table, source: Source, numbers: dict[str, Ints], widths: Ints, words: Ints) -> None:
    """Copy the streams of a segment and move, in place, the columns that point into them."""
    streams = source.segment.documents.streams
    uneven = widths > 0
    wanted = (
        (table.texts, "texts", numbers["text_start"], numbers["text_start"] + numbers["length"]),
        (table.records, "records", numbers["record_start"], numbers["record_start"] + numbers["record_size"]),
        (table.widths, "widths", widths[uneven] - 1, widths[uneven] - 1 + 2 * words[uneven]),
    )
    for builder, name, starts, ends in wanted:
        stream = streams[name]
        bounds = np.array(stream.bounds(), np.int64)
        moved = np.zeros(max(len(bounds) - 1, 1), np.int64)
        for index in _blocks_in_use(bounds, starts, ends):
            moved[index] = builder.append_block(stream.raw(index), int(bounds[index + 1] - bounds[index])) - int(bounds[index])
        shift = moved[_block_of(bounds, starts)] if len(bounds) > 1 else np.zeros(len(starts), np.int64)
        # What is empty may have stood in a block that was left behind.
        starts[:] = np.where(ends > starts, starts + shift, 0)
        if name == "widths":
            widths[uneven] = starts + 1


def _block_of(bounds: Ints, places: Ints) -> Ints:
    """Give the block that each place lies in; the last one for the end of the stream."""
    return np.clip(np.searchsorted(bounds, places, "right") - 1, 0, len(bounds) - 2)


def _blocks_in_use(bounds: Ints, starts: Ints, ends: Ints) -> list[int]:
    """Give the blocks that hold a character of a live document; blocks of dead ones alone are left behind."""
    full = ends > starts
    if len(bounds) < 2 or not full.any():  # noqa: PLR2004 -- two bounds make one block
        return []
    change = np.zeros(len(bounds), np.int64)
    np.add.at(change, _block_of(bounds, starts[full]), 1)
    np.add.at(change, _block_of(bounds, ends[full] - 1) + 1, -1)
    return np.flatnonzero(np.cumsum(change)[:-1] > 0).tolist()
