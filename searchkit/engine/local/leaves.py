"""Which live documents hold the terms of a plan, and what do they score?  All terms in one go.

A question has a hundred terms, and half of them stand in thirty documents or
fewer: reading and scoring them one by one costs calls, not numbers.  Scores
are remembered without their weights from query to query.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.accumulator import Found
from searchkit.engine.local.packing import Ints, Numbers, damaged, starts_of
from searchkit.engine.local.rarity import idf
from searchkit.engine.local.scoring import saturation
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.vectors import dead_of, lengths_of
from searchkit.engine.plan import DEFAULT_SIMILARITY
from searchkit.typed import Any, NamedTuple

Word = tuple[str, str]
"""``(field, term)``."""
Similarity = Mapping[str, tuple[float, float]]
CACHE_BYTES = 32 << 20  # of scores that were read last
POSTING_BYTES, LEAF_BYTES = 16, 500
AT_ONCE = 1 << 20  # postings read in one go: about 100 MB on the way
KINDS: dict[int, np.dtype[Any]] = {1: np.dtype("<u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4")}


class Leaves(NamedTuple):
    """The live postings of some terms, one term behind the other.

    Attributes:
        bounds: (terms + 1,) where those of each begin.
        documents: rising within a term.
        frequencies, lengths: of the documents.
    """

    bounds: list[int]
    documents: Ints
    frequencies: Ints
    lengths: Ints


def read_leaves(snapshot: Snapshot, terms: Sequence[Word]) -> Leaves:
    """Give the live postings of some terms.

    Raises:
        IndexDamagedError: a record is not what was written.
    """
    gaps: list[Numbers] = []
    frequencies: list[Numbers] = []
    counts: list[int] = []
    bases: list[int] = []
    of_terms: list[int] = []
    for field, text in terms:
        total = 0
        for number, held, place, _ in snapshot.find(field, text):
            count, code, data = held.stored(place)
            wide, narrow = code >> 4, code & 15
            middle, end = count * wide, count * (wide + narrow)
            if wide not in KINDS or (narrow and narrow not in KINDS) or end > len(data):
                raise damaged(held.container, f"{field}: a record does not hold what it says")
            gaps.append(np.frombuffer(data, KINDS[wide], count))
            frequencies.append(np.frombuffer(data, KINDS[narrow], count, middle) if narrow else np.ones(count, np.uint8))
            counts.append(count)
            bases.append(snapshot.starts[number])
            total += count
        of_terms.append(total)
    if not counts:
        empty = np.zeros(0, np.int64)
        return Leaves([0] * (len(terms) + 1), empty, empty, empty)
    documents = np.concatenate(gaps, dtype=np.int64)
    tf = np.concatenate(frequencies, dtype=np.int64)
    each = np.array(counts)
    begin = starts_of(each)[:-1]
    total_gaps = np.cumsum(documents)
    documents = total_gaps - np.repeat(total_gaps[begin] - documents[begin] - np.array(bases), each)
    bounds = starts_of(np.array(of_terms))
    dead = _dead(snapshot)
    if dead is not None:
        alive = ~dead[documents]
        bounds = starts_of(alive)[bounds]
        documents, tf = documents[alive], tf[alive]
    return Leaves(bounds.tolist(), documents, tf, _lengths(snapshot, [field for field, _ in terms], documents, bounds))


def _dead(snapshot: Snapshot) -> NDArray[np.bool_] | None:
    """Tell for each document of the index whether it has been deleted; None where all are alive."""
    if snapshot.live_count == snapshot.count:
        return None
    dead: NDArray[np.bool_] | None = snapshot.scratch.get("dead")
    if dead is None:
        flags = [dead_of(segment) for segment in snapshot.segments]
        dead = np.concatenate(
            [np.zeros(segment.count, bool) if each is None else each for segment, each in zip(snapshot.segments, flags, strict=True)]
        )
        snapshot.scratch["dead"] = dead
    return dead


def _lengths(snapshot: Snapshot, fields: Sequence[str], documents: Ints, bounds: Ints) -> Ints:
    """Give the length of each document as its term's field counts it."""
    titles = [field.startswith("title") for field in fields]
    if not any(titles):
        return _column(snapshot, "body")[documents]
    if all(titles):
        return _column(snapshot, "title")[documents]
    is_title = np.repeat(titles, np.diff(bounds))
    return np.where(is_title, _column(snapshot, "title")[documents], _column(snapshot, "body")[documents])


def _column(snapshot: Snapshot, part: str) -> Ints:
    """Give the lengths of all documents of the index, in titles or in bodies."""
    held: dict[str, Ints] = snapshot.scratch.setdefault("lengths", {})
    if part not in held:
        held[part] = np.concatenate([lengths_of(segment, part) for segment in snapshot.segments])
    return held[part]


class _Held:
    """Scores that were read last, oldest first."""

    def __init__(self) -> None:
        self.scores: dict[tuple[str, str, tuple[float, float]], Found] = {}
        self.size_bytes = 0

    def keep(self, key: tuple[str, str, tuple[float, float]], found: Found) -> None:
        self.scores[key] = found
        self.size_bytes += POSTING_BYTES * len(found.documents) + LEAF_BYTES
        while self.size_bytes > CACHE_BYTES and len(self.scores) > 1:
            oldest = self.scores.pop(next(iter(self.scores)))
            self.size_bytes -= POSTING_BYTES * len(oldest.documents) + LEAF_BYTES


def scored_leaves(snapshot: Snapshot, terms: Iterable[Word], similarity: Similarity) -> dict[Word, Found]:
    """Give the live documents that hold each term, with their BM25, unweighted.

    The order of operations is that of ``scoring.bm25``, so the bits are the
    same.  Terms that nobody holds are left out, and those beyond ``AT_ONCE``
    postings: they are asked for one by one.
    """
    held: _Held = snapshot.scratch.setdefault("scored", _Held())
    found: dict[Word, Found] = {}
    missing: list[Word] = []
    room = AT_ONCE
    for term in terms:
        field, text = term
        known = held.scores.get((field, text, similarity.get(field, DEFAULT_SIMILARITY)))
        if known is not None:
            found[term] = known
            continue
        for _, _, _, count in snapshot.find(field, text):
            room -= count
            if not missing or missing[-1] is not term:
                missing.append(term)
        if room < 0:
            break
    if missing:
        for term, made in zip(missing, _scored(snapshot, missing, similarity), strict=True):
            if len(made.documents):
                found[term] = made
                held.keep((*term, similarity.get(term[0], DEFAULT_SIMILARITY)), made)
    return found


def _scored(snapshot: Snapshot, terms: Sequence[Word], similarity: Similarity) -> list[Found]:
    leaves = read_leaves(snapshot, terms)
    rows = []
    for at, (field, _) in enumerate(terms):
        df = leaves.bounds[at + 1] - leaves.bounds[at]
        statistics = snapshot.statistics(field)
        k1, b = similarity.get(field, DEFAULT_SIMILARITY)
        rows.append((idf(df, statistics.documents) if df else 0.0, k1, b, statistics.mean_length))
    if len(set(rows)) == 1:
        rarity, k1, b, mean = rows[0]
        scores = rarity * saturation(leaves.frequencies, leaves.lengths, mean_length=mean, k1=k1, b=b)
    else:
        each = np.repeat(np.array(rows), np.diff(leaves.bounds), axis=0).T
        scores = each[0] * saturation(leaves.frequencies, leaves.lengths, mean_length=each[3], k1=each[1], b=each[2])
    return [Found(leaves.documents[start:stop], scores[start:stop]) for start, stop in zip(leaves.bounds, leaves.bounds[1:], strict=False)]
