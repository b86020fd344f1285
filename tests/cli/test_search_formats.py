"""Every format of a search says what the contract says, and nothing that a terminal would obey."""

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from searchkit.app.results import Correction, Interpretation, Snippet
from tests.cli import fakes
from tests.cli.conftest import Cli

Searcher = type[fakes.FakeSearcher]
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;(?:file://[!-~]*)?\x1b\\")
FORMATS = ["text", "json", "jsonl", "tsv", "csv", "trec", "paths", "grep"]


def test_json_lines_have_the_fields_of_the_contract(cli: Cli) -> None:
    """A line a hit, its fields in their order, highlights as offsets into the text."""
    result = cli("search", "--format", "jsonl", "과학기술")

    records = [json.loads(line) for line in result.lines]
    fields = ["schema_version", "rank", "score", "id", "path", "line", "title", "lang", "date", "snippets", "matched"]
    assert [list(record) for record in records] == [fields, fields]
    (snippet,) = records[0]["snippets"]
    assert [snippet["text"][start:end] for start, end in snippet["highlights"]] == ["과학기술", "협력"]
    assert (records[0]["line"], snippet["line"], records[0]["date"], result.status) == (17, 17, None, 0)


def test_json_is_one_object_with_the_interpretation(cli: Cli, app: Searcher) -> None:
    """What was made of the query stands in the object, not on standard error."""
    app.interpretation = Interpretation(("de",), corrections=(Correction("Zusamenarbeit", ("zusammenarbeit",), used=True),), limits=("l",))

    result = cli("search", "--format", "json", "Zusamenarbeit")

    record = json.loads(result.out)
    assert list(record) == ["schema_version", "query", "total", "seconds", "interpretation", "hits"]
    assert record["interpretation"] == {
        "languages": ["de"],
        "match": "all",
        "syntax": "plain",
        "corrections": [{"word": "Zusamenarbeit", "suggestions": ["zusammenarbeit"], "used": True}],
        "limits": ["l"],
    }
    assert (result.err, len(result.lines), record["total"]) == ("", 1, 2)


def test_explanations_come_on_demand(cli: Cli, app: Searcher) -> None:
    """``--explain`` gives every number of a score, in JSON and as text."""
    app.hits = (fakes.hit(explanation=fakes.EXPLANATION),)

    record = json.loads(cli("search", "--explain", "--format", "jsonl", "x").out)
    text = cli("search", "--explain", "x").out

    assert record["explanation"] == {
        "value": 10.0,
        "description": "sum of",
        "details": [{"value": 10.0, "description": "협력 in body_stem_ko"}],
    }
    assert "10  협력 in body_stem_ko" in text
    assert app.asked[0][1].explain


def test_tsv_never_breaks_a_row(cli: Cli, app: Searcher) -> None:
    """Tab, newline and carriage return inside become a blank; nothing is quoted."""
    app.hits = (fakes.hit(title='a\t"b"\nc', snippets=(Snippet("x\r\ny\u2028z", (), 1),)),)

    header, row = cli("search", "--format", "tsv", "q").lines

    assert header.split("\t") == ["rank", "score", "lang", "path", "line", "title", "snippet"]
    assert row.split("\t")[5:] == ['a "b" c', "x y z"]
    assert row.split("\t")[3:5] == ["/data/doc1.txt", "17"]


def test_csv_is_read_back_by_a_csv_reader(cli: Cli, app: Searcher) -> None:
    """RFC 4180: lines end in CR LF, what needs it is quoted."""
    app.hits = (fakes.hit(title='a, "b"', snippets=(Snippet("x, y", (), 1),)),)

    result = cli("search", "--format", "csv", "q")

    rows = list(csv.reader(io.StringIO(result.out, newline="")))
    assert rows[1][5:] == ['a, "b"', "x, y"]
    assert result.raw.count(b"\r\n") == 2
    assert rows[0] == ["rank", "score", "lang", "path", "line", "title", "snippet"]


def test_trec_lines_have_six_columns_whatever_the_id(cli: Cli, app: Searcher) -> None:
    """Blanks in an id are percent-encoded."""
    app.hits = (fakes.hit(id="my page.txt"),)

    assert cli("search", "--format", "trec", "q").lines == ["1 Q0 my%20page.txt 1 10.0 searchkit"]


def test_grep_gives_place_and_text_of_every_snippet(cli: Cli, app: Searcher) -> None:
    """``path:line:column:text``, as editors read it."""
    app.hits = (fakes.hit(snippets=(Snippet("one", ((0, 3),), 3, 8), Snippet("two", (), 5))),)

    assert cli("search", "--format", "grep", "q").lines == ["/data/doc1.txt:3:8:one", "/data/doc1.txt:5:1:two"]


def test_paths_come_once_and_relative_to_here(cli: Cli, app: Searcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``-l`` names each file once, below the current folder by its relative path."""
    monkeypatch.chdir(tmp_path)
    near = str(tmp_path / "a" / "b.txt")
    app.hits = (fakes.hit(1, path=near), fakes.hit(2, path="/far/c.txt"), fakes.hit(3, path=near))

    assert cli("search", "-l", "q").lines == ["a/b.txt", "/far/c.txt"]
    assert cli("search", "--format", "paths", "q").lines == ["a/b.txt", "/far/c.txt"]
    assert json.loads(cli("search", "--format", "jsonl", "q").lines[0])["path"] == near


def test_null_paths_are_the_exact_bytes(cli: Cli, app: Searcher) -> None:
    """Only ``-0`` prints what a path really is."""
    app.hits = (fakes.hit(path=os.fsdecode(b"/data/\xff\n\x1b.txt")), fakes.hit(2))

    assert cli("search", "-l0", "q").raw == b"/data/\xff\n\x1b.txt\x00/data/doc2.txt\x00"
    assert cli("search", "-0", "q").raw == b"/data/\xff\n\x1b.txt\x00/data/doc2.txt\x00"
    assert cli("search", "-l", "q").lines[0] == r"/data/\udcff\n\x1b.txt"


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("terminal", [False, True])
def test_nothing_printed_is_a_control_character(cli: Cli, app: Searcher, format_: str, terminal: bool) -> None:  # noqa: FBT001 - a parameter
    """Whatever a document, a path or a query holds, a terminal is never told what to do."""
    nasty = fakes.NASTY
    app.hits = (
        fakes.hit(
            path=f"/data/{nasty}", id=nasty, title=f"{nasty}\n\tb", lang=nasty, snippets=(Snippet(nasty, ((0, 4),), 1),), matched=(nasty,)
        ),
    )
    app.interpretation = Interpretation((nasty,), corrections=(Correction(nasty, (nasty,), used=True),), limits=(nasty,), guessed=True)

    for arguments, stdin in ((("search", nasty), b""), (("search", "-"), f"{nasty}\t{nasty}\n".encode("utf-8", "surrogateescape"))):
        result = cli(*arguments, "--format", format_, stdin=stdin, terminal=terminal)
        printed = OURS.sub("", result.out + result.err)
        printed = printed.replace("\r\n", "\n") if format_ == "csv" else printed
        assert not FORBIDDEN.search(printed)
        assert terminal or "\x1b" not in result.out


def test_json_gives_back_what_was_there(cli: Cli, app: Searcher) -> None:
    r"""Escapes are ``\u`` escapes: a reader gets the very characters."""
    app.hits = (fakes.hit(title=fakes.NASTY),)

    record = json.loads(cli("search", "--format", "jsonl", "q").out)

    assert record["title"] == fakes.NASTY


def test_ascii_output_is_still_readable_and_json_still_json(cli: Cli) -> None:
    """What an output cannot say becomes backslash escapes, in JSON those of JSON."""
    text = cli("search", "과학", encoding="ascii").out
    record = json.loads(cli("search", "--format", "jsonl", "과학", encoding="ascii").lines[0])

    assert r"\uacfc\ud559" in text
    assert record["snippets"][0]["text"] == "… 과학기술 협력을 위해 …"
