"""Which terms of a field begin so, or look so, and who holds any of them?"""

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.fields import Field
from searchkit.engine.local.packing import Ints
from searchkit.engine.local.postings import counts_of, read_some
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.terms import SEPARATOR, decode, encode
from searchkit.engine.local.vectors import NO_POSTINGS, Leaf, dead_of, joined, live_leaf
from searchkit.engine.local.wildcards import compile_pattern, last_literal, literal_prefix, longest_literal
from searchkit.typed import NamedTuple

Ints32 = NDArray[np.int32]
SPARSE_SHARE = 8  # as in ``executor``
HELD_POSTINGS = 4 << 20  # of patterns, in a segment: 32 MB; one pattern is looked for in the fields of six languages
HELD_MATCHINGS = 64  # of a segment: ten patterns in six languages each
STRETCH_POSTINGS = 1 << 20  # read at a time: about 60 MB


class Expansion(NamedTuple):
    """The documents that hold any of the terms; ``cut``: there were more terms than allowed."""

    leaf: Leaf
    cut: bool


def expand(snapshot: Snapshot, field: str, pattern: str, limit: int) -> Expansion:
    """Give the live documents that hold a term of this pattern; their frequency is the sum over the terms.

    Args:
        snapshot: of the index.
        field: whose terms.
        pattern: as ``wildcards`` says.
        limit: at most so many terms, by code points; terms of dead documents alone do not count.
    """
    found = [(segment, start, rows) for segment, start in zip(snapshot.segments, snapshot.starts, strict=False)
             if len(rows := matching(segment, field, pattern))]  # fmt: skip
    last, cut = _last_allowed(found, field, limit)
    parts = []
    for segment, start, numbers in found:
        terms = segment.field(field)
        assert terms is not None  # noqa: S101 -- only segments with such terms are in the list
        allowed = numbers if last is None else numbers[: int(np.searchsorted(numbers, terms.terms.place(last + b"\0")))]
        if len(allowed):
            rows, frequencies = _totals(terms, allowed, segment.count)
            parts.append(live_leaf(segment, start, field, rows, frequencies))
    return Expansion(joined(parts), cut)


def _totals(field: Field, numbers: Ints, documents: int) -> tuple[Ints, Ints]:
    """Give the documents that hold any of some terms, rising, and how often they hold them."""
    total = np.cumsum(counts_of(field, numbers), dtype=np.int64)
    if total[-1] * SPARSE_SHARE < documents:
        postings = read_some(field, numbers)
        rows, place = np.unique(postings.documents, return_inverse=True)
        return rows, np.bincount(place, postings.frequencies).astype(np.int64)
    # Stretch by stretch: half of an index may begin with this letter, and memory is bounded.
    sums = np.zeros(documents, np.int64)
    for part in np.split(numbers, np.searchsorted(total, np.arange(STRETCH_POSTINGS, int(total[-1]), STRETCH_POSTINGS))):
        if len(part):
            postings = read_some(field, part)
            sums += np.bincount(postings.documents, postings.frequencies, documents).astype(np.int64)
    rows = np.flatnonzero(sums)
    return rows, sums[rows]


def matching(segment: Segment, field: str, pattern: str) -> Ints:
    """Give the numbers of the terms of a segment that a pattern means."""
    matchings: dict[tuple[str, str], Ints] = segment.scratch.setdefault("matchings", {})
    held = matchings.get((field, pattern))
    if held is None:
        # Ranking, counting and every hit's passages ask for the same patterns again.
        if len(matchings) >= HELD_MATCHINGS:
            matchings.clear()
        held = matchings[field, pattern] = _matching(segment, field, pattern)
    return held


def _matching(segment: Segment, field: str, pattern: str) -> Ints:
    terms = segment.field(field)
    if terms is None:
        return np.zeros(0, np.int64)
    prefix = literal_prefix(pattern)
    start, stop = terms.terms.prefix_range(encode(prefix))
    if pattern == prefix:
        place = terms.terms.find(encode(pattern))
        return np.array([place] if place >= 0 else [], np.int64)
    if pattern == f"{prefix}*":
        return np.arange(start, stop)
    expression, ending = compile_pattern(pattern), last_literal(pattern)
    # A piece alone decides about most terms, a block of them at a time, and a hundred times as fast as the expression.
    piece = encode(ending) + SEPARATOR if ending else encode(longest_literal(pattern))
    return np.array([number for number, term in terms.terms.holding(start, stop, piece) if expression.fullmatch(decode(term))], np.int64)


def _last_allowed(found: list[tuple[Segment, int, Ints]], field: str, limit: int) -> tuple[bytes | None, bool]:
    """Give the last term within the limit (None: all are), and whether any is beyond it."""
    if sum(len(numbers) for _, _, numbers in found) <= limit:
        return None, False
    union: set[bytes] = set()
    for segment, _, numbers in found:
        terms = segment.field(field)
        assert terms is not None  # noqa: S101
        chosen = numbers
        dead = dead_of(segment)
        if dead is not None:
            postings = read_some(terms, numbers)
            alive = np.add.reduceat(~dead[postings.documents], np.cumsum(postings.counts) - postings.counts)
            chosen = numbers[alive > 0]
        if len(chosen):
            low = int(chosen[0])
            texts = terms.terms.slice(low, int(chosen[-1]) + 1)
            union.update(texts[number - low] for number in chosen.tolist())
    if len(union) <= limit:
        return None, False
    return sorted(union)[limit - 1], True


def held_terms(segment: Segment, field: str, pattern: str, row: int, limit: int) -> list[bytes]:
    """Give the terms of a pattern that a document holds, among the first ``limit`` ones."""
    found = segment.field(field)
    if found is None:
        return []
    patterns: dict[tuple[str, str], tuple[Ints32, Ints32]] = segment.scratch.setdefault("patterns", {})
    held = patterns.get((field, pattern))
    if held is None:
        numbers = matching(segment, field, pattern)[:limit]
        postings = read_some(found, numbers) if len(numbers) else NO_POSTINGS
        # The documents of all hits of a query are asked one after the other.
        if len(postings.documents) + sum(len(documents) for _, documents in patterns.values()) > HELD_POSTINGS:
            patterns.clear()
        held = (np.repeat(numbers, postings.counts).astype(np.int32), postings.documents.astype(np.int32))
        patterns[field, pattern] = held
    owners, documents = held
    return [found.terms[number] for number in np.unique(owners[documents == row]).tolist()]
