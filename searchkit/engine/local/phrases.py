"""Where do words stand together?

A place is a document's number times 2**32 plus a position, so that one sorted
row of integers holds all places of all documents.
"""

from collections.abc import Sequence

import numpy as np

from searchkit.engine.local.packing import Ints
from searchkit.typed import NamedTuple


class PhraseMatches(NamedTuple):
    """Documents, rising, and at how many places of each the phrase stands."""

    documents: Ints
    counts: Ints


def exact_places(slots: Sequence[tuple[int, Ints]]) -> PhraseMatches:
    """Find where every slot stands at its offset; a place is where the first slot would stand.

    Args:
        slots: ``(offset, places)``, places rising, each once.
    """
    # The rarest first: every further slot only thins the places out.
    ordered = sorted(slots, key=lambda slot: len(slot[1]))
    starts = ordered[0][1] - ordered[0][0]
    for offset, places in ordered[1:]:
        starts = starts[_inside(places, starts + offset)]
    return _counted(starts)


def near_places(groups: Sequence[tuple[Ints, int]], width: int) -> PhraseMatches:
    """Find windows of ``width`` positions that hold every group, in any order.

    A place is a position at which some group stands and from which on such a
    window holds them all.

    Args:
        groups: places, rising, each once, and at how many of them the group must stand.
        width: of the window.
    """
    together = shared_documents([places for places, _ in groups])
    groups = [(places[_inside(together, places >> 32)], times) for places, times in groups]
    starts = union_of([places for places, _ in groups])
    # The rarest first, as above.
    for places, times in sorted(groups, key=lambda group: len(group[0])):
        low, high = np.searchsorted(places, starts), np.searchsorted(places, starts + width)
        starts = starts[high - low >= times]
    return _counted(starts)


def union_of(rows: Sequence[Ints]) -> Ints:
    """Put several rows of places together, each place once."""
    if len(rows) == 1:
        return rows[0]
    # The stable sort merges rows that are sorted already: 4 times as fast as np.unique on two million places.
    places: Ints = np.sort(np.concatenate([np.zeros(0, np.int64), *rows]), kind="stable")
    fresh: Ints = places[np.diff(places, prepend=-1) != 0]
    return fresh


def shared_documents(rows: Sequence[Ints]) -> Ints:
    """Give the documents in which every row has a place."""
    documents: Ints = min(rows, key=len) >> 32
    documents = documents[np.diff(documents, prepend=-1) != 0]
    for places in rows:
        low = np.searchsorted(places, documents << 32)
        documents = documents[np.searchsorted(places, (documents + 1) << 32) > low]
    return documents


def _inside(places: Ints, wanted: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if not len(places):
        return np.zeros(len(wanted), bool)
    index = np.searchsorted(places, wanted)
    index[index == len(places)] = 0
    result: np.ndarray[tuple[int], np.dtype[np.bool_]] = places[index] == wanted
    return result


def _counted(starts: Ints) -> PhraseMatches:
    documents, counts = np.unique(starts >> 32, return_counts=True)
    return PhraseMatches(documents, counts)
