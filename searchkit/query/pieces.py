"""What does one piece of a query say, between two blanks?

A piece is a word, a pattern (``wo?d``), a word with its ``~1``, or the value of
a condition (``date:2024..``).  Operators, brackets and quotation marks are the
business of ``syntax``.  What is wrong with a piece is a ``ValueError`` here;
``syntax`` knows its place.
"""

import re
from collections.abc import Collection

from searchkit.query.tree import Condition, Pattern, Word

MAX_EDITS = 2  # a third edit finds more strangers than typing errors
CONDITIONS = {
    "lang": "write a code such as lang:de, or lang:other",
    "path": "write a pattern such as path:reports/*",
    "date": "write a date such as date:2024, date:2024-05..2024-06, date:..2023",
}
"""Fields that are conditions, each with what to do where its value is none."""

# Words that carry more than these around a star are no patterns: a*b=c is a formula.
_PATTERN = re.compile(r"(?:[\w*?'\u2019\u02bc.-]|[^\W\d_][\u0300-\u036f])+")
_WILD = re.compile(r"[*?]+")
_TRIM = re.compile(r"^[^\w*]+|[^\w*]+$")
_FUZZY = re.compile(r"~(\d*)$")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}|other")
_FIELD = re.compile(r"([a-z_]+):")
_STOP = re.compile(r"[\s()]")


def is_text(piece: str) -> bool:
    """Tell whether a letter or digit stands in a piece: whether it can be looked up at all."""
    return any(map(str.isalnum, piece))


def field_before(text: str, at: int, fields: Collection[str]) -> str:
    """Name the field that is asked for at a place; "" for none."""
    match = _FIELD.match(text, at)
    return match.group(1) if match and match.group(1) in fields else ""


def piece_end(text: str, at: int, quotes: frozenset[str] = frozenset()) -> int:
    """Find where a piece ends: at white space, a quotation mark or a bracket that the piece did not open.

    A bracket behind a letter is a part of the piece (``Lehrer(in)``, ``f(x)``).
    """
    depth = 0
    while at < len(text):
        char = text[at]
        if char.isspace() or char in quotes:
            break
        if char == "(":
            depth += 1
        elif char == ")":
            if not depth:
                break
            depth -= 1
        at += 1
    return at


def term(piece: str, even: str, start: int, end: int, *, exact: bool, strict: bool) -> Word | Pattern | None:
    """Read a word, a fuzzy word or a pattern.

    Args:
        piece: as written, without an ``=`` before it.
        even: the same with its wide signs made plain, character by character.
        start: where it begins in the query, with its ``=``.
        end: where it ends.
        exact: an ``=`` stood before it.
        strict: whether a doubtful ``~`` is the operator: ``안녕~`` is how Koreans
            end a friendly sentence, and asks for nothing.

    Returns:
        None for a piece without a letter or digit.

    Raises:
        ValueError: it looks like an operator and is none.
    """
    if even.count("(") != even.count(")"):
        raise ValueError("a bracket inside a word is not closed in it")
    fuzzy = _FUZZY.search(even)
    # 1~2 is a range (and 3월~5 stays an error: nobody can tell).
    if fuzzy and any(map(str.isalpha, piece[: fuzzy.start()])):
        return _fuzzy_word(piece[: fuzzy.start()], fuzzy.group(1), start, end, exact=exact, strict=strict)
    if "*" in even or "?" in even:
        pattern = _pattern(even)
        if pattern:
            return Pattern(pattern, start, end)
    return Word(piece, start, end, exact=exact) if is_text(piece) else None


def _fuzzy_word(word: str, edits: str, start: int, end: int, *, exact: bool, strict: bool) -> Word:
    if exact or "*" in word:
        raise ValueError("~ goes with neither = nor *")
    if not strict and not edits and word[-1] >= "\u1100":
        raise ValueError("~ ends a sentence here")
    if edits and int(edits[:9]) > MAX_EDITS:
        raise ValueError(f"at most {MAX_EDITS} edits: ~1 or ~2")
    return Word(word, start, end, edits=None if edits.strip("0") == "" and edits else int(edits or 0))


def _pattern(piece: str) -> str:
    """Give the pattern in a piece; "" where its signs are punctuation (``Wer?``, ``https://x/a?b``)."""
    core = _TRIM.sub("", piece)
    stars = [match for match in _WILD.finditer(core) if "*" in match.group() or _is_inside(core, match)]
    if not stars:
        return ""
    if not _PATTERN.fullmatch(core) or not is_text(core) or any("**" in match.group() for match in stars):
        if "*" in core:
            raise ValueError("* stands for letters of one word: word*, *word, wo*d")
        return ""
    return _WILD.sub(lambda match: match.group() if _is_inside(core, match) else match.group().replace("?", ""), core)


def _is_inside(word: str, match: re.Match[str]) -> bool:
    """Tell whether a match has a letter or digit on both sides."""
    return match.start() > 0 and match.end() < len(word) and word[match.start() - 1].isalnum() and word[match.end()].isalnum()


def condition(name: str, value: str, start: int, end: int) -> Condition:
    """Read the value of a condition.

    Raises:
        ValueError: it is none.
    """
    if not value:
        raise ValueError(f"nothing after {name}:")
    if name == "path":
        return Condition(name, value, value, start, end)
    if name == "lang":
        if not _LANGUAGE.fullmatch(value):
            raise ValueError(f"{value} is no language code")
        return Condition(name, value.lower(), value.lower(), start, end)
    low, dots, high = value.partition("..")
    if not dots:
        high = low
    for date in filter(None, (low, high)):
        if not _DATE.fullmatch(date):
            raise ValueError(f"{date} is no date")
    if not low and not high:
        raise ValueError("a range without a date")
    # "2024-05" to "2024" is no empty range: a shorter date lasts until its end.
    if low and high and low > high + "~":
        raise ValueError(f"{low} is after {high}")
    return Condition(name, low, high, start, end)
