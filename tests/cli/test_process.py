"""The program as a process: locales, bytes, pipes that close, signals, standard streams that are not there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "searchkit"]
BARE = {"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"}
# Answers for ever, so that a test can close the pipe or interrupt it.
ENDLESS = """
import sys, types
module = types.ModuleType("searchkit.app.searching")
class Searcher:
    def __init__(self, index, *, trust): pass
    def __enter__(self): return self
    def __exit__(self, *exc): pass
    def search(self, query, settings):
        from searchkit.app.results import Interpretation, SearchResult
        return SearchResult(query, 1, 0.0, Interpretation(), ())
module.Searcher = Searcher
sys.modules["searchkit.app.searching"] = module
from searchkit.__main__ import main
sys.exit(main())
"""


def _run(*arguments: str | bytes, env: dict[str, str] | None = None, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([*PROGRAM, *arguments], input=stdin, capture_output=True, env={**BARE, **(env or {})}, check=False, timeout=60)


def test_version_and_module_call() -> None:
    """``python -m searchkit --version`` is the program."""
    result = _run("--version")

    assert (result.returncode, result.stdout.split()[0], result.stderr) == (0, b"searchkit", b"")
    assert _run("--version", "--color", "never").stdout == result.stdout


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "ascii", "utf-8", "ascii output"],
)
def test_arguments_are_utf8_whatever_the_locale(env: dict[str, str]) -> None:
    """The same error for the same bytes; an ASCII output gets backslash escapes."""
    result = _run("show", "--index", "/no/such/한국", "x", env=env)

    assert result.returncode == 2
    assert "/no/such/한국".encode() in result.stderr or rb"/no/such/\ud55c\uad6d" in result.stderr
    assert b"internal error" not in result.stderr


def test_undecodable_arguments_are_no_crash() -> None:
    """A byte that is no UTF-8 is told as an escape."""
    result = _run("search", b"--index", b"/no/\xff\x1b", b"\xfe")

    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert rb"/no/\udcff\x1b" in result.stderr


def test_undecodable_command_is_answered() -> None:
    """Not even where it cannot be printed."""
    result = _run(b"\xff\x1b[31m", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})

    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert b"\x1b" not in result.stderr


@pytest.mark.parametrize("closed", [1, 2])
def test_closed_streams_are_no_crash(closed: int) -> None:
    """``searchkit >&-`` has nobody to tell."""
    command = ["sh", "-c", f'exec "$@" {closed}>&-', "sh", *PROGRAM, "--help"]
    result = subprocess.run(command, capture_output=True, env=BARE, check=False, timeout=60)

    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
@pytest.mark.parametrize("arguments", [["--help"], ["--version", "--help"]])
def test_a_full_disk_is_an_error(arguments: list[str]) -> None:
    """What was not written is not passed over in silence."""
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run([*PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, env=BARE, check=False, timeout=60)

    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert b"no space left" in result.stderr


def test_a_reader_that_leaves_is_no_error() -> None:
    """``searchkit … | head -1`` says nothing on standard error."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, "search", "-", "-c"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=BARE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(b"q\n")
    process.stdin.flush()
    assert process.stdout.readline() == b"1\t1\n"
    process.stdout.close()
    process.stdin.write(b"q\nq\n")
    process.stdin.close()

    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 141
    process.stderr.close()


def test_an_interrupt_is_status_130() -> None:
    """SIGINT: no traceback."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, "search", "-", "-c"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=BARE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"q\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)

    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_answers_arrive_before_the_next_question() -> None:
    """A program can talk to ``searchkit search -`` line by line."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, "search", "-", "--format", "json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=BARE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for number in (b"1", b"2"):
        process.stdin.write(b"a question\n")
        process.stdin.flush()
        assert b'"query_id":"' + number + b'"' in process.stdout.readline()

    process.communicate(timeout=60)
    assert process.returncode == 0
