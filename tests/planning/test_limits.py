"""What is cut short is told."""

from searchkit.planning.limits import DEPTH, MARKED_WORDS, QUERY_CHARS, QUERY_WORDS, cut_query, cut_tree, marked_words
from searchkit.query.syntax import parse
from searchkit.query.tree import Condition, Field, Node, Not, Pattern, Phrase, Word, Words
from searchkit.text.words import WORD


def words(node: Node | None) -> int:
    """Count the written words of a tree of words, phrases, fields and exclusions."""
    if isinstance(node, Words):
        return sum(map(words, node.nodes))
    if isinstance(node, Not | Field):
        return words(node.node)
    return len(WORD.findall(node.text)) if isinstance(node, Word | Phrase) else 0


def test_ordinary_queries_are_left_alone() -> None:
    """And nothing is told of them."""
    parsed = parse("Zusammenarbeit in Forschung " * 70)

    assert cut_query(parsed.query) == (parsed.query, ())
    assert cut_tree(parsed) == (parsed, ())


def test_a_long_query_is_cut_at_a_blank() -> None:
    """A word cut in two would be another word."""
    kept, told = cut_query("слово " * 20_000)

    assert len(kept) <= QUERY_CHARS
    assert kept.endswith("слово")
    assert "120,000" in told[0]


def test_a_long_query_without_blanks_is_cut_anywhere() -> None:
    """It is no words anyway."""
    kept, told = cut_query("a" * 200_000)

    assert len(kept) == QUERY_CHARS
    assert told


def test_words_beyond_the_limit_are_left_out() -> None:
    """However they stand in the query: bare, in one piece, in phrases; conditions stay."""
    for query in ("wort " * 5000, "wort," * 5000, '"ein wort" ' * 2500, '-x title:"a b" ' + "wort " * 5000 + " lang:de"):
        parsed, told = cut_tree(parse(query))

        assert words(parsed.node) == QUERY_WORDS
        assert "5,0" in told[0]
    assert isinstance(parsed.node, Words)
    assert isinstance(parsed.node.nodes[-1], Condition)


def test_the_words_that_tell_most_are_marked() -> None:
    """In their order; of a query of ordinary length all are, and nothing is told."""
    ordinary, silence = marked_words([1.0] * MARKED_WORDS)
    chosen, told = marked_words([float(place % 7 == 3) for place in range(7 * MARKED_WORDS)])

    assert (ordinary, silence) == (list(range(MARKED_WORDS)), ())
    assert chosen == list(range(3, 7 * MARKED_WORDS, 7))
    assert str(MARKED_WORDS) in told[0]


def test_the_deepest_tree_can_be_walked() -> None:
    """Whoever recurses over a tree has room for it."""
    query = "(a OR " * (DEPTH - 1) + "b" + ")" * (DEPTH - 1)

    assert cut_tree(parse(query + " wort" * 2000, "full"))[1]


def test_what_takes_long_counts_for_more() -> None:
    """A thousand patterns, typing errors, parts or letters are no cheaper than a thousand words."""
    for query in ("*ab* " * 100, "a* " * 100, "ab?d* " * 300, "abcd~2 " * 100, "a" * 100_000, "a-" * 5_000, "가" * 50_000):
        parsed, told = cut_tree(parse(query))

        assert told, query[:10]
        assert len(cut_query(query)[0]) > 5 * sum(len(word) for word in _texts(parsed.node))


def _texts(node: Node | None) -> list[str]:
    if isinstance(node, Words):
        return [text for each in node.nodes for text in _texts(each)]
    return [node.text] if isinstance(node, Word | Phrase | Pattern) else []
