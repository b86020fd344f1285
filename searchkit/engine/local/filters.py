"""Which documents does a condition admit?

Conditions are put to the few different values of a column (distinct paths,
languages, dates), not to every document.
"""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.packing import Ints
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.terms import TermList, decode
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
        for segment, start, rows in self._snapshot.split(documents):
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
        test = _test(condition)
        if condition.column == "id":
            return np.fromiter((test(segment.documents.key(row)[1]) for row in rows.tolist()), bool, len(rows))
        return self._values(segment, condition, test)[segment.documents.column(condition.column)[rows]]

    def _values(self, segment: Segment, condition: Among | Matches | Between, test: Callable[[str], bool]) -> Flags:
        """Tell for each value of a column whether it passes."""
        key = (id(condition), segment.id)
        if key not in self._known:
            values = labels(segment, condition.column)
            self._known[key] = np.fromiter((test(decode(value)) for value in values.slice(0, len(values))), bool, len(values))
        return self._known[key]


def labels(segment: Segment, column: str) -> TermList:
    """Give the different values of a column.

    Raises:
        ValueError: there is no such column.
    """
    documents = segment.documents
    known = {"path": documents.paths, "language": documents.languages, "date": documents.dates}
    if column not in known:
        raise ValueError(f"no column {column!r}")
    return known[column]


def _test(condition: Among | Matches | Between) -> Callable[[str], bool]:
    if isinstance(condition, Among):
        return frozenset(condition.values).__contains__
    if isinstance(condition, Matches):
        expressions = [re.compile(pattern, re.DOTALL) for pattern in condition.patterns]
        return lambda value: any(expression.fullmatch(value) for expression in expressions)
    low, high = condition.low, condition.high
    return lambda value: bool(value) and low <= value and (not high or value <= high)
