"""Which documents hold a term, how often, and where?  Many terms at a time.

``fields`` says what a record is, and reads one of them; here a merge or a
pattern reads thousands in one go, and records are written.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from searchkit.engine.local.coding import CodedWriter
from searchkit.engine.local.dictionary import Known, TermsWriter
from searchkit.engine.local.fields import Field
from searchkit.engine.local.packing import Bytes, Ints, Numbers, damaged, put, runs, starts_of, varint_get, varint_lengths, varint_put
from searchkit.engine.local.storage import ContainerWriter
from searchkit.engine.local.terms import BLOCK_TERMS
from searchkit.typed import Any, NamedTuple

_KINDS: dict[int, np.dtype[Any]] = {1: np.dtype("<u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4")}


class Postings(NamedTuple):
    """Postings of one or several terms.

    Attributes:
        counts: (terms,) documents of each.
        documents: (postings,) numbers, rising within a term.
        frequencies: (postings,) at least 1.
        positions: (sum of frequencies,) not falling within a posting; empty where the field has none.
    """

    counts: Ints
    documents: Ints
    frequencies: Ints
    positions: Ints


class FieldWriter:
    """Writes one field; postings come in stretches of whole terms, in the order of the terms."""

    def __init__(self, writer: ContainerWriter, field: str, *, positional: bool) -> None:
        self._writer = writer
        self._field = field
        self._positional = positional
        self._terms = TermsWriter()
        self._bases = [np.zeros(0, np.int64)]
        self._count = self._length = 0
        self._records = CodedWriter(writer, f"{field}/postings")

    def __len__(self) -> int:
        """Count the terms so far."""
        return self._count

    def add(self, terms: Sequence[bytes], postings: Postings) -> None:
        """Write the records of some more terms, each with a document at least."""
        if not len(terms):
            return
        record, sizes, codes = _encode(postings, positional=self._positional)
        self._records.part(record)
        starts = starts_of(sizes)
        self._bases.append(self._length + starts[:-1][-self._count % BLOCK_TERMS :: BLOCK_TERMS])
        self._terms.add(terms, Known(postings.counts, sizes, codes))
        self._count += len(terms)
        self._length += int(starts[-1])

    def finish(self) -> None:
        """Write the dictionary of the terms."""
        self._records.finish()
        put(self._writer, f"{self._field}/base", np.concatenate(self._bases))
        self._terms.write(self._writer, f"{self._field}/terms")


def _width(top: Ints) -> Ints:
    """Give the bytes that numbers up to ``top`` need."""
    return np.where(top < 1 << 8, 1, np.where(top < 1 << 16, 2, 4)).astype(np.int64)


def _encode(postings: Postings, *, positional: bool) -> tuple[Bytes, Ints, Bytes]:
    """Give the records of some terms, their sizes and their widths."""
    counts = postings.counts.astype(np.int64)
    begin = starts_of(counts)[:-1]
    gaps = np.diff(postings.documents, prepend=0).astype(np.int64)
    gaps[begin] = postings.documents[begin]
    document_width = _width(np.maximum.reduceat(gaps, begin))
    top = np.maximum.reduceat(postings.frequencies, begin)
    frequency_width = np.where(top == 1, 0, _width(top))
    fixed = counts * (document_width + frequency_width)
    if positional:
        steps, lengths = _steps(postings)
        stretch = starts_of(lengths)  # where the bytes of each position begin
        bounds = starts_of(np.add.reduceat(postings.frequencies, begin))  # where the positions of each term begin
        sizes = fixed + np.diff(stretch[bounds])
    else:
        sizes = fixed
    at = starts_of(sizes)
    out = np.zeros(int(at[-1]), np.uint8)
    _scatter(out, at[:-1], counts, document_width, gaps)
    _scatter(out, at[:-1] + counts * document_width, counts, frequency_width, postings.frequencies)
    if positional:
        shift = np.repeat(at[:-1] + fixed - stretch[bounds[:-1]], np.diff(bounds))
        varint_put(out, shift + stretch[:-1], steps, lengths)
    return out, sizes, (document_width << 4 | frequency_width).astype(np.uint8)


def _steps(postings: Postings) -> tuple[Ints, Ints]:
    """Give positions as differences within a posting, and the bytes that each takes up."""
    first = starts_of(postings.frequencies)[:-1]
    steps = np.diff(postings.positions, prepend=0).astype(np.int64)
    steps[first] = postings.positions[first]
    return steps, varint_lengths(steps)


def _scatter(out: Bytes, at: Ints, counts: Ints, widths: Ints, values: Numbers) -> None:
    """Write a run of fixed-width numbers for each term, width by width."""
    begin = starts_of(counts)[:-1]
    for width, kind in _KINDS.items():
        chosen = np.flatnonzero(widths == width)
        if not len(chosen):
            continue
        source = runs(begin[chosen], counts[chosen])
        target = runs(at[chosen], counts[chosen] * width)
        out[target] = values[source].astype(kind).view(np.uint8)


def _gather(data: Bytes, at: Ints, counts: Ints, widths: Ints) -> Ints:
    """Read what ``_scatter`` wrote; 1 where the width is 0."""
    begin = starts_of(counts)
    values = np.ones(int(begin[-1]), np.int64)
    for width, kind in _KINDS.items():
        chosen = np.flatnonzero(widths == width)
        if len(chosen):
            values[runs(begin[:-1][chosen], counts[chosen])] = data[runs(at[chosen], counts[chosen] * width)].view(kind)
    return values


def known_of(field: Field, start: int, stop: int) -> Known:
    """Give what the dictionary knows of terms ``start`` to ``stop``."""
    counts: list[int] = []
    sizes: list[int] = []
    widths = bytearray()
    first, skip = divmod(start, BLOCK_TERMS)
    for number in range(first, -(-stop // BLOCK_TERMS)):
        block = field.terms.block(number)
        counts += block.counts
        sizes += block.sizes
        widths += block.widths
    end = skip + stop - start
    return Known(
        np.array(counts[skip:end], np.int64), np.array(sizes[skip:end], np.int64), np.frombuffer(bytes(widths[skip:end]), np.uint8)
    )


def counts_of(field: Field, numbers: Ints) -> Ints:
    """Give how many documents hold each of some terms, by rising number; dead ones too."""
    counts = [np.array(field.terms.block(number).counts, np.int64)[inside] for number, inside in _by_block(numbers)]
    return np.concatenate(counts) if counts else np.zeros(0, np.int64)


def _by_block(numbers: Ints) -> Iterator[tuple[int, Ints]]:
    """Give the blocks that hold some terms, and their places there."""
    blocks = numbers // BLOCK_TERMS
    bounds = [0, *(np.flatnonzero(np.diff(blocks)) + 1).tolist(), len(numbers)]
    for low, high in pairwise(bounds if len(numbers) else ()):
        number = int(blocks[low])
        yield number, numbers[low:high] - number * BLOCK_TERMS


def read(field: Field, start: int, stop: int, *, positions: bool = False) -> Postings:
    """Give the postings of terms ``start`` to ``stop``.

    Raises:
        IndexDamagedError: a block is not what was written.
    """
    known, data = _stored(field, start, stop)
    if stop - start == 1:
        return _one(field, data, int(known.counts[0]), int(known.widths[0]), positions=positions)
    at = starts_of(known.sizes)
    codes = known.widths.astype(np.int64)
    postings = _fixed(data, at[:-1], known.counts, codes)
    if not positions:
        return postings
    fixed = at[:-1] + known.counts * ((codes >> 4) + (codes & 15))
    tail = data[runs(fixed, at[1:] - fixed)]
    return postings._replace(positions=_positions(field, tail, postings.frequencies, wanted=True))


def read_some(field: Field, numbers: Ints) -> Postings:
    """Give the postings of some terms, by rising number, without positions.

    Block by block, however they are scattered: ``*a`` means every tenth term,
    and reading those one by one takes a hundred times as long.

    Raises:
        IndexDamagedError: a block is not what was written.
    """
    if not len(numbers):
        return Postings(*(np.zeros(0, np.int64) for _ in range(4)))
    pieces: list[Bytes] = []
    length = 0
    known: list[tuple[Ints, Ints, Ints]] = []
    for number, inside in _by_block(numbers):
        block, base = field.terms.block(number), field.start(number)
        starts = starts_of(np.array(block.sizes, np.int64))
        low, high = int(starts[inside[0]]), int(starts[inside[-1] + 1])
        pieces.append(np.frombuffer(field.records.piece(base + low, base + high), np.uint8))
        widths = np.frombuffer(block.widths, np.uint8)[inside].astype(np.int64)
        known.append((starts[inside] - low + length, np.array(block.counts, np.int64)[inside], widths))
        length += high - low
    at, counts, codes = (np.concatenate(column) for column in zip(*known, strict=True))
    return _fixed(np.concatenate(pieces), at, counts, codes)


def _stored(field: Field, start: int, stop: int) -> tuple[Known, Bytes]:
    """Give what is known of some terms, and their records one behind the other."""
    known = known_of(field, start, stop)
    number, inside = divmod(start, BLOCK_TERMS)
    begin = field.start(number) + field.terms.block(number).start(inside)
    return known, np.frombuffer(field.records.piece(begin, begin + int(known.sizes.sum())), np.uint8)


def _one(field: Field, data: Bytes, count: int, code: int, *, positions: bool) -> Postings:
    wide, narrow = code >> 4, code & 15
    documents = np.cumsum(data[: count * wide].view(_KINDS[wide]), dtype=np.int64)
    fixed = count * (wide + narrow)
    tail = data[count * wide : fixed]
    frequencies = tail.view(_KINDS[narrow]).astype(np.int64) if narrow else np.ones(count, np.int64)
    return Postings(np.array([count]), documents, frequencies, _positions(field, data[fixed:], frequencies, wanted=positions))


def _fixed(data: Bytes, at: Ints, counts: Ints, codes: Ints) -> Postings:
    """Read documents and frequencies of the records that begin at some places."""
    wide, narrow = codes >> 4, codes & 15
    documents = _absolute(_gather(data, at, counts, wide), counts)
    return Postings(counts, documents, _gather(data, at + counts * wide, counts, narrow), np.zeros(0, np.int64))


def _positions(field: Field, data: Bytes, frequencies: Ints, *, wanted: bool) -> Ints:
    if not (wanted and field.positional):
        return np.zeros(0, np.int64)
    try:
        steps = varint_get(data)
    except ValueError as error:
        raise damaged(field.container, f"{field.name}: positions: {error}") from error
    if len(steps) != int(frequencies.sum()):
        raise damaged(field.container, f"{field.name}: {len(steps)} positions for {int(frequencies.sum())} occurrences")
    return _absolute(steps, frequencies)


def _absolute(steps: Ints, counts: Ints) -> Ints:
    """Undo differences within each run; no run is empty."""
    if not len(steps):
        return steps
    total = np.cumsum(steps)
    begin = starts_of(counts)[:-1]
    return total - np.repeat(total[begin] - steps[begin], counts)
