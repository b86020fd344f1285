"""``index``, ``status``, ``verify``, ``show`` and ``analyze`` say what the contract says."""

import json
import sys

import pytest

from searchkit.settings import IndexSettings
from tests.cli import fakes
from tests.cli.conftest import Cli


def _calls() -> list[tuple[str, object, IndexSettings]]:
    calls: list[tuple[str, object, IndexSettings]] = sys.modules["searchkit.app.indexing"].calls
    return calls


def test_index_options_become_settings(cli: Cli) -> None:
    """Each option has the name of its setting; sizes are megabytes."""
    options = (
        "--lang ko --glob *.md --glob !a --exclude b/ --max-size 1 --jobs 2 --memory 64 --lock-timeout 0.5 --rebuild --prune --dry-run"
    )

    cli("index", "a", "b", *options.split())

    settings = IndexSettings("ko", ("*.md", "!a"), ("b/",), 1 << 20, 2, 64 << 20, 0.5, rebuild=True, prune=True, dry_run=True)
    assert _calls() == [("index", ["a", "b"], settings)]


def test_index_without_path_visits_what_is_remembered(cli: Cli) -> None:
    """No PATH is None, not an empty list of sources."""
    cli("index")

    assert _calls() == [("index", None, IndexSettings())]


def test_index_summary_as_json(cli: Cli) -> None:
    """One object on standard output; problems with their lines; the summary stays on standard error."""
    result = cli("index", "a", "--format", "json")

    record = json.loads(result.out)
    counts = ["added", "updated", "unchanged", "removed", "skipped", "failed", "documents"]
    assert list(record) == ["schema_version", *counts, "seconds", "problems"]
    assert record["problems"] == [
        {"path": "/data/bad.jsonl", "line": 3, "reason": "no JSON"},
        {"path": "/data/x\x1b.bin", "reason": "a binary file"},
    ]
    assert "2 added" in result.err


def test_index_names_problems_and_goes_on(cli: Cli) -> None:
    """A problem is a line with its reason; the status is 0, under ``--strict`` 2."""
    plain, strict = cli("index", "a"), cli("index", "a", "--strict")

    assert "searchkit: /data/bad.jsonl:3: no JSON\n" in plain.err
    assert r"searchkit: /data/x\x1b.bin: a binary file" in plain.err
    assert (plain.status, strict.status, plain.out) == (0, 2, "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--lang de", "--lang"),
        ("--glob *.md --exclude b/", "--glob and --exclude"),
        ("--max-size 1 --lang ko --glob *.md", "--lang, --glob and --max-size"),
        ("--jobs 2", ""),
        ("a --lang de", ""),
    ],
)
def test_options_of_no_path_are_not_dropped_in_silence(cli: Cli, arguments: str, told: str) -> None:
    """Remembered sources keep the options that they were given with."""
    note = f"searchkit: {told} not used: sources keep the options of their PATH; give it again to change them\n"
    result = cli("index", *arguments.split())

    assert (note in result.err) if told else ("not used" not in result.err)
    assert result.status == 0


def test_one_document_is_no_documents(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary counts as people do."""
    monkeypatch.setattr(fakes, "REPORT", fakes.REPORT._replace(documents=1))

    assert "; 1 document in" in cli("index", "a").err


def test_dry_run_lists_what_would_happen(cli: Cli) -> None:
    """The list is data, on standard output."""
    result = cli("index", "a", "--dry-run")

    assert result.out == "add     /data/new.txt\n"
    assert "would be 2 added" in result.err


def test_forget_drops_sources(cli: Cli) -> None:
    """One or several; a PATH beside them is a mistake."""
    result = cli("index", "--forget", "a", "--forget", "b", "--format", "json")

    assert [call[1] for call in _calls()] == ["forget a", "forget b"]
    assert json.loads(result.out)["removed"] == 6
    assert cli("index", "--forget", "a", "b").status == 2


def test_index_draws_a_bar_on_a_terminal_alone(cli: Cli) -> None:
    """Progress goes to standard error, and only where somebody watches."""
    watched, piped, quiet = cli("index", "a", terminal=True), cli("index", "a"), cli("index", "-q", "a", terminal=True)

    assert "files" in watched.err
    assert r"a\x1b.txt" in watched.err
    assert "files" not in piped.err + quiet.err


def test_status_as_text_and_json(cli: Cli) -> None:
    """Documents by language, size, sources, generation, analyser versions, last update."""
    text, record = cli("status").out, json.loads(cli("status", "--format", "json").out)

    for fact in ("ko 2, kk 1", "64.0 KB", r"/data\x1b --lang ko (3)", "4, 2 segments", "2026-01-02T03:04:05Z", "--rebuild"):
        assert fact in text
    assert record["languages"] == {"ko": 2, "kk": 1}
    assert record["sources"] == [{"path": "/data\x1b", "documents": 3, "options": {"lang": "ko"}}]
    assert (record["schema_version"], record["generation"], record["outdated"]) == (1, 4, ["kk"])


def test_verify_tells_faults_from_left_overs(cli: Cli) -> None:
    """What an interrupted write left behind is mentioned and is no fault."""
    sound, broken = cli("verify"), cli("--index", "broken", "verify")

    assert (sound.status, sound.out) == (0, "left over: g3.tmp: left behind\nsound\n")
    assert broken.status == 2
    assert r"fault: g4.post: block 7: checksum\x1b" in broken.out
    assert "--rebuild" in broken.err
    assert json.loads(cli("--index", "broken", "verify", "--format", "json").out) == {
        "schema_version": 1,
        "sound": False,
        "faults": [
            {"file": "g3.tmp", "reason": "left behind", "harmless": True},
            {"file": "g4.post", "reason": "block 7: checksum\x1b", "harmless": False},
        ],
    }


def test_show_prints_text_and_fields(cli: Cli) -> None:
    """Line breaks of the text stay, control characters do not."""
    result = cli("show", "r1")

    assert result.out == (
        "path: /data/doc.txt:2\nid: r1\ntitle: A title\nlang: en\ndate: 2024-05-06\nurl: https://x\n\nLine one\nLine\\x1b two\n\n"
    )
    assert json.loads(cli("show", "r1", "--format", "json").out)["text"] == "Line one\nLine\x1b two\n"


def test_show_takes_a_path_as_it_is_typed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path relative to the current folder names its document."""
    monkeypatch.setattr("os.path.abspath", lambda name: f"/data/{name}")

    assert json.loads(cli("show", "doc.txt", "--format", "json").out)["path"] == "/data/doc.txt"


def test_show_of_nothing_is_an_error(cli: Cli) -> None:
    """One line, status 2."""
    result = cli("show", "nobody")

    assert (result.status, result.out, result.err) == (2, "", "searchkit: no document nobody\n")


def test_analyze_shows_channels(cli: Cli) -> None:
    """Every token with its span, language, position and terms."""
    text = cli("analyze", "과학", "기술").out
    record = json.loads(cli("analyze", "--lang", "de", "--format", "json", "-", stdin=b"Haus").out)

    assert text == "과학 기술        0-5  ko  position 0\n  word  과학 기술@0\n"
    assert record["tokens"] == [
        {"text": "Haus", "start": 0, "end": 4, "lang": "de", "position": 0, "terms": {"word": [["Haus", 0]], "stem": [], "gram": []}}
    ]


@pytest.mark.parametrize("arguments", [("status",), ("verify",), ("show", "r1"), ("analyze", "x"), ("index", "a")])
def test_quiet_prints_errors_alone(cli: Cli, arguments: tuple[str, ...]) -> None:
    """``-q`` anywhere: nothing on standard output, and nothing but problems on standard error."""
    result = cli("-q", *arguments)

    assert result.out == ""
    assert all(": " in line and "added" not in line for line in result.err.splitlines())
