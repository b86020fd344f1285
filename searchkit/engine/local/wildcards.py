"""Which terms does a pattern mean?

``*`` is any run of characters, ``?`` one character, everything else itself.
"""

import re

_SPECIAL = re.compile(r"[*?]")


def is_pattern(text: str) -> bool:
    """Tell whether a term is a pattern."""
    return _SPECIAL.search(text) is not None


def literal_prefix(pattern: str) -> str:
    """Give what every term that matches begins with."""
    return _SPECIAL.split(pattern, maxsplit=1)[0]


def last_literal(pattern: str) -> str:
    """Give what every term that matches ends with."""
    return _SPECIAL.split(pattern)[-1]


def longest_literal(pattern: str) -> str:
    """Give the longest run of characters that stands in every term that matches."""
    return max(_SPECIAL.split(pattern), key=len)


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Give the regular expression of a pattern, for ``fullmatch``.

    Each piece between two stars is matched at the first place and then kept
    (an atomic group): that finds a match if there is one, in linear time,
    where ``.*a.*a.*a.*b`` would try all combinations.
    """
    pieces = [re.escape(piece).replace(r"\?", ".") for piece in re.sub(r"\*+", "*", pattern).split("*")]
    if len(pieces) == 1:
        return re.compile(pieces[0], re.DOTALL)
    middle = "".join(f"(?>.*?{piece})" for piece in pieces[1:-1])
    return re.compile(f"{pieces[0]}{middle}.*{pieces[-1]}", re.DOTALL)
