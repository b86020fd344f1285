"""Which documents does a condition admit?

Conditions are put to the few different values of a column (distinct paths,
languages, dates), not to every document.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.conditions import labels, passes
from searchkit.engine.local.packing import Ints
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.terms import decode
from searchkit.engine.local.vectors import split
from searchkit.engine.plan import Among, AnyOf, Between, Condition, Matches, Negated

Flags = NDArray[np.bool_]


class Filter:
    """Puts conditions to documents; remembers what it found out about values."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[tuple[int, str], Flags] = {}

    def admitted(self, documents: Ints, condition: Condition) -> Ints:
        """Give those of the documents (rising) that a condition admits."""
        parts = [np.zeros(0, np.int64)]
        for segment, start, rows in split(self._snapshot, documents):
            parts.append(rows[self._holds(segment, rows, condition)] + start)
        return np.concatenate(parts)

    def _holds(self, segment: Segment, rows: Ints, condition: Condition) -> Flags:
        if isinstance(condition, Negated):
            return ~self._holds(segment, rows, condition.condition)
        if isinstance(condition, AnyOf):
            flags = np.zeros(len(rows), bool)
            for inner in condition.conditions:
                flags |= self._holds(segment, rows, inner)
            return flags
        test = passes(condition)
        if condition.column == "id":
            return np.fromiter((test(segment.documents.key(row)[1]) for row in rows.tolist()), bool, len(rows))
        admitted: Flags = self._values(segment, condition, test)[np.asarray(segment.documents.column(condition.column))[rows]]
        return admitted

    def _values(self, segment: Segment, condition: Among | Matches | Between, test: Callable[[str], bool]) -> Flags:
        """Tell for each value of a column whether it passes."""
        key = (id(condition), segment.id)
        if key not in self._known:
            values = labels(segment, condition.column)
            self._known[key] = np.fromiter((test(decode(value)) for value in values.slice(0, len(values))), bool, len(values))
        return self._known[key]
