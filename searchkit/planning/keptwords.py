"""Which words of an index were prepared for spelling before?

A first unknown word waits until all words are there with what is compared of
them: 200,000 words take half a second to gather from an index, a tenth of that
to read from one file.  Large lexicons are kept in the cache folder, by the
name of the state of the index that they are of; nothing there is ever needed.
"""

import os
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from searchkit import cachefolder
from searchkit._version import VERSION
from searchkit.typed import NamedTuple

FORMAT = 2  # of the files, and of what ``compared.keys`` gives
WORTH_KEEPING = 20_000  # words; fewer are gathered in the time of an empty interpreter or two
MOST_FILES = 8  # two to four of one index; a state that has gone is asked for no more
MOST_BYTES = 64 << 20
_MAGIC = b"searchkit kept words\n"
_NUMBER_BYTES = 4


class Prepared(NamedTuple):
    """The words of a language, ready to be compared.

    Attributes:
        words: each once, sorted.
        keys: of each, what is compared (``compared.key``).
        frequencies: of each, how many documents hold it.
    """

    words: Sequence[str]
    keys: Sequence[str]
    frequencies: Sequence[int]


class Frequencies(Mapping[str, int]):
    """The frequencies of sorted words.  A dictionary of 200,000 takes longer to make than the words to read."""

    __slots__ = ("_prepared",)

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared

    def __getitem__(self, word: str) -> int:
        words = self._prepared.words
        place = bisect_left(words, word)
        if place < len(words) and words[place] == word:
            return self._prepared.frequencies[place]
        raise KeyError(word)

    def __iter__(self) -> Iterator[str]:
        return iter(self._prepared.words)

    def __len__(self) -> int:
        return len(self._prepared.words)


def _folder() -> str:
    return os.path.join(cachefolder.path(), "words")


def _file(state: str, code: str) -> str:
    return os.path.join(_folder(), f"{state}-{code}-{FORMAT}-{VERSION}")


def read(state: str, code: str) -> Prepared | None:
    """Give the words of a state of an index (``Lexicon.state``); None where they are not kept, or not whole."""
    name = _file(state, code)
    try:
        if not len(_MAGIC) < cachefolder.size(name) <= MOST_BYTES:
            return None
        with open(name, "rb") as file:
            data = file.read()
    except OSError:
        return None
    start = len(_MAGIC) + 2 * _NUMBER_BYTES
    check, count = (int.from_bytes(data[at : at + _NUMBER_BYTES], "little") for at in (len(_MAGIC), len(_MAGIC) + _NUMBER_BYTES))
    rest = data[start:]
    if data[: len(_MAGIC)] != _MAGIC or _checksum(count, rest) != check:
        return None
    numbers = array("I", rest[: _NUMBER_BYTES * count])
    lines = rest[_NUMBER_BYTES * count :].decode("utf-8", "surrogatepass").split("\n")
    if len(lines) != 2 * count or sys.byteorder != "little":
        return None
    return Prepared(lines[:count], lines[count:], numbers)


def keep(state: str, code: str, prepared: Prepared) -> None:
    """Keep the words of a state of an index, if they are worth it and that can be done."""
    count = len(prepared.words)
    text = "\n".join((*prepared.words, *prepared.keys))
    if count < WORTH_KEEPING or text.count("\n") != 2 * count - 1:  # a word with a line end is no line
        return
    rest = array("I", prepared.frequencies).tobytes() + text.encode("utf-8", "surrogatepass")
    if len(rest) > MOST_BYTES // 2:
        return
    head = _MAGIC + _checksum(count, rest).to_bytes(_NUMBER_BYTES, "little") + count.to_bytes(_NUMBER_BYTES, "little")
    try:
        cachefolder.write(_file(state, code), (head, rest))
        _sweep()
    except OSError:
        return


def _checksum(count: int, rest: bytes) -> int:
    """Cover the count too: a wrong one cuts the words in the middle of a letter."""
    return zlib.crc32(rest, zlib.crc32(count.to_bytes(_NUMBER_BYTES, "little")))


def _sweep() -> None:
    """Leave the files that were made last."""
    places = [os.path.join(_folder(), name) for name in cachefolder.names(_folder())]
    for old in sorted(places, key=os.path.getmtime)[:-MOST_FILES]:
        cachefolder.remove(old)
