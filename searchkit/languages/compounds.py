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

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from math import log

from searchkit.languages.datafiles import data_lines, data_rows
from searchkit.typed import NamedTuple

_Counts = defaultdict[str, float]

LINK = "+"  # after a first part that has a linking -s: "arbeit+"
MARK = "+"  # before the key of a part in the word list: "+haus" -> "322 313 Haus"

_SHORTEST = 4  # letters of a part; shorter ones are named in the data
_SHORTEST_WORD = 5  # Erdöl
_SHORTEST_NEW_WORD = 7  # shorter ones are names
_LONGEST_WORD = 60
_VOWELS = frozenset("aeiouyäöü")
# Witnesses that a part needs, short and long.  A word that the dictionary lacks may be a name or a typing error: there a
# part needs more.  A long one in a noun of the dictionary needs no other witness than that noun.
_LONG_PART = 6
_LEAST_KNOWN, _LEAST_KNOWN_LONG = 2.5, 1.0
_LEAST_NEW, _LEAST_NEW_LONG = 8.0, 2.0
_COMPOUND_SHARE = 0.5  # a compound without witnesses speaks with half the voice of its own last or first part
# An unknown first part (Cybersicherheit, Tokajewbesuch) asks for a head that is beyond doubt.
_HEAD_BESIDE_UNKNOWN, _HEAD_LETTERS, _UNKNOWN_LETTERS = 25.0, 6, 4
# A first part that is no noun needs so many nouns that are cut in no other way, each with a head of so many witnesses.
_BOUND_LEAST, _BOUND_HEAD = 5, 8.0
_ALWAYS_LINKED = ("ung", "heit", "keit", "schaft", "ion", "tät", "tum", "ling", "sal")


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
        self._best = lru_cache(maxsize=1 << 15)(self._cut)  # the same ends and beginnings come again and again
        self._heads = lru_cache(maxsize=1 << 16)(self._ends)
        self._firsts = lru_cache(maxsize=1 << 15)(self._beginnings)

    def split(self, noun: str, *, known: bool) -> tuple[Part, ...]:
        """Split a noun into its smallest parts.

        Args:
            noun: lower case; its lemma where that is known, else any form.
            known: whether the dictionary has it.

        Returns:
            Two parts or more, the last one inflected as in ``noun``; nothing for a simple word.
        """
        shortest = _SHORTEST_WORD if known else _SHORTEST_NEW_WORD
        if not shortest <= len(noun) <= _LONGEST_WORD or not noun.isalpha() or noun in _whole():
            return ()
        found = self._best(noun, known=known)
        if not found and not known:
            found = self._beside_unknown(noun)
        return found

    def _cut(self, noun: str, *, known: bool) -> tuple[Part, ...]:
        """Cut where both sides have the most witnesses, and go on with both sides."""
        if len(noun) < _SHORTEST_WORD or noun in _whole():
            return ()
        best, best_score = None, 0.0
        for head, size in self._heads(noun[2:]):
            at = len(noun) - size
            if head.last < _least(head.lemma, known=known) or (head.lemma in _verdicts("linked") and noun[at - 1] not in "sn"):
                continue
            for first in self._firsts(noun[:at]):
                score = log(1 + head.last) + log(1 + first.first)
                if first.first >= _least(first.lemma, known=known) and score > best_score:
                    best, best_score = (at, first, head), score
        if best is None:
            return ()
        at, first, head = best
        right = self._best(noun[at:], known=True)
        return (*self._inside(noun[:at], first.lemma), *(right or (Part(noun[at:], head.lemma),)))

    def _inside(self, surface: str, lemma: str) -> tuple[Part, ...]:
        """Cut a first part further, its linking element kept with its last piece."""
        pieces = self._best(lemma, known=True)
        if not pieces or len(surface) < len(lemma):
            return (Part(surface, lemma),)
        before = sum(len(piece.surface) for piece in pieces[:-1])
        return (*pieces[:-1], Part(surface[before:], pieces[-1].lemma))

    def _beside_unknown(self, noun: str) -> tuple[Part, ...]:
        """Cut off a head that is beyond doubt from a first part that nobody knows."""
        for head, size in self._heads(noun[_UNKNOWN_LETTERS:]):
            at = len(noun) - size
            if size < _HEAD_LETTERS or not self._lookup(noun[at:].capitalize()):
                continue
            # The longest noun that it ends in, or none: Karriere|durchmarsch, never Karrieredurch|marsch.
            first = noun[: at - 1] if noun[at - 1] == "s" and at > _UNKNOWN_LETTERS else noun[:at]
            particle = self._lookup(first) and not self._lookup(first.capitalize())
            if particle or head.last < _HEAD_BESIDE_UNKNOWN or not _VOWELS & set(first) or first in _verdicts("not-first"):
                return ()
            return (Part(noun[:at], first), Part(noun[at:], head.lemma))
        return ()

    def _ends(self, surface: str) -> tuple[tuple[Witnesses, int], ...]:
        """Give the last parts that a word, or what is left of one, may end in, with their letters, the longest first.

        Those of its end are asked first, and most words end in none that it takes two nouns to make.
        """
        if len(surface) < 2:  # noqa: PLR2004 -- no part has one letter
            return ()
        shorter = self._heads(surface[1:])
        head = self._last(surface, is_open=bool(shorter))
        return ((head, len(surface)), *shorter) if head else shorter

    def _last(self, surface: str, *, is_open: bool) -> Witnesses | None:
        """Give the witnesses of a last part, whatever its inflection; ``is_open``: a shorter one ends it."""
        if not _may_be("not-last", surface):
            return None
        lemma = (self._lookup(surface.capitalize()) or "").lower()
        for noun in (surface, lemma):
            found = self._witnesses(noun) if noun and _may_be("not-last", noun) else None
            if found and found.last:
                return found
        if len(surface) < _SHORTEST_NEW_WORD:
            return None
        parts = self._best(surface, known=False) if is_open else ()
        voice = self._witnesses(parts[-1].lemma) if parts else None
        if voice:
            whole = "".join(part.surface for part in parts[:-1]) + parts[-1].lemma
            return Witnesses(voice.last * _COMPOUND_SHARE, 0.0, whole)
        return Witnesses(_LEAST_NEW_LONG, 0.0, lemma) if lemma and _may_be("not-last", lemma) and self._is_listed(lemma) else None

    def _beginnings(self, surface: str) -> tuple[Witnesses, ...]:
        """Give the nouns that a first part may be: as it is, inflected, with a linking -s, or cut short."""
        if not _may_be("not-first", surface):
            return ()
        nouns = first_lemmas(surface, self._is_noun, lambda form: self._lookup(form.capitalize()))
        found = tuple(noun for lemma in nouns if (noun := self._witnesses(lemma, link=_has_link(surface, lemma))) and noun.first)
        if found or len(surface) < _SHORTEST_NEW_WORD:
            return found
        lemmas = dict.fromkeys((surface, surface.removesuffix("s")))
        for lemma in lemmas:
            if self._is_listed(lemma):
                return (Witnesses(0.0, _LEAST_NEW_LONG, lemma),)
        for lemma in lemmas:
            parts = self._best(lemma, known=False)
            voice = self._witnesses(parts[0].lemma) if parts else None
            if voice:
                return (Witnesses(0.0, voice.first * _COMPOUND_SHARE, lemma),)
        return ()

    def _is_listed(self, noun: str) -> bool:
        """Tell whether the dictionary has a noun that is a part of no other."""
        return len(noun) >= _SHORTEST_NEW_WORD and self._lookup(noun.capitalize()) == noun.capitalize() and not self._lookup(noun)

    def _is_noun(self, word: str) -> bool:
        return self._lookup(MARK + word) is not None

    def _witnesses(self, noun: str, *, link: bool = False) -> Witnesses | None:
        value = self._lookup(MARK + noun)
        if value is None:
            return None
        last, plain, linked = (float(count) for count in value.split(" "))
        # Weizen never has a linking -s, so Weizensorte is no Ort; what always has one (-ung, -heit) may be new to the dictionary.
        return Witnesses(last, plain + linked if noun.endswith(_ALWAYS_LINKED) else linked if link else plain, noun)


def _least(part: str, *, known: bool) -> float:
    """Tell how many witnesses a part needs."""
    if len(part) >= _LONG_PART:
        return _LEAST_KNOWN_LONG if known else _LEAST_NEW_LONG
    return _LEAST_KNOWN if known else _LEAST_NEW


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
        # Not Sonnen-s-turm: a linking -s follows no inflection.
        if is_noun(bare) and _may_be("not-first", bare) and (lemma_of(bare) or bare).lower() == bare:
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
    heads = {noun for noun in nouns if _may_be("not-last", noun)}
    # Sorted: sums of fractions depend on their order, and Halbkreis was a witness for one hash seed in two.
    cuts = {noun: found for noun in sorted(nouns) if len(noun) >= _SHORTEST_WORD and (found := _cuts(noun, nouns, heads, forms))}
    last: defaultdict[str, float] = defaultdict(float)
    first: defaultdict[str, float] = defaultdict(float)
    for found in cuts.values():
        for left, right in found:
            last[right] += 1 / len(found)
            first[left] += 1 / len(found)
    for _ in range(2):  # of several ways to cut a noun, believe the one that others bear out
        last, first = _again(cuts.values(), last, first)
    whole = {noun for noun in nouns if len(noun) >= _SHORTEST_WORD} - cuts.keys()
    for part, count in _bound(whole, last).items():
        if count >= _BOUND_LEAST and part not in nouns:
            first[part] = count
    for part in sorted({part.removesuffix(LINK) for part in (*last, *first)}):
        counts = (last[part], first[part], first[part + LINK])
        if max(counts) >= 1:
            yield MARK + part, " ".join(f"{count:.1f}" for count in counts)


def _nouns(forms: dict[str, str]) -> set[str]:
    """Give the nouns, lower case, without the adjectives that are written like nouns (Verkeilteste)."""
    nouns = set()
    for lemma in set(forms.values()):
        if not (lemma[:1].isupper() and lemma[1:].islower() and lemma.isalpha()):
            continue
        lower = lemma.lower()
        if _VOWELS.isdisjoint(lower):
            continue
        adjective = forms.get(lower, "") if lower.endswith("e") else ""
        # A verb's form is no objection: `schule` is of schulen, and Schule a noun.
        if not (adjective[:1].islower() and adjective != lower and not adjective.endswith("n")):
            nouns.add(lower)
    return nouns


def _cuts(noun: str, nouns: set[str], heads: set[str], forms: dict[str, str]) -> list[tuple[str, str]]:
    """Give every pair of nouns that makes up a noun; a first noun before a linking -s is marked so."""
    found = []
    for at in range(2, len(noun) - 1):
        right = noun[at:]
        if right in heads and _may_be("not-first", left := noun[:at]):
            lemma = next(first_lemmas(left, nouns.__contains__, lambda form: forms.get(form.capitalize())), None)
            if lemma:
                found.append((lemma + LINK if _has_link(left, lemma) else lemma, right))
    return found


def _bound(whole: Iterable[str], last: _Counts) -> Counter[str]:
    """Count what stands before a good head in nouns that cannot be cut into two nouns: cyber-, sozial-, lern-."""
    found = Counter[str]()
    for noun in whole:
        heads = [
            (last[noun[at:]], at)
            for at in range(_SHORTEST, len(noun) - _SHORTEST + 1)
            if last[noun[at:]] >= _BOUND_HEAD and _may_be("not-last", noun[at:])
        ]
        if heads:
            found[noun[: max(heads)[1]]] += 1
    return Counter({part: count for part, count in found.items() if _may_be("not-first", part)})


def _has_link(surface: str, lemma: str) -> bool:
    """Tell whether a first part ends in an -s that its lemma does not have."""
    return surface.endswith("s") and not lemma.endswith("s")


def _again(cuts: Iterable[list[tuple[str, str]]], last: _Counts, first: _Counts) -> tuple[_Counts, _Counts]:
    """Count the witnesses once more, each noun's voice divided by what was counted before."""
    new_last: defaultdict[str, float] = defaultdict(float)
    new_first: defaultdict[str, float] = defaultdict(float)
    for found in cuts:
        if len(found) == 1:  # most nouns: a whole voice, whatever was counted before
            ((left, right),) = found
            new_last[right] += 1.0
            new_first[left] += 1.0
            continue
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
    return frozenset(row[0] for row in _parts_table() if row[1] == verdict)


@cache
def _parts_table() -> list[list[str]]:
    return data_rows("german_parts.tsv")


@cache
def _whole() -> frozenset[str]:
    """Give the words that are never cut."""
    return frozenset(data_lines("german_whole.txt"))
