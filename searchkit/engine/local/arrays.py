"""How are the numbers of a container read without numpy?

As views of the mapped file: nothing is copied, only the blocks on the way are
checked.  ``packing`` does the same with numpy, and writes.
"""

import sys

from searchkit.engine.local.storage import WIDTHS, Container
from searchkit.errors import IndexDamagedError, StorageError

_CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}

if sys.byteorder != "little":  # pragma: no cover -- no machine of ours
    raise StorageError("this machine", "it stores numbers the other way round, and an index is little-endian")


def numbers(data: memoryview, width: int) -> "memoryview[int]":
    """Read bytes as numbers of so many bytes.

    Raises:
        KeyError: no such width.
        TypeError: the last number is not whole.
    """
    return data.cast(_CODES[width])  # type: ignore[call-overload,no-any-return]


def view(container: Container, name: str, start: int = 0, stop: int | None = None) -> memoryview:
    """Give numbers ``start`` to ``stop`` of an array.

    Raises:
        IndexDamagedError: they are not what was written.
    """
    width = WIDTHS[container.kind(name)]
    return numbers(container.piece(name, start * width, None if stop is None else stop * width), width)


def size(container: Container, name: str) -> int:
    """Count the numbers of an array."""
    return container.size_bytes(name) // WIDTHS[container.kind(name)]


FEW_NUMBERS = 64  # of a column; after so many the whole of it is checked once, and read without further ado


class Column:
    """One array of a container, number by number."""

    __slots__ = ("_asked", "_container", "_name", "_whole", "_width")

    def __init__(self, container: Container, name: str) -> None:
        self._container, self._name = container, name
        self._width = WIDTHS[container.kind(name)]
        self._asked = 0
        self._whole: memoryview[int] | None = None

    def __len__(self) -> int:
        return self._container.size_bytes(self._name) // self._width

    def __getitem__(self, index: int) -> int:
        """Give one number.

        Raises:
            IndexDamagedError: the array ends before it, or is not what was written.
        """
        if self._whole is not None:
            try:
                return self._whole[index]
            except IndexError as error:
                raise IndexDamagedError(self._container.path, f"{self._name}: number {index:,} of {len(self):,}") from error
        self._asked += 1
        if self._asked > FEW_NUMBERS:
            self._whole = numbers(self._container.piece(self._name), self._width)
        width = self._width
        return int.from_bytes(self._container.piece(self._name, index * width, index * width + width), "little")

    def slice(self, start: int, stop: int) -> list[int]:
        """Give several numbers.

        Raises:
            IndexDamagedError: the array ends before the last of them, or is not what was written.
        """
        if self._whole is not None:
            found = self._whole[start:stop].tolist()
            if len(found) != stop - start:
                raise IndexDamagedError(self._container.path, f"{self._name}: numbers {start:,} to {stop:,} of {len(self):,}")
            return found
        self._asked += 1
        width = self._width
        return numbers(self._container.piece(self._name, start * width, stop * width), width).tolist()
