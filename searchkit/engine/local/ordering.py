"""Which documents come first?  By a number, the highest first; ties by path, line, id."""

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.packing import Ints, Numbers
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.terms import decode
from searchkit.engine.local.vectors import split


def chosen(snapshot: Snapshot, documents: Ints, values: Numbers, count: int) -> Ints:
    """Give the places, in ``documents``, of the ``count`` best ones, in no order."""
    places = np.arange(len(documents))
    if count >= len(documents):
        return places
    limit = np.partition(values, len(values) - count)[len(values) - count]
    above, tied = places[values > limit], places[values == limit]
    return np.concatenate([above, tied[by_key(snapshot, documents[tied], count - len(above))]])


def best(snapshot: Snapshot, documents: Ints, values: Numbers, count: int) -> Ints:
    """Give the places, in ``documents``, of the ``count`` best ones, best first."""
    places = chosen(snapshot, documents, values, count)
    places = places[np.argsort(-values[places], kind="stable")]
    same = np.diff(values[places]) == 0
    tied = np.flatnonzero(np.append(same, [False]) | np.append([False], same)[: len(places)])
    # Keys are fetched for ties alone: there are few, and fetching is what costs.
    rank = np.zeros(len(places), np.int64)
    rank[tied[by_key(snapshot, documents[places[tied]], len(tied))]] = np.arange(len(tied))
    return places[np.lexsort((rank, -values[places]))]


def by_key(snapshot: Snapshot, documents: Ints, count: int) -> Ints:
    """Give the places of the ``count`` documents that are first by path, line, id."""
    if count <= 0:
        return np.zeros(0, np.int64)
    if len(snapshot.segments) == 1:
        rank = np.asarray(snapshot.segments[0].documents.column("rank"))[documents]
        return np.argsort(rank, kind="stable")[:count]
    keyed = []
    for index, segment in enumerate(snapshot.segments):
        start, stop = snapshot.starts[index], snapshot.starts[index + 1]
        places = np.flatnonzero((documents >= start) & (documents < stop))
        if len(places):
            rank = np.asarray(segment.documents.column("rank"))[documents[places] - start]
            places = places[np.argsort(rank, kind="stable")[:count]]
            keyed += list(zip(_keys(segment, documents[places] - start), places.tolist(), strict=True))
    keyed.sort()
    return np.array([place for _, place in keyed[:count]], np.int64)


def _keys(segment: Segment, rows: Ints) -> list[tuple[str, int, str]]:
    """Give path, line and id of some documents of a segment."""
    documents = segment.documents
    lines = np.asarray(documents.column("line"))[rows].tolist()
    if len(rows) * 4 > segment.count:
        keys = documents.keys()
        chosen = [keys[row] for row in rows.tolist()]
    else:
        chosen = [documents.key(row) for row in rows.tolist()]
    return [(path, line, name) for (path, name), line in zip(chosen, lines, strict=True)]


def date_values(snapshot: Snapshot, documents: Ints) -> NDArray[np.int64]:
    """Give numbers that rise with the dates of documents (rising numbers); 0 without a date."""
    lists = [[decode(date) for date in segment.documents.dates.slice(0, len(segment.documents.dates))] for segment in snapshot.segments]
    ranks = {date: rank for rank, date in enumerate(sorted({"", *(date for dates in lists for date in dates)}))}
    table = {
        segment.id: np.array([ranks[date] for date in dates], np.int64) for segment, dates in zip(snapshot.segments, lists, strict=True)
    }
    parts = [np.zeros(0, np.int64)]
    for segment, _, rows in split(snapshot, documents):
        parts.append(table[segment.id][np.asarray(segment.documents.column("date"))[rows]])
    return np.concatenate(parts)
