"""What comes from outside acts on no terminal: not as body, title, path, query or error, in no command and no format."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Outcome

SOAK = "SEARCHKIT_SOAK" in os.environ
PAYLOADS = {
    "CSI": "\x1b[2J\x1b[1;31m",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "DCS": "\x1bP+q544e\x1b\\",
    "C1": "\x9b2J\x9d0;owned\x9c",
    "return": "good\rbad!",
    "backspace": "abc\b\b\bxyz\x7f",
    "bidi": "\u202etxt.exe\u202c\u2066x\u2069\u200e\u061c",
    "markup": "[bold red]x[/] [link=http://evil.example]y[/link] :warning:",
    "lines": "one\u2028two\u2029three\x85four\x0b\x0c",
    "bell": "\x07\x00\x05\x0e",
}
# Colours, links to files, and what draws the progress bar.
OWN = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;(?:file://[!-~]*)?\x1b\\|\x1b\[\?25[lh]|\r?\x1b\[1A\x1b\[2K|\r\x1b\[2K")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORMATS = ("text", "json", "jsonl", "tsv", "csv", "trec", "paths", "grep")
COMMANDS = [
    *(("search", "-n", "0", "--snippets", "3", "--format", name, "needle") for name in FORMATS),
    ("search", "--explain", "needle"),
    ("search", "-c", "needle"),
    ("status",),
    ("status", "--format", "json"),
    ("verify",),
    ("index", "--format", "json", "--jobs", "1"),
    ("index", "--dry-run", "--rebuild"),
    ("index", "--rebuild", "--jobs", "1"),
]


def acts(outcome: Outcome) -> str:
    """Give what acts on a terminal; "" if nothing does."""
    text = OWN.sub("", (outcome.out + outcome.err).replace("\r\n", "\n"))
    found = CONTROL.search(text)
    return repr(text[max(0, found.start() - 60) : found.end() + 60]) if found else ""


@pytest.fixture
def hostile(tmp_path: Path, program: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Index documents whose every part is a payload, and some that cannot be read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
    docs = tmp_path / "do\x1b]0;owned\x07cs"
    docs.mkdir()
    for name, payload in PAYLOADS.items():
        file = payload.replace("/", "_").replace("\x00", "")
        (docs / f"{name}{file}.txt").write_text(f"needle {payload} hay\n{payload}needle\n", "utf-8")
        (docs / f"{name}{file}.md").write_text(f"# title {payload} needle\n\nneedle {payload}\n", "utf-8")
        (docs / f"{name}.html").write_text(f"<title>{payload} needle</title><p>needle {payload} &#27;[2J &#x9b;2J &#x202e;", "utf-8")
        (docs / f"bad{file}.bin").write_bytes(b"\x7fELF\x00")
    records = [
        {"_id": f"{name}{payload}", "title": payload, "text": f"needle {payload}", "url": payload} for name, payload in PAYLOADS.items()
    ]
    (docs / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records) + '{"_id": "\\u001b[2J", "broken\n')
    (tmp_path / os.fsdecode(b"latin\xff\x9b1")).mkdir()
    assert program("index", str(docs), "--jobs", "1", "--lang", "en").status == 0
    return docs


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_answer_acts_on_a_terminal(hostile: Path, program: Cli, command: tuple[str, ...], *, terminal: bool) -> None:
    """Our own colours and file links alone do."""
    del hostile

    outcome = program(*command, terminal=terminal, columns=100)

    assert outcome.status == 0, outcome.err
    assert acts(outcome) == ""
    if command[:1] == ("search",) and "-c" not in command:
        assert outcome.out.strip()


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_argument_acts_on_a_terminal(hostile: Path, program: Cli, name: str) -> None:
    """Wherever it is typed, and whatever comes of it."""
    payload = PAYLOADS[name].replace("\x00", "")
    topics = hostile / "topics.jsonl"
    topics.write_text(json.dumps({"_id": payload, "text": payload}) + "\n")
    qrels = hostile / "qrels.tsv"
    qrels.write_text(f"query-id\tcorpus-id\tscore\n{payload.splitlines()[0]}\tx\tmany\n", "utf-8", newline="")

    for command in (
        ["search", payload],
        ["search", "--debug", "--syntax", "full", f'"{payload}'],
        ["search", f"title:{payload}", "--format", "json"],
        ["search", "--path", payload, "needle"],
        ["search", f"--lang={payload}", "x"],
        ["search", f"--{payload}", "x"],
        ["search", f"--since={payload}", "x"],
        ["search", f"needl{payload}e"],
        ["search", "--format", "jsonl", "--queries", str(topics)],
        ["search", "--debug", "--format", "trec", "--queries", payload],
        ["show", payload],
        ["show", str(hostile / "records.jsonl")],
        ["show", f"{name}{PAYLOADS[name]}".replace("\x00", "")],
        ["analyze", payload],
        ["analyze", "--format", "json", payload],
        ["analyze", f"--lang={payload}", "x"],
        ["eval", "--queries", str(topics), "--qrels", str(qrels)],
        ["eval", "--debug", "--queries", payload, "--qrels", payload],
        ["index", "--debug", payload],
        ["index", "--forget", payload],
        ["index", f"--glob={payload}", f"--exclude={payload}", "--dry-run", str(hostile)],
        ["--index", payload, "status"],
        ["--index", payload, "--debug", "verify"],
        [payload],
    ):
        for terminal in (False, True) if SOAK else (True,):
            outcome = program(*command, terminal=terminal)

            assert outcome.status in {0, 1, 2}, command
            assert acts(outcome) == "", command
            assert "internal error" not in outcome.err, command


def test_a_batch_acts_on_no_terminal(hostile: Path, program: Cli) -> None:
    """Ids and queries of a batch are payloads too."""
    del hostile
    lines = "".join(f"{payload}\t{payload} needle\n" for payload in PAYLOADS.values()).encode()
    for name in FORMATS:
        outcome = program("search", "-", "--format", name, stdin=lines, terminal=True)

        assert acts(outcome) == "", name
