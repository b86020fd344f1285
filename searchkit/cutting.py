"""Where are the paragraphs and sentences of many texts, and which pieces stand in them?

What ``text.sentences`` finds by looking at one line after the other is found
here for a thousand texts at once, by arithmetic on the places of blanks and
line ends: a *piece* is what stands between two blanks, and what a sentence or
a line ends with, a piece shows by itself.  The two give the same spans; the
slow one is kept for queries and single texts, and for the tests.
"""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.languages.ballot import SCRIPTS, Ballots, Letters, letters, words_by_script
from searchkit.languages.plain_pieces import CYRILLIC, HANGUL, LATIN, OTHER, kinds
from searchkit.text.sentences import LONG_LINE_CHARS, SHORT_LINE_CHARS, ends_line, ends_sentence
from searchkit.text.words import WORD

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_GAP = "\n\n"  # between texts that are laid end to end
_LAST_BLANK = 0x3000
ENDS_SENTENCE, ENDS_LINE = 1, 2


def starts_of(counts: Ints) -> Ints:
    """Give where each stretch begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(counts)])


def runs(begin: Ints, counts: Ints) -> Ints:
    """Number the members of some stretches, one stretch after the other."""
    ends = starts_of(counts)
    return np.repeat(begin - ends[:-1], counts) + np.arange(ends[-1])


def sums(values: Ints, low: Ints, high: Ints) -> Ints:
    """Add up stretches of numbers."""
    total = starts_of(values)
    result: Ints = total[high] - total[low]
    return result


_FACTS = ("flags", *Letters._fields, "count", *SCRIPTS)


class _Numbered(dict[str, int]):
    """Strings with a number each: a new one takes the next.

    Attributes:
        fresh: those that came last.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fresh: list[str] = []

    def __missing__(self, string: str) -> int:
        number = self[string] = len(self)
        self.fresh.append(string)
        return number


class Pieces:
    """Distinct pieces with a number each, and what is known of them; a new one is looked at once.

    Attributes:
        spelled: the words that they hold, by their numbers.
        kinds: of each of those words, ``OTHER`` where it was not seen as a plain piece first.
        ballots: by script.
    """

    def __init__(self) -> None:
        self._numbers = _Numbered()
        self._words = _Numbered()
        self.spelled = self._words.fresh
        self.kinds = bytearray()
        self.ballots = {script: Ballots(script) for script in SCRIPTS}
        self._facts = array("I")  # one row a piece
        self._word_numbers = array("I")

    def __len__(self) -> int:
        """Count them."""
        return len(self._numbers)

    def numbers(self, pieces: Sequence[str]) -> Ints:
        """Give the numbers of some pieces."""
        numbers = np.fromiter(map(self._numbers.__getitem__, pieces), np.int64, len(pieces))
        new = self._numbers.fresh
        if new:
            self._facts.frombytes(self._looked_at(new).astype(np.uint32).tobytes())
            new.clear()
        return numbers

    def _looked_at(self, pieces: list[str]) -> Ints:
        """Find out about new pieces; their words are numbered on the way.

        Returns:
            (pieces, facts) in the order of ``_FACTS``.
        """
        kind, size = kinds(pieces)
        facts = np.zeros((len(pieces), len(_FACTS)), np.int64)
        plain = np.flatnonzero(kind != OTHER)
        facts[plain, _FACTS.index("count")] = 1
        cores = [piece[:letters] for piece, letters in zip(pieces, size.tolist(), strict=True)]
        for script, of_script, name in (("Latn", LATIN, "latin"), ("Cyrl", CYRILLIC, "cyrillic"), ("", HANGUL, "hangul")):
            mine = np.flatnonzero(kind == of_script)
            facts[mine, _FACTS.index(name)] = size[mine]
            if script and len(mine):
                facts[mine, _FACTS.index(script)] = self.ballots[script].plain([cores[at] for at in mine.tolist()])
        flags = _FACTS.index("flags")
        number, add, kinds_of = self._words.__getitem__, self._word_numbers.append, kind.tolist()
        for at, of_script in enumerate(kinds_of):
            if of_script == OTHER:
                facts[at] = self._other(pieces[at])
                continue
            add(number(cores[at]))
            if len(self.kinds) < len(self.spelled):
                self.kinds.append(of_script)
        # What is a letter to its end, as most plain pieces are, ends nothing.
        signed = np.flatnonzero((kind != OTHER) & (size < np.fromiter(map(len, pieces), np.int64, len(pieces))))
        facts[signed, flags] = [_flags(pieces[at]) for at in signed.tolist()]
        return facts

    def _other(self, piece: str) -> tuple[int, ...]:
        """Find out about a piece that is not plain."""
        found = WORD.findall(piece)
        self._word_numbers.extend(map(self._word, found))
        ballots = [self.ballots[script].number(tokens) for script, tokens in zip(SCRIPTS, words_by_script(piece), strict=True)]
        return (_flags(piece), *letters(piece), len(found), *ballots)

    def _word(self, word: str) -> int:
        number = self._words[word]
        if len(self.kinds) < len(self.spelled):
            self.kinds.append(OTHER)
        return number

    def column(self, name: str, numbers: Ints) -> Ints:
        """Give a fact of some pieces: ``flags``, ``count`` of words, letters by script, ballot by script."""
        found: Ints = self._table()[numbers, _FACTS.index(name)].astype(np.int64)
        return found

    def _table(self) -> NDArray[np.uint32]:
        # A view, to be let go of at once: what is looked at cannot grow.
        return np.frombuffer(self._facts, np.uint32).reshape(-1, len(_FACTS))

    def words_of(self, numbers: Ints) -> tuple[Ints, Ints]:
        """Give the numbers of the words of some pieces, one piece after the other, and how many each has."""
        all_counts = self._table()[:, _FACTS.index("count")].astype(np.int64)
        counts = all_counts[numbers]
        return np.array(self._word_numbers, np.int64)[runs(starts_of(all_counts)[numbers], counts)], counts


def _flags(piece: str) -> int:
    return ENDS_SENTENCE * ends_sentence(piece) + ENDS_LINE * ends_line(piece)


class Cut(NamedTuple):
    """Texts laid end to end, cut.

    Attributes:
        piece: (pieces,) number of each in ``Pieces``.
        start, end: (pieces,) its span, from the beginning of all texts.
        offsets: (texts + 1,) where each text begins.
        first: (texts + 1,) the first piece of each.
        line_ends: (line ends,) their places.
        paragraph: (paragraphs, 2) first piece and the one after the last.
        sentence: (sentences, 2) the same.
        paragraph_of: (sentences,) number of the paragraph.
        text_of: (paragraphs,) number of the text.
    """

    piece: Ints
    start: Ints
    end: Ints
    offsets: Ints
    first: Ints
    line_ends: Ints
    paragraph: Ints
    sentence: Ints
    paragraph_of: Ints
    text_of: Ints


def cut(texts: Sequence[str], wanted: Flags, pieces: Pieces) -> Cut:
    """Cut texts.

    Args:
        texts: any texts.
        wanted: whether paragraphs and sentences of each are asked for, or its pieces only.
        pieces: grows by those that are new.
    """
    joined = _GAP.join(texts)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    offsets = np.concatenate([[0], np.cumsum(lengths + len(_GAP))])
    numbers = pieces.numbers(joined.split())
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    blank = _blanks()[np.minimum(points, _LAST_BLANK + 1)]
    edges = np.flatnonzero(np.diff(blank, prepend=True, append=True))
    start, end = edges[::2], edges[1::2]
    first = np.searchsorted(start, offsets)
    line_ends = np.flatnonzero(points == 10)  # noqa: PLR2004 -- "\n"
    asked = np.flatnonzero(wanted & (first[1:] > first[:-1]))
    flags = pieces.column("flags", numbers)
    closes = _paragraph_ends(start, flags, offsets, first, line_ends)
    inside = np.zeros(len(numbers) + 1, np.int64)
    np.add.at(inside, first[asked], 1)
    np.add.at(inside, first[asked + 1], -1)
    chosen = np.flatnonzero(np.cumsum(inside[:-1]))
    paragraph = _stretches(chosen, closes)
    sentence = _stretches(chosen, closes | (flags & ENDS_SENTENCE > 0))
    return Cut(
        numbers, start, end, offsets, first, line_ends, paragraph, sentence,
        np.searchsorted(paragraph[:, 0], sentence[:, 0], "right") - 1,
        np.searchsorted(first, paragraph[:, 0], "right") - 1,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _blanks() -> NDArray[np.int8]:
    """Tell white space from all else; what lies beyond the last blank is like the entry after it."""
    return np.array([chr(point).isspace() for point in range(_LAST_BLANK + 2)], np.int8)


def _stretches(chosen: Ints, closes: Flags) -> Ints:
    """Part some pieces after those that close a stretch: first piece of each, and the one after its last."""
    last = np.flatnonzero(closes[chosen])
    begin = np.concatenate([[0], last[:-1] + 1]) if len(last) else last
    return np.stack([chosen[begin], chosen[last] + 1], axis=1)


def _paragraph_ends(start: Ints, flags: Ints, offsets: Ints, first: Ints, line_ends: Ints) -> Flags:
    """Tell after which pieces a paragraph ends: at a blank line, after a line that is a paragraph, at the text's end."""
    closes = np.zeros(len(start) + 1, bool)  # by the gap before a piece
    closes[first] = True
    gap = np.searchsorted(start, line_ends)
    text = np.searchsorted(offsets, line_ends, "right") - 1
    # Not those that end a text: they lie in the gap before the next one's first piece.
    inside = (gap < first[text + 1]) & (line_ends < offsets[text + 1] - len(_GAP))
    count = np.bincount(gap[inside], minlength=len(start) + 1)
    closes |= count > 1
    # Where a line begins: after the line end before it, or, below a blank line, with its first piece.
    after = np.where(count[gap] == 1, line_ends + 1, start[np.minimum(gap, len(start) - 1)]) if len(start) else line_ends
    before = np.roll(np.arange(len(line_ends)), 1)
    begin = np.where((before < np.arange(len(line_ends))) & (line_ends[before] >= offsets[text]), after[before], offsets[text])
    length = line_ends - begin
    single = np.flatnonzero((count[gap] == 1) & (gap > first[text]) & (gap < first[text + 1]))
    size = length[single]
    is_end = (size >= LONG_LINE_CHARS) | (size <= SHORT_LINE_CHARS) | (flags[gap[single] - 1] & ENDS_LINE > 0)
    closes[gap[single[is_end]]] = True
    return closes[1:]
