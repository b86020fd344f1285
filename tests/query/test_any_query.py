"""Whatever is typed is a tree or a mistake with a place, and whatever is in a file is a text or a problem; 20,000 of each in earnest."""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.documents.model import Document, Problem
from searchkit.documents.read import read_file
from searchkit.errors import QueryError
from searchkit.planning.limits import cut_query, cut_tree
from searchkit.query.syntax import parse

SOAK = "SEARCHKIT_SOAK" in os.environ
EXAMPLES = 20_000 if SOAK else 150
BITS = [
    *('"', "(", ")", "AND ", "OR ", "NOT ", "-", "~", "*", "?", "=", ":", "title:", "date:", "..", "\\"),
    *("\u200d", "\ud800", "가", "қ", "ё", "a", " "),
]
QUERIES = st.one_of(st.lists(st.sampled_from(BITS), max_size=40).map("".join), st.text(max_size=40))
MARKS = [
    *(b"<p>", b"</", b"<!--", b"<script>", b"&#x", b"&amp", b"---\n", b"title: ", b"[a](", b"```", b'{"_id": '),
    *(b"\xff\xfe", b"\x1b$B", b"\r", b"a", b"\xc3"),
]
DATA = st.one_of(st.lists(st.sampled_from(MARKS), max_size=40).map(b"".join), st.binary(max_size=60))
often = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@often
@given(QUERIES, st.sampled_from(["auto", "plain", "full"]))
def test_any_query_parses_or_is_told_where_not(query: str, syntax: str) -> None:
    """Only ``full`` refuses anything."""
    try:
        parsed, _ = cut_tree(parse(cut_query(query)[0], syntax))
    except QueryError as error:
        assert (syntax, 0 <= error.position <= len(query)) == ("full", True)  # noqa: PT017 -- either is right
    else:
        assert parsed.query == query


@often
@given(DATA, st.sampled_from([".html", ".md", ".txt", ".json", ".jsonl"]))
def test_any_bytes_are_documents_or_problems(data: bytes, suffix: str) -> None:
    """Lines are those of the file."""
    for item in read_file(f"/a{suffix}", data):
        assert isinstance(item, Document | Problem)
        if isinstance(item, Document):
            assert "\r" not in item.text
