"""Can a command line be taken apart without Click?

A search for words with plain options can: Click alone costs three empty
interpreters, more than the search.  What is not surely understood here (an
option that is cut short or misspelt, a wrong value, standard input, another
command) is Click's, which also says what is wrong with it.  The table below is
held against Click's own by a test, command line by command line.
"""

import os
from collections.abc import Iterator, Sequence

from searchkit.cli.told import Common

TYPE_CHECKING = False  # what `typing` calls so, without its import
if TYPE_CHECKING:
    from typing import Any

DEFAULTS: "dict[str, Any]" = {
    "query": (),
    "limit": 10,
    "offset": 0,
    "lang": "auto",
    "in_languages": (),
    "paths": (),
    "since": "",
    "until": "",
    "match": "auto",
    "exact": False,
    "fuzzy": "auto",
    "sort": "score",
    "syntax": None,
    "snippets": 1,
    "context": 200,
    "explain": False,
    "only_paths": False,
    "null": False,
    "only_count": False,
    "format_": "auto",
    "queries": None,
    "timeout_seconds": None,
}
"""What Click hands to the command where nothing is said."""
_COUNTS = {
    "-n": ("limit", 0),
    "--limit": ("limit", 0),
    "--offset": ("offset", 0),
    "--snippets": ("snippets", 0),
    "--context": ("context", 20),
}
_CHOICES = {
    "--match": ("match", ("auto", "all", "any")),
    "--fuzzy": ("fuzzy", ("auto", "off", "on")),
    "--syntax": ("syntax", ("auto", "plain", "full")),
    "--lang": ("lang", ("auto", "ko", "kk", "ru", "de", "en", "other")),
    "--format": ("format_", ("auto", "text", "json", "jsonl", "tsv", "csv", "trec", "paths", "grep")),
}
_LANGUAGES = ("ko", "kk", "ru", "de", "en", "other")
_FLAGS = {
    "--exact": "exact",
    "-l": "only_paths",
    "--paths": "only_paths",
    "-0": "null",
    "--null": "null",
    "-c": "only_count",
    "--count": "only_count",
}
_COLORS = ("auto", "always", "never")
MOST_DIGITS = 9


class Plain:
    """A search as the command line gave it.

    Attributes:
        common: what every command is told.
        given: the options by the names that Click hands over.
    """

    __slots__ = ("common", "given")

    def __init__(self) -> None:
        self.common = Common()
        self.given = dict(DEFAULTS)


def plain_search(arguments: Sequence[str]) -> Plain | None:
    """Take a command line apart; None if that is Click's business."""
    if "_SEARCHKIT_COMPLETE" in os.environ or "search" not in arguments:
        return None
    plain = Plain()
    words: list[str] = []
    rest = iter(arguments)
    searching = False
    for argument in rest:
        if argument == "--" and searching:
            words += rest
            break
        if not argument.startswith("-"):
            if searching:
                words.append(argument)
            elif argument == "search":
                searching = True
            else:
                return None
            continue
        name, value = _value(argument, rest)
        if not (_is_common(plain.common, name, value) or (searching and _is_option(plain.given, name, value))):
            return None
    plain.given["query"] = tuple(words)
    return plain if any(words) and words != ["-"] else None


def _value(argument: str, rest: Iterator[str]) -> tuple[str, str | None]:
    """Split ``--name=value``, or take the next argument for the value; None where there is none."""
    name, sign, value = argument.partition("=")
    if sign and name.startswith("--"):
        return name, value
    return argument, next(rest, None) if argument in _TAKING else None


def _is_common(common: Common, name: str, value: str | None) -> bool:
    """Take an option of every command; False if it is none, or not plain."""
    if value is None:
        if name in ("-q", "--quiet"):
            common.quiet = True
            return True
        if name == "--debug":
            common.debug = True
            return True
        return False
    if name == "--index" and value:
        common.given_index = value
        return True
    if name == "--color" and value in _COLORS:
        common.color = value
        return True
    return False


def _is_option(given: "dict[str, Any]", name: str, value: str | None) -> bool:
    """Take an option of the command; False if it is none, or not plain."""
    if value is None:
        if name in _FLAGS:
            given[_FLAGS[name]] = True
        return name in _FLAGS
    if name in _COUNTS:
        target, least = _COUNTS[name]
        if not (value.isascii() and value.isdigit()) or len(value) > MOST_DIGITS or int(value) < least:
            return False
        given[target] = int(value)
        return True
    if name in _CHOICES:
        target, choices = _CHOICES[name]
        given[target] = value
        return value in choices
    if name == "--in" and value in _LANGUAGES:
        given["in_languages"] = (*given["in_languages"], value)
        return True
    return False


_TAKING = {"--index", "--color", "--in", *_COUNTS, *_CHOICES}


def run(plain: Plain) -> int:
    """Answer; gives the exit status and lets no exception out."""
    import gc

    from searchkit.cli.process import guarded

    def deed() -> int:
        from searchkit.cli.render.formats import Asked
        from searchkit.cli.session import Session
        from searchkit.cli.terminal import Screen

        words = " ".join(plain.given["query"])
        return Session(plain.common, plain.given, Screen(plain.common.color)).run(iter([Asked("1", words)]))

    gc.disable()  # so short a life makes no garbage worth a look: a twentieth of it
    try:
        return guarded(deed, plain.common)
    finally:
        gc.enable()
