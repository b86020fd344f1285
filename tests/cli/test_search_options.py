"""The options of a search reach it, and a batch is answered line by line."""

import json
from pathlib import Path

import pytest

from searchkit.settings import SearchSettings
from tests.cli import fakes
from tests.cli.conftest import Cli

Searcher = type[fakes.FakeSearcher]


def test_options_become_settings(cli: Cli, app: Searcher) -> None:
    """Each option has the name of its setting."""
    options = "--limit 3 --offset 1 --lang de --in ko --in kk --path a/** --since 2020 --until 2024-05 --match any --exact --fuzzy on"

    cli(
        "search",
        "two",
        "words",
        *options.split(),
        *["--sort", "date", "--syntax", "full", "--snippets", "2", "--context", "90", "--explain"],
    )

    assert app.asked == [
        (
            "two words",
            SearchSettings(
                limit=3,
                offset=1,
                lang="de",
                in_languages=("ko", "kk"),
                paths=("a/**",),
                since="2020",
                until="2024-05",
                match="any",
                exact=True,
                fuzzy="on",
                sort="date",
                syntax="full",
                snippets=2,
                context=90,
                explain=True,
                matched=False,
            ),
        )
    ]


def test_without_options_the_defaults_hold(cli: Cli, app: Searcher) -> None:
    """What the command line does not say, the settings say."""
    cli("search", "q")

    assert app.asked == [("q", SearchSettings(matched=False))]


def test_index_folder_by_option_environment_or_default(cli: Cli, app: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before or after the command's name; the later one wins."""
    cli("search", "q")
    monkeypatch.setenv("SEARCHKIT_INDEX", "env")
    cli("search", "q")
    cli("--index", "before", "search", "q")
    cli("search", "--index", "after", "q")
    cli("--index", "before", "search", "q", "--index", "after")

    assert app.indexes == ["index", "env", "before", "after", "after"]


def test_count_is_of_all_hits(cli: Cli) -> None:
    """``-n`` does not bound it; none is 0 and status 1."""
    some, none = cli("search", "-c", "-n", "1", "q"), cli("search", "-c", "nothing")

    assert (some.out, some.status, none.out, none.status) == ("2\n", 0, "0\n", 1)
    assert (some.err, none.err) == ("", "")


def test_quiet_keeps_the_status_alone(cli: Cli) -> None:
    """Nothing is printed but errors."""
    for query, status in (("q", 0), ("nothing", 1)):
        result = cli("search", "-q", query)
        assert (result.out, result.err, result.status) == ("", "", status)
    assert cli("-q", "search", "bad").err.startswith("searchkit: a bracket is not closed")


def test_standard_input_is_a_query_a_line(cli: Cli, app: Searcher) -> None:
    """Ids count from 1 unless a line has its own; bytes that are no UTF-8 are kept."""
    result = cli("search", "-", "--format", "jsonl", "-n", "1", stdin=b"\xef\xbb\xbffirst\r\nq7\tsecond one\n\xff")

    records = [json.loads(line) for line in result.lines]
    assert [(record["query_id"], record["query"]) for record in records] == [("1", "first"), ("q7", "second one"), ("3", "\udcff")]
    assert [query for query, _ in app.asked] == ["first", "second one", "\udcff"]


def test_a_batch_answers_every_query_as_json(cli: Cli) -> None:
    """One object a line, hits or none, failed or not; the others are still answered, and the status says 2."""
    result = cli("search", "-", "--format", "json", stdin=b"q\nnothing\nbad\nboom\nx\n")

    records = [json.loads(line) for line in result.lines]
    assert [record["query_id"] for record in records] == ["1", "2", "3", "4", "5"]
    assert [record["total"] for record in records] == [2, 0, 0, 0, 2]
    assert ["error" in record for record in records] == [False, False, True, True, False]
    assert (result.status, len(result.err.splitlines())) == (2, 2)


def test_a_batch_says_where_a_query_does_not_parse(cli: Cli) -> None:
    """In one line: which character, and what to do."""
    told = "a bracket is not closed, at character 4; write )"
    result = cli("search", "-", "--format", "json", stdin=b"bad\n")

    assert result.err == f"searchkit: query 1: {told}\n"
    assert json.loads(result.lines[0])["error"] == told


@pytest.mark.parametrize(("queries", "status"), [("q\nnothing\n", 0), ("nothing\nnothing\n", 1), ("q\nbad\n", 2), ("", 1)])
def test_the_status_of_a_batch(cli: Cli, queries: str, status: int) -> None:
    """0 if any query had a hit, 1 if none, 2 if any failed."""
    assert cli("search", "-", "--format", "jsonl", stdin=queries.encode()).status == status


def test_a_batch_counts_by_id(cli: Cli) -> None:
    """``ID<TAB>N``."""
    assert cli("search", "-", "-c", stdin=b"q\nx7\tnothing\n").out == "1\t2\nx7\t0\n"


def test_a_batch_as_text_names_its_queries(cli: Cli) -> None:
    """Each answer stands under its query."""
    result = cli("search", "-", stdin=b"solar power\nq2\tnothing\n")

    assert "[1] solar power" in result.lines
    assert "[q2] nothing" in result.lines
    assert "searchkit: query q2: nothing found for: nothing" in result.err


def test_tables_of_a_batch_have_the_query_last(cli: Cli) -> None:
    """One header; the columns of the contract stay where they are."""
    lines = cli("search", "-", "--format", "tsv", "-n", "1", stdin=b"q\nx7\tq\n").lines

    assert [line.split("\t")[-1] for line in lines] == ["query_id", "1", "x7"]
    assert lines[0].startswith("rank\tscore\tlang\tpath\tline\ttitle\tsnippet\t")


def test_a_file_of_queries_is_plain_by_default(cli: Cli, app: Searcher, tmp_path: Path) -> None:
    """BEIR topics are sentences, not expressions; ``--syntax`` says otherwise."""
    topics = tmp_path / "queries.jsonl"
    topics.write_text('{"_id": "t1", "text": "what AND why?"}\n', "utf-8")

    result = cli("search", "--queries", str(topics), "--format", "trec")
    cli("search", "--queries", str(topics), "--syntax", "full")

    assert [line.split()[0] for line in result.lines] == ["t1", "t1"]
    assert [settings.syntax for _, settings in app.asked] == ["plain", "full"]


def test_a_broken_file_of_queries_is_named_with_its_line(cli: Cli, app: Searcher, tmp_path: Path) -> None:
    """Before anything is answered."""
    topics = tmp_path / "queries.jsonl"
    topics.write_text('{"_id": "t1", "text": "a"}\n{"_id": "t2"}\n', "utf-8")

    result = cli("search", "--queries", str(topics))

    assert (result.status, app.asked) == (2, [])
    assert result.err == f'searchkit: {topics}, line 2: no "text"; expected one JSON object a line with "_id" and "text"\n'


def test_answers_come_one_by_one(cli: Cli, app: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer is flushed before the next query is read."""
    seen: list[int] = []
    import sys

    def noting(query: str) -> str:
        out = sys.stdout
        out.flush()
        seen.append(len(out.buffer.getvalue()))  # type: ignore[union-attr]
        return query

    original = app.search
    monkeypatch.setattr(app, "search", lambda self, query, settings: original(self, noting(query), settings))

    cli("search", "-", "-c", stdin=b"q\nq\nq\n")

    assert seen == [0, 4, 8]


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        ("--format json", SearchSettings()),
        ("--format grep", SearchSettings(matched=False)),
        ("--format trec", SearchSettings(matched=False, snippets=0)),
        ("-l", SearchSettings(matched=False, snippets=0)),
        ("-0 --explain", SearchSettings(matched=False, snippets=0, explain=True)),
        ("-c --explain -n 0", SearchSettings(matched=False, snippets=0, limit=1)),
        ("-q", SearchSettings(matched=False, snippets=0, limit=1)),
    ],
)
def test_what_is_not_shown_is_not_looked_for(cli: Cli, app: Searcher, arguments: str, settings: SearchSettings) -> None:
    """Snippets and matched words cost more than the ranking."""
    cli("search", "q", *arguments.split())

    assert app.asked == [("q", settings)]
