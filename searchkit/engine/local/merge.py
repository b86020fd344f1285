"""How do several segments become one?

Dead documents drop out, the others are numbered through in the order of the
segments.  Terms and postings are read, renumbered and written in stretches,
and the mapped files let go of after each, so that memory is bounded by the
longest term and the columns of the documents; texts are copied block by block
as they are.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

from searchkit.engine.local.columns import CHUNKS, NUMBERS
from searchkit.engine.local.dictionary import TermsWriter
from searchkit.engine.local.fields import Field
from searchkit.engine.local.packing import Ints, get, put_bytes, runs, starts_of
from searchkit.engine.local.postings import FieldWriter, Postings, known_of, read
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.storage import ContainerWriter
from searchkit.engine.local.table import Table, write_table
from searchkit.engine.local.terms import TermList, decode
from searchkit.engine.local.vectors import dead_of, lengths_of, present
from searchkit.typed import NamedTuple

STRETCH_BYTES = 1 << 19  # of stored records of a segment held at once: about 25 MB while they are sorted
STRETCH_TERMS = 4_096
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
        lemmas = TermsWriter()
        lists = [_Terms(found) for segment in segments if (found := segment.lemmas(language)) is not None]
        for terms, _ in _stretches(lists):
            lemmas.add(terms)
        lemmas.write(writer, f"lemmas_{language}")
    table = _merged_table(sources)
    table.release = lambda: _release(segments)
    _release(segments)
    write_table(writer, table)
    return {"fields": fields, "texts": texts, "lemmas": languages, "documents": count}


def _release(segments: Sequence[Segment]) -> None:
    for segment in segments:
        segment.container.release()


def _merge_field(writer: ContainerWriter, name: str, sources: Sequence[Source]) -> bool:
    """Write one field; False if no live document has a term in it (its arrays are empty then)."""
    given = [(field, source) for source in sources if (field := source.segment.field(name)) is not None]
    field_writer = FieldWriter(writer, name, positional=given[0][0].positional)
    for merged, taken in _stretches([_Terms(field.terms, field) for field, _ in given]):
        parts = [
            _renumbered(field, start, np.array(numbers, np.int64), source.renumber)
            for (field, source), (start, numbers) in zip(given, taken, strict=True)
        ]
        term, postings = _joined(parts)
        field_writer.add([merged[number] for number in term.tolist()], postings)
        _release([source.segment for _, source in given])
    field_writer.finish()
    return bool(len(field_writer))


class _Terms:
    """The terms of a segment, a stretch at a time.

    Args:
        terms: sorted.
        field: where each has a record.
    """

    def __init__(self, terms: TermList, field: Field | None = None) -> None:
        self._terms, self._field = terms, field
        self.at = 0

    def ahead(self) -> list[bytes]:
        """Give the next terms, so many that their records stay small (one term's may not)."""
        stop = min(self.at + STRETCH_TERMS, len(self._terms))
        if self._field is not None and self.at < stop:
            total = np.cumsum(known_of(self._field, self.at, stop).sizes)
            stop = self.at + max(1, int(np.searchsorted(total, STRETCH_BYTES, "right")))
        return self._terms.slice(self.at, stop)

    def reaches_end(self, count: int) -> bool:
        """Tell whether so many terms are the rest."""
        return self.at + count >= len(self._terms)


def _stretches(lists: Sequence[_Terms]) -> Iterator[tuple[list[bytes], list[tuple[int, list[int]]]]]:
    """Go through several lists at once: give the next terms of all, and of each list the first one and their numbers in the stretch."""
    while True:
        ahead = [each.ahead() for each in lists]
        if not any(ahead):
            return
        # Up to a term that none of the lists can still have before what was read of it.
        ends = [terms[-1] for each, terms in zip(lists, ahead, strict=True) if terms and not each.reaches_end(len(terms))]
        last = min(ends, default=None)
        chosen = [terms if last is None else terms[: bisect_right(terms, last)] for terms in ahead]
        merged = sorted(set().union(*chosen))
        number = {term: index for index, term in enumerate(merged)}
        yield merged, [(each.at, [number[term] for term in terms]) for each, terms in zip(lists, chosen, strict=True)]
        for each, terms in zip(lists, chosen, strict=True):
            each.at += len(terms)


def _renumbered(field: Field, start: int, place: Ints, renumber: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Give live postings of some terms of a segment: merged number of the term, new document number, frequency; and positions."""
    empty = np.zeros(0, np.int64)
    if not len(place):
        return empty, empty, empty, empty
    postings = read(field, start, start + len(place), positions=True)
    term = np.repeat(place, postings.counts)
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
            column = np.asarray(documents.column(f"chunk_{name}"))[entry]
            # Half the memory where numbers are small; those of ``widths`` are moved.
            chunks[name].append(column.astype(np.int64) if name == "widths" or column.itemsize > 4 else column.astype(np.uint32))  # noqa: PLR2004
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
