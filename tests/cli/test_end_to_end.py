"""From files to answers: the lines of the contract, tried as commands on the real thing."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

TEXTS = {
    "ko.txt": "한국과 카자흐스탄이 과학기술 협력을 강화한다.\n\n두 나라의 대학교는 공동 연구를 시작하였다.\n",
    "kk.md": "---\ntitle: Ғылыми келісім\ndate: 2023-05-01\n---\n\n"
    "Қазақстан мен Корея келісімдерге қол қойды.\nУниверситеттерінің студенттері барады.\n",
    "de/wind.html": "<html><head><title>Windkraft im Norden</title></head><body>"
    "<p>Die Windkraftanlagen</p>\n<p>liefern Strom.</p></body></html>",
    "ru.txt": "Россия и Казахстан подписали соглашения о сотрудничестве университетов.\n",
    "en.txt": "The universities signed an agreement.\nRenewable energy needs cooperation between neighbours.\n",
    "records.jsonl": '{"_id": "r1", "title": "First record", "text": "A satellite was launched.", "lang": "en", "date": "2024-02-03"}\n'
    '{"_id": "r2", "text": "Satellites observe glaciers and rivers.", "date": "2022"}\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of documents, and go there."""
    for name, text in TEXTS.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def indexed(folder: Path, program: Cli) -> Path:
    """Index it."""
    assert program("index", "docs", "--jobs", "1").status == 0
    return folder


def _names(program: Cli, *arguments: str) -> list[str]:
    return sorted(os.path.basename(line) for line in program("search", "-l", "-n", "0", *arguments).lines)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("협력", ["ko.txt"]),
        ("과학 기술", ["ko.txt"]),
        ("келісім", ["kk.md"]),
        ("соглашение", ["ru.txt"]),
        ("Windkraft", ["wind.html"]),
        ("university", ["en.txt"]),
        ("satellites", ["records.jsonl"]),
        ('"renewable energy"', ["en.txt"]),
        ("satellite -glacier", ["records.jsonl"]),
        ("title:record", ["records.jsonl"]),
        ("glac*", ["records.jsonl"]),
        ("nei?hbour*", ["en.txt"]),
        ("lang:ko", ["ko.txt"]),
        ("date:2023..2023-12", ["kk.md"]),
    ],
)
def test_words_are_found_in_any_inflection(indexed: Path, program: Cli, query: str, found: list[str]) -> None:
    """In five languages, and in the query language."""
    del indexed
    assert _names(program, query) == found


def test_a_second_run_does_nothing_and_a_change_is_seen(indexed: Path, program: Cli) -> None:
    """Unchanged, updated, added, removed: each is counted."""
    again = json.loads(program("index", "--format", "json").out)
    (indexed / "docs" / "en.txt").write_text("Nothing but photosynthesis.\n", "utf-8")
    (indexed / "docs" / "new.txt").write_text("A brand new page.\n", "utf-8")
    (indexed / "docs" / "ru.txt").unlink()
    planned = program("index", "--dry-run")
    changed = json.loads(program("index", "--format", "json").out)

    assert (again["added"], again["updated"], again["unchanged"], again["removed"], again["documents"]) == (0, 0, 7, 0, 7)
    assert sorted(line.split()[0] for line in planned.lines) == ["add", "remove", "update"]
    assert (changed["added"], changed["updated"], changed["unchanged"], changed["removed"], changed["documents"]) == (1, 1, 5, 1, 7)
    assert _names(program, "photosynthesis") == ["en.txt"]
    assert program("search", "соглашения").status == 1


def test_filters_narrow_a_search(indexed: Path, program: Cli) -> None:
    """``--in``, ``--path``, ``--since``, ``--until``."""
    del indexed
    assert _names(program, "--in", "ru", "университет") == ["ru.txt"]
    assert _names(program, "--path", "docs/*.txt", "--fuzzy", "off", "university") == ["en.txt"]
    assert _names(program, "--path", "docs/de/*", "university") == []
    assert _names(program, "--path", "**/de/**", "Strom") == ["wind.html"]
    assert program("search", "-c", "--since", "2024", "satellite").out == "1\n"
    assert program("search", "-c", "--until", "2022", "satellite").out == "1\n"
    assert program("search", "-c", "--since", "2023-01", "--until", "2023-12", "satellite").out == "0\n"


def test_hits_have_titles_dates_and_the_right_lines(indexed: Path, program: Cli) -> None:
    """Front matter, HTML title, record; lines of the source file."""

    def first(query: str) -> dict[str, object]:
        record: dict[str, object] = json.loads(program("search", "--format", "jsonl", query).lines[0])
        return record

    kazakh, german, record, korean = first("келісім"), first("Windkraftanlagen"), first("glaciers"), first("연구")

    assert (kazakh["title"], kazakh["date"], kazakh["line"], kazakh["lang"]) == ("Ғылыми келісім", "2023-05-01", 6, "kk")
    assert (german["title"], german["line"]) == ("Windkraft im Norden", 1)
    assert (record["id"], record["line"], record["path"]) == ("r2", 2, str(indexed / "docs" / "records.jsonl"))
    assert (korean["title"], korean["line"], korean["id"]) == (None, 3, str(indexed / "docs" / "ko.txt"))


def test_highlights_cover_what_matched(indexed: Path, program: Cli) -> None:
    """An inflected form, a compound, a corrected word."""
    del indexed
    marks = {}
    for query in ("협력", "Windkraft", "cooperaton", "university"):
        (snippet,) = json.loads(program("search", "--format", "jsonl", "-n", "1", query).out)["snippets"]
        marks[query] = {snippet["text"][start:end] for start, end in snippet["highlights"]}

    assert all(mark.startswith("협력") for mark in marks["협력"])
    assert marks["Windkraft"] & {"Windkraftanlagen", "Windkraft"}
    assert marks["cooperaton"] == {"cooperation"}
    assert marks["university"] == {"universities"}


def test_corrections_are_told(indexed: Path, program: Cli) -> None:
    """On standard error as text, in the interpretation as JSON."""
    del indexed
    told = json.loads(program("search", "--format", "json", "cooperaton").out)["interpretation"]["corrections"]

    assert (told[0]["word"], told[0]["suggestions"][0], told[0]["used"]) == ("cooperaton", "cooperation", True)
    assert "cooperation" in program("search", "cooperaton").err
    assert program("search", "--fuzzy", "off", "-c", "cooperaton").out == "0\n"


def test_explanations_add_up(indexed: Path, program: Cli) -> None:
    """The value of an explanation is the score."""
    del indexed
    hit = json.loads(program("search", "--explain", "--format", "jsonl", "-n", "1", "renewable energy").out)

    assert hit["explanation"]["value"] == pytest.approx(hit["score"])


def test_sorting_limit_and_offset(indexed: Path, program: Cli) -> None:
    """``--sort date`` newest first, undated last; ranks go on where the offset left off."""
    del indexed
    by_date = [
        json.loads(line)["date"] for line in program("search", "--sort", "date", "--format", "jsonl", "-n", "0", "lang:en OR lang:kk").lines
    ]
    second = json.loads(program("search", "--offset", "1", "-n", "1", "--format", "jsonl", "satellite").out)

    assert by_date == ["2024-02-03", "2023-05-01", "2022", None]
    assert second["rank"] == 2


def test_syntax_full_marks_the_error_and_auto_never_fails(indexed: Path, program: Cli) -> None:
    """Any text is a plain query; an expression that does not parse is an error only where one was asked for."""
    del indexed
    full = program("search", "--syntax", "full", "agreement AND (")

    assert (full.status, full.err.splitlines()[-1].strip()) == (2, "^")
    for query in ("agreement AND (", '"', "what is 10:30?", "a:b:c", "~~~", "*", "-", "(((", "NOT", "\\", "\x00", "\ud800"):
        assert program("search", "--", query).status in {0, 1}, query
        assert program("search", "--syntax", "plain", "--", query).status in {0, 1}, query


def test_a_batch_of_the_real_thing(indexed: Path, program: Cli) -> None:
    """Ids, TREC lines, counts."""
    del indexed
    out = program("search", "-", "--format", "trec", stdin="q1\tsatellite\nсоглашение\n".encode()).lines
    counts = program("search", "-", "-c", stdin=b"q1\tsatellite\nxyzzyx\n").lines

    assert [line.split()[:4] for line in out[:2]] == [["q1", "Q0", out[0].split()[2], "1"], ["q1", "Q0", out[1].split()[2], "2"]]
    assert out[2].split()[0] == "2"
    assert counts == ["q1\t2", "2\t0"]


def test_csv_and_tsv_of_the_real_thing(indexed: Path, program: Cli) -> None:
    """The same cells."""
    del indexed
    table = [line.split("\t") for line in program("search", "--format", "tsv", "satellite").lines]
    rows = list(csv.reader(io.StringIO(program("search", "--format", "csv", "satellite").out, newline="")))

    assert table == rows


def test_problems_are_named_and_the_run_goes_on(indexed: Path, program: Cli) -> None:
    """Broken records with their lines, binary files, double ids; ``--strict`` makes it an error."""
    (indexed / "docs" / "bad.jsonl").write_text('{"_id": "a", "text": "fine"}\nnot json\n{"_id": "a", "text": "again"}\n', "utf-8")
    (indexed / "docs" / "noise.bin").write_bytes(bytes(range(256)) * 20)

    record = json.loads(program("index", "--format", "json").out)

    assert {(os.path.basename(problem["path"]), problem.get("line")) for problem in record["problems"]} >= {
        ("bad.jsonl", 2),
        ("bad.jsonl", 3),
        ("noise.bin", None),
    }
    assert (record["added"], record["failed"]) == (1, 3)


def test_sources_are_remembered_forgotten_and_not_lost(indexed: Path, program: Cli) -> None:
    """A vanished source is an error and removes nothing; ``--prune`` and ``--forget`` do."""
    (indexed / "more").mkdir()
    (indexed / "more" / "x.txt").write_text("An extra glossary.\n", "utf-8")
    program("index", "more")
    (indexed / "more").rename(indexed / "gone")

    vanished = program("index")
    kept = program("search", "-c", "glossary").out
    pruned = program("index", "--prune")

    assert (vanished.status, kept, pruned.status) == (2, "1\n", 0)
    assert program("search", "-c", "glossary").out == "0\n"
    assert program("index", "--forget", "docs").status == 0
    assert json.loads(program("status", "--format", "json").out)["documents"] == 0
    assert program("index", "--forget", "nowhere").status == 2


def test_status_verify_show_and_analyze(indexed: Path, program: Cli) -> None:
    """Each as text and as JSON."""
    status = json.loads(program("status", "--format", "json").out)
    shown = json.loads(program("show", "r1", "--format", "json").out)
    tokens = json.loads(program("analyze", "--format", "json", "Windkraftanlagen", "협력을").out)["tokens"]

    assert status["documents"] == 7
    assert status["languages"]["ru"] == 1
    assert status["sources"][0]["path"] == str(indexed / "docs")
    assert json.loads(program("verify", "--format", "json").out)["sound"] is True
    assert (shown["title"], shown["text"], shown["line"]) == ("First record", "A satellite was launched.", 1)
    assert "соглашения" in program("show", "docs/ru.txt").out
    assert [(token["text"], token["start"], token["end"]) for token in tokens] == [("Windkraftanlagen", 0, 16), ("협력을", 17, 20)]
    assert set(tokens[0]["terms"]) == {"word", "stem", "gram", "fold"}


def test_rebuild_gives_the_same_answers(indexed: Path, program: Cli) -> None:
    """Incremental equals rebuilt, scores included."""
    before = program("search", "--format", "jsonl", "-n", "0", "satellite agreement energy").out
    program("index", "--rebuild")

    assert program("search", "--format", "jsonl", "-n", "0", "satellite agreement energy").out == before
    del indexed


def test_rebuild_gets_out_of_a_damaged_index(indexed: Path, program: Cli) -> None:
    """Damage is named by ``verify`` and by nobody passed over; files of others in the folder are no fault."""
    (indexed / "index" / "notes-of-mine.txt").write_text("mine", "utf-8")
    assert program("verify").status == 0
    largest = max((path for path in (indexed / "index").rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    data = bytearray(largest.read_bytes())
    data[len(data) // 2] ^= 0xFF
    largest.write_bytes(data)

    assert program("verify").status == 2
    assert program("index", "docs", "--rebuild").status == 0
    assert program("verify").status == 0
    assert (indexed / "index" / "notes-of-mine.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("command", [["search", "x"], ["status"], ["verify"], ["show", "x"], ["index", "--forget", "x"]])
def test_a_missing_index_says_what_to_do(folder: Path, program: Cli, command: list[str]) -> None:
    """One line, status 2, and no folder made."""
    result = program(*command)

    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert "internal error" not in result.err
    assert not (folder / "index").exists()


def test_missing_paths_and_nothing_to_index(folder: Path, program: Cli) -> None:
    """A path that is not there is an error; without one and without ``corpus`` there is nothing to do."""
    assert program("index", "no/such/folder").status == 2
    nothing = program("index")
    (folder / "docs").rename(folder / "corpus")

    assert (nothing.status, nothing.err.count("\n")) == (2, 1)
    assert program("index").status == 0
    assert program("search", "-c", "satellite").out == "2\n"


def test_measuring_the_real_thing(indexed: Path, program: Cli) -> None:
    """Topics in, measures out."""
    (indexed / "q.jsonl").write_text('{"_id": "1", "text": "satellite launched"}\n{"_id": "2", "text": "glaciers"}\n', "utf-8")
    (indexed / "q.tsv").write_text("query-id\tcorpus-id\tscore\n1\tr1\t1\n2\tr2\t1\n", "utf-8")

    result = program("eval", "--queries", "q.jsonl", "--qrels", "q.tsv")

    assert result.lines == ["nDCG@10\t1.0000", "RR@10\t1.0000", "R@100\t1.0000"]
