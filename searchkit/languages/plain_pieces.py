"""What do the plain pieces of many texts say, all at once?

Nine pieces of ten are one word in letters of one script, with or without a
sign after it.  Such a word's letters, and the languages that it speaks for and
against, are found here for a hundred thousand of them by arithmetic on their
code points; the answer is that of ``ballot.letters`` and ``identify.grounds``.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.languages.identify import evidence, foreign_profiles
from searchkit.text.words import RUN_CHARS

SIGNS = ".,;:!?"
LATIN, CYRILLIC, HANGUL, OTHER = 1, 2, 4, 8
"""Kinds of letters."""

_SMALL = 16  # beside the kind of a letter: it is a small one
_SYLLABLES = 0xAC00, 0xD7A4
_POINT_BITS = 11  # Latin and Cyrillic letters lie below U+0530
_LANE = 5  # letters that one number holds
_BEFORE_ENDING = 2  # letters, at least: `identify.grounds` has it so
_TABLE = 0x530
_APART = 0x149  # U+0149 is an apostrophe and an n

Ints = NDArray[np.int64]
Masks = NDArray[np.uint64]


class Plain(NamedTuple):
    """What pieces are.

    Attributes:
        kind: (pieces,) ``LATIN``, ``CYRILLIC`` or ``HANGUL`` where the piece is one word of such letters, else ``OTHER``.
        size: (pieces,) letters of that word.
    """

    kind: Ints
    size: Ints


def kinds(pieces: list[str]) -> Plain:
    """Tell which of some pieces (never empty) are plain, and how many letters they have."""
    points = np.frombuffer("\n".join([*pieces, ""]).encode("utf-32-le", "surrogatepass"), "<u4")
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    ends = np.cumsum(sizes + 1) - 1
    starts = ends - sizes
    classes = _classes()[np.minimum(points, _TABLE)]
    classes[(points >= _SYLLABLES[0]) & (points < _SYLLABLES[1])] = HANGUL
    signed = np.isin(points[ends - 1], [ord(sign) for sign in SIGNS]) & (sizes > 1)
    classes[ends[signed] - 1] = 0
    classes[ends] = 0
    found = np.bitwise_or.reduceat(classes, starts)
    size = sizes - signed
    kind = found.astype(np.int64) & ~_SMALL
    # What has no small letter may be a Roman number.
    plain = np.isin(found, [LATIN | _SMALL, CYRILLIC | _SMALL, HANGUL]) & (size <= RUN_CHARS)
    return Plain(np.where(plain, kind, OTHER), size)


@cache
def _classes() -> NDArray[np.uint8]:
    """Give the class of each code point below U+0530, and of all others."""
    table = np.full(_TABLE + 1, OTHER, np.uint8)
    for point in (*range(0x250), *range(0x400, _TABLE)):
        char = chr(point)
        if char.isalpha() and point != _APART and all(ord(folded) < _TABLE for folded in char.casefold()):
            table[point] = (LATIN if point < 0x250 else CYRILLIC) | (_SMALL if char.islower() else 0)  # noqa: PLR2004 -- as above
    return table


class Spoken(NamedTuple):
    """What words speak for and against; languages by their place among those of the script, a bit each.

    Attributes:
        pro: (words,) languages.
        known: (words,) whether by the very word, or by its ending.
        contra: (words,) languages that lack one of its letters.
        is_name: (words,) whether the word begins with a capital.
    """

    pro: Masks
    known: NDArray[np.bool_]
    contra: Masks
    is_name: NDArray[np.bool_]


def spoken(words: list[str], script: str) -> Spoken:
    """Tell what plain words of one script speak for and against, as ``identify.grounds`` does one by one."""
    facts = evidence(script)
    folded = "\n".join([*words, ""]).casefold()
    lowers = folded.split("\n")[:-1]
    points = np.frombuffer(folded.encode("utf-32-le"), "<u4").astype(np.int64)
    sizes = np.fromiter(map(len, lowers), np.int64, len(lowers))
    ends = np.cumsum(sizes + 1) - 1
    letters = points.copy()
    letters[ends] = 0
    contra = np.bitwise_or.reduceat(_foreign(script)[letters], ends - sizes)
    pro = _by_ending(script, points, ends, sizes)
    known = np.zeros(len(words), bool)
    for at, languages in enumerate(map(facts.words.get, lowers)):
        if languages:
            pro[at], known[at] = _mask(languages), True
    return Spoken(pro, known, contra, np.fromiter((word[0].isupper() for word in words), bool, len(words)))


def _by_ending(script: str, points: Ints, ends: Ints, sizes: Ints) -> Masks:
    """Tell the languages that have an ending of the words."""
    pro = np.zeros(len(sizes), np.uint64)
    for group in _endings(script):
        mine = np.flatnonzero(sizes >= group.size + _BEFORE_ENDING)
        if not len(mine):
            continue
        last = _lane(points, ends[mine], 0, min(group.size, _LANE))
        at = np.minimum(np.searchsorted(group.last, last), len(group.last) - 1)
        hit = group.last[at] == last
        if group.size > _LANE:
            hit[hit] = _lane(points, ends[mine[hit]], _LANE, group.size) == group.before
        pro[mine[hit]] |= group.masks[at[hit]]
    return pro


def _lane(points: Ints, ends: Ints, low: int, high: int) -> Ints:
    """Put some letters of words into one number each; letters are counted from the end, from 0."""
    lane = np.zeros(len(ends), np.int64)
    for at in range(low, high):
        lane |= points[ends - 1 - at] << (_POINT_BITS * (at - low))
    return lane


class _Endings(NamedTuple):
    """Endings of so many letters.

    Attributes:
        size: letters.
        last: (endings,) the last letters of each, as ``_lane`` gives them, rising.
        before: those before them, where there are more than a lane holds: a longer ending has a group of its own.
        masks: (endings,) languages.
    """

    size: int
    last: Ints
    before: int
    masks: Masks


@cache
def _endings(script: str) -> tuple[_Endings, ...]:
    """Group the endings of a script by their length."""
    groups: dict[tuple[int, int], dict[int, int]] = {}
    for ending, languages in evidence(script).endings.items():
        points = np.array(list(map(ord, ending)), np.int64)
        end = np.array([len(ending)])
        before = int(_lane(points, end, _LANE, len(ending))[0]) if len(ending) > _LANE else 0
        groups.setdefault((len(ending), before), {})[int(_lane(points, end, 0, min(_LANE, len(ending)))[0])] = _mask(languages)
    return tuple(
        _Endings(size, np.array(sorted(group), np.int64), before, np.array([group[last] for last in sorted(group)], np.uint64))
        for (size, before), group in sorted(groups.items())
    )


@cache
def _foreign(script: str) -> Masks:
    """Give the languages that lack a letter, by code point below U+0530."""
    table = np.zeros(_TABLE, np.uint64)
    everywhere = evidence(script).everywhere
    for point in range(_TABLE):
        if chr(point) not in everywhere:
            table[point] = _mask(foreign_profiles(frozenset(chr(point)), script))
    table[0] = 0
    return table


def _mask(languages: Iterable[int]) -> int:
    return sum(1 << at for at in set(languages))


def members(mask: int) -> tuple[int, ...]:
    """Give the languages of a mask."""
    return tuple(at for at in range(mask.bit_length()) if mask >> at & 1)
