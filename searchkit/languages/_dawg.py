"""What does a DAWG hold under a word?

A directed acyclic word graph in the format of dawgdic, as pymorphy3's
dictionary has it, read from the mapped file: opening it costs nothing, and all
processes share its pages.  (``dawg_python`` reads 7 MB into arrays first, and
follows a word with a call a byte.)

A file is a dictionary (a count, then units of four bytes) and, in some, a
guide (a count, then two bytes a unit: the label of its first child, and of its
next sibling).  A unit holds its label, where its children are, and whether
something ends here.
"""

import mmap
import os
from binascii import a2b_base64

ROOT = 0
_HAS_LEAF = 0x100
_EXTENDED = 0x200  # the offset is multiplied by 256
_LABEL = 0x800000FF  # with the bit that tells a leaf, whose other bits are a value
_VALUE = 0x7FFFFFFF
_END = b"\x01"  # between a word and what is known of it
_BYTES = tuple(bytes((label,)) for label in range(256))


class Dawg:
    """A word graph in a file.

    Args:
        path: of the file.

    Raises:
        OSError: it cannot be opened.
        ValueError: it is cut short.
    """

    __slots__ = ("_guide", "_units")

    def __init__(self, path: str) -> None:
        data = memoryview(mapped(path))
        size = 4 * int.from_bytes(data[:4], "little")
        self._units = data[4 : 4 + size].cast("I")
        self._guide = data[8 + size :]
        if len(data) < 4 + size or len(self._guide) != 2 * int.from_bytes(data[4 + size : 8 + size], "little"):
            raise ValueError(path)

    def follow(self, key: bytes, index: int = ROOT) -> int:
        """Follow some bytes from a node: the node that they lead to, 0 where they lead nowhere."""
        units = self._units
        unit = units[index]
        for label in key:
            index ^= ((unit >> 10) << 8 if unit & _EXTENDED else unit >> 10) ^ label
            unit = units[index]
            if unit & _LABEL != label:
                return 0
        return index

    def number(self, key: bytes) -> int | None:
        """Give the number that is stored for a key, in a graph of numbers."""
        index = self.follow(key)
        unit = self._units[index]
        if not index or not unit & _HAS_LEAF:
            return None
        return self._units[index ^ ((unit >> 10) << 8 if unit & _EXTENDED else unit >> 10)] & _VALUE

    def spellings(self, word: str, letter: str, other: str) -> list[tuple[str, int]]:
        """Find a word, and the words that have ``other`` where it has ``letter``, each with the node of its records.

        As ``similar_items`` of ``dawg_python``: the word itself first, then by
        the first letter that differs.
        """
        first, *rest = word.split(letter)
        node = self.follow(first.encode())
        return self._spellings(first, rest, node, letter, other) if node or not first else []

    def _spellings(self, begun: str, rest: list[str], node: int, letter: str, other: str) -> list[tuple[str, int]]:
        """Go on with what stands after each ``letter``."""
        found: list[tuple[str, int]] = []
        for at, piece in enumerate(rest):
            after = self.follow((other + piece).encode(), node)
            if after:
                found += self._spellings(begun + other + piece, rest[at + 1 :], after, letter, other)
            node = self.follow((letter + piece).encode(), node)
            if not node:
                return found
            begun += letter + piece
        node = self.follow(_END, node)
        return [(begun, node), *found] if node else found

    def records(self, node: int) -> list[bytes]:
        """Give what is stored under a node of ``spellings``, in order."""
        units, guide = self._units, self._guide
        found: list[bytes] = []
        unit = units[node]
        todo = [(node ^ ((unit >> 10) << 8 if unit & _EXTENDED else unit >> 10), guide[2 * node], b"")]
        while todo:
            base, label, key = todo.pop()
            while label:
                index = base ^ label
                sibling = guide[2 * index + 1]
                if sibling:
                    todo.append((base, sibling, key))
                key += _BYTES[label]
                unit = units[index]
                if unit & _HAS_LEAF:
                    found.append(a2b_base64(key))
                base = index ^ ((unit >> 10) << 8 if unit & _EXTENDED else unit >> 10)
                label = guide[2 * index]
        return found


def mapped(path: str) -> mmap.mmap:
    """Map a file.

    Raises:
        OSError: it cannot be opened.
        ValueError: it is empty.
    """
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return mmap.mmap(file, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(file)
