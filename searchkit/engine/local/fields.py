"""What does a field of a segment know of one term?  With the standard library alone.

A term has one record of bytes: document numbers (as differences, 1, 2 or 4
bytes each: the smallest that fits the term), frequencies (0, 1, 2 or 4 bytes
each; none where all are 1) and positions (differences, seven bits a byte).
Thousands of records in one go are the business of ``postings``.
"""

from itertools import accumulate

from searchkit.engine.local.arrays import Column, numbers
from searchkit.engine.local.coded import CodedBytes
from searchkit.engine.local.storage import Container
from searchkit.engine.local.terms import BLOCK_TERMS, TermList
from searchkit.errors import IndexDamagedError

_MORE = bytes(range(128, 256))  # a byte of a number that goes on


class Field:
    """One field of one segment.

    Attributes:
        container: of the segment.
        name: of the field.
        positional: whether its records hold positions.
        terms: sorted.
        records: of the terms, in their order.
    """

    __slots__ = ("_base", "container", "name", "positional", "records", "terms")

    def __init__(self, container: Container, name: str, *, positional: bool) -> None:
        self.container, self.name, self.positional = container, name, positional
        self.terms = TermList(container, f"{name}/terms")
        self._base = Column(container, f"{name}/base")
        self.records = CodedBytes(container, f"{name}/postings")

    def count(self, place: int) -> int:
        """Count the documents that hold a term, dead ones too."""
        number, inside = divmod(place, BLOCK_TERMS)
        return self.terms.block(number).counts[inside]

    def start(self, number: int) -> int:
        """Give where the records of a block of terms begin."""
        return self._base[number]

    def stored(self, place: int) -> tuple[int, int, memoryview]:
        """Give how many documents hold a term, the code of the widths in its record, and the record.

        Raises:
            IndexDamagedError: a block is not what was written.
        """
        number, inside = divmod(place, BLOCK_TERMS)
        block = self.terms.block(number)
        start = self._base[number] + block.start(inside)
        return block.counts[inside], block.widths[inside], self.records.piece(start, start + block.sizes[inside])

    def record(self, place: int) -> "Record":
        """Give the record of a term.

        Raises:
            IndexDamagedError: a block is not what was written.
        """
        count, width, data = self.stored(place)
        try:
            return Record(data, count, width)
        except (KeyError, TypeError, ValueError) as error:
            raise IndexDamagedError(self.container.path, f"{self.name}: a record does not hold what it says") from error


class Record:
    """The record of one term.

    Attributes:
        count: how many documents.
    """

    __slots__ = ("_data", "_ends", "_narrow", "_wide", "count")

    def __init__(self, data: memoryview, count: int, width: int) -> None:
        self._data, self.count = data, count
        self._wide, self._narrow = width >> 4, width & 15
        self._ends: list[int] | None = None
        if count * (self._wide + self._narrow) > len(data):
            raise ValueError("cut short")
        if self._wide not in (1, 2, 4) or self._narrow not in (0, 1, 2, 4):
            raise ValueError(f"no width: {width}")

    def documents(self) -> list[int]:
        """Give the rows of the documents, rising."""
        return list(accumulate(numbers(self._data[: self.count * self._wide], self._wide)))

    def frequencies(self) -> list[int]:
        """Give how often each document holds the term."""
        if not self._narrow:
            return [1] * self.count
        start = self.count * self._wide
        return numbers(self._data[start : start + self.count * self._narrow], self._narrow).tolist()

    def positions(self, index: int) -> list[int]:
        """Give where the document at ``index`` holds the term."""
        if self._ends is None:
            self._ends = [0, *accumulate(self.frequencies())]
        skipped, stop = self._ends[index], self._ends[index + 1]
        tail = self._data[self.count * (self._wide + self._narrow) :]
        if len(tail) == self._ends[-1]:  # every number is one byte
            return list(accumulate(tail[skipped:stop]))
        start = _place_of(tail, skipped)
        found: list[int] = []
        value = shift = total = 0
        for byte in tail[start:]:
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:  # noqa: PLR2004 -- the eighth bit
                total += value
                found.append(total)
                if len(found) == stop - skipped:
                    return found
                value = shift = 0
        raise ValueError("positions end too soon")


def _place_of(data: memoryview, numbers: int) -> int:
    """Give where the number behind so many begins."""
    if not numbers:
        return 0
    # Halving: counting is done by ``translate``, at a few bytes a nanosecond.
    low, high = numbers, len(data)
    before, base = 0, 0
    while low < high:
        middle = (low + high) // 2
        inside = before + len(bytes(data[base:middle]).translate(None, _MORE))
        if inside < numbers:
            before, base = inside, middle
            low = middle + 1
        else:
            high = middle
    return low
