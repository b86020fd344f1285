"""What did somebody mean who wrote a word that no index knows?

Five answers, on one scale: a known word a slip of the fingers away
(``edits``), the same keys under another layout (``keyboards``), two words
written as one, the word of these initial consonants (ㄱㅎㄱㅅ), and, for words
side by side, one word written as two (``joined``).  Whether a word is unknown,
and what is done with a suggestion, is the caller's.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from searchkit.planning.edits import FREQUENCY, Candidates, closest, is_hangul
from searchkit.planning.keyboards import layouts
from searchkit.planning.limits import CORRECTED_CHARS, SUGGESTIONS
from searchkit.text.hangul import initials, is_initials
from searchkit.text.normalize import term_form

MIN_INITIALS = 3  # ㄱㅎ stands for a hundred words
LAYOUT_COST = 2.5  # nats, as in ``slips``: rarer than a slip, but who hits a known word so did not do it by chance
SPLIT_COST = 3.0  # a forgotten blank
SHORT_PART_COST = 2.0  # on top for a part of two letters: im, of; among rare ones is every pair of letters
SHORT_PART_CHARS = 2
SHORT_PART_FREQUENCY = 5  # documents that hold a part of two letters, at least
WHOLE_INITIALS = 3.0  # how much more a word of just these initials counts than one that goes on (과학기술을)
SIMILAR = 0.9  # of suggestions that are no edit


class Vocabulary(Protocol):
    """The words that an index knows: what a caller makes of its lexicon."""

    def languages(self) -> Sequence[str]:
        """Name the languages to suggest words of."""
        ...

    def candidates(self, language: str) -> Candidates:
        """Give the surface forms and lemmas of a language with their document frequencies; the same object each time."""
        ...

    def knows(self, word: str) -> bool:
        """Tell whether a word (``term_form``), itself or by its lemma, is known in any language."""
        ...


class Correction(NamedTuple):
    """A suggestion for a word.

    Attributes:
        text: what was meant; two words with a blank between them for ``split``.
        language: whose word it is (of ``split``: of the first).
        kind: ``edits``, ``layout``, ``split`` or ``initials``.
        score: for ranking the corrections of one word.
        similarity: from 0 to 1.
    """

    text: str
    language: str
    kind: str
    score: float
    similarity: float


def corrections(word: str, vocabulary: Vocabulary, *, typed: str = "", edits: int | None = None) -> list[Correction]:
    """Say what an unknown word may have meant.

    Args:
        word: a written word; its case helps to split it (``zweiWörter``).
        vocabulary: what the index knows.
        typed: the whole piece between two blanks that the word was cut from:
            under another layout its signs are letters (``;bpym`` is жизнь).
        edits: of ``word~2``; by the length of the word where None.

    Returns:
        At most five, best first, each text once; none for what is no word.
    """
    form = term_form(word)
    if not form or len(word) > CORRECTED_CHARS or not any(map(str.isalpha, word)):
        return []
    found = _by_initials(initials(word), vocabulary) if is_initials(word) else _by_edits(form, vocabulary, edits) + _split(word, vocabulary)
    found += _by_layout(typed or word, vocabulary)
    best: dict[str, Correction] = {}
    for each in found:
        if each.text != form and each.score > best.get(each.text, each._replace(score=0.0)).score:
            best[each.text] = each
    return sorted(best.values(), key=lambda each: (-each.score, each.text))[:SUGGESTIONS]


def suggest(word: str, vocabulary: Vocabulary, *, typed: str = "") -> list[str]:
    """Give the texts of ``corrections``, best first."""
    return [each.text for each in corrections(word, vocabulary, typed=typed)]


def joined(left: str, right: str, vocabulary: Vocabulary) -> str | None:
    """Join two words side by side that are a known word together while one of them is unknown alone.

    ``Zusammen arbeit`` stays as it is, both being words; ``Zusam menarbeit`` is joined.
    """
    together = term_form(left + right)
    if len(together) > CORRECTED_CHARS or not vocabulary.knows(together):
        return None
    return None if vocabulary.knows(term_form(left)) and vocabulary.knows(term_form(right)) else together


def _weighed(cost: float, frequency: int) -> float:
    """Put a cost and a frequency on the scale of ``edits.Suggestion.score``."""
    return math.exp(-cost) * float(max(frequency, 1) ** FREQUENCY)


def _by_edits(form: str, vocabulary: Vocabulary, edits: int | None) -> list[Correction]:
    hangul = is_hangul(form)
    return [
        Correction(near.word, code, "edits", near.score, near.similarity)
        for code in vocabulary.languages()
        for near in closest(form, vocabulary.candidates(code), edits=edits, limit=SUGGESTIONS)
        if is_hangul(near.word) == hangul
    ]


def _by_layout(typed: str, vocabulary: Vocabulary) -> list[Correction]:
    """Find readings under other layouts that are known words."""
    found: list[Correction] = []
    for reading, _ in layouts(typed):
        form = term_form(reading)
        language, frequency = _most_frequent(form, vocabulary)
        if frequency or vocabulary.knows(form):
            found.append(Correction(form, language, "layout", _weighed(LAYOUT_COST, frequency), SIMILAR))
    return found


def _most_frequent(form: str, vocabulary: Vocabulary) -> tuple[str, int]:
    """Give the language that holds a form most often, and how often; the first language and 0 for none."""
    codes = vocabulary.languages()
    best = max(codes, key=lambda code: vocabulary.candidates(code).frequency(form), default="")
    return best, vocabulary.candidates(best).frequency(form) if best else 0


def _split(word: str, vocabulary: Vocabulary) -> list[Correction]:
    """Find two known words of one language that a forgotten blank made one."""
    shortest = 1 if is_hangul(word) else SHORT_PART_CHARS
    found: list[Correction] = []
    for code in vocabulary.languages():
        candidates = vocabulary.candidates(code)
        for at in range(shortest, len(word) - shortest + 1):
            parts = term_form(word[:at]), term_form(word[at:])
            frequency = min(map(candidates.frequency, parts))
            short = any(len(part) <= shortest for part in parts)
            if not frequency or (short and frequency < SHORT_PART_FREQUENCY):
                continue
            # A capital inside a word is where the second one begins.
            inside = word[at].isupper() and word[at - 1].islower()
            cost = 0.0 if inside else SPLIT_COST + (SHORT_PART_COST if short else 0.0)
            found.append(Correction(" ".join(parts), code, "split", _weighed(cost, frequency), SIMILAR))
    return found


def _by_initials(letters: str, vocabulary: Vocabulary) -> list[Correction]:
    """Find the words whose syllables begin with these consonants; of longer words the part that does."""
    if len(letters) < MIN_INITIALS:
        return []
    found: list[Correction] = []
    for code in vocabulary.languages():
        candidates = vocabulary.candidates(code)
        weights: dict[str, float] = {}
        for word in candidates.by_initials(letters):
            part = word[: len(letters)]
            whole = WHOLE_INITIALS if part == word else 1.0
            weights[part] = weights.get(part, 0.0) + whole * candidates.frequency(word)
        found.extend(Correction(part, code, "initials", weight, SIMILAR) for part, weight in weights.items())
    return found
