"""Where do the words of a phrase stand, whatever language each of them is in?

Written words become slots: at each position the terms that every language of
the scope would have put there.  Positions are counted over the whole document,
so the words of one phrase may lie in the fields of different languages.
"""

from collections.abc import Sequence
from itertools import islice, product

from searchkit.analysis import QueryWord, field
from searchkit.engine.plan import Phrase
from searchkit.languages.base import Analysis
from searchkit.typed import NamedTuple

WAYS = 16  # four words of unsure width; each way costs the places of all its terms


class Slots(NamedTuple):
    """A word that takes up so many positions.

    Attributes:
        width: in positions.
        slots: ``(inner, ((field, term), ...))``, rising.
    """

    width: int
    slots: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]


Ways = tuple[Slots, ...]
"""A word in each of the widths that it may have, likeliest first: never empty."""


def stem_ways(part: str, words: Sequence[QueryWord]) -> Ways:
    """Say where the stems of a written word stand: all readings of all languages.

    Languages may disagree on its width (``АҚШ-тың`` is one word of Kazakh and
    two of Russian); and what is hyphenated in the query may be one word in a
    text (``co-operation``).
    """
    placed: list[tuple[int, str, list[tuple[str, int]]]] = []
    joined: list[tuple[int, str, list[tuple[str, int]]]] = []
    for word in words:
        analysis, name = word.analysis, field(part, "stem", word.code)
        terms = [term for reading in analysis.readings for term in reading.terms]
        folds = [(fold, 0) for fold in analysis.folds]
        placed.append((analysis.stem_width, name, terms + folds))
        narrow = _joined(analysis)
        if narrow:
            width = 1 + max(inner for _, inner in narrow)
            joined.append((width, name, narrow + folds))
    return _by_width(placed + joined)


def surface_ways(part: str, words: Sequence[QueryWord]) -> Ways:
    """Say where a word stands exactly as written: hyphenated ones whole."""
    return _by_width([(word.analysis.word_width, field(part, "word", word.code), list(word.analysis.words[:1])) for word in words])


def light_ways(part: str, words: Sequence[QueryWord]) -> Ways:
    """Say where the lighter spellings of a word stand, or the word as written: either ``cafe`` or ``café`` finds the other."""
    placed: list[tuple[int, str, list[tuple[str, int]]]] = []
    for word in words:
        analysis = word.analysis
        placed.append((analysis.word_width, field(part, "word", word.code), list(analysis.words)))
        placed.append((analysis.word_width, field(part, "fold", word.code), [(term, 0) for term in light_terms(analysis)]))
    return _by_width(placed)


def light_terms(analysis: Analysis) -> tuple[str, ...]:
    """Give what a word is looked for by in the ``fold`` channel: its plain stem, and its lighter spellings."""
    first = analysis.readings[0].terms
    plain = (first[0][0],) if len(first) == 1 else ()
    return tuple(dict.fromkeys((*plain, *analysis.folds)))


def phrases(words: Sequence[Ways], *, slop: int = 0, weight: float = 1.0) -> list[Phrase]:
    """Put words one after the other: one phrase, or some where a word may have several widths."""
    return [Phrase(_in_a_row(way), slop, weight) for way in islice(product(*words), WAYS)]


def _joined(analysis: Analysis) -> list[tuple[str, int]]:
    """Give the terms of a hyphenated word written in one, if they take up less room than its parts."""
    width = _width(analysis.readings[0].terms)
    if analysis.word_width == 1 or width >= analysis.stem_width:
        return []
    return [term for reading in analysis.readings if _width(reading.terms) == width for term in reading.terms]


def _width(terms: Sequence[tuple[str, int]]) -> int:
    return 1 + max(inner for _, inner in terms)


def _by_width(placed: Sequence[tuple[int, str, list[tuple[str, int]]]]) -> Ways:
    """Gather what has the same width."""
    widths: dict[int, dict[int, dict[tuple[str, str], None]]] = {}
    for width, name, terms in placed:
        slots = widths.setdefault(width, {})
        for text, inner in terms:
            slots.setdefault(inner, {})[name, text] = None
    return tuple(Slots(width, tuple((inner, tuple(terms)) for inner, terms in sorted(slots.items()))) for width, slots in widths.items())


def _in_a_row(words: Sequence[Slots]) -> tuple[tuple[int, tuple[tuple[str, str], ...]], ...]:
    """Count the positions on from word to word."""
    slots: list[tuple[int, tuple[tuple[str, str], ...]]] = []
    at = 0
    for word in words:
        slots.extend((at + inner, terms) for inner, terms in word.slots)
        at += word.width
    return tuple(slots)
