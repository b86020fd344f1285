"""Of which words is a German compound made?

No list of parts is shipped: a dictionary knows its own parts.  Every noun of
the installed dictionary that can be cut into two of its nouns counts as a
witness for both, and words with many witnesses are parts (``Arbeit`` ends 400
nouns and begins 420; ``Abb`` begins none).  Which words are none all the same
(prefixes, suffixes, chance) stands in ``data/german_parts.tsv``, and what is
never cut in ``data/german_whole.txt``.

Here nothing is stemmed and nothing weighed: ``split`` gives the parts of one
word, in order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from math import log
from typing import NamedTuple

_Counts = defaultdict[str, float]

MARK = "+"  # before the key of a part in the word list: "+haus" -> "322 313 Haus"

_SHORTEST = 4  # letters of a part; shorter ones are named in the data
_SHORTEST_WORD = 7
_LONGEST_WORD = 60
_VOWELS = frozenset("aeiouyäöü")
# Witnesses that a part needs.  A word that the dictionary lacks may be a name or a typing error: there a part needs more.
_HEAD_KNOWN, _FIRST_KNOWN = 2.5, 2.0
_HEAD_NEW, _FIRST_NEW = 8.0, 3.0
# An unknown first part (Cybersicherheit, Tokajewbesuch) asks for a head that is beyond doubt.
_HEAD_BESIDE_UNKNOWN, _HEAD_LETTERS, _UNKNOWN_LETTERS = 25.0, 6, 4


class Part(NamedTuple):
    """A part of a compound.

    Attributes:
        surface: its letters in the compound, lower case, the linking element included.
        lemma: its dictionary form, lower case.
    """

    surface: str
    lemma: str


class Witnesses(NamedTuple):
    """How many nouns of the dictionary end in a noun, and begin with it; its lemma."""

    last: float
    first: float
    lemma: str


class Splitter:
    """Splits German nouns.

    Args:
        lookup: gives the value of a key of the German word list, or None: the
            lemma of a written form, or, for ``MARK`` + lower-case noun, its witnesses.
    """

    def __init__(self, lookup: Callable[[str], str | None]) -> None:
        self._lookup = lookup

    def split(self, noun: str, *, known: bool) -> tuple[Part, ...]:
        """Split a noun into its smallest parts.

        Args:
            noun: lower case; its lemma where that is known, else any form.
            known: whether the dictionary has it.

        Returns:
            Two parts or more, the last one inflected as in ``noun``; nothing for a simple word.
        """
        if not _SHORTEST_WORD <= len(noun) <= _LONGEST_WORD or noun in _whole() or not noun.isalpha():
            return ()
        found = self._best(noun, known=known, depth=0)
        if not found and not known:
            found = self._beside_unknown(noun)
        return found

    def _best(self, noun: str, *, known: bool, depth: int) -> tuple[Part, ...]:
        """Cut where both sides have the most witnesses, and go on with both sides."""
        best, best_score = None, 0.0
        head_least, first_least = (_HEAD_KNOWN, _FIRST_KNOWN) if known else (_HEAD_NEW, _FIRST_NEW)
        for at in range(2, len(noun) - 1):
            head = self._head(noun[at:])
            if not head or head.last < head_least:
                continue
            for first in self._firsts(noun[:at]):
                score = log(1 + head.last) + log(1 + first.first)
                if first.first >= first_least and score > best_score:
                    best, best_score = (at, first, head), score
        if best is None or depth > 3:  # noqa: PLR2004 -- five parts are the longest that anyone writes
            return ()
        at, first, head = best
        left = self._inside(noun[:at], first.lemma, depth)
        right = self._best(noun[at:], known=True, depth=depth + 1) if noun[at:] not in _whole() else ()
        return (*left, *(right or (Part(noun[at:], head.lemma),)))

    def _inside(self, surface: str, lemma: str, depth: int) -> tuple[Part, ...]:
        """Cut a first part further, its linking element kept with its last piece."""
        pieces = () if lemma in _whole() else self._best(lemma, known=True, depth=depth + 1)
        if not pieces:
            return (Part(surface, lemma),)
        before = sum(len(piece.surface) for piece in pieces[:-1])
        return (*pieces[:-1], Part(surface[before:], pieces[-1].lemma))

    def _beside_unknown(self, noun: str) -> tuple[Part, ...]:
        """Cut off a head that is beyond doubt from a first part that nobody knows."""
        for at in range(_UNKNOWN_LETTERS, len(noun) - _HEAD_LETTERS + 1):
            head = self._head(noun[at:])
            if head and head.last >= _HEAD_BESIDE_UNKNOWN and _VOWELS & set(noun[:at]) and noun[:at] not in _verdicts("not-first"):
                first = noun[: at - 1] if noun[at - 1] == "s" and at > _UNKNOWN_LETTERS else noun[:at]
                if self._lookup(first) and not self._lookup(first.capitalize()):
                    continue  # a verb or an adverb: wiederbelebungsmaßnahme
                return (Part(noun[:at], first), Part(noun[at:], head.lemma))
        return ()

    def _head(self, surface: str) -> Witnesses | None:
        """Give the witnesses of a last part, whatever its inflection."""
        if not _may_be("not-last", surface):
            return None
        found = self._witnesses(surface)
        if found:
            return found
        lemma = self._lookup(surface.capitalize())
        if lemma and lemma[:1].isupper() and _may_be("not-last", lemma.lower()):
            return self._witnesses(lemma.lower())
        return None

    def _firsts(self, surface: str) -> Iterator[Witnesses]:
        """Give the nouns that a first part may be: as it is, inflected, with a linking -s, or cut short."""
        if not _may_be("not-first", surface):
            return
        for lemma in first_lemmas(surface, self._is_noun, lambda form: self._lookup(form.capitalize())):
            found = self._witnesses(lemma)
            if found:
                yield found

    def _is_noun(self, word: str) -> bool:
        return self._lookup(MARK + word) is not None

    def _witnesses(self, noun: str) -> Witnesses | None:
        value = self._lookup(MARK + noun)
        if value is None:
            return None
        last, first = value.split(" ")
        return Witnesses(float(last), float(first), noun)


def first_lemmas(surface: str, is_noun: Callable[[str], bool], lemma_of: Callable[[str], str | None]) -> Iterator[str]:
    """Give the nouns of which a first part may be a form.

    Arbeit-s-, Auge-n-, Länd-er-, Hund-e-, Leben-s-: its own inflection or a
    linking -s; Schul-, Sprach-: without its -e; Hilf-s-, Geschicht-s-: both.
    """
    if is_noun(surface):
        yield surface
        return
    lemma = (lemma_of(surface) or "").lower()
    if lemma and is_noun(lemma):
        yield lemma
    if surface.endswith("s") and len(surface) > _SHORTEST:
        bare = surface[:-1]
        if is_noun(bare) and _may_be("not-first", bare):
            yield bare
        elif is_noun(bare + "e"):
            yield bare + "e"
    if is_noun(surface + "e"):
        yield surface + "e"


def witnesses(forms: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Count, in a dictionary of written forms and their lemmas, which nouns are parts of its nouns.

    Yields:
        The rows ``MARK + noun`` -> ``last first`` for the word list.
    """
    nouns = _nouns(forms)
    cuts = [found for noun in nouns if len(noun) >= _SHORTEST_WORD and (found := _cuts(noun, nouns, forms))]
    last: defaultdict[str, float] = defaultdict(float)
    first: defaultdict[str, float] = defaultdict(float)
    for found in cuts:
        for left, right in found:
            last[right] += 1 / len(found)
            first[left] += 1 / len(found)
    for _ in range(2):  # of several ways to cut a noun, believe the one that others bear out
        last, first = _again(cuts, last, first)
    for noun in sorted(nouns):
        if last[noun] >= 1 or first[noun] >= 1:
            yield MARK + noun, f"{last[noun]:.1f} {first[noun]:.1f}"


def _nouns(forms: dict[str, str]) -> set[str]:
    """Give the nouns, lower case, without the adjectives that are written like nouns (Verkeilteste)."""
    nouns = set()
    for lemma in set(forms.values()):
        lower = lemma.lower()
        if not (lemma[:1].isupper() and lemma[1:].islower() and lemma.isalpha() and _VOWELS & set(lower)):
            continue
        adjective = forms.get(lower, "") if lower.endswith("e") else ""
        if not (adjective[:1].islower() and adjective != lower):
            nouns.add(lower)
    return nouns


def _cuts(noun: str, nouns: set[str], forms: dict[str, str]) -> list[tuple[str, str]]:
    """Give every pair of nouns that makes up a noun."""
    found = []
    for at in range(2, len(noun) - 1):
        right, left = noun[at:], noun[:at]
        if right in nouns and _may_be("not-last", right) and _may_be("not-first", left):
            lemma = next(first_lemmas(left, nouns.__contains__, lambda form: forms.get(form.capitalize())), None)
            if lemma:
                found.append((lemma, right))
    return found


def _again(cuts: Iterable[list[tuple[str, str]]], last: _Counts, first: _Counts) -> tuple[_Counts, _Counts]:
    """Count the witnesses once more, each noun's voice divided by what was counted before."""
    new_last: defaultdict[str, float] = defaultdict(float)
    new_first: defaultdict[str, float] = defaultdict(float)
    for found in cuts:
        scores = [last[right] * first[left] for left, right in found]
        total = sum(scores)
        for (left, right), score in zip(found, scores, strict=True):
            new_last[right] += score / total
            new_first[left] += score / total
    return new_last, new_first


def _may_be(verdict: str, part: str) -> bool:
    """Tell whether a part is long enough for one and not ruled out on that side."""
    return (len(part) >= _SHORTEST or part in _verdicts("part")) and part not in _verdicts(verdict)


@cache
def _verdicts(verdict: str) -> frozenset[str]:
    """Give the words with a verdict in ``german_parts.tsv``."""
    text = (files("searchkit.languages") / "data" / "german_parts.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(row[0] for row in rows if row[1] == verdict)


@cache
def _whole() -> frozenset[str]:
    """Give the words that are never cut."""
    text = (files("searchkit.languages") / "data" / "german_whole.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
