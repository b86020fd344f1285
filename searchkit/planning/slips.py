"""How likely is it that somebody who meant one word typed another?

A weighted optimal string alignment: every slip of the fingers has a cost, the
negative logarithm of about how often it happens at one place of a word.
Transposed, dropped and doubled letters and keys beside the right one are the
rule; another letter altogether is not; the first letter is seldom wrong.

The order of the costs follows studies of typing and of search queries (Grudin
1983; Whitelaw et al., EMNLP 2009): doubled letters are dropped most easily, then
transpositions, omissions, doublings, neighbouring keys, insertions, letters that
sound alike, the rest.
"""

from functools import cache

from searchkit.planning.keyboards import neighbours
from searchkit.text.normalize import strip_marks

FORGOTTEN_MARK = 0.7  # ö typed as o, қ as к, ㄲ as ㄱ: another key, but no other letter to the writer
DROPPED_DOUBLE = 1.2
TRANSPOSED = 1.6
DROPPED = 2.0
DOUBLED = 2.0
NEIGHBOUR = 2.8
NEIGHBOUR_ADDED = 3.6
VOWEL = 3.8  # one vowel for another: seperate
SOUND = 3.8  # a consonant that sounds alike: Advokat, Adwokat
OTHER = 4.8
ADDED = 5.0
FIRST = 1.0  # on top, where the first letter is concerned

_FAR = 99.0
_VOWELS = frozenset("aeiouyäöüаеёиоуыэюяәөұүіㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ")
_SOUNDS = tuple(
    map(
        frozenset,
        (
            "ck",
            "kq",
            "sz",
            "cs",
            "fv",
            "vw",
            "dt",
            "bp",
            "gk",
            "iy",
            "ij",
            "jy",
            "mn",
            "дт",
            "бп",
            "гк",
            "зс",
            "жш",
            "вф",
            "шщ",
            "чщ",
            "тц",
        ),
    )
)
_UNMARKED = str.maketrans("әғқңөұүһіёㄲㄸㅃㅆㅉㅒㅖ", "агкноуухиеㄱㄷㅂㅅㅈㅐㅔ")


@cache
def _near() -> dict[str, frozenset[str]]:
    """Give the letters beside each letter, on any keyboard that has both."""
    near: dict[str, frozenset[str]] = {}
    for layout in ("en", "de", "ru", "kk", "ko"):
        for char, others in neighbours(layout).items():
            near[char] = near.get(char, frozenset()) | frozenset(others)
    return near


@cache
def _replaced(typed: str, meant: str) -> float:
    """Cost of typing one letter for another."""
    if strip_marks(typed).translate(_UNMARKED) == strip_marks(meant).translate(_UNMARKED):
        return FORGOTTEN_MARK
    near = _near()
    plain_typed, plain_meant = typed.translate(_UNMARKED), meant.translate(_UNMARKED)
    if typed in near.get(meant, ()) or plain_typed in near.get(plain_meant, ()):
        return NEIGHBOUR
    if typed in _VOWELS and meant in _VOWELS:
        return VOWEL
    return SOUND if frozenset((typed, meant)) in _SOUNDS else OTHER


@cache
def _added(char: str, before: str, after: str) -> float:
    """Cost of a letter too many, between the two letters that were meant."""
    if char in (before, after):
        return DOUBLED
    near = _near()
    return NEIGHBOUR_ADDED if char in near.get(before, ()) or char in near.get(after, ()) else ADDED


def slip_cost(typed: str, meant: str) -> float:
    """Weigh the cheapest way from what was meant to what was typed.

    Args:
        typed: letters, or keystrokes of Hangul.
        meant: the same of the word that may have been meant.

    Returns:
        0 for equal strings; no more than ``OTHER`` (and ``FIRST``) for each edit.
    """
    if typed == meant:
        return 0.0
    start = 0
    # Equal ends cost nothing; one letter before the first difference stays, for doublings and transpositions.
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    start = max(start - 1, 0)
    stop = 0
    while stop < min(len(typed), len(meant)) - start - 1 and typed[-1 - stop] == meant[-1 - stop]:
        stop += 1
    stop = max(stop - 1, 0)
    return _aligned(typed[start : len(typed) - stop], meant[start : len(meant) - stop], at_start=start == 0)


def _aligned(typed: str, meant: str, *, at_start: bool) -> float:
    """Fill the table of the weighted alignment, row by row of what was typed."""
    width = len(meant) + 1
    before: list[float] = [0.0] * width
    above: list[float] = [0.0] * width
    for row in range(len(typed) + 1):
        now = [_FAR] * width
        char = typed[row - 1] if row else ""
        for column in range(width):
            first = FIRST if at_start and row <= 1 and column <= 1 else 0.0
            if not row and not column:
                now[0] = 0.0
                continue
            best = _FAR
            wanted = meant[column - 1] if column else ""
            if row:
                best = above[column] + _added(char, wanted, meant[column] if column < len(meant) else "") + first
            if column:
                doubled = column > 1 and meant[column - 2] == wanted
                best = min(best, now[column - 1] + (DROPPED_DOUBLE if doubled else DROPPED) + first)
            if row and column:
                best = min(best, above[column - 1] + (0.0 if char == wanted else _replaced(char, wanted) + first))
                if row > 1 and column > 1 and char == meant[column - 2] and wanted == typed[row - 2] and char != wanted:
                    best = min(best, before[column - 2] + TRANSPOSED)
            now[column] = best
        before, above = above, now
    return above[-1]
