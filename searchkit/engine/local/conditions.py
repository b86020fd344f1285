"""Which values of a column does a condition admit?  One value at a time; ``filters`` puts it to all documents."""

from collections.abc import Callable

from searchkit.engine.local.segment import Segment
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.terms import TermList, decode
from searchkit.engine.plan import Among, AnyOf, Between, Condition, Matches, Negated

Test = Callable[[int], bool]
"""Of a document's number."""


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


def passes(condition: Among | Matches | Between) -> Callable[[str], bool]:
    """Give the test of a value."""
    if isinstance(condition, Among):
        return frozenset(condition.values).__contains__
    if isinstance(condition, Matches):
        import re

        expressions = [re.compile(pattern, re.DOTALL) for pattern in condition.patterns]
        return lambda value: any(expression.fullmatch(value) for expression in expressions)
    low, high = condition.low, condition.high
    return lambda value: bool(value) and low <= value and (not high or value <= high)


class Admission:
    """Puts conditions to documents one by one; remembers what it found out about values."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def test(self, condition: Condition) -> Test:
        """Give the test of a document."""
        if isinstance(condition, Negated):
            inner = self.test(condition.condition)
            return lambda document: not inner(document)
        if isinstance(condition, AnyOf):
            tests = [self.test(each) for each in condition.conditions]
            return lambda document: any(test(document) for test in tests)
        return self._of_value(condition.column, passes(condition))

    def _of_value(self, column: str, test: Callable[[str], bool]) -> Test:
        if column == "id":
            return lambda document: test(self._key(document)[1])
        known: dict[tuple[str, int], bool] = {}

        def admits(document: int) -> bool:
            segment, row = self._snapshot.locate(document)
            number = segment.documents.number(column, row)
            answer = known.get((segment.id, number))
            if answer is None:
                answer = known[segment.id, number] = test(decode(labels(segment, column)[number]))
            return answer

        return admits

    def _key(self, document: int) -> tuple[str, str]:
        segment, row = self._snapshot.locate(document)
        return segment.documents.key(row)
