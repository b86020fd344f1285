"""What ``make demo`` shows is there: every search of it finds something in ``corpus/``."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
CORPUS = TOP / "corpus"
SEARCHES = re.findall(r"call show,(search .*)\)$", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE)

# What a newcomer copies from the README's table; - reads queries that we do not have.
COPIED = re.findall(r"`searchkit ((?:search|analyze) [^`]*)`", (TOP / "README.md").read_text("utf-8"))
COPIED = [command for command in COPIED if "<" not in command]
TYPED = re.findall(r"`(\w+)` (?:in \w+|when)", (TOP / "README.md").read_text("utf-8"))


def _run(index: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "searchkit", "--index", str(index), *arguments]
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index our own documents."""
    folder = tmp_path_factory.mktemp("demo") / "index"
    result = _run(folder, "index", "corpus")
    assert result.returncode == 0, result.stderr
    return folder


def test_the_demo_has_searches() -> None:
    """In five languages, with a slip of the finger and a phrase."""
    assert len(SEARCHES) >= 7


@pytest.mark.parametrize("search", SEARCHES)
def test_search_of_the_demo_finds_something(index: Path, search: str) -> None:
    """A newcomer's first look is not an empty one."""
    result = _run(index, *shlex.split(search))

    assert (result.returncode, result.stdout.count("\n") > 1) == (0, True), result.stderr


@pytest.mark.parametrize("command", [*COPIED, *(f"search {word}" for word in TYPED)])
def test_what_the_readme_names_finds_something(index: Path, command: str) -> None:
    """Its examples are tried on the corpus that lies beside it."""
    result = _run(index, *shlex.split(command))

    assert (result.returncode, bool(result.stdout)) == (0, True), result.stderr


def test_the_readme_names_searches() -> None:
    """One for each kind of search, and words of every language."""
    assert len(COPIED) >= 9
    assert len(TYPED) >= 7


@pytest.mark.parametrize("rebuilds", [True, False])
def test_the_demo_gets_over_an_index_of_another_version(tmp_path: Path, *, rebuilds: bool) -> None:
    """After an update of the program ``index corpus`` asks for ``--rebuild``; a demo does so by itself, and fails if that fails."""
    program = tmp_path / "searchkit"
    program.write_text(f'#!/bin/sh\ncase "$*" in *--rebuild*) exit {0 if rebuilds else 2};; *index\\ corpus*) exit 2;; esac\n')
    program.chmod(0o755)

    command = ["make", "-o", ".venv/run.stamp", "-o", ".venv/bytecode.stamp", f"BIN={tmp_path}", "demo"]
    result = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False, timeout=60)

    assert "$ searchkit index --rebuild corpus" in result.stdout
    assert (result.returncode, "Now you" in result.stdout) == ((0, True) if rebuilds else (2, False))


def test_every_document_of_the_corpus_is_read(index: Path) -> None:
    """None fails; at least forty in five languages, eight or more each."""
    again = _run(index, "index", "--strict", "--rebuild", "corpus")
    status = json.loads(_run(index, "status", "--format", "json").stdout)

    assert again.returncode == 0, again.stderr
    assert status["documents"] >= 40
    assert {code: count for code, count in status["languages"].items() if code in {"ko", "kk", "ru", "de", "en"} and count < 8} == {}
    assert {"ko", "kk", "ru", "de", "en"} <= set(status["languages"])
