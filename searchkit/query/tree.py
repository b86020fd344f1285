"""What did the user write, as a tree?

Plain slotted records (the cold lane loads no dataclasses).  A tree knows no
index and no language.  Offsets are code points into the query, half open.
"""

MAX_DEPTH = 50  # of brackets in a query, and so of its tree: nobody writes ten, and whoever walks the tree may recurse


class Word:
    """A bare word, a ``=word``, or a ``word~1``.

    Attributes:
        text: as written, without operators.
        start, end: where it stands in the query.
        exact: surface form only (``=word``).
        edits: of ``word~1``; 0 for a bare ``~`` (as many as the word's length
            allows); None where the user asked for none.
    """

    __slots__ = ("edits", "end", "exact", "start", "text")

    def __init__(self, text: str, start: int, end: int, *, exact: bool = False, edits: int | None = None) -> None:
        self.text, self.start, self.end, self.exact, self.edits = text, start, end, exact, edits


class Pattern:
    """``word*`` or ``wo?d``: ``*`` is any run of characters, ``?`` one character."""

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end


class Phrase:
    """``"a b"``, ``="a b"``, ``"a b"~5``.

    Attributes:
        text: between the quotation marks, not yet cut into words.
        exact: surface forms only.
        slop: how many words may stand between, in any order if above 0.
    """

    __slots__ = ("end", "exact", "slop", "start", "text")

    def __init__(self, text: str, start: int, end: int, *, exact: bool = False, slop: int = 0) -> None:
        self.text, self.start, self.end, self.exact, self.slop = text, start, end, exact, slop


class Words:
    """Nodes side by side without an operator: how many must match is the planner's business (``--match``).

    Attributes:
        nodes: at least one; a ``Not`` among them excludes.
    """

    __slots__ = ("nodes",)

    def __init__(self, nodes: "tuple[Node, ...]") -> None:
        self.nodes = nodes


class And:
    """All of them; a ``Not`` among them excludes."""

    __slots__ = ("nodes",)

    def __init__(self, nodes: "tuple[Node, ...]") -> None:
        self.nodes = nodes


class Or:
    """Any of them."""

    __slots__ = ("nodes",)

    def __init__(self, nodes: "tuple[Node, ...]") -> None:
        self.nodes = nodes


class Not:
    """Documents without it; alone, everything else."""

    __slots__ = ("node",)

    def __init__(self, node: "Node") -> None:
        self.node = node


class Field:
    """``title:node``: the same, looked for in the title only."""

    __slots__ = ("name", "node")

    def __init__(self, name: str, node: "Node") -> None:
        self.name, self.node = name, node


class Condition:
    """``lang:de``, ``path:dir/*``, ``date:2024..2025``: says which documents, scores nothing.

    Attributes:
        name: ``lang``, ``path`` or ``date``.
        low, high: both the value where it is no range; "" leaves a side open.
    """

    __slots__ = ("end", "high", "low", "name", "start")

    def __init__(self, name: str, low: str, high: str, start: int, end: int) -> None:
        self.name, self.low, self.high, self.start, self.end = name, low, high, start, end


Node = Word | Pattern | Phrase | Words | And | Or | Not | Field | Condition


class Parsed:
    """A query, understood.

    Attributes:
        query: the string.
        node: its tree; None if nothing in it can be looked up (no word at all).
        syntax: ``plain`` or ``full``: how it was read.
    """

    __slots__ = ("node", "query", "syntax")

    def __init__(self, query: str, node: Node | None, syntax: str) -> None:
        self.query, self.node, self.syntax = query, node, syntax
