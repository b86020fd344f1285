"""What may be asked of an index?

A plan is a tree of these nodes over terms of fields.  A field is
``{title|body}_{word|stem|gram|fold}_{language}``.  A node says which documents
it *finds* and what it *scores* them.  An engine compiles a plan; it never
sees a language, a file or a query string.  Plain slotted records: the cold
lane loads no dataclasses.
"""

POSITIONAL = ("word", "stem", "fold")
"""Channels whose postings have positions: a ``fold`` term stands where its word stands in ``word``."""
DEFAULT_SIMILARITY = (1.2, 0.75)
"""``(k1, b)`` of a field of which a plan says nothing."""


class Term:
    """Finds the documents that hold a term; scores them by BM25 times ``weight``."""

    __slots__ = ("field", "text", "weight")

    def __init__(self, field: str, text: str, weight: float = 1.0) -> None:
        self.field, self.text, self.weight = field, text, weight


class Synonyms:
    """Several terms of one field that are scored as if they were one.

    Finds the documents that hold any; ``tf`` is the sum of the terms' ``tf``
    times their weights, ``df`` the number of live documents that hold any
    (Lucene's SynonymQuery).  A rare variant then does not outrank the usual
    form by its rarity alone.

    Attributes:
        terms: ``(text, weight)`` pairs.
    """

    __slots__ = ("field", "terms", "weight")

    def __init__(self, field: str, terms: tuple[tuple[str, float], ...], weight: float = 1.0) -> None:
        self.field, self.terms, self.weight = field, terms, weight


class Prefix:
    """Finds the documents with a term that begins so; scores as ``Synonyms`` of those terms.

    Attributes:
        limit: at most so many terms, in lexicon order; hitting it is reported
            in ``Hits.limits``.
    """

    __slots__ = ("field", "limit", "text", "weight")

    def __init__(self, field: str, text: str, weight: float = 1.0, limit: int = 10_000) -> None:
        self.field, self.text, self.weight, self.limit = field, text, weight, limit


class Wildcard:
    """As ``Prefix``, for a pattern in which ``*`` is any run of characters and ``?`` one."""

    __slots__ = ("field", "limit", "text", "weight")

    def __init__(self, field: str, text: str, weight: float = 1.0, limit: int = 10_000) -> None:
        self.field, self.text, self.weight, self.limit = field, text, weight, limit


class Phrase:
    """Finds the documents in which the slots stand in order at their offsets.

    Positions are counted over the whole document, whatever the language of a
    word, so the terms may be of any fields of one part that are counted alike
    (``stem`` for itself, ``word`` and ``fold`` together): ``"KAIST와의 협력"``
    has words of ``body_stem_en`` and of ``body_stem_ko``.

    Scores like a term: ``tf`` is the number of places, ``idf`` the sum of the
    slots'.  A slot counts as its commonest term, which the most documents
    hold (of several the first); by the field of the first slot's commonest
    term the whole phrase takes its lengths, mean length, ``k1`` and ``b``.

    Attributes:
        slots: ``(offset, ((field, text), ...))``: one of the terms stands ``offset`` positions after the first slot.
        slop: 0 for exact offsets; above, every slot lies within a window of
            ``span + slop`` positions, in any order.  A place is then a
            position of any slot from which on such a window holds them all;
            slots with the same terms need as many different positions.
    """

    __slots__ = ("slop", "slots", "weight")

    def __init__(self, slots: tuple[tuple[int, tuple[tuple[str, str], ...]], ...], slop: int = 0, weight: float = 1.0) -> None:
        self.slots, self.slop, self.weight = slots, slop, weight


def check_fields(node: Phrase) -> None:
    """Refuse terms whose positions are not counted alike.

    Raises:
        ValueError: fields without positions, of title and body, or of ``stem`` and another channel.
    """
    fields = {field for _, terms in node.slots for field, _ in terms}
    counted = set()
    for field in fields:
        part, channel, _ = field.split("_", 2)
        if channel not in POSITIONAL:
            raise ValueError(f"no positions in {field}")
        counted.add((part, channel == "stem"))
    if len(counted) > 1:
        raise ValueError(f"a phrase over {', '.join(sorted(fields))}")


class Sum:
    """Finds what any node finds; scores the sum."""

    __slots__ = ("nodes",)

    def __init__(self, nodes: "tuple[Node, ...]") -> None:
        self.nodes = nodes


class Max:
    """Finds what any node finds; scores the best of them."""

    __slots__ = ("nodes",)

    def __init__(self, nodes: "tuple[Node, ...]") -> None:
        self.nodes = nodes


class All:
    """Finds what every node finds; scores the sum."""

    __slots__ = ("nodes",)

    def __init__(self, nodes: "tuple[Node, ...]") -> None:
        self.nodes = nodes


class Rank:
    """Finds what ``node`` finds; adds to its scores what ``extras`` score those documents."""

    __slots__ = ("extras", "node")

    def __init__(self, node: "Node", extras: "tuple[Node, ...]") -> None:
        self.node, self.extras = node, extras


class Scale:
    """Finds what ``node`` finds; scores ``factor`` times as much."""

    __slots__ = ("factor", "node")

    def __init__(self, node: "Node", factor: float) -> None:
        self.node, self.factor = node, factor


class Without:
    """Finds what ``node`` finds and ``excluded`` does not; scores as ``node``."""

    __slots__ = ("excluded", "node")

    def __init__(self, node: "Node", excluded: "Node") -> None:
        self.node, self.excluded = node, excluded


class Where:
    """Finds what ``node`` finds and every condition admits; scores as ``node``."""

    __slots__ = ("conditions", "node")

    def __init__(self, node: "Node", conditions: "tuple[Condition, ...]") -> None:
        self.node, self.conditions = node, conditions


class Leading:
    """Finds the documents of ``node`` that ``core`` finds, and those nearly as good as the best of them; scores as ``node``.

    Attributes:
        core: what should be there; where it finds none of ``node``'s documents, all of them are found.
        share: of the best score among the core's documents; one at least as good is found, too.
    """

    __slots__ = ("core", "node", "share")

    def __init__(self, node: "Node", core: "Node", share: float) -> None:
        self.node, self.core, self.share = node, core, share


def has_core(node: "Node") -> bool:
    """Tell whether a plan's root is a ``Leading``, under conditions or not."""
    while isinstance(node, Where):
        node = node.node
    return isinstance(node, Leading)


class Everything:
    """Finds every document; scores 0."""

    __slots__ = ()


class Nothing:
    """Finds no document."""

    __slots__ = ()


class Among:
    """The column's value is one of these.  ``column``: ``language``, ``path``, ``id``."""

    __slots__ = ("column", "values")

    def __init__(self, column: str, values: tuple[str, ...]) -> None:
        self.column, self.values = column, values


class Matches:
    """The column's value matches one of these regular expressions, whole (``re.fullmatch``).  ``column``: ``path``."""

    __slots__ = ("column", "patterns")

    def __init__(self, column: str, patterns: tuple[str, ...]) -> None:
        self.column, self.patterns = column, patterns


class Between:
    """``low <= value <= high`` as strings (ISO dates); "" leaves a side open; documents without a value are left out."""

    __slots__ = ("column", "high", "low")

    def __init__(self, column: str, low: str, high: str) -> None:
        self.column, self.low, self.high = column, low, high


class AnyOf:
    """Any of the conditions holds."""

    __slots__ = ("conditions",)

    def __init__(self, conditions: "tuple[Condition, ...]") -> None:
        self.conditions = conditions


class Negated:
    """The condition does not hold."""

    __slots__ = ("condition",)

    def __init__(self, condition: "Condition") -> None:
        self.condition = condition


Condition = Among | Matches | Between | AnyOf | Negated
Node = Term | Synonyms | Prefix | Wildcard | Phrase | Sum | Max | All | Rank | Scale | Without | Where | Leading | Everything | Nothing


class Plan:
    """A whole question.

    Attributes:
        root: which documents, and their scores.
        bonus: nodes whose scores are added to the ``window`` best documents of
            ``root`` (ties as in the final order), and to no other: a part of
            the definition of the score, not an approximation.
        window: how many documents may get a bonus.
        similarity: field -> ``(k1, b)``; ``(1.2, 0.75)`` where it is silent.
        words: the query's words, each with the terms ``(field, text)`` it may
            be found by: for passages and for what a hit matched.  A term text
            that ends in ``*`` or holds ``*`` or ``?`` is a pattern.
    """

    __slots__ = ("bonus", "root", "similarity", "window", "words")

    def __init__(
        self,
        root: Node,
        *,
        bonus: tuple[Node, ...] = (),
        window: int = 1000,
        similarity: dict[str, tuple[float, float]] | None = None,
        words: "tuple[tuple[str, tuple[tuple[str, str], ...]], ...]" = (),
    ) -> None:
        self.root, self.bonus, self.window, self.similarity, self.words = root, bonus, window, similarity or {}, words
