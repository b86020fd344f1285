"""What may a Russian word be that the dictionary does not have?

pymorphy3's answer, unit by unit, for words of Russian letters alone: by the
word that follows a prefix, and by the words that end alike (Korobov, 2015,
section 3).  ``tests/languages/test_russian_dictionary.py`` holds it against the
original.
"""

from functools import cache
from operator import itemgetter

from searchkit.languages._russian_dictionary import RussianDictionary
from searchkit.languages.datafiles import data_words

_UNPRODUCTIVE = frozenset({"NUMR", "NPRO", "PRED", "PREP", "CONJ", "PRCL", "INTJ", "Apro"})
_PARADIGM_PREFIXES = ("наи", "по", "")
_LONGEST_PREFIX, _SHORTEST_REST = 5, 3
_LONGEST_ENDING, _SHORTEST_WORD = 5, 4
# What a parse counts beside one by the dictionary.
_BEHIND_KNOWN, _BEHIND_UNKNOWN, _BY_ENDING = 0.75, 0.5, 0.5

Parse = tuple[str, str, str, float, int | None]
"""Spelling, tag, lemma, share, paradigm."""
_Seen = set[tuple[str, str, int | None]]

_share = itemgetter(3)


def parses(word: str, dictionary: RussianDictionary) -> list[Parse]:
    """Parse a word, best first: by the dictionary; if that does not have it, by its beginning and its ending."""
    found = _listed(word, dictionary) or _behind_known_prefixes(word, dictionary)
    if not found:
        seen: _Seen = set()
        found = [*_behind_unknown_prefixes(word, dictionary, seen), *_by_ending(word, dictionary, seen)]
    if not found:
        found = [(word, "UNKN", word, 1.0, None)]
    shares = [dictionary.share(word, tag) for _, tag, _, _, _ in found]
    if sum(shares) == 0:
        whole = 1.0 / sum(map(_share, found))
        return [(spelling, tag, lemma, share * whole, paradigm) for spelling, tag, lemma, share, paradigm in found]
    counted = [(spelling, tag, lemma, share, paradigm) for (spelling, tag, lemma, _, paradigm), share in zip(found, shares, strict=True)]
    return sorted(counted, key=_share, reverse=True)


def _listed(word: str, dictionary: RussianDictionary) -> list[Parse]:
    """Give the parses of a word of the dictionary."""
    return [
        (spelling, dictionary.tag(paradigm, form), dictionary.lemma(spelling, paradigm, form), 1.0, paradigm)
        for spelling, places in dictionary.entries(word)
        for paradigm, form in places
    ]


def _behind_known_prefixes(word: str, dictionary: RussianDictionary) -> list[Parse]:
    """Parse what follows a prefix that changes nothing, the longest first: псевдокошка is кошка."""
    found: list[Parse] = []
    seen: _Seen = set()
    for prefix in sorted(filter(word.startswith, _known_prefixes()), key=len, reverse=True):
        if len(word) - len(prefix) >= _SHORTEST_REST:
            found += _prefixed(prefix, parses(word[len(prefix) :], dictionary), _BEHIND_KNOWN, seen)
    return found


def _behind_unknown_prefixes(word: str, dictionary: RussianDictionary, seen: _Seen) -> list[Parse]:
    """Parse the words of the dictionary that a word ends in: байткод is код."""
    found: list[Parse] = []
    for at in range(1, 1 + min(_LONGEST_PREFIX, len(word) - _SHORTEST_REST)):
        found += _prefixed(word[:at], _listed(word[at:], dictionary), _BEHIND_UNKNOWN, seen)
    return found


def _prefixed(prefix: str, rest: list[Parse], factor: float, seen: _Seen) -> list[Parse]:
    """Put a prefix before parses that new words are made by, each once."""
    found: list[Parse] = []
    for spelling, tag, lemma, share, paradigm in rest:
        if _is_productive(tag) and _is_new((prefix + spelling, tag, paradigm), seen):
            found.append((prefix + spelling, tag, prefix + lemma, share * factor, paradigm))
    return found


def _by_ending(word: str, dictionary: RussianDictionary, seen: _Seen) -> list[Parse]:
    """Parse a word as those that end alike, by the longest ending that any does: бутявкать is as тявкать."""
    if len(word) < _SHORTEST_WORD:
        return []
    found: list[Parse] = []
    for prefix in filter(word.startswith, _PARADIGM_PREFIXES):
        mine: list[Parse] = []
        total = 1
        for size in range(_LONGEST_ENDING, 0, -1):
            for ending, places in dictionary.endings(prefix, word[-size:]):
                spelling = word[:-size] + ending
                for count, paradigm, form in places:
                    tag = dictionary.tag(paradigm, form)
                    if not _is_productive(tag):
                        continue
                    total += count
                    if _is_new((spelling, tag, paradigm), seen):
                        mine.append((spelling, tag, dictionary.lemma(spelling, paradigm, form), count, paradigm))
            if total > 1:
                break
        found += [(spelling, tag, lemma, count / total * _BY_ENDING, paradigm) for spelling, tag, lemma, count, paradigm in mine]
    return sorted(found, key=_share, reverse=True)


def _is_new(parse: tuple[str, str, int | None], seen: _Seen) -> bool:
    """Tell whether a parse was not seen yet, and remember it; where a tag's blank stands makes no difference."""
    spelling, tag, paradigm = parse
    key = spelling, tag.replace(" ", ",", 1), paradigm
    if key in seen:
        return False
    seen.add(key)
    return True


@cache
def _is_productive(tag: str) -> bool:
    """Tell whether a language makes new words of this kind: no pronouns, no prepositions."""
    return _UNPRODUCTIVE.isdisjoint(tag.replace(" ", ",", 1).split(","))


@cache
def _known_prefixes() -> tuple[str, ...]:
    return tuple(data_words("russian_prefixes.txt"))
