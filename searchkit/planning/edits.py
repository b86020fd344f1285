"""Which known words is a mistyped word closest to?

``Candidates`` holds the words of one language, prepared once; ``closest`` finds
those within the edits that a word's length allows (optimal string alignment:
a transposition is one edit; Hangul on keystrokes, anything else after folding)
and ranks them by how people really mistype, then by how often they occur.
What a suggestion is used for is not decided here.
"""

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import combining

from searchkit.planning.compared import Fours, Signatures, fold, is_hangul, key, keys
from searchkit.planning.keptwords import Frequencies, Prepared
from searchkit.planning.slips import slip_cost
from searchkit.text.hangul import initials, is_syllables, keystrokes
from searchkit.typed import NamedTuple

RANKED = 400  # candidates weighed letter by letter (40 µs each); the rest have more edits or are rarer
FREQUENCY = 0.6  # exponent of a word's document frequency in its score
KEYS_A_SYLLABLE = 5  # at most: 곿
COUNTED_AFTER = 50  # pieces; so many counted in the text take as long as to count all at once
PREPARED_AFTER = 6  # look-ups; so many through all words take as long as to load numpy and prepare their signatures


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
        frequency: of every word, how many documents hold it; kept, not copied.
        words, keys: of it, and what is compared of them, where that is known.
    """

    __slots__ = ("_counts", "_fours", "_frequency", "_initials", "_keys", "_looked_up", "_signatures", "_text", "_words")

    def __init__(self, frequency: Mapping[str, int], words: Sequence[str] = (), keys: Sequence[str] = ()) -> None:
        self._frequency = frequency
        self._words, self._keys = words, keys
        self._signatures: Signatures | None = None
        self._looked_up = 0
        self._initials: list[tuple[str, str]] = []
        self._text = ""
        self._counts: dict[str, int] = {}
        self._fours: Fours | None = None

    @classmethod
    def of(cls, prepared: Prepared) -> "Candidates":
        """Take words that were prepared before."""
        return cls(Frequencies(prepared), prepared.words, prepared.keys)

    def prepared(self) -> Prepared:
        """Give the words as they are compared, for another time."""
        words = sorted(self._frequency)
        return Prepared(words, keys(words), [self._frequency[word] for word in words])

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

    def within(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Find the words at most so many edits away, with their distance; in no order of use."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        self._prepare()
        self._looked_up += 1
        typed = key(word)
        if self._looked_up <= PREPARED_AFTER:
            found = extract(typed, self._keys, scorer=OSA.distance, score_cutoff=edits, limit=None)
            return [(self._words[at], int(distance)) for _, distance, at in found]
        if self._signatures is None:
            self._signatures = Signatures(self._keys)
        places = self._signatures.near(typed, edits)
        near = [self._keys[at] for at in places]
        found = extract(typed, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [(self._words[places[at]], int(distance)) for _, distance, at in found]

    def by_initials(self, letters: str) -> list[str]:
        """Give the Hangul words whose syllables begin with these consonants, in the order they came."""
        if not self._initials:
            self._initials = [(initials(word), word) for word in self._frequency if is_syllables(word)]
        return [word for start, word in self._initials if start.startswith(letters)]

    def count(self, piece: str) -> int:
        """Count how often some letters of ``key`` stand in the words; a line end is the beginning or end of a word."""
        found = self._counts.get(piece)
        if found is None:
            if not self._text:
                self._prepare()
                self._text = "\n\n".join(("", *self._keys, ""))
            if self._fours is None and len(self._counts) >= COUNTED_AFTER:
                self._fours = Fours(self._text)
            found = self._fours.count(piece) if self._fours else None
            if found is None:
                found = self._text.count(piece)
            self._counts[piece] = found
        return found

    def _prepare(self) -> None:
        """Make the keys of all words, once."""
        if not self._words:
            self._words = list(self._frequency)
            self._keys = keys(self._words)


def near_forms(word: str, forms: Iterable[str], edits: int) -> dict[str, int]:
    """Find the forms at most so many edits away, as they are compared or as they are written, with the lesser distance."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    typed = key(word)
    few = _of_like_length(list(forms), min(len(typed), len(word)), max(len(typed), len(word)), edits)
    found = {few[at]: int(distance) for _, distance, at in extract(typed, keys(few), scorer=OSA.distance, score_cutoff=edits, limit=None)}
    for form, distance, _ in extract(word, few, scorer=OSA.distance, score_cutoff=edits, limit=None):
        found[form] = min(int(distance), found.get(form, edits))
    return found


def _of_like_length(forms: list[str], least: int, most: int, edits: int) -> list[str]:
    """Leave out the forms that are too long or too short to be near, as they are written and as they are compared.

    A letter is one that is compared, or two (æ), a syllable up to five; a mark
    is none.
    """
    marks = frozenset(filter(combining, set("".join(forms))))
    shortest, longest = (least - 3 * edits) / KEYS_A_SYLLABLE, most + edits
    return [form for form in forms if len(form) >= shortest and (len(form) <= longest or (marks and not marks.isdisjoint(form)))]


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
