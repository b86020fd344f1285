"""Which known words is a mistyped word closest to?

``Candidates`` holds the words of one language, prepared once; ``closest`` finds
those within the edits that a word's length allows (optimal string alignment:
a transposition is one edit; Hangul on keystrokes, anything else after folding)
and ranks them by how people really mistype, then by how often they occur.
What a suggestion is used for is not decided here.
"""

import heapq
import math
from collections.abc import Callable, Iterable

from searchkit.planning.slips import slip_cost
from searchkit.text.hangul import initials, is_syllables, keystrokes
from searchkit.text.normalize import strip_marks
from searchkit.typed import NamedTuple

RANKED = 400  # candidates weighed letter by letter (40 µs each); the rest have more edits or are rarer
FREQUENCY = 0.6  # exponent of a word's document frequency in its score

# Kazakh letters and the Russian ones that are typed for them; one for one.
_LOOK_ALIKES = str.maketrans("әғқңөұүһіё", "агкноуухие")


class Suggestion(NamedTuple):
    """A known word near a mistyped one.

    Attributes:
        word: as the index holds it.
        distance: edits between the two, after folding; Hangul: keystrokes.
        score: for ranking within one call: likelihood of the slip times a
            power of the frequency.
        similarity: from 0 to 1, 1 for equal after folding.
        cost: of the slips (``slips.slip_cost``).
    """

    word: str
    distance: int
    score: float
    similarity: float
    cost: float


def fold(term: str) -> str:
    """Even out what is no typing error: diacritics, and Kazakh letters typed as Russian ones."""
    return term if term.isascii() else strip_marks(term).translate(_LOOK_ALIKES)


def is_hangul(word: str) -> bool:
    """Tell whether a word is compared by keystrokes."""
    return any("\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff" or "\u3131" <= char <= "\u318e" for char in word)


def max_edits(word: str) -> int:
    """Say how many edits a correction of a word may have.

    Letters: none to 3, one to 7, two beyond.  Hangul: one, two from four
    syllables (top suggestion right .81; edits of syllables .22).
    """
    if is_hangul(word):
        syllables = sum("\uac00" <= char <= "\ud7a3" for char in word)
        return 2 if syllables >= 4 else 1  # noqa: PLR2004  # the sentence above says it
    letters = len(fold(word))
    return (letters > 3) + (letters > 7)  # noqa: PLR2004  # likewise


def weighed(cost: float, frequency: int) -> float:
    """Put a cost and a frequency together: the score of a suggestion."""
    return float(math.exp(-cost) * max(frequency, 1) ** FREQUENCY)


class Candidates:
    """The words of a language that may be suggested, prepared once for many calls.

    Args:
        terms: ``(word, document frequency)``; a repeated word counts with its highest.
        fold: what is no error of spelling in the language; letters only, never
            applied to Hangul.
    """

    __slots__ = ("_fold", "_frequency", "_initials", "_lengths", "_text")

    def __init__(self, terms: Iterable[tuple[str, int]], *, fold: Callable[[str], str] = fold) -> None:
        self._fold = fold
        self._frequency: dict[str, int] = {}
        for term, frequency in terms:
            if frequency > self._frequency.get(term, 0):
                self._frequency[term] = frequency
        self._lengths: dict[int, tuple[list[str], list[str]]] = {}
        self._initials: list[tuple[str, str]] = []
        self._text = ""

    def __len__(self) -> int:
        """Count the words."""
        return len(self._frequency)

    def __contains__(self, word: object) -> bool:
        """Tell whether a word is among them, as written."""
        return word in self._frequency

    def frequency(self, word: str) -> int:
        """Count the documents that hold a word; 0 for one that is not there."""
        return self._frequency.get(word, 0)

    def words(self) -> list[str]:
        """Give the words, in the order they came."""
        return list(self._frequency)

    def key(self, word: str) -> str:
        """Give what is compared: keystrokes, or the folded word in small letters (a German lemma has capitals)."""
        return keystrokes(word) if is_hangul(word) else self._fold(word.lower())

    def within(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Find the words at most so many edits away, with their distance; in no order of use."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        if not self._lengths:
            self._prepare()
        key = self.key(word)
        found: list[tuple[str, int]] = []
        for length in range(len(key) - edits, len(key) + edits + 1):
            keys, words = self._lengths.get(length, ([], []))
            found.extend(
                (words[at], int(distance)) for _, distance, at in extract(key, keys, scorer=OSA.distance, score_cutoff=edits, limit=None)
            )
        return found

    def by_initials(self, letters: str) -> list[str]:
        """Give the Hangul words whose syllables begin with these consonants, in the order they came."""
        if not self._initials:
            self._initials = [(initials(word), word) for word in self._frequency if is_syllables(word)]
        return [word for start, word in self._initials if start.startswith(letters)]

    def count(self, piece: str) -> int:
        """Count how often some letters of ``key`` stand in the words; a line end is the beginning or end of a word."""
        if not self._text:
            if not self._lengths:
                self._prepare()
            self._text = "\n\n".join(("", *(key for keys, _ in self._lengths.values() for key in keys), ""))
        return self._text.count(piece)

    def _prepare(self) -> None:
        """Sort the words by the length of what is compared: an edit changes it by one at most."""
        for word in self._frequency:
            key = word.lower() if word.isascii() else self.key(word)
            bucket = self._lengths.get(len(key))
            if bucket is None:
                bucket = self._lengths[len(key)] = ([], [])
            bucket[0].append(key)
            bucket[1].append(word)


def closest(word: str, candidates: Candidates, *, edits: int | None = None, limit: int = 5) -> list[Suggestion]:
    """Find the known words that a word was most likely meant to be.

    Args:
        word: ``text.normalize.term_form`` of what was typed.
        candidates: the words of a language; ``word`` itself is never suggested.
        edits: at most so many; by its length where None.
        limit: how many suggestions.

    Returns:
        Best first; ties by word.
    """
    allowed = max_edits(word) if edits is None else edits
    found = [(near, distance) for near, distance in candidates.within(word, allowed) if near.lower() != word]
    found = heapq.nsmallest(RANKED, found, key=lambda pair: (pair[1], -candidates.frequency(pair[0]), pair[0]))
    typed = keystrokes(word) if is_hangul(word) else word
    ranked: list[Suggestion] = []
    for near, distance in found:
        meant = keystrokes(near) if is_hangul(near) else near.lower()
        cost = slip_cost(typed, meant)
        similarity = 1 - distance / max(len(typed), len(meant), 1)
        ranked.append(Suggestion(near, distance, weighed(cost, candidates.frequency(near)), similarity, cost))
    return sorted(ranked, key=lambda each: (-each.score, each.word))[:limit]
