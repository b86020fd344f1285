"""What do a hyphen, a number and a diacritic mean, whatever the language?

``compose`` builds the analysis of a written word from an analyser of simple
words, so that every language treats ``co-operation``, ``1,000`` and
``12.04.2024`` alike.  Nothing here knows a language: a suffix after a hyphen
(АҚШ-тың) is the business of the language that has it, before it calls.
"""

import unicodedata
from collections.abc import Callable, Iterable

from searchkit.languages.base import Analysis, Reading
from searchkit.text.normalize import strip_marks, term_form
from searchkit.text.patterns import lazy_pattern
from searchkit.text.words import parts

# A part's spelling-free key stands for the part only together with the other
# parts, or a query for `café-bar` would be content with any `cafe`.
FOLDED_PART_WEIGHT = 0.7
MAX_READINGS = 8  # German gives up to four a part, more than two parts with several are names

_GROUPED = lazy_pattern(r"\d{1,3}(?:([.,\u00a0\u202f\u2009 ])\d{3})(?:\1\d{3})*")
_NUMBER = lazy_pattern(r"\d+(?:[.,:\u00a0\u202f\u2009 ]\d+)*")
_SEPARATOR = lazy_pattern(r"[^\d]+")


def compose(word: str, part: Callable[[str], Analysis]) -> Analysis:
    """Analyse a written word from the analyses of its parts.

    A simple word is ``part(word)``; a number is ``number(word)`` and never
    reaches ``part``.  A hyphenated word is first the joined word
    (``co-operation`` is ``cooperation``), second its parts, one after the
    other (``IT-Ausbildung`` holds ``Ausbildung``).

    Args:
        word: as written, letter case kept.
        part: analyses a word without hyphens.

    Returns:
        The analysis; the ``inner`` of the parts counts on from part to part.
    """
    pieces = parts(word)
    if len(pieces) < 2:  # noqa: PLR2004 -- a word with one hyphen has two parts
        return _simple(pieces[0] if pieces and not word.isascii() else word, part)
    joined = _simple("".join(pieces), part)
    analyses = [_simple(piece, part) for piece in pieces]
    side_by_side = _side_by_side(analyses)
    apart = {term for reading in side_by_side for term, _ in reading.terms}
    # Online-Kurs has its Kurs after the hyphen; found inside Onlinekurs too, it would stand there twice, and above a Kurs.
    joint = [reading for reading in joined.readings if len(reading.terms) == 1 or not apart.issuperset(dict(reading.terms))]
    readings = tuple(dict.fromkeys((*joint, *side_by_side)))[:MAX_READINGS]
    stems = {term for reading in readings for term, _ in reading.terms}
    words = ((term_form(word), 0), *((analysis.words[0][0], at) for at, analysis in enumerate(analyses)))
    every = (joined, *analyses)
    return Analysis(
        words=words,
        readings=readings,
        grams=_merged(analysis.grams for analysis in every),
        folds=tuple(fold for fold in joined.folds if fold not in stems),
        lemmas=_merged(analysis.lemmas for analysis in every),
        word_width=len(analyses),
        stem_width=1 + max(at for reading in readings for _, at in reading.terms),
    )


def plain(word: str) -> Analysis:
    """Analyse a word of which nothing is known but its spelling."""
    term = term_form(word) or word
    return Analysis(((term, 0),), (Reading(((term, 0),)),), folds=diacritic_fold(term))


def diacritic_fold(term: str) -> tuple[str, ...]:
    """Give the term without its diacritics, where that is another one: ``café`` gives ``cafe``."""
    bare = strip_marks(term)
    return (bare,) if bare != term else ()


def number(word: str) -> Analysis | None:
    """Analyse a number; None for anything with a letter in it.

    ``1,000``, ``1.000`` and ``1 000`` meet ``1000``; ``3,5`` meets ``3.5``; a
    date or version of three components and more is also its components
    (``2024`` finds ``12.04.2024``).  Half a time or a decimal is no number
    that one looks for: ``14:30`` does not meet ``14``.
    """
    term = term_form(word)
    if not _NUMBER.fullmatch(term):
        return None
    plain_digits = _ascii_digits(term)
    whole = Reading(((term, 0),))
    components = _SEPARATOR.split(plain_digits)
    if _GROUPED.fullmatch(plain_digits):
        folds: tuple[str, ...] = ("".join(components),)
    elif len(components) > 2:  # noqa: PLR2004 -- two are a decimal or a time, three a date
        by_component = Reading(tuple((component, at) for at, component in enumerate(components)))
        return Analysis(((term, 0),), (whole, by_component), lemmas=(term,), stem_width=len(components))
    else:
        folds = (plain_digits.replace(",", "."),)
    folds = tuple(fold for fold in folds if fold != term)
    return Analysis(((term, 0),), (whole,), folds=folds, lemmas=(term,))


def _simple(word: str, part: Callable[[str], Analysis]) -> Analysis:
    """Analyse a word without hyphens, numbers included."""
    return (number(word) if word[:1].isdigit() else None) or part(word)


def _side_by_side(analyses: list[Analysis]) -> list[Reading]:
    """Read the parts one after the other: all their first readings, all their second ones, and so on."""
    choices = [[*analysis.readings, *(Reading(((fold, 0),), FOLDED_PART_WEIGHT) for fold in analysis.folds)] for analysis in analyses]
    combined = []
    for rank in range(min(MAX_READINGS, max(map(len, choices)))):
        terms: list[tuple[str, int]] = []
        base = 0
        weight = 1.0
        for choice, analysis in zip(choices, analyses, strict=True):
            reading = choice[rank] if rank < len(choice) else choice[0]
            terms.extend((term, base + inner) for term, inner in reading.terms)
            weight = min(weight, reading.weight)
            base += analysis.stem_width
        combined.append(Reading(tuple(terms), weight))
    return combined


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Join tuples of strings, each string once, in order."""
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _ascii_digits(term: str) -> str:
    """Write the digits of any script as ``0`` to ``9``."""
    return term if term.isascii() else "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in term)
