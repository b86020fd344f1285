"""What the query language reads, what it refuses, and that no text is refused by default."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.errors import QueryError
from searchkit.query.syntax import parse
from searchkit.query.tree import MAX_DEPTH, And, Condition, Field, Node, Not, Or, Pattern, Phrase, Word, Words

OPERATORS = st.text(alphabet='ab1 ()"-=*?~:.,„“”«»「」\u00a0\n한é＂（', max_size=30)
PIECES = st.lists(
    st.sampled_from(
        [
            "AND",
            "OR",
            "NOT",
            "(",
            ")",
            "word",
            "-x",
            "=y",
            '"a b"',
            '"a b"~3',
            "title:",
            "title:t",
            "lang:de",
            "date:2024..",
            "w*",
            "w~1",
            "-",
        ]
    ),
    max_size=12,
).map(" ".join)


def shown(node: Node | None) -> str:  # noqa: PLR0911  # one return for each kind of node
    """Write a tree down in one line, so that a test can be read."""
    if isinstance(node, Word):
        return ("=" if node.exact else "") + node.text + ("" if node.edits is None else f"~{node.edits}")
    if isinstance(node, Pattern):
        return f"<{node.text}>"
    if isinstance(node, Phrase):
        return ("=" if node.exact else "") + f"'{node.text}'" + (f"~{node.slop}" if node.slop else "")
    if isinstance(node, Not):
        return f"Not({shown(node.node)})"
    if isinstance(node, Field):
        return f"{node.name}({shown(node.node)})"
    if isinstance(node, Condition):
        return f"[{node.name} {node.low}..{node.high}]"
    if isinstance(node, Words | And | Or):
        return f"{type(node).__name__}({', '.join(map(shown, node.nodes))})"
    return "nothing"


def leaves(node: Node | None) -> list[Word | Phrase | Pattern | Condition]:
    """Give the leaves of a tree, in order."""
    if isinstance(node, Words | And | Or):
        return [leaf for child in node.nodes for leaf in leaves(child)]
    if isinstance(node, Not | Field):
        return leaves(node.node)
    return [node] if node else []


LANGUAGE = [
    ('"a phrase" word', "Words('a phrase', word)"),
    ("a AND b", "And(a, b)"),
    ("a OR b", "Or(a, b)"),
    ("a AND b OR c AND d", "Or(And(a, b), And(c, d))"),
    ("a b OR c -d", "Words(a, Or(b, c), Not(d))"),
    ("lang:de OR lang:en wind", "Words(Or([lang de..de], [lang en..en]), wind)"),
    ("(a OR b) AND (c d)", "And(Or(a, b), Words(c, d))"),
    ("a AND NOT b", "And(a, Not(b))"),
    ("a NOT (b OR c)", "Words(a, Not(Or(b, c)))"),
    ("NOT(a OR b)", "Not(Or(a, b))"),
    ("-a", "Not(a)"),
    ("-a -b", "Words(Not(a), Not(b))"),
    ("NOT NOT a", "a"),
    ('-"a b" -title:c', "Words(Not('a b'), Not(title(c)))"),
    ("-(a b)", "Not(Words(a, b))"),
    ("co-operation -x", "Words(co-operation, Not(x))"),
    ('=word ="a phrase" -=c', "Words(=word, ='a phrase', Not(=c))"),
    ("title:word", "title(word)"),
    ("title:(a OR b)", "title(Or(a, b))"),
    ('title:"a b" title:=c title:d*', "Words(title('a b'), title(=c), title(<d*>))"),
    ("lang:de x", "Words([lang de..de], x)"),
    ("lang:KK", "[lang kk..kk]"),
    ("path:dir/*", "[path dir/*..dir/*]"),
    ('path:"my dir/*"', "[path my dir/*..my dir/*]"),
    ("date:2024", "[date 2024..2024]"),
    ("date:2024..2025", "[date 2024..2025]"),
    ("date:2024-05..", "[date 2024-05..]"),
    ("date:..2023-12-31", "[date ..2023-12-31]"),
    ("date:2024-05..2024", "[date 2024-05..2024]"),
    ("word* wo?d *word w*d", "Words(<word*>, <wo?d>, <*word>, <w*d>)"),
    ("협력* ғылым*", "Words(<협력*>, <ғылым*>)"),
    ("what*?", "<what*>"),
    ("word~ word~1 word~2", "Words(word~0, word~1, word~2)"),
    ('"a b"~5', "'a b'~5"),
    ('Wer sagte: "Ich bin"?', "Words(Wer, sagte:, 'Ich bin')"),
    ('"과학기술"이란 무엇인가?', "Words('과학기술', 이란, 무엇인가?)"),
    ("„Zusammenarbeit“ «foo bar» “x y” »z« 「과학 기술」", "Words('Zusammenarbeit', 'foo bar', 'x y', 'z', '과학 기술')"),
    ("“a b” AND „c d” OR „e f“", "Or(And('a b', 'c d'), 'e f')"),
    ("\uff02a b\uff02 \uff08c OR d\uff09 title\uff1ae", "Words('a b', Or(c, d), title(e))"),
]


@pytest.mark.parametrize(("query", "tree"), LANGUAGE)
@pytest.mark.parametrize("syntax", ["auto", "full"])
def test_the_language_is_read(query: str, tree: str, syntax: str) -> None:
    """Each line of the contract, under both syntaxes that know the language."""
    parsed = parse(query, syntax)

    assert (parsed.syntax, shown(parsed.node)) == ("full", tree)


PLAIN = [
    "hello world",
    "Was ist das?",
    "Wer? Wie? Was?",
    "뭐예요?",
    "12:30",
    "um 12:30 Uhr",
    "Note: bla",
    "title: bla",
    "https://example.org/a?b=c&d=e",
    "C:\\dir\\file",
    "a -- b",
    "a - b",
    "-",
    "--fuzzy",
    "a -> b",
    "AND b",
    "a AND",
    "a OR OR b",
    "NOT",
    "(a",
    "a)",
    "a) eins b) zwei",
    ":-) gut ;)",
    '"a',
    '5" Monitor',
    '""',
    "„offen",
    "f(x) = x",
    "Lehrer(in) gesucht",
    "카자흐스탄(Kazakhstan) 협력",
    "(Astana) (Almaty)",
    "안녕~ 반가워~",
    "3~5월 2023~2024 1~2",
    "word~3",
    '"a b"~',
    "* item",
    "**bold**",
    "= Titel =",
    "C++ a+b x=5 user@host #tag 50% AT&T",
    "rock 'n' roll ‘x’",
    "lang:german",
    "date:yesterday",
    "date:2024-13",
    "date:2025..2024",
    "date:..",
    "title:(title:a)",
    "and or not",
    "und ODER nicht",
    "...",
    "",
    "  \n ",
]


@pytest.mark.parametrize("query", PLAIN)
def test_what_is_no_expression_is_text(query: str) -> None:
    """Under ``auto`` it is read exactly as under ``plain``."""
    parsed, plain = parse(query), parse(query, "plain")

    assert (parsed.syntax, shown(parsed.node)) == ("plain", shown(plain.node))


@pytest.mark.parametrize("query", ["a AND b", '"a b" -c', "title:x", "(a) =b wo?d w* x~1", "NOT a"])
def test_plain_takes_every_character_as_text(query: str) -> None:
    """Words are the pieces between blanks, with their punctuation."""
    parsed = parse(query, "plain")

    assert [leaf.text for leaf in leaves(parsed.node) if isinstance(leaf, Word)] == query.split()


def test_pieces_without_letter_or_digit_are_dropped() -> None:
    """Nothing in them can be looked up."""
    assert shown(parse("a & b — 50 %", "plain").node) == "Words(a, b, 50)"
    assert parse("?! …", "plain").node is None


MISTAKES = [
    ("AND b", 0, "AND"),
    ("a AND", 2, "AND"),
    ("a OR", 2, "OR"),
    ("a AND OR b", 6, "OR"),
    ("a NOT", 2, "NOT"),
    ("(a", 0, "not closed"),
    ("a (b OR (c)", 2, "not closed"),
    ("a)", 1, "not opened"),
    ("()", 0, "nothing"),
    ('x "a b', 2, "not closed"),
    ('x ""', 2, "nothing"),
    ('5" x', 1, "inside a word"),
    ("a - b", 2, "-"),
    ("a =", 2, "="),
    ("word~3", 0, "at most 2"),
    ('"a b"~', 5, "number"),
    ('"a b"~5000', 5, "number"),
    ("=a~1", 1, "~"),
    ("* x", 0, "*"),
    ("lang:german", 5, "german"),
    ("date:2024-13", 5, "2024-13"),
    ("date:2025..2024", 5, "after"),
    ("title:", 6, "title:"),
    ("title:(title:a)", 7, "field"),
    ("(" * 2000 + "a" + ")" * 2000, MAX_DEPTH, "deep"),
]


@pytest.mark.parametrize("query", ["date:May", "lang:xyz1", "path:", "(a", "a)", '"a', "a OR", "word~9", "*"])
def test_a_hint_says_what_to_do(query: str) -> None:
    """A user reads `what is wrong; what to do`, so it begins with a verb."""
    with pytest.raises(QueryError) as caught:
        parse(query, "full")

    assert caught.value.hint.split()[0] in {"write", "quote", "close", "put"}


@pytest.mark.parametrize(("query", "position", "says"), MISTAKES, ids=[query[:20] for query, _, _ in MISTAKES])
def test_full_tells_where_an_expression_fails(query: str, position: int, says: str) -> None:
    """The offset of the place, what is wrong there, and what to do."""
    with pytest.raises(QueryError) as caught:
        parse(query, "full")

    assert caught.value.position == position
    assert says in caught.value.message
    assert caught.value.hint


def test_a_field_is_one_only_if_it_exists() -> None:
    """Another index may have other fields; an unknown name is text with its colon."""
    assert shown(parse("author:x", fields=("title", "author")).node) == "author(x)"
    assert shown(parse("lang:de x", fields=("title",)).node) == "Words(lang:de, x)"
    assert parse("author:x").syntax == "plain"


def test_an_unknown_syntax_is_our_own_mistake() -> None:
    """The command line refuses it before."""
    with pytest.raises(ValueError, match="lucene"):
        parse("a", "lucene")


@pytest.mark.parametrize("query", ['ab "cd ef" =gh title:ij kl* mn~1 -op lang:de (qr OR st)'])
def test_offsets_point_into_the_query(query: str) -> None:
    """Half open, operators of the leaf included."""
    found = [query[leaf.start : leaf.end] for leaf in leaves(parse(query).node)]

    assert found == ["ab", '"cd ef"', "=gh", "ij", "kl*", "mn~1", "op", "lang:de", "qr", "st"]


@given(text=st.text() | OPERATORS | PIECES)
@example(text="\x00\u200b\ud55c\u0301")
@example(text="\udcff AND \udcfe")
@settings(max_examples=100, deadline=None)
def test_any_text_is_a_query(text: str) -> None:
    """``auto`` and ``plain`` refuse nothing, and lose no letter or digit that ``plain`` has."""
    plain, auto = parse(text, "plain"), parse(text, "auto")

    assert "".join(leaf.text for leaf in leaves(plain.node) if isinstance(leaf, Word)) == "".join(
        piece for piece in text.split() if any(map(str.isalnum, piece))
    )
    assert all(0 <= leaf.start < leaf.end <= len(text) for leaf in leaves(auto.node))


@given(text=OPERATORS | PIECES)
@settings(max_examples=100, deadline=None)
def test_auto_is_full_or_plain(text: str) -> None:
    """There is no third reading: what ``full`` reads is read so, the rest is plain."""
    auto = parse(text, "auto")
    try:
        full = shown(parse(text, "full").node)
    except QueryError as error:
        full = "" if 0 <= error.position <= len(text) else f"a mistake at {error.position}?"

    assert shown(auto.node) == (full if auto.syntax == "full" else shown(parse(text, "plain").node))
    assert not full.startswith("a mistake")


@pytest.mark.parametrize(
    "query",
    [
        "word " * 20_000,
        "(" * 100_000,
        "( " * 50_000,
        '„a" ' * 25_000,
        "„a " * 33_000,
        "NOT " * 25_000 + "a",
        "a*" * 50_000,
        "a OR " * 20_000 + "b",
    ],
    ids=["words", "brackets", "spaced", "quotes", "open", "not", "stars", "or"],
)
def test_long_queries_are_read_quickly(query: str) -> None:
    """100,000 characters, in time that grows with the length: the square of it would take minutes and fail the run."""
    assert parse(query).query == query
