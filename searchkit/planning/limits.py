"""How much may one query ask for?

Every limit is a constant with its cause, and whoever cuts something short says
so (``Hits.limits``): a query may be slow or strange, never silently half read.
The aim behind all of them: no query takes more than two seconds on 100,000
documents, or more than 200 MB.  What is still longer is stopped
(``SearchSettings.timeout_seconds``).
"""

from collections.abc import Sequence

from searchkit.query.tree import MAX_DEPTH, And, Condition, Field, Node, Not, Or, Parsed, Pattern, Phrase, Word, Words
from searchkit.text.words import WORD, parts

DOCUMENTS = 100_000  # on which a query may take all of its time; on more in proportion
ASKING_SHARE = 0.7  # of the time of a query until it is asked once more without corrections ...
AGAIN_SHARE = 0.2  # ... and of the time that it then has; what is left is for the start of the program and the output
HIT_SECONDS = 0.05  # for each hit shown beyond ten: to show all hits is long, but not strange
FREE_HITS = 10
QUERY_CHARS = 100_000  # a pasted chapter; reading it takes 70 ms, planning it seconds
QUERY_WORDS = (
    256  # each is up to forty terms over five languages: 400 German ones take 2 s to look for and 2 s to plan, the longest topic has 223
)
MARKED_WORDS = 64  # of a query, in each text shown: to find 400 there takes .3 s a document
PATTERN_WORDS = 64  # words that a pattern without a beginning (*a*) counts for: it takes .3 to .5 s over five languages of 40,000 terms
# Words that one beginning with 1, 2, 3 letters counts for: a* to z* over 800,000 terms take 2 s, and as much to mark.
SHORT_PATTERN_WORDS = (24, 8, 3)
FUZZY_WORDS = 96  # words that word~1 counts for: 190 ms over 200,000 candidates
WORD_CHARS = 16  # a longer word counts for two, and so on: 512 Korean syllables in one take Kiwi 40 ms
NEIGHBOURS = 64  # pairs of words that are looked for side by side: 40 ms each where every tenth document has them; no hit is lost
DEPTH = MAX_DEPTH  # of brackets; walking a tree of it recurses some 200 calls of Python's 1,000
EXPANSIONS = 10_000  # terms of one prefix or wildcard: a* over 500,000 terms would touch every posting of the index
CORRECTED_WORDS = 16  # unknown words that are corrected: 30 ms each over 200,000 candidates is .5 s
CORRECTED_CHARS = 64  # letters of a word that is corrected; longer strings are keys, hashes, encoded data
SUGGESTIONS = 5  # of an unknown word; among five stands the right one in 99 of 100


def cut_query(query: str) -> tuple[str, tuple[str, ...]]:
    """Cut a query that is too long at a blank.

    Returns:
        What is left, and what to tell the user; nothing if nothing was cut.
    """
    if len(query) <= QUERY_CHARS:
        return query, ()
    blank = max(query.rfind(" ", 0, QUERY_CHARS + 1), query.rfind("\n", 0, QUERY_CHARS + 1))
    kept = query[: blank if blank > 0 else QUERY_CHARS]
    return kept, (f"the query has {len(query):,} characters; the first {len(kept):,} were read",)


def marked_words(weights: Sequence[float]) -> tuple[list[int], tuple[str, ...]]:
    """Choose the words of a query that are looked for in the texts shown: those that tell most.

    Args:
        weights: of the words, in order.

    Returns:
        The places of those chosen, rising, and what to tell the user; nothing if all are.
    """
    if len(weights) <= MARKED_WORDS:
        return list(range(len(weights))), ()
    telling = sorted(range(len(weights)), key=lambda place: -weights[place])[:MARKED_WORDS]
    return sorted(telling), (f"the query has {len(weights):,} different words; the {MARKED_WORDS} rarest are marked",)


def cut_tree(parsed: Parsed) -> tuple[Parsed, tuple[str, ...]]:
    """Leave out the words of a tree that are too many, from its end.

    A query is read to its end first, so that ``full`` still tells its mistakes.

    Returns:
        The query, and what to tell the user; nothing if nothing was cut.
    """
    if parsed.node is None or (parsed.syntax == "plain" and len(parsed.query) < QUERY_WORDS):  # fewer characters hold fewer words
        return parsed, ()
    words = _Words(QUERY_WORDS)
    node = words.keep(parsed.node)
    if not words.dropped:
        return parsed, ()
    told = f"the query has {words.kept + words.dropped:,} words; the first {words.kept:,} were looked for"
    return Parsed(parsed.query, node, parsed.syntax), (told,)


class _Words:
    """Counts the written words of a tree down.

    Attributes:
        left: how many may still come; one of many parts or letters counts for several.
        kept: how many there were until then.
        dropped: how many came after that.
    """

    __slots__ = ("dropped", "kept", "left")

    def __init__(self, left: int) -> None:
        self.left, self.kept, self.dropped = left, 0, 0

    def keep(self, node: Node) -> Node | None:
        """Give what is kept of a node; conditions count for nothing and always stay."""
        if isinstance(node, Words | And | Or):
            kept = [each for each in map(self.keep, node.nodes) if each is not None]
            return type(node)(tuple(kept)) if kept else None
        if isinstance(node, Not | Field):
            inner = self.keep(node.node)
            if inner is None:
                return None
            return Not(inner) if isinstance(node, Not) else Field(node.name, inner)
        if isinstance(node, Condition):
            return node
        return self._leaf(node)

    def _leaf(self, node: Word | Phrase | Pattern) -> Node | None:
        words = [(node.text, len(node.text))] if isinstance(node, Pattern) else [(one[0], one.end()) for one in WORD.finditer(node.text)]
        ends = [end for _, end in words]
        fitting = 0
        for word, _ in words:
            cost = _cost(node, word)
            if self.left < cost:
                self.left = 0  # what comes after the cut is not looked for either, however short
                break
            self.left -= cost
            fitting += 1
        self.kept += fitting
        self.dropped += len(ends) - fitting
        if fitting == len(ends):
            return node
        if not fitting or isinstance(node, Pattern):
            return None
        text = node.text[: ends[fitting - 1]]
        if isinstance(node, Word):
            return Word(text, node.start, node.start + len(text), exact=node.exact, edits=node.edits)
        return Phrase(text, node.start, node.end, exact=node.exact, slop=node.slop)


def _cost(node: Word | Phrase | Pattern, word: str) -> int:
    """Say for how many words one counts."""
    letters = -(-len(word) // WORD_CHARS)
    if isinstance(node, Pattern):
        beginning = min(word.find(sign) for sign in "*?" if sign in word)
        if beginning <= len(SHORT_PATTERN_WORDS):
            return SHORT_PATTERN_WORDS[beginning - 1] if beginning else PATTERN_WORDS
        return letters
    return FUZZY_WORDS if isinstance(node, Word) and node.edits is not None else max(len(parts(word)), letters)
