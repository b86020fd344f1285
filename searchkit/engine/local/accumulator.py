"""How are the scores of many lists of documents put together?

In rows of one number for each document of the index, that rest at a neutral
number and are put back to it where they were touched: work is in proportion to
the postings, no list is searched in another, and a query makes no row anew.
Additions come in the order of the lists, so that they give the same bits as
one by one.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.packing import Ints
from searchkit.typed import NamedTuple

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DENSE_SHARE = 8  # from an eighth of all documents on, flags of all of them beat sorting
MOST_DOCUMENTS = 4 << 20  # of an index for which rows are kept: 32 MB each; beyond, lists are searched
STRETCH = 1 << 18  # postings put together at a time: 4 MB; a query of 256 frequent words has 20 million


class Found(NamedTuple):
    """Documents, rising, and their scores."""

    documents: Ints
    scores: Floats


NOTHING = Found(np.zeros(0, np.int64), np.zeros(0, np.float64))


class Accumulator:
    """Rows for the documents of one index; not for two threads.

    Args:
        count: of the documents.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._rows: dict[float, list[Floats]] = {}
        self._flags: list[Flags] = []

    def _row(self, neutral: float) -> Floats:
        """Take a row that rests.  One that is not put back, because something failed, is made anew."""
        rows = self._rows.setdefault(neutral, [])
        return rows.pop() if rows else np.full(self._count, neutral)

    def united(self, rows: Sequence[Ints]) -> Ints:
        """Give the union of rows of documents, rising."""
        if len(rows) == 1:
            return rows[0]
        if sum(map(len, rows)) * DENSE_SHARE > self._count:
            flags = np.zeros(self._count, bool)
            for row in rows:
                flags[row] = True
            return np.flatnonzero(flags)
        # The stable sort merges rows that are sorted already; np.unique hashes them first.
        together: Ints = np.concatenate(rows)
        together.sort(kind="stable")
        fresh = np.empty(len(together), bool)
        fresh[:1] = True
        np.not_equal(together[1:], together[:-1], out=fresh[1:])
        return together[fresh]

    def combined(self, parts: Iterable[Found], combine: np.ufunc, neutral: float) -> Found:
        """Combine the scores of each document, in the order of the parts."""
        waiting: list[Found] = []
        size = 0
        for part in parts:
            if not len(part.documents):
                continue
            waiting.append(part)
            size += len(part.documents)
            if size > STRETCH and len(waiting) > 1:
                waiting = [self._combined(waiting, combine, neutral)]
                size = 0
        if not waiting:
            return NOTHING
        return waiting[0] if len(waiting) == 1 else self._combined(waiting, combine, neutral)

    def _combined(self, parts: Sequence[Found], combine: np.ufunc, neutral: float) -> Found:
        documents = self.united([part.documents for part in parts])
        places = np.concatenate([part.documents for part in parts])
        scores = np.concatenate([part.scores for part in parts])
        if self._count > MOST_DOCUMENTS:
            made = np.full(len(documents), neutral)
            combine.at(made, np.searchsorted(documents, places), scores)
            return Found(documents, made)
        row = self._row(neutral)
        combine.at(row, places, scores)
        made = row[documents]
        row[documents] = neutral
        self._rows[neutral].append(row)
        return Found(documents, made)

    def added(self, documents: Ints, parts: Sequence[Found], scores: Floats | None = None) -> Floats:
        """Add up the scores of some documents alone, in the order of the parts.

        Args:
            documents: rising.
            parts: what is added.
            scores: what the documents have before; 0 where None.
        """
        parts = [part for part in parts if len(part.documents)]
        if not parts:
            return np.zeros(len(documents)) if scores is None else scores
        if self._count > MOST_DOCUMENTS:
            made = np.zeros(len(documents)) if scores is None else scores.copy()
            for part in parts:
                places, inside = shared(documents, part.documents)
                made[places] += part.scores[inside]
            return made
        row = self._row(0.0)
        if scores is not None:
            row[documents] = scores
        for part in parts:
            np.add.at(row, part.documents, part.scores)
        made = row[documents]
        for part in parts:
            row[part.documents] = 0.0
        row[documents] = 0.0
        self._rows[0.0].append(row)
        return made

    def inside(self, documents: Ints, rows: Sequence[Ints]) -> Flags:
        """Tell of each of some documents whether it stands in any of the rows."""
        if self._count > MOST_DOCUMENTS:
            result = np.zeros(len(documents), bool)
            for row in rows:
                result[shared(documents, row)[0]] = True
            return result
        flags = self._flags.pop() if self._flags else np.zeros(self._count, bool)
        for row in rows:
            flags[row] = True
        result = flags[documents]
        for row in rows:
            flags[row] = False
        self._flags.append(flags)
        return result


def shared(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Give the places, in either of two rising rows, of the numbers that stand in both."""
    if not len(left) or not len(right):
        return NOTHING.documents, NOTHING.documents
    if len(left) <= len(right):
        index = np.searchsorted(right, left)
        index[index == len(right)] = 0
        hits = np.flatnonzero(right[index] == left)
        return hits, index[hits]
    inside, places = shared(right, left)
    return places, inside
