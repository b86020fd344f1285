"""How is a long sorted list of strings stored so that one can be found in it?

UTF-8 in blocks of 128 terms, each deflated; the first term of every block
stands outside, so that a search reads one block.  A dictionary of a field
keeps, in the same blocks, what is known of each term: how many documents hold
it, how long its record of postings is and how wide the numbers in it are.
(One offset of four bytes a term and the bare texts took four times as much.)

Reading needs the standard library alone; writing is ``dictionary``'s.
"""

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain, pairwise
from struct import Struct
from struct import error as struct_error

from searchkit.engine.local.arrays import Column, numbers
from searchkit.engine.local.coded import inflated
from searchkit.engine.local.storage import Container
from searchkit.errors import IndexDamagedError

BLOCK_TERMS = 128
LARGEST_BLOCK_BYTES = 64 << 20  # inflated; written words have 40,000 characters at the most
HEADER = Struct("<HBBI")  # terms, width of the counts, width of the sizes, bytes of the texts
SEPARATOR = b"\xff"  # no UTF-8 holds it
FEW_LOOKUPS = 16  # in a list; after so many the first terms of its blocks are held
LARGEST_HELD_BYTES = 256 << 10  # words of 2,000 bytes, or a bomb
HELD_BYTES = 2 << 20  # of a list, in blocks of 2 KB: a stream of queries asks for the same ones again
HELD_BLOCK_BYTES = 700  # of a block beside its texts and numbers
_NONE = numbers(memoryview(b""), 1)


def encode(term: str) -> bytes:
    """Give the bytes of a term (lone surrogates, as in undecodable paths, included)."""
    return term.encode("utf-8", "surrogatepass")


def decode(data: bytes | memoryview) -> str:
    """Give the term of some bytes."""
    return str(data, "utf-8", "surrogatepass")


def decode_all(terms: list[bytes]) -> list[str]:
    """Give the terms of many bytes, all at once: one by one, 200,000 take 60 ms longer."""
    found = decode(b"\n".join(terms)).split("\n") if terms else []
    return found if len(found) == len(terms) else list(map(decode, terms))


class Block:
    """128 terms, inflated; the rest is taken apart when it is asked for.

    Attributes:
        counts, sizes, widths: of each term, in a dictionary: its documents, the bytes of its record, the codes of their widths.
        size_bytes: of all that, inflated.
    """

    __slots__ = ("_text", "counts", "size_bytes", "sizes", "widths")

    def __init__(self, data: memoryview) -> None:
        raw = inflated(data, LARGEST_BLOCK_BYTES)
        number, count_width, size_width, length = HEADER.unpack_from(raw)
        at = HEADER.size + length
        # With a separator at either end, so that one search tells whether a term is there: to make a list of a block takes longer.
        self._text = b"".join((SEPARATOR, raw[HEADER.size : at], SEPARATOR))
        self.counts = self.sizes = _NONE
        self.widths = b""
        if count_width:
            rest = memoryview(raw[at:])
            at += number * (count_width + size_width + 1)
            self.counts = numbers(rest[: number * count_width], count_width)
            self.sizes = numbers(rest[number * count_width : number * (count_width + size_width)], size_width)
            self.widths = bytes(rest[number * (count_width + size_width) :])
        self.size_bytes = len(raw)
        if self._text.count(SEPARATOR) != number + 1 or number > BLOCK_TERMS or at != len(raw):
            raise ValueError("a block of terms does not hold what it says")

    @property
    def terms(self) -> list[bytes]:
        """Give the terms, in order."""
        return self._text[1:-1].split(SEPARATOR)

    def find(self, term: bytes) -> int:
        """Give the place of a term; -1 if it is not there."""
        at = self._text.find(SEPARATOR + term + SEPARATOR)
        return self._text.count(SEPARATOR, 0, at) if at >= 0 else -1

    def holding(self, piece: bytes) -> Iterator[tuple[int, bytes]]:
        """Give the terms in which a piece stands, with their places; at its end, ``SEPARATOR`` is the end of a term."""
        text, place, end = self._text, -1, 0
        at = text.find(piece)
        while at >= 0:
            begin = text.rfind(SEPARATOR, 0, at + 1)
            place += text.count(SEPARATOR, end, begin + 1)
            end = text.find(SEPARATOR, begin + 1)
            if end < 0:
                return
            yield place, text[begin + 1 : end]
            # From the separator on: it is the beginning of the next term.
            at = text.find(piece, end)

    def start(self, place: int) -> int:
        """Give where the record of a term begins, from the first one of the block."""
        return sum(self.sizes[:place])


class TermList:
    """A stored list of terms."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._name = f"{name}.blocks"
        self._at = Column(container, f"{name}.at")
        self._first_text = f"{name}.first"
        self._first_at = Column(container, f"{name}.first_at")
        self.blocks = len(self._at) - 2
        # The last number of the offsets is no offset, but how many terms there are.
        self._count = self._at[self.blocks + 1]
        self._held: dict[int, Block] = {}
        self._held_bytes = 0
        self._looked_up = 0
        self._firsts: list[bytes] | None = None

    def __len__(self) -> int:
        return self._count

    def block(self, number: int) -> Block:
        """Give one block.

        Raises:
            IndexDamagedError: it is not what was written.
        """
        found = self._held.get(number)
        if found is None:
            start, stop = self._at.slice(number, number + 2)
            try:
                found = Block(self._container.piece(self._name, start, stop))
            except (zlib.error, ValueError, KeyError, TypeError, struct_error) as error:
                raise IndexDamagedError(self._container.path, f"{self._name}: block {number}: {error}") from error
            if found.size_bytes > LARGEST_HELD_BYTES:
                return found
            self._held_bytes += found.size_bytes + HELD_BLOCK_BYTES
            if self._held_bytes > HELD_BYTES:
                self._held.clear()
                self._held_bytes = found.size_bytes + HELD_BLOCK_BYTES
            self._held[number] = found
        return found

    def __getitem__(self, index: int) -> bytes:
        """Give one term.

        Raises:
            IndexDamagedError: there are fewer; or the block is not what was written.
        """
        if not 0 <= index < self._count:
            raise IndexDamagedError(self._container.path, f"{self._name}: term {index:,} of {self._count:,}")
        number, place = divmod(index, BLOCK_TERMS)
        return self.block(number).terms[place]

    def slice(self, start: int, stop: int) -> list[bytes]:
        """Give several terms, in order.

        Raises:
            IndexDamagedError: there are fewer; or a block is not what was written.
        """
        terms: list[bytes] = []
        for number in self._numbers(start, stop):
            terms += self.block(number).terms
        skip = start % BLOCK_TERMS
        return terms[skip : skip + stop - start]

    def holding(self, start: int, stop: int, piece: bytes) -> Iterator[tuple[int, bytes]]:
        """Give those of some terms in which a piece stands, with their numbers; as ``Block.holding``."""
        for number in range(start // BLOCK_TERMS, -(-stop // BLOCK_TERMS)):
            first = number * BLOCK_TERMS
            for place, term in self.block(number).holding(piece):
                if start <= first + place < stop:
                    yield first + place, term

    def counted(self, start: int, stop: int) -> tuple[list[str], list[int]]:
        """Give several terms of a dictionary, in order, and how many documents hold each.

        Raises:
            IndexDamagedError: as ``slice``.
        """
        blocks = [self.block(number) for number in self._numbers(start, stop)]
        skip = start % BLOCK_TERMS
        kept = slice(skip, skip + stop - start)
        terms = list(chain.from_iterable(block.terms for block in blocks))[kept]
        return decode_all(terms), list(chain.from_iterable(block.counts for block in blocks))[kept]

    def firsts(self) -> list[bytes]:
        """Give the first term of each block, as it stands outside of them.

        Raises:
            IndexDamagedError: their bounds are not those of what stands there.
        """
        bounds = self._first_at.slice(0, self.blocks + 1)
        text = bytes(self._container.piece(self._first_text))
        # A slice that reaches too far gives what is there, without a word: a few lookups would find other terms than many.
        if sorted(bounds) != bounds or bounds[-1] != len(text):
            raise IndexDamagedError(self._container.path, f"{self._first_text}: {len(text)} bytes do not end where they should")
        return [text[start:stop] for start, stop in pairwise(bounds)]

    def place(self, term: bytes) -> int:
        """Give the number of the first term that is not before this one."""
        number = self._block_of(term)
        return number * BLOCK_TERMS + _place(self.block(number).terms, term) if number >= 0 else 0

    def find(self, term: bytes) -> int:
        """Give the number of a term; -1 if it is not there."""
        number = self._block_of(term)
        if number < 0:
            return -1
        place = (self._held.get(number) or self.block(number)).find(term)
        return number * BLOCK_TERMS + place if place >= 0 else -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """Give the first term that begins so, and the one after the last."""
        if not prefix:
            return 0, self._count
        # No UTF-8 holds the byte FF: everything that begins with the prefix sorts below prefix + FF.
        return self.place(prefix), self.place(prefix + b"\xff")

    def _numbers(self, start: int, stop: int) -> range:
        """Give the numbers of the blocks in which several terms stand."""
        if start >= stop:
            return range(0)
        if stop > self._count:
            raise IndexDamagedError(self._container.path, f"{self._name}: terms {start:,} to {stop:,} of {self._count:,}")
        return range(start // BLOCK_TERMS, (stop - 1) // BLOCK_TERMS + 1)

    def _block_of(self, term: bytes) -> int:
        """Give the last block that does not begin behind a term; -1 if all do."""
        if self._firsts is not None:
            return bisect_right(self._firsts, term) - 1
        self._looked_up += 1
        if self._looked_up > FEW_LOOKUPS:
            self._firsts = self.firsts()
        low, high = 0, self.blocks
        while low < high:
            middle = (low + high) // 2
            start, stop = self._first_at.slice(middle, middle + 2)
            if bytes(self._container.piece(self._first_text, start, stop)) <= term:
                low = middle + 1
            else:
                high = middle
        return low - 1


def _place(terms: list[bytes], term: bytes) -> int:
    place = bisect_right(terms, term)
    return place - 1 if place and terms[place - 1] == term else place
