"""Which terms did the user mean by a word, and at what weight?

A word of a query becomes alternatives (``Max``): its readings under each
language of the scope, lighter spellings, corrections.  This file builds the
nodes for one word; ``compile`` puts words together.
"""

from collections.abc import Sequence

from searchkit.analysis import QueryWord, field
from searchkit.engine.plan import All, Max, Node, Nothing, Rank, Scale, Sum, Term
from searchkit.languages.base import Analysis
from searchkit.languages.registry import language
from searchkit.planning.phrases import Ways, light_terms, stem_ways
from searchkit.text.normalize import term_form
from searchkit.typed import NamedTuple

TITLE_WEIGHT = 0.2  # best over the collections with titles; .5 loses .02 nDCG@10 on long queries, 0 loses .01 on short ones


class WordPlan(NamedTuple):
    """A word of a query, understood.

    Attributes:
        text: as written.
        node: finds and scores it.
        loose: the same, but a compound's or a Korean word's parts need not all be there.
        extras: the bonus of the exact form.
        grams: pieces inside the word, ranking only.
        terms: ``(body field, term)`` pairs it may be found by, for passages.
        stop: whether it carries no content.
        stems: where they stand in a phrase.
        phrase: weight of the bonus of standing beside another word.
        near: the same of standing near it.
    """

    text: str
    node: Node
    loose: Node
    extras: tuple[Node, ...]
    grams: tuple[Node, ...]
    terms: tuple[tuple[str, str], ...]
    stop: bool
    stems: Ways
    phrase: float
    near: float


class Part(NamedTuple):
    """Where to look: in the text (with the title on top of it), or in titles only."""

    name: str
    title_weight: float


BODY = Part("body", TITLE_WEIGHT)
TITLE = Part("title", 0.0)


def term_node(part: Part, channel: str, code: str, text: str, weight: float) -> Node:
    """Look a term up in a part; a text's title counts on top."""
    node = Term(field(part.name, channel, code), text, weight)
    if not part.title_weight:
        return node
    return Rank(node, (Term(field("title", channel, code), text, weight * part.title_weight),))


def best(nodes: Sequence[Node]) -> Node:
    """Combine alternatives."""
    return nodes[0] if len(nodes) == 1 else Max(tuple(nodes)) if nodes else Nothing()


def readings(part: Part, code: str, analysis: Analysis, weight: float, *, strict: bool) -> list[Node]:
    """Give the alternatives of a word under one language: its readings, then its lighter spellings."""
    alternatives: list[Node] = []
    for reading in analysis.readings:
        nodes = tuple(term_node(part, "stem", code, term, weight * reading.weight) for term, _ in reading.terms)
        alternatives.append(nodes[0] if len(nodes) == 1 else All(nodes) if strict else Sum(nodes))
    light = weight * language(code).weights.fold
    alternatives += [term_node(part, "fold", code, term, light) for term in light_terms(analysis)]
    alternatives += [term_node(part, "stem", code, term, light) for term in analysis.folds]
    return alternatives


def word_plan(part: Part, words: list[tuple[QueryWord, float]]) -> WordPlan:
    """Build the plan of one written word from what each language makes of it.

    Args:
        part: where to look.
        words: the same written word under each language of the scope, with that language's weight.
    """
    strict: list[Node] = []
    loose: list[Node] = []
    extras: list[Node] = []
    grams: list[Node] = []
    terms: dict[tuple[str, str], None] = {}
    for word, weight in words:
        spoken = language(word.code)
        strict += readings(part, word.code, word.analysis, weight, strict=True)
        if any(len(reading.terms) > 1 for reading in word.analysis.readings):
            loose += readings(part, word.code, word.analysis, weight, strict=False)
        extras += exact_bonus(part, word, weight)
        if spoken.weights.gram and word.analysis.grams:
            nodes = tuple(Term(field("body", "gram", word.code), gram, spoken.weights.gram * weight) for gram in word.analysis.grams)
            grams.append(Sum(nodes))
        terms.update(dict.fromkeys(passage_terms(word)))
    node = best(strict)
    likeliest = language(max(words, key=lambda pair: pair[1])[0].code)
    return WordPlan(
        words[0][0].text,
        node,
        best(loose + strict) if loose else node,
        tuple(extras),
        tuple(grams),
        tuple(terms),
        is_stop_word(words),
        stem_ways(part.name, [word for word, _ in words]),
        likeliest.weights.phrase,
        likeliest.weights.near,
    )


def exact_bonus(part: Part, word: QueryWord, weight: float) -> list[Node]:
    """Add a little where the very form of the query stands."""
    bonus = language(word.code).weights.word * weight
    return [Term(field(part.name, "word", word.code), word.analysis.words[0][0], bonus)] if bonus else []


def is_stop_word(words: list[tuple[QueryWord, float]]) -> bool:
    """Tell whether a word carries no content.

    Any of the likeliest languages may say so: without the union of their lists
    ``die``, ``was``, ``who`` become rare content words of the other language.
    """
    likeliest = max(weight for _, weight in words)
    return any(_is_stop_word(word) for word, weight in words if weight == likeliest)


def _is_stop_word(word: QueryWord) -> bool:
    """Ask one language; a word in capitals that means something else than in small letters (IT, US, WHO) is content."""
    spoken = language(word.code)
    if term_form(word.text) not in spoken.stop_words:
        return False
    if len(word.text) < 2 or not word.text.isupper():  # noqa: PLR2004 -- "A" and "I" are no acronyms
        return True
    return spoken.query(word.text.lower()).readings[0].terms == word.analysis.readings[0].terms


def passage_terms(word: QueryWord) -> list[tuple[str, str]]:
    """Give the terms by which a word is found in a text, to mark it there."""
    terms = [(field("body", "stem", word.code), term) for reading in word.analysis.readings for term, _ in reading.terms]
    folds = dict.fromkeys((*(term for term, _ in word.analysis.readings[0].terms), *word.analysis.folds))
    terms += [(field("body", "fold", word.code), term) for term in folds]
    terms += [(field("body", "stem", word.code), term) for term in word.analysis.folds]
    return terms


def part_terms(word: QueryWord) -> list[tuple[str, str]]:
    """Give those of the passage terms that are parts of a compound: they mark a text that does not hold the whole."""
    whole = {term for term, _ in word.analysis.readings[0].terms}
    parts = [term for reading in word.analysis.readings[1:] if len(reading.terms) > 1 for term, _ in reading.terms if term not in whole]
    return [(field("body", channel, word.code), term) for term in parts for channel in ("stem", "fold")]


def exact_terms(words: list[tuple[QueryWord, float]]) -> list[tuple[str, str]]:
    """Give the terms by which a word is found in a text exactly as written."""
    return [(field("body", "word", word.code), word.analysis.words[0][0]) for word, _ in words]


def exact_plan(part: Part, words: list[tuple[QueryWord, float]]) -> Node:
    """Look for the surface form alone, under each language."""
    nodes: list[Node] = [term_node(part, "word", word.code, word.analysis.words[0][0], weight) for word, weight in words]
    return best(nodes)


def scaled(node: Node, factor: float) -> Node:
    """Weigh a node, without a layer where it changes nothing."""
    return node if factor == 1.0 else Scale(node, factor)
