"""What does a query string say?

``parse`` turns a string into a tree and knows neither an index nor a language.
``plain`` takes every character as text; ``full`` reads the query language
(``expression``) and raises ``QueryError`` for what does not parse; ``auto`` reads
what parses as a whole, and anything else as plain text, so that no text is
refused: a question mark, a smiley, a time of day, a lone bracket or dash are text.
"""

from collections.abc import Collection

from searchkit.errors import QueryError
from searchkit.query.tree import Node, Parsed, Word, Words

SYNTAXES = ("auto", "plain", "full")
FIELDS = ("title", "lang", "path", "date")
OPERATORS = frozenset({"AND", "OR", "NOT"})


def parse(query: str, syntax: str = "auto", fields: Collection[str] = FIELDS) -> Parsed:
    """Read a query.

    Args:
        query: what the user wrote, in NFC.
        syntax: ``auto``, ``plain`` or ``full``.
        fields: names that may stand before a colon.  ``lang``, ``path`` and
            ``date`` are conditions; any other holds text.  A name that is not
            there is text with its colon (``12:30``).

    Returns:
        The tree, and how it was read.  Bare words alone are ``plain`` under ``auto``.

    Raises:
        QueryError: under ``full``, at the code point where the expression fails.
        ValueError: no such syntax.
    """
    if syntax not in SYNTAXES:
        raise ValueError(syntax)
    if syntax == "plain" or (syntax == "auto" and _is_simple(query)):
        return Parsed(query, plain(query), "plain")
    from searchkit.query.expression import Expression  # a query of mere words does without

    try:
        expression = Expression(query, fields, strict=syntax == "full")
        node = expression.tree()
    except QueryError:
        if syntax == "full":
            raise
        return Parsed(query, plain(query), "plain")
    if syntax == "auto" and not expression.negates and _is_bare(node):
        return Parsed(query, plain(query), "plain")
    return Parsed(query, node, "full")


def plain(query: str) -> Words | None:
    """Take a string as words at its white space, punctuation and all; None if no letter or digit is in it."""
    words: list[Word] = []
    at = 0
    for piece in query.split():
        at = query.index(piece, at)
        if any(map(str.isalnum, piece)):
            words.append(Word(piece, at, at + len(piece)))
        at += len(piece)
    return Words(tuple(words)) if words else None


def _is_simple(query: str) -> bool:
    """Tell whether a query is mere letters, digits and blanks, and no operator among them."""
    return query.replace(" ", "").isalnum() and OPERATORS.isdisjoint(query.split())


def _is_bare(node: Node | None) -> bool:
    """Tell whether a tree says no more than its words do as plain text."""
    nodes = node.nodes if isinstance(node, Words) else (node,)
    return all(each is None or (isinstance(each, Word) and not each.exact and each.edits is None) for each in nodes)
